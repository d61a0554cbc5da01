import pytest
from hypothesis import HealthCheck, given, settings

from handlers.views.rich import Bold, Mention, bold, joined, lines, weave, with_commands, words
from handlers.views.text import seen
from tests.handlers.views.conftest import EVE, NOON
from tests.handlers.views.hostile import texts
from tests.handlers.views.slack_rules import nodes, said
from tickets.message import Who
from tickets.tongue import Tongue


@given(text=texts)
@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_persons_words_are_never_read_as_a_template_or_a_reference(
    text: str, english: Tongue
) -> None:
    made = lines(weave(english, "card.owed", what=text, due=NOON)).to_dict()

    assert said(made) == f"{seen(text)} by 2025-09-22 12:00"
    kinds = {node["type"] for node in nodes(made) if "type" in node}
    assert kinds == {"rich_text", "rich_text_section", "text", "date"}


def test_people_are_named_unless_they_are_to_be_called(english: Tongue) -> None:
    named = lines(weave(english, "card.assigned_to", assignee=Who(EVE))).to_dict()
    called = lines(weave(english, "card.assigned_to", assignee=Mention(EVE))).to_dict()

    assert said(named) == "Assigned to @Eve"
    assert [node["user_id"] for node in nodes(called) if node.get("type") == "user"] == [EVE]


def test_runs_can_stand_inside_sentences(english: Tongue) -> None:
    inner = weave(english, "card.assigned_to", assignee=Bold("Eve"))

    made = lines(weave(english, "details.line", label=Bold("Who"), value=inner)).to_dict()

    assert said(made) == "Who: Assigned to Eve"
    assert [node["text"] for node in nodes(made) if node.get("style")] == ["Who", "Eve"]


def test_empty_runs_leave_no_gap() -> None:
    assert said(lines(words("a"), [], bold("b")).to_dict()) == "a\nb"
    assert said(lines(joined([words("a"), words(""), words("b")])).to_dict()) == "a · b"


def test_commands_in_a_sentence_are_set_as_code_and_nothing_in_them_is_live() -> None:
    made = lines(
        with_commands("Write `/ticket show 3` or `<!channel>`, not a lone ` mark.")
    ).to_dict()

    assert said(made) == "Write /ticket show 3 or <!channel>, not a lone ` mark."
    coded = [node["text"] for node in nodes(made) if (node.get("style") or {}).get("code")]
    assert coded == ["/ticket show 3", "<!channel>"]


def test_a_command_to_be_copied_is_code_with_what_is_woven_into_it(english: Tongue) -> None:
    made = lines(
        weave(english, "export.approved", by="Dan", until="Friday", request="abc")
    ).to_dict()

    assert "`" not in said(made)
    coded = [node["text"] for node in nodes(made) if (node.get("style") or {}).get("code")]
    assert "".join(coded) == "deskbot export FILE.xlsx --request abc"


@pytest.mark.parametrize(("count", "words_"), [(1, "1 ticket (N"), (2, "2 tickets (N")])
def test_one_and_several_are_told_apart(english: Tongue, count: int, words_: str) -> None:
    made = lines(weave(english, "rights.approved", by="Dan", count=count, numbers="N")).to_dict()

    assert words_ in said(made)
