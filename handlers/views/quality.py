"""Quality of records by agent, each figure beside its n, with what it means; for the supervisor alone."""

from datetime import timedelta

from slack_sdk.models.blocks import Block, ContextBlock, HeaderBlock, SectionBlock

from handlers.views import labels
from handlers.views.buttons import button, row
from handlers.views.digest import Edition, head, page, range_title, rate, title
from handlers.views.ids import ActionId
from handlers.views.meta import pack
from handlers.views.notices import Reader
from handlers.views.pager import ROWS
from handlers.views.periods import named
from handlers.views.rich import words
from handlers.views.screen import Screen
from handlers.views.text import escaped, plain
from tickets.desk.quality import A_PAGE as RECORDS
from tickets.insight.arithmetic import percent
from tickets.insight.figures import Spread
from tickets.insight.quality import ELEMENTS, READ_BACK, AgentQuality, Lacking, Quality, Record
from tickets.insight.spans import Span
from tickets.tongue import Tongue
from tickets.watch.posting import ROWS as A_REPLY
from tickets.watch.posting import part_of

A_PAGE = ROWS // 2  # an agent takes four lines


def monthly_quality(found: Quality, edition: Edition, reader: Reader) -> Screen:
    """Show the head of the monthly message, or some agents in its thread."""
    if edition.page == "agents":
        shown = part_of(found.agents, edition.part)
        lead = range_title(
            "quality.agents",
            edition,
            reader,
            shown=len(shown),
            total=len(found.agents),
            a_page=A_REPLY,
        )
        return page(lead, [words(agent_lines(one, reader.tongue)) for one in shown])
    rows = [
        reader.say("quality.count", agents=len(found.agents), n=sum(one.n for one in found.agents))
    ]
    screen = head(
        title("quality.title", edition, reader),
        edition,
        reader,
        rows,
        [words(reader.tongue("quality.how")), words(reader.tongue("quality.private"))],
    )
    way = button(
        ActionId.QUALITY_PAGE, reader.tongue("quality.button_records"), pack(s=edition.period)
    )
    return Screen(screen.text, (*screen.blocks, row([way])))


def quality_page(found: Quality, span: Span, *, page_: int, tongue: Tongue) -> Screen:
    """Show one page of a period's records by agent."""
    name = tongue("quality.title", period=named(span.key, tongue))
    pages = max(1, -(-len(found.agents) // A_PAGE))
    shown = max(1, min(page_, pages))
    blocks: list[Block] = [HeaderBlock(text=plain(name, 150))]
    if not found.agents:
        blocks.append(SectionBlock(text=plain(tongue("quality.none"))))
    blocks += [
        SectionBlock(
            text=plain(agent_lines(one, tongue)),
            accessory=button(
                ActionId.QUALITY_RECORDS,
                tongue("quality.button_records"),
                pack(s=span.key, p=one.person),
            ),
        )
        for one in found.agents[(shown - 1) * A_PAGE : shown * A_PAGE]
    ]
    for other, turn in ((shown - 1, "lists.before"), (shown + 1, "lists.after")):
        if 1 <= other <= pages:
            turning = button(ActionId.QUALITY_PAGE, tongue(turn), pack(s=span.key, page=other))
            blocks.append(row([turning], block_id=f"page.{other}"))
    small = [tongue("quality.how"), tongue("quality.private")]
    blocks.append(ContextBlock(elements=[plain(one) for one in small]))
    return Screen(escaped(name), tuple(blocks))


def lacking_page(found: Lacking, span: Span, *, tongue: Tongue) -> Screen:
    """Show a page of one agent's records that something is missing in, each with what it is."""
    name = tongue("quality.title", period=named(span.key, tongue))
    lead = tongue("quality.lacking", person=labels.person(found.person, tongue), count=found.total)
    blocks: list[Block] = [
        HeaderBlock(text=plain(name, 150)),
        SectionBlock(text=plain(lead)),
        *(_lacking(one, tongue) for one in found.records),
    ]
    for other, turn in ((found.page - 1, "lists.before"), (found.page + 1, "lists.after")):
        if 1 <= other <= -(-found.total // RECORDS):
            value = pack(s=span.key, p=found.person, page=other)
            turning = button(ActionId.QUALITY_RECORDS, tongue(turn), value)
            blocks.append(row([turning], block_id=f"page.{other}"))
    back = button(ActionId.QUALITY_PAGE, tongue("stats.back"), pack(s=span.key))
    blocks.append(row([back], block_id="quality.back"))
    blocks.append(ContextBlock(elements=[plain(tongue("quality.private"))]))
    return Screen(escaped(lead), tuple(blocks))


def _lacking(one: Record, tongue: Tongue) -> SectionBlock:
    missing = tongue("quality.between").join(tongue(f"quality.lacks_{name}") for name in one.lacks)
    return SectionBlock(
        block_id=f"row.{one.number}",
        text=plain(tongue("quality.record", number=one.number, missing=missing)),
        accessory=button(ActionId.DETAILS, tongue("lists.open"), one.number),
    )


def agent_lines(one: AgentQuality, tongue: Tongue) -> str:
    """Say one agent's figures in four lines."""
    elements = tongue("quality.between").join(
        tongue(
            f"quality.element_{name}", rate=rate(percent(one.elements.get(name, 0), one.of(name)))
        )
        for name in ELEMENTS
    )
    return "\n".join(
        (
            tongue(
                "quality.agent",
                person=labels.person(one.person, tongue),
                n=one.n,
                logged=one.logged,
            ),
            tongue(
                "quality.complete",
                complete=rate(percent(one.complete, one.n)),
                elements=elements,
                filled=rate(percent(one.filled, one.n)),
                read_back=rate(percent(one.read_back, one.of(READ_BACK))),
            ),
            tongue(
                "quality.after",
                results=_of(one.results, one.solved, tongue),
                callbacks=_of(one.callbacks, one.due, tongue),
                vague=_of(one.vague, one.n, tongue),
            ),
            _delay(one, one.delay, tongue),
        )
    )


def _of(part: int, n: int, tongue: Tongue) -> str:
    if not n:
        return tongue("compare.no_data")
    return tongue("quality.of", rate=rate(percent(part, n)), part=part, n=n)


def _delay(one: AgentQuality, delay: Spread | None, tongue: Tongue) -> str:
    if delay is None:
        return tongue("quality.no_delay", backfilled=one.backfilled)
    spans = {
        name: tongue.span(timedelta(minutes=minutes))
        for name, minutes in (("mean", delay.mean), ("median", delay.median), ("p90", delay.p90))
    }
    return tongue("quality.delay", n=delay.n, backfilled=one.backfilled, **spans)
