"""What the posts of scheduled jobs share: their head, whether they come late, figures beside their goals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from slack_sdk.models.blocks import Block, ButtonElement

from handlers.views import labels
from handlers.views.buttons import button
from handlers.views.ids import ActionId
from handlers.views.meta import pack
from handlers.views.notices import Reader, Said
from handlers.views.periods import named
from handlers.views.rich import Run, bold, joined, lines, words
from handlers.views.screen import Screen
from handlers.views.text import escaped
from tickets.insight.causes import MainCause
from tickets.insight.figures import By
from tickets.tongue import Tongue

A_LONG_TIME = 60  # minutes from which nobody reads minutes alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Which post of which period this is, and how it came about."""

    period: str  # the key
    due_at: datetime
    is_late: bool
    skipped: tuple[date, ...]
    page: str
    part: int


def head(
    title: Said, edition: Edition, reader: Reader, rows: Sequence[Said], under: Sequence[Run] = ()
) -> Screen:
    """Put a head message together: what it is, why it comes only now, its lines."""
    said = [title, *delay(edition, reader), *rows]
    block = lines(*(one.run for one in said), *under)
    return Screen(" ".join(one.text for one in said), (block,))


def page(title: Said, rows: Sequence[Run], *, blocks: Sequence[Block] = ()) -> Screen:
    """Put one reply of a long list together."""
    return Screen(title.text, (lines(title.run, *rows), *blocks))


def delay(edition: Edition, reader: Reader) -> list[Said]:
    """Say that a post is late, and which lists it stands in for."""
    said = [reader.say("digest.late", due=edition.due_at)] if edition.is_late else []
    if edition.skipped:
        days = (reader.tongue("meeting.day", day=day) for day in edition.skipped)
        said.append(reader.say("digest.skipped", days=labels.listed(days, reader.tongue)))
    return said


def title(message_id: str, edition: Edition, reader: Reader) -> Said:
    """Lead with what this is and of which period."""
    said = reader.tongue(message_id, period=named(edition.period, reader.tongue))
    return Said(bold(said), escaped(said))


def range_title(
    message_id: str, edition: Edition, reader: Reader, *, shown: int, total: int, a_page: int
) -> Said:
    """Lead a reply with which rows of how many it shows."""
    tongue = reader.tongue
    first = (edition.part - 1) * a_page + 1
    shown_of = (
        tongue("digest.rows_all", total=total)
        if shown == total
        else tongue("digest.rows_some", first=first, last=first + shown - 1, total=total)
    )
    said = f"{tongue(message_id)}{shown_of}"
    return Said(words(said), escaped(said))


def also(said: Said, *more: str) -> Said:
    """Go on after a sentence, in brackets of its own or not at all."""
    further = [one for one in more if one]
    return Said(
        joined([said.run, *(words(one) for one in further)], " "), " ".join([said.text, *further])
    )


def stats_button(period: str, tongue: Tongue, *, by: By | None = None) -> ButtonElement:
    """Lead privately to a period's figures and the cases behind each, as far as the reader may see them."""
    return button(ActionId.STATS_PAGE, tongue("digest.show_figures"), pack(s=period, b=by))


def rate(value: int | None) -> str:
    """Write a share; a dash where there is nothing to take it of."""
    return "–" if value is None else f"{value}%"


def at_least(value: int | None, goal: int | None, tongue: Tongue) -> str:
    """Say of a share whether it holds its goal; nothing where one of them is missing."""
    if value is None or goal is None:
        return ""
    return tongue("digest.met" if value >= goal else "digest.missed", goal=f"{goal}%")


def at_most_share(value: int | None, goal: int | None, tongue: Tongue) -> str:
    """Say of a share that is better small whether it holds its goal."""
    if value is None or goal is None:
        return ""
    return tongue("digest.met" if value <= goal else "digest.missed", goal=f"≤ {goal}%")


def at_most(minutes: int | None, goal: int | None, tongue: Tongue) -> str:
    """Say of a time whether it holds its goal."""
    if minutes is None or goal is None:
        return ""
    said = tongue("digest.minutes", count=goal)
    return tongue("digest.met" if minutes <= goal else "digest.missed", goal=said)


def minutes_said(minutes: int | None, tongue: Tongue) -> str:
    """Write a mean time in minutes, as the table of R105 has it; from an hour on also as people say it."""
    if minutes is None:
        return "–"
    if minutes < A_LONG_TIME:
        return tongue("digest.minutes", count=minutes)
    return tongue(
        "digest.minutes_long", count=minutes, span=tongue.span(timedelta(minutes=minutes))
    )


def cause_of(cause: MainCause | None, tongue: Tongue) -> str:
    """Say the main cause, its words in brackets, and how often it was said."""
    if cause is None:
        return tongue("digest.no_cause")
    named = tongue(f"late_cause.{cause.cause}") if cause.cause else cause.words
    both = cause.cause and cause.words
    what = tongue("digest.cause_words", cause=named, words=cause.words) if both else named
    return tongue("digest.cause_count", cause=what, part=cause.count, whole=cause.explained)
