"""App Home: my work by next deadline, my customers to tell and call, what nobody has, the desk at a glance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import ActionsBlock, Block, ContextBlock, HeaderBlock, SectionBlock
from slack_sdk.models.views import View

from handlers.views.buttons import button, row, step
from handlers.views.duties import FIRST, PROMISES, SUPERVISE, Reading, duties_blocks, turns
from handlers.views.duty import on_duty_blocks
from handlers.views.glance import glance_blocks
from handlers.views.ids import ActionId, CallbackId
from handlers.views.lines import rows
from handlers.views.lists import scopes
from handlers.views.meta import pack
from handlers.views.retro_list import at_home
from handlers.views.saved import saved_select
from handlers.views.text import plain
from tickets.case.debt import debt
from tickets.case.listing import Page, Tally
from tickets.case.ticket import Ticket
from tickets.desk.duties import Duties
from tickets.desk.retro_look import Mine
from tickets.desk.saved_searches import Saved
from tickets.handbook import Handbook
from tickets.tongue import Tongue

MINE, CALLS, UNASSIGNED = "mine", "calls", "unassigned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What stands on one person's home."""

    mine: Page  # overdue first
    calls: Page  # customers to tell and to call
    unassigned: Page  # of my department, masked
    owing: tuple[Ticket, ...] = ()  # of the fast lane, to be filled in before the day is sealed
    owing_total: int = 0
    duties: Duties | None = None  # first contacts, promises, supervisors' calls, who is on duty
    glance: Tally | None = None  # for those who see the whole desk
    is_away: bool = False
    saved: Sequence[Saved] = ()  # searches
    looking_back: Mine | None = None  # retrospectives, and improvements to carry out


def home(work: Work, *, handbook: Handbook, tongue: Tongue, now: datetime) -> View:
    """Draw the home tab; which page each list is on is remembered."""
    blocks: list[Block] = [_buttons(work, tongue)]
    if work.is_away:
        blocks.append(ContextBlock(elements=[plain(tongue("home.away_now"))]))
    blocks += _owing(work, tongue)
    reading = Reading(handbook=handbook, tongue=tongue, now=now)
    blocks += _list(MINE, work.mine, handbook=handbook, tongue=tongue, now=now)
    blocks += _beside(work, PROMISES, reading)
    blocks += _list(CALLS, work.calls, handbook=handbook, tongue=tongue, now=now)
    blocks += _beside(work, SUPERVISE, reading)
    blocks += _beside(work, FIRST, reading)
    blocks += _list(UNASSIGNED, work.unassigned, handbook=handbook, tongue=tongue, now=now)
    if work.duties:
        blocks += on_duty_blocks(work.duties.duty, handbook=handbook, tongue=tongue)
    if work.glance:
        blocks += [
            HeaderBlock(text=plain(tongue("home.glance"))),
            *glance_blocks(work.glance, tongue=tongue),
        ]
    if work.looking_back:
        blocks += at_home(work.looking_back, handbook=handbook, tongue=tongue)
    return View(
        type="home", callback_id=CallbackId.HOME, private_metadata=_pages(work), blocks=blocks
    )


def _beside(work: Work, part: str, reading: Reading) -> Iterator[Block]:
    if work.duties:
        yield from duties_blocks(work.duties, part, reading)


def _owing(work: Work, tongue: Tongue) -> Iterator[Block]:
    """List the cases whose fields are owed, each with the form that takes them (R21)."""
    if not work.owing:
        return
    yield HeaderBlock(text=plain(tongue("home.owing", count=work.owing_total)))
    for ticket in work.owing:
        owed = tongue("digest.and").join(tongue(f"form.{field}") for field in debt(ticket))
        said = f"{ticket.number} · {tongue('card.debt', fields=owed)}"
        fill_in = step(ActionId.FILL_IN, ticket.number, tongue)
        yield SectionBlock(block_id=f"owing.{ticket.number}", text=plain(said), accessory=fill_in)


def stranger(*, tongue: Tongue) -> View:
    """Tell somebody whom the desk does not know what this is and whom to ask."""
    blocks = [SectionBlock(text=plain(tongue("home.stranger")))]
    return View(type="home", callback_id=CallbackId.HOME, blocks=blocks)


def without_work(counts: Tally | None, *, tongue: Tongue) -> View:
    """Tell somebody whose role has no cases of its own what the desk is for them: an analyst sees the figures."""
    blocks: list[Block] = [SectionBlock(text=plain(tongue("home.without_work")))]
    if counts:
        blocks += [
            HeaderBlock(text=plain(tongue("home.glance"))),
            *glance_blocks(counts, tongue=tongue, linked=False),
            row([button(ActionId.STATS_OPEN, tongue("stats.open"), "month")]),
        ]
    return View(type="home", callback_id=CallbackId.HOME, blocks=blocks)


def _buttons(work: Work, tongue: Tongue) -> Block:
    presence = (
        button(ActionId.BACK, tongue("home.back"), "back")
        if work.is_away
        else button(ActionId.AWAY, tongue("home.away"), "away")
    )
    block = row(
        [
            button(ActionId.NEW_TICKET, tongue("lists.new"), "new", style="primary"),
            button(ActionId.QUICK_TICKET, tongue("lists.quick"), "quick"),
            button(ActionId.HANDOVER, tongue("home.handover"), "handover"),
            presence,
            button(ActionId.HELP, tongue("lists.help"), "help"),
        ],
        block_id="home",
    )
    block.elements.append(scopes(tongue))
    if work.saved:
        block.elements.append(saved_select(work.saved, tongue))
    return block


def _list(
    part: str, page: Page, *, handbook: Handbook, tongue: Tongue, now: datetime
) -> Iterator[Block]:
    last = max(1, -(-page.total // page.size))
    head = tongue(f"home.{part}", number=page.total)
    if last > 1:
        head = f"{head} · {tongue('lists.page_of', page=page.page, last=last)}"
    yield HeaderBlock(text=plain(head))
    if not page.lines:
        yield ContextBlock(elements=[plain(tongue(f"home.no_{part}"))])
        return
    yield from rows(page.lines, handbook=handbook, tongue=tongue, now=now, name=part)
    turning = turns(part, page.page, last, tongue)
    if turning:
        yield ActionsBlock(elements=turning, block_id=f"{part}.turn")


def _pages(work: Work) -> str:
    beside = {}
    if work.duties:
        beside = {
            FIRST: work.duties.first_contacts.page,
            PROMISES: work.duties.promises.page,
            SUPERVISE: work.duties.supervise.page,
        }
    own = {MINE: work.mine.page, CALLS: work.calls.page, UNASSIGNED: work.unassigned.page}
    return pack(**own, **beside)
