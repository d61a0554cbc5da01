"""From the section `retrospectives` to the rules."""

from bot.desk_config.people import Members
from bot.desk_config.schema_retrospectives import Retrospectives
from tickets.retrospectives.rules import RetrospectiveRules


def retrospective_rules(section: Retrospectives, members: Members) -> RetrospectiveRules:
    """Make the rules."""
    return RetrospectiveRules(
        channel=section.channel,
        priorities=frozenset(section.priorities),
        low_score=section.low_score,
        repeats=section.repeats,
        falling=section.falling,
        fewest=section.fewest,
        quarterly=section.quarterly,
        chair=members.one(section.chair) if section.chair else None,
        departments={str(role): key for role, key in section.departments.items()},
    )
