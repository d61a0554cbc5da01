"""References to people, user groups and channels, as desk.yml writes them."""

import re

from bot.desk_config.misfit import Misfit, shown, suggestion
from tickets.handbook import Assign, AssignWay
from tickets.message import PersonId

MEMBER = re.compile(r"[UW][A-Z0-9]{2,20}")
GROUP = re.compile(r"S[A-Z0-9]{2,20}")
MAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
CHANNEL = re.compile(r"#[^\sA-Z#@<>.,]{1,80}|[CG][A-Z0-9]{5,20}")


def parse_person(raw: object) -> str:
    """Check a reference to one person: a member id or an e-mail address."""
    if isinstance(raw, str) and _is_person(raw):
        return raw
    expected = "a Slack member id (U… or W…) or an e-mail address"
    raise Misfit(f"expected {expected}, got {shown(raw)}")


def parse_people(raw: object) -> str:
    """Check a reference to one person or a user group."""
    if isinstance(raw, str) and (_is_person(raw) or GROUP.fullmatch(raw)):
        return raw
    expected = "a Slack member id (U… or W…), a user group (S…) or an e-mail address"
    raise Misfit(f"expected {expected}, got {shown(raw)}")


def parse_channel(raw: object) -> str:
    """Check a channel: `#name` or its id."""
    if raw is None:
        raise Misfit('expected a channel in quotes, such as "#tech" (a bare # starts a comment)')
    if isinstance(raw, str) and CHANNEL.fullmatch(raw):
        return raw
    raise Misfit(f'expected a channel such as "#tech" or its id (C…), got {shown(raw)}')


def parse_assign(raw: object) -> Assign:
    """Read how an assignee is picked: a way, or a person by id or address (not yet resolved)."""
    ways = [way.value for way in AssignWay if way is not AssignWay.PERSON]
    if isinstance(raw, str) and raw in ways:
        return Assign(AssignWay(raw))
    if isinstance(raw, str) and _is_person(raw):
        return Assign(AssignWay.PERSON, PersonId(raw))
    hint = suggestion(raw, ways) if isinstance(raw, str) else ""
    raise Misfit(f"expected {', '.join(ways)} or a person, got {shown(raw)}{hint}")


def parse_told(raw: object, *, roles: tuple[str, ...]) -> str:
    """Check who is told: one of the roles or a person."""
    if isinstance(raw, str) and (raw in roles or _is_person(raw)):
        return raw
    hint = suggestion(raw, list(roles)) if isinstance(raw, str) else ""
    raise Misfit(f"expected {', '.join(roles)} or a person, got {shown(raw)}{hint}")


def _is_person(raw: str) -> bool:
    return bool(MEMBER.fullmatch(raw) or MAIL.fullmatch(raw))
