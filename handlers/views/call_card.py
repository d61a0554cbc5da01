"""One card a customer: one call, the neutral question, each case scored after the other (R88, R89)."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, HeaderBlock, SectionBlock
from slack_sdk.models.views import View

from handlers.views import labels
from handlers.views.buttons import button, row, step
from handlers.views.customer import masked_contact, masked_name
from handlers.views.ids import ActionId
from handlers.views.meta import pack
from handlers.views.modal import shown
from handlers.views.rich import Run, bold, lines, weave
from handlers.views.text import clip, one_line, plain, visible
from tickets.desk.calls import CallCard, Matter
from tickets.handbook import Handbook, Span
from tickets.insight.calls import Call
from tickets.tongue import Tongue

MOST = 20  # cases; the rest follows once these are asked about
SHORT = 100  # characters of what happened, and of the result


def call_card_view(card: CallCard, *, handbook: Handbook, tongue: Tongue) -> View:
    """Show whom to call and what to ask; outside the hours it asks first whether the customer agreed."""
    seen = card.customer
    name = " ".join(filter(None, (masked_name(seen, tongue), masked_contact(seen))))
    blocks: list[Block] = [HeaderBlock(text=plain(name, 150))]
    if not card.calls:
        blocks.append(SectionBlock(text=plain(tongue("calls.all_asked"))))
    elif not card.is_the_hour:
        blocks += _not_now(card, handbook, tongue)
    else:
        blocks.append(SectionBlock(text=plain(tongue("modals.score_question"))))
        for call in card.calls[:MOST]:
            blocks += _case(call, card, handbook, tongue)
        blocks.append(row([step(ActionId.REVEAL, card.asked_at, tongue)], block_id="reveal"))
    return shown(tongue("calls.card"), blocks, tongue, n=card.asked_at)


def _not_now(card: CallCard, handbook: Handbook, tongue: Tongue) -> Iterator[Block]:
    hours = tongue("digest.and").join(map(_span, handbook.callbacks.hours))
    yield SectionBlock(text=plain(tongue("calls.not_the_hour", hours=hours)))
    yield row([button(ActionId.CALL_ANYWAY, tongue("button.call_anyway"), card.asked_at)])


def _case(call: Call, card: CallCard, handbook: Handbook, tongue: Tongue) -> Iterator[Block]:
    category = labels.category(call.category, handbook, tongue)
    tries = tongue("digest.call_attempts", count=call.attempts) if call.attempts else ""
    said = " · ".join(filter(None, (call.number, category, tries)))
    yield lines(bold(said), *_matter(card.matters[call.number], tongue))
    score = pack(n=call.number, c=card.asked_at)
    yield row(
        [
            button(ActionId.CALL_SCORE, f"{tongue('button.score')}…", score, style="primary"),
            step(ActionId.ATTEMPT, call.number, tongue),
        ],
        block_id=f"call.{call.number}",
    )


def _matter(matter: Matter, tongue: Tongue) -> Iterator[Run]:
    """Say what it was about and how it was solved, each on a line."""
    for name, text in (("description", matter.happened), ("result", matter.result)):
        if text:
            label = tongue(f"timeline.words.{name}")
            said = clip(one_line(visible(text)), SHORT)
            yield weave(tongue, "timeline.quote", label=label, text=said)


def _span(span: Span) -> str:
    return f"{span.start // 60:02}:{span.start % 60:02}–{span.end // 60:02}:{span.end % 60:02}"
