"""The words of retrospectives that several of their screens share."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import RichTextBlock

from handlers.views import labels
from handlers.views.graphemes import width
from handlers.views.meeting_words import A_MOMENT
from handlers.views.rich import Bold, Run, absolute, lines, weave, words
from handlers.views.text import clip, one_line
from tickets.case.ticket import Ticket
from tickets.desk.measuring import OF_A_DEPARTMENT
from tickets.handbook import Handbook
from tickets.message import PersonId
from tickets.retrospectives.causes import Cause, tree
from tickets.retrospectives.pursuit import Check, Figure, Pursued, Target
from tickets.retrospectives.retrospective import Retrospective
from tickets.tongue import Tongue

THEME, PERSON = 60, 30  # characters
ROOM_OF_A_BLOCK, LEAST = 2600, 1  # characters; each part counts for one at least
STEP = "　"  # an ideographic space: Slack keeps it where a line begins


def blocks_of(runs: Iterable[Run]) -> Iterator[RichTextBlock]:
    """Put lines into as few blocks as hold them (SLACK.md 2.1)."""
    here: list[Run] = []
    used = 0
    for run in runs:
        size = sum(width(getattr(part, "text", None) or "") + LEAST for part in run)
        if here and used + size > ROOM_OF_A_BLOCK:
            yield lines(*here)
            here, used = [], 0
        here.append(run)
        used += size
    if here:
        yield lines(*here)


def name(retro: Retrospective, ticket: Ticket | None, handbook: Handbook, tongue: Tongue) -> str:
    """Say what it is about: a case by number, category and grade; a theme with its days."""
    if retro.number is None:
        theme = clip(one_line(retro.record.theme), THEME) or occasion(retro, tongue)
        return f"{theme} · {period(retro, tongue)}" if retro.starts_at else theme
    if ticket is None or ticket.is_restricted:
        return retro.number
    return labels.title(ticket, handbook, tongue)


def root(one: Cause, said: str, tongue: Tongue) -> str:
    """Say a root cause with what it was for a kind."""
    return tongue(
        "retro.root_cause", dimension=tongue(f"cause_dimension.{one.dimension}"), cause=said
    )


def occasion(retro: Retrospective, tongue: Tongue) -> str:
    """Say why it is worth one."""
    return tongue(f"retro_occasion.{retro.occasion}")


def period(retro: Retrospective, tongue: Tongue) -> str:
    """Say the days it looks back on, the last one included."""
    if retro.starts_at is None or retro.ends_at is None:
        return ""
    first, last = day(retro.starts_at, tongue), day(retro.ends_at, tongue, before=True)
    return f"{first} – {last}"


def day(at: datetime, tongue: Tongue, *, before: bool = False) -> str:
    """Write a day in the reader's zone; `before` gives the day that ends at a midnight."""
    shown = at - A_MOMENT if before else at
    return shown.astimezone(ZoneInfo(tongue.timezone)).date().isoformat()


def people(some: Sequence[PersonId], tongue: Tongue) -> str:
    """Name several people without calling them."""
    named = [clip(labels.person(one, tongue), PERSON) for one in some]
    return tongue("meeting.between").join(named) or tongue("words.nobody")


def when(retro: Retrospective, tongue: Tongue) -> str:
    """Write when it is held."""
    return absolute(retro.held_at, tongue) if retro.held_at else ""


def cause_lines(causes: Sequence[Cause], tongue: Tongue, *, limit: int) -> Iterator[Run]:
    """List the causes as an indented tree, each branch under its dimension."""
    shown = None
    for one in tree(causes):
        if one.cause.dimension is not shown:
            shown = one.cause.dimension
            yield [*weave(tongue, "retro.branch", name=Bold(tongue(f"cause_dimension.{shown}")))]
        indent = STEP * (2 * one.depth - 1)
        said = tongue("retro.why", nth=one.depth, text=clip(one_line(one.cause.text), limit))
        yield words(f"{indent}{said}")


def scope(key: str, handbook: Handbook, tongue: Tongue) -> str:
    """Name what a figure is taken of."""
    if not key:
        return tongue("retro.whole_desk")
    if key.startswith(OF_A_DEPARTMENT):
        return labels.department(key.removeprefix(OF_A_DEPARTMENT), handbook, tongue)
    return labels.category_path(key, handbook, tongue)


