"""The papers of a retrospective: its reading pack, and 《根因分析报告》, plain Markdown, masked throughout (R119, R120)."""

from collections.abc import Iterator, Sequence

from bot.papers.dossier import dossier
from bot.papers.markdown import document, flat, heading, item
from handlers.views import labels, retro_words
from handlers.views.modal import Sheet
from handlers.views.retro_pack import figure_lines
from handlers.views.retro_sheet import DIRECTIONS, POINTS, RetroSheet
from handlers.views.rich import absolute
from tickets.desk.retro_facts import Reading, Voice
from tickets.desk.why import Explained
from tickets.message import PersonId
from tickets.retrospectives.causes import roots_of


def pack(
    sheet: RetroSheet,
    reading: Reading,
    voices: Sequence[Voice],
    case: tuple[Sheet, Explained] | None,
    *,
    taken_by: PersonId,
) -> str:
    """Write what everybody reads before: goal and agenda, figures, what customers said, the case's whole record."""
    tongue, retro = sheet.tongue, sheet.view.retro
    parts = [
        heading(tongue("retro.pack_title", name=sheet.name), 1),
        "\n".join(_frame(sheet)),
        heading(tongue("retro.agenda_title")),
        item(tongue("retro.agenda")),
        heading(_figures_of(sheet, reading)),
        "\n".join(item(flat(run)) for run in figure_lines(reading, sheet)),
        heading(tongue("retro.voices")),
        "\n".join(_voice(one, sheet) for one in voices) or item(tongue("dossier.none")),
    ]
    if retro.record.causes:
        parts += [heading(tongue("retro.causes")), _causes(sheet)]
    if case:
        parts.append(dossier(*case, taken_by=taken_by))
    return document(parts)


def report(sheet: RetroSheet) -> str:
    """Write 《根因分析报告》: what happened, why by 5 Why and dimension, what follows, what is measured."""
    tongue, retro, handbook = sheet.tongue, sheet.view.retro, sheet.handbook
    parts = [
        heading(tongue("retro.report_title", name=sheet.name), 1),
        "\n".join(_frame(sheet)),
    ]
    for name in (*POINTS, *DIRECTIONS):
        said = getattr(retro.record, name)
        label = f"retro.{name}" if name in POINTS else f"direction.{name}"
        if said:
            parts += [heading(tongue(label)), item(said)]
        if name == "shortfalls":
            parts += [heading(tongue("retro.causes")), _causes(sheet)]
            parts += [heading(tongue("retro.root_causes")), "\n".join(_roots(sheet))]
    parts += [heading(tongue("retro.conclusion")), item(retro.record.conclusion)]
    parts.append(heading(tongue("retro.items")))
    for one in sheet.view.pursued:
        first, *more = (flat(run) for run in retro_words.item_lines(one, handbook, tongue))
        parts.append("\n".join([item(first), *(f"  {item(said)}" for said in more)]))
    return document(parts)


def _frame(sheet: RetroSheet) -> Iterator[str]:
    retro, tongue = sheet.view.retro, sheet.tongue
    values = (
        ("retro.form_when", absolute(retro.held_at, tongue) if retro.held_at else ""),
        ("retro.form_goal", retro.record.goal),
        ("retro.form_chair", labels.person(retro.chair, tongue)),
        ("retro.form_recap", labels.person(retro.recap, tongue)),
        ("retro.form_people", retro_words.people(retro.people, tongue)),
        ("retro.form_why_sooner", retro.record.why_sooner),
    )
    for label, value in values:
        if value:
            yield item(tongue("dossier.line", label=tongue(label), value=value))


def _figures_of(sheet: RetroSheet, reading: Reading) -> str:
    tongue = sheet.tongue
    return tongue(
        "retro.pack_figures",
        scope=retro_words.scope(reading.scope, sheet.handbook, tongue),
        first=retro_words.day(reading.start, tongue),
        last=retro_words.day(reading.end, tongue, before=True),
    )


def _voice(one: Voice, sheet: RetroSheet) -> str:
    tongue = sheet.tongue
    score = "–" if one.score is None else str(one.score)
    said = tongue("retro.voice", number=one.number, at=absolute(one.at, tongue), score=score)
    return item(said, [(tongue("timeline.words.words"), one.words)] if one.words else ())


def _causes(sheet: RetroSheet) -> str:
    causes = sheet.view.retro.record.causes
    if not causes:
        return item(sheet.tongue("dossier.none"))
    rows = retro_words.cause_lines(causes, sheet.tongue, limit=3000)
    lines = (flat(run) for run in rows)
    return "\n".join(_indented(line) for line in lines)


def _indented(line: str) -> str:
    """A full-width space becomes the indent of a list."""
    text = line.lstrip(retro_words.STEP)
    return f"{' ' * (len(line) - len(text) + bool(len(line) - len(text)))}{item(text)}"


def _roots(sheet: RetroSheet) -> Iterator[str]:
    roots = roots_of(sheet.view.retro.record.causes)
    if not roots:
        yield item(sheet.tongue("dossier.none"))
    for one in roots:
        yield item(retro_words.root(one, one.text, sheet.tongue))
