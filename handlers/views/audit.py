"""The audit log of a case: a line an entry, the newest first, by pages and parts."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from slack_sdk.models.blocks import Block, ContextBlock, SectionBlock
from slack_sdk.models.views import View

from handlers.views import labels
from handlers.views.buttons import button, row
from handlers.views.ids import ActionId
from handlers.views.meta import pack
from handlers.views.modal import shown
from handlers.views.rich import Bold, Piece, Run, lines, weave
from handlers.views.text import plain
from tickets.case.log import DESK, OPERATOR
from tickets.desk.audit_log import Read, Slice
from tickets.handbook import Handbook
from tickets.message import PersonId
from tickets.people.roles import Action
from tickets.ports import AuditRow
from tickets.ports.auditing import EXPORT, EXPORT_TABLE
from tickets.tongue import Tongue

OUTCOMES = frozenset({"done", "refused", "noop"})
WHY: Mapping[object, str] = MappingProxyType(
    {
        "refused.stranger": "audit.why.stranger",
        "refused.not_yours": "audit.why.not_yours",
        "refused.four_eyes": "audit.why.four_eyes",
        "refused.needs_reason": "audit.why.needs_reason",
        "refused.other_department": "audit.why.other_department",
        "refused.not_your_shift": "audit.why.not_your_shift",
        "reveal.too_fast": "audit.why.too_fast",
        "rights.same_person": "audit.why.same_person",
        "rights.no_second_person": "audit.why.same_person",
    }
)
"""Why something was refused, by the sentence the person was told; in two or three words."""


def audit_log(read: Read, *, handbook: Handbook, tongue: Tongue) -> View:
    """Show a page of the log."""
    found, number = read.page, read.ticket.number
    named = f"{labels.title(read.ticket, handbook, tongue)} · {tongue(f'audit.show_{read.slice}')}"
    blocks: list[Block] = [
        ContextBlock(elements=[plain(named)]),
        ContextBlock(elements=[plain(tongue("audit.count", count=found.total))]),
    ]
    if found.rows:
        blocks.append(lines(*(_line(one, tongue) for one in found.rows)))
    else:
        blocks.append(SectionBlock(text=plain(tongue("audit.none"))))
    title = tongue("audit.title")
    turns = [*_pages(read, tongue), *_parts(read, tongue)]
    return shown(title, [*blocks, *turns], tongue, n=number, part=read.slice.value, page=found.page)


def who(person: PersonId, tongue: Tongue) -> str:
    """Name who did it: a member, the desk by its rules, or somebody at the command line."""
    named = {DESK: "audit.desk", OPERATOR: "audit.operator"}
    return tongue(named[person]) if person in named else labels.person(person, tongue)


def what(action: str, tongue: Tongue) -> str:
    """Name an action; one that has no words is shown by its code."""
    if action in {EXPORT, EXPORT_TABLE}:
        return tongue(f"audit.{action}")
    return tongue(f"action.{action}") if action in list(Action) else action


def _line(entry: AuditRow, tongue: Tongue) -> Run:
    outcome = entry.outcome
    named = tongue(f"audit.outcome.{outcome}") if outcome in OUTCOMES else outcome
    pieces: dict[str, Piece] = {
        "at": entry.at,
        "who": Bold(who(entry.by, tongue)),
        "what": what(entry.action, tongue),
        "outcome": named,
    }
    why = WHY.get(entry.detail.get("why"))
    if why:
        return weave(tongue, "audit.row_why", **pieces, why=tongue(why))
    return weave(tongue, "audit.row", **pieces)


def _pages(read: Read, tongue: Tongue) -> Iterator[Block]:
    found, last = read.page, read.page.last
    if last <= 1:
        return
    if found.page > 1:
        yield _turn(read, tongue("lists.before"), "page.before", page=found.page - 1)
    if found.page < last:
        yield _turn(read, tongue("lists.after"), "page.after", page=found.page + 1)
    yield lines(weave(tongue, "lists.page_of", page=found.page, last=last))


def _parts(read: Read, tongue: Tongue) -> Iterator[Block]:
    for part in Slice:
        if part is not read.slice:
            words = tongue(f"audit.show_{part}")
            yield _turn(read, words, f"part.{part}", page=1, part=part)


def _turn(read: Read, label: str, block_id: str, *, page: int, part: Slice | None = None) -> Block:
    value = pack(n=read.ticket.number, part=(part or read.slice).value, page=page)
    return row([button(ActionId.AUDIT_PAGE, label, value)], block_id=block_id)
