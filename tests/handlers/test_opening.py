"""Views on top of views: Slack stacks three."""

from handlers.opening import is_on_top_of_two


def test_the_third_view_of_a_stack_gives_way_to_the_next() -> None:
    first = {"view": {"id": "V1", "root_view_id": "V1", "previous_view_id": None}}
    second = {"view": {"id": "V2", "root_view_id": "V1", "previous_view_id": "V1"}}
    third = {"view": {"id": "V3", "root_view_id": "V1", "previous_view_id": "V2"}}

    assert [is_on_top_of_two(body) for body in (first, second, third, {})] == [
        False,
        False,
        True,
        False,
    ]
