"""Addresses and user groups become members, or a mistake at their place."""

from dataclasses import dataclass, field

from tests.bot.desk_config.files import changed, load, marked, mistakes_in, warnings_in
from tickets.handbook import Assign, AssignWay

WITH_GROUPS = changed(
    ("agents: [U0AGENT1, U0AGENT2]", "agents: [S0AGENTS, U0AGENT1]"),
    ("    lead: U0LEAD\n", "    lead: lee@example.com\n"),
    ("assign: round-robin", "assign: lee@example.com"),
    ("tell: [supervisors, directors]", "tell: [supervisors, lee@example.com]"),
)


@dataclass
class Workspace:
    """A workspace with one group and one address."""

    asked: list[str] = field(default_factory=list)

    def by_email(self, address: str) -> str | None:
        self.asked.append(address)
        return "U0LEAD" if address == "lee@example.com" else None

    def group(self, group_id: str) -> tuple[str, ...] | None:
        self.asked.append(group_id)
        return ("U0AGENT1", "U0AGENT2") if group_id == "S0AGENTS" else None


def test_groups_spread_and_addresses_become_members():
    book = load(WITH_GROUPS, Workspace()).handbook

    assert book.people.agents == {"U0AGENT1", "U0AGENT2"}
    assert book.departments["tech"].lead == "U0LEAD"
    assert book.departments["tech"].assign == Assign(AssignWay.PERSON, "U0LEAD")
    assert book.routing[0].tell == {"supervisors", "U0LEAD"}


def test_each_reference_is_asked_for_once_and_ids_never():
    workspace = Workspace()

    load(WITH_GROUPS, workspace)

    assert sorted(workspace.asked) == ["S0AGENTS", "lee@example.com"]


def test_nobody_behind_an_address_is_a_mistake_at_every_place_it_stands():
    text, place = marked(changed(("    lead: U0LEAD\n", "    lead: §gone@example.com\n")))

    expected = "expected the e-mail address of a member; nobody has 'gone@example.com'"
    assert mistakes_in(text, Workspace()) == [f"{place}: {expected}"]


def test_an_unknown_group_is_a_mistake_in_the_list():
    text, place = marked(changed(("supervisors: [U0SUPER]", "supervisors: [U0SUPER, §S0NONE]")))

    expected = "expected a user group with members; 'S0NONE' is unknown or empty"
    assert mistakes_in(text, Workspace()) == [f"{place}: {expected}"]


def test_without_a_look_up_references_stay_as_written_and_are_named():
    text, place = marked(changed(("    lead: U0LEAD\n", "    lead: §lee@example.com\n")))

    assert load(text).handbook.departments["tech"].lead == "lee@example.com"
    assert warnings_in(text) == [f"{place}: 'lee@example.com' was not looked up"]
