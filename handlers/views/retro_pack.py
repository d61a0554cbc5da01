"""What a retrospective is read up on, in short: figures beside those of as many days before, who was not pleased."""

from collections.abc import Iterator

from handlers.views import retro_words
from handlers.views.retro_sheet import RetroSheet
from handlers.views.rich import Run, bold, weave, words
from tickets.desk.retro_facts import Reading
from tickets.retrospectives.pursuit import Figure, Measured
from tickets.tongue import Tongue

MOST = 20


def pack_lines(reading: Reading, sheet: RetroSheet) -> Iterator[Run]:
    """Say the figures with how many they are of; of unhappy customers number and score, no word of theirs."""
    tongue = sheet.tongue
    first = retro_words.day(reading.start, tongue)
    last = retro_words.day(reading.end, tongue, before=True)
    scope = retro_words.scope(reading.scope, sheet.handbook, tongue)
    yield bold(tongue("retro.pack_figures", scope=scope, first=first, last=last))
    yield from figure_lines(reading, sheet)
    if reading.low:
        yield bold(tongue("retro.pack_low"))
        named = [tongue("retro.pack_score", number=n, score=s) for n, s in reading.low[:MOST]]
        yield words(tongue("meeting.between").join(named))
    yield words(tongue("retro.pack_file"))


def figure_lines(reading: Reading, sheet: RetroSheet) -> Iterator[Run]:
    """Say each figure and what it was before."""
    tongue = sheet.tongue
    for figure, now, before in reading.figures:
        yield weave(
            tongue,
            "retro.pack_figure",
            figure=tongue(f"figure.{figure}"),
            now=_said(now, figure, tongue),
            before=_said(before, figure, tongue),
        )


def _said(one: Measured, figure: Figure, tongue: Tongue) -> str:
    shown = retro_words.amount(one.value, figure, tongue)
    if figure.is_count or not one.of:
        return shown
    return tongue("retro.value_of", value=shown, of=one.of)