def amount(value: int | None, figure: Figure | None, tongue: Tongue) -> str:
    """Write a figure with its unit."""
    if value is None:
        return tongue("retro.no_data")
    if figure and figure.is_rate:
        return f"{value}%"
    if figure in {Figure.RESPONSE_MINUTES, Figure.HANDLING_MINUTES}:
        return tongue("retro.minutes_unit", value=value)
    return str(value)


def target(one: Pursued, handbook: Handbook, tongue: Tongue, *, limit: int = 200) -> str:
    """Say what is to be reached: a figure from where to where, else its words."""
    aim = one.pursuit.target
    if aim.figure is None:
        return clip(one_line(one.item.goal), limit)
    return figure_target(aim, handbook, tongue)


def figure_target(aim: Target, handbook: Handbook, tongue: Tongue) -> str:
    """Say which figure goes from where to where."""
    return tongue(
        "retro.target",
        figure=tongue(f"figure.{aim.figure}"),
        scope=scope(aim.scope, handbook, tongue),
        was=amount(aim.was, aim.figure, tongue),
        goal=amount(aim.goal, aim.figure, tongue),
    )


def figure_goal(aim: Target, handbook: Handbook, tongue: Tongue) -> str:
    """Say which figure is to reach what, for the desk's list of improvements."""
    return tongue(
        "retro.figure_goal",
        figure=tongue(f"figure.{aim.figure}"),
        scope=scope(aim.scope, handbook, tongue),
        goal=amount(aim.goal, aim.figure, tongue),
    )


def found(check: Check, one: Pursued, tongue: Tongue) -> str:
    """Say what a look has found."""
    verdict = tongue(f"retro_verdict.{check.verdict}") if check.verdict else tongue("retro.awaited")
    if one.pursuit.target.figure is None:
        return tongue("retro.check_word", days=check.after, verdict=verdict)
    return tongue(
        "retro.check_figure",
        days=check.after,
        value=amount(check.value, one.pursuit.target.figure, tongue),
        of=check.of,
        verdict=verdict,
    )


def item_head(one: Pursued, handbook: Handbook, tongue: Tongue, *, limit: int) -> Run:
    """Say an improvement on one line: what, who, which department, by when, and how far it is."""
    return weave(
        tongue,
        "retro.item_line",
        place=Bold(str(one.pursuit.place)),
        action=clip(one_line(one.item.action), limit),
        owner=clip(labels.person(one.item.owner, tongue), PERSON),
        department=labels.department(one.item.department, handbook, tongue),
        day=day(one.item.due_at, tongue, before=True),
        state=state(one, tongue),
    )


def item_withheld(one: Pursued, handbook: Handbook, tongue: Tongue) -> Run:
    """Say of a restricted case's improvement whose it is and by when; not what (R30)."""
    return weave(
        tongue,
        "retro.item_withheld",
        place=Bold(str(one.pursuit.place)),
        owner=clip(labels.person(one.item.owner, tongue), PERSON),
        department=labels.department(one.item.department, handbook, tongue),
        day=day(one.item.due_at, tongue, before=True),
    )


def item_lines(one: Pursued, handbook: Handbook, tongue: Tongue) -> Iterator[Run]:
    """Say all of an improvement, a line each."""
    yield item_head(one, handbook, tongue, limit=600)
    aim = target(one, handbook, tongue, limit=600)
    yield weave(tongue, "retro.item_target", target=aim)
    if one.pursuit.resources:
        said = clip(one_line(one.pursuit.resources), 300)
        yield weave(tongue, "retro.item_resources", resources=said)
    if one.item.outcome:
        yield weave(tongue, "retro.item_outcome", outcome=clip(one_line(one.item.outcome), 300))
    for check in one.pursuit.checks:
        yield words(found(check, one, tongue))


def state(one: Pursued, tongue: Tongue) -> str:
    """Say how far an improvement is."""
    if one.pursuit.verdict:
        return tongue(f"retro_verdict.{one.pursuit.verdict}")
    return tongue("retro.item_done" if one.item.done_at else "retro.item_open")
