"""What a desk keeps of its customers: the four trades of the published example, tags of its own (R129, R130)."""

from itertools import takewhile

import pytest

from tests.bot.desk_config.files import EXAMPLE, SANDBOX_FILE, load

MARK = "# customer:\n"


def of_the_published_example() -> str:
    """Uncomment the section that the published desk file shows."""
    text = SANDBOX_FILE.read_text(encoding="utf-8")
    lines = text[text.index(MARK) + len(MARK) :].splitlines()
    section = takewhile(lambda line: line.startswith("#   "), lines)
    return "\ncustomer:\n" + "\n".join(line.removeprefix("# ") for line in section)


@pytest.mark.requirement(130)
def test_the_commented_trades_are_a_valid_section() -> None:
    book = load(EXAMPLE + of_the_published_example()).handbook

    fields = {field.key: field for field in book.customer_fields}
    assert {"member_since", "renewal", "seats", "risk", "policy_no", "course"} <= set(fields)
    assert (fields["risk"].type, fields["risk"].private) == ("choice", True)
    assert not fields["renewal"].private
    assert [tag.key for tag in book.customer_tags] == ["follow_closely", "often_repaired"]


@pytest.mark.requirement(129)
def test_a_silent_file_has_the_tag_of_the_third_complaint() -> None:
    (tag,) = load().handbook.customer_tags

    assert (tag.key, tag.kind, tag.at_least) == ("follow_closely", "complaint", 3)


def test_an_empty_section_of_tags_switches_them_off() -> None:
    assert load(f"{EXAMPLE}\ncustomer: {{tags: {{}}}}\n").handbook.customer_tags == ()
