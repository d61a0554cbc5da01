"""The agenda of the monthly meeting in its report's thread, each point with its decisions; the head it is run from (R84)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from slack_sdk.models.blocks import Block, ButtonElement, ConfirmObject, ContextBlock

from handlers.views import labels, meeting_words
from handlers.views.buttons import button, row
from handlers.views.digest import (
    Edition,
    at_least,
    at_most,
    at_most_share,
    head,
    minutes_said,
    page,
    range_title,
    rate,
    stats_button,
)
from handlers.views.ids import ActionId
from handlers.views.improvements import decided_run, judged_run
from handlers.views.meeting_room import ROOM, room_of
from handlers.views.meta import pack
from handlers.views.notices import Reader, Said
from handlers.views.rich import Run, lines
from handlers.views.screen import Screen
from handlers.views.text import clip, one_line, plain
from tickets.desk.monthly_look import AdviceWords
from tickets.insight.findings import Advice, NewProblem
from tickets.insight.monthly import CategoryShare
from tickets.meetings.improvement import Improvement
from tickets.meetings.monthly import MonthlyMeeting
from tickets.meetings.points import OTHER, Held, Point
from tickets.tongue import Tongue
from tickets.watch.posting import ROWS

TEXT_LIMITS = (200, 120, 80, 50, 30, 16)  # of a person's words, the first that fits
WHOLE = 500  # of a customer's advice, in a form
MOST_DECISIONS = 3  # on one point; more are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What one message of the agenda is drawn from."""

    meeting: MonthlyMeeting
    points: Sequence[Point]  # of this message
    total: int
    decided: Mapping[str, Sequence[Improvement]] = field(default_factory=dict)
    advice: Mapping[str, AdviceWords] = field(default_factory=dict)


def agenda(shown: Agenda, edition: Edition, reader: Reader) -> Screen:
    """Draw some points, each with its button; words are shortened until all fit, a point is never left out."""
    lead = range_title(
        f"monthly.part_{edition.page}",
        edition,
        reader,
        shown=len(shown.points),
        total=shown.total,
        a_page=ROWS,
    )
    screen = page(lead, [])
    for limit in TEXT_LIMITS:
        blocks = [block for one in shown.points for block in _point(one, shown, reader, limit)]
        screen = page(lead, [], blocks=blocks)
        if room_of(screen.blocks) <= ROOM:
            break
    return screen


def before(items: Sequence[Improvement], edition: Edition, reader: Reader, *, total: int) -> Screen:
    """Say what became of earlier decisions as of the report's moment."""
    lead = range_title(
        "monthly.part_before", edition, reader, shown=len(items), total=total, a_page=ROWS
    )
    screen = page(lead, [])
    for limit in TEXT_LIMITS:
        judged = [judged_run(one, edition.due_at, reader.tongue, limit) for one in items]
        screen = page(lead, judged)
        if room_of(screen.blocks) <= ROOM:
            break
    return screen


def run_from(
    title: Said,
    rows: Sequence[Said],
    edition: Edition,
    reader: Reader,
    *,
    meeting: MonthlyMeeting,
    others: Sequence[Improvement],
) -> Screen:
    """Draw the report's head, from which the meeting is run."""
    under = [decided_run(one, reader.tongue, TEXT_LIMITS[0]) for one in others[-MOST_DECISIONS:]]
    screen = head(title, edition, reader, rows, under)
    blocks: list[Block] = [*screen.blocks]
    buttons = list(_head_buttons(meeting, reader.tongue))
    if buttons:
        blocks.append(row(buttons, block_id=f"monthly:{meeting.key}"))
    small = list(_small(meeting, reader.tongue))
    if small:
        blocks.append(ContextBlock(elements=[plain(one) for one in small]))
    return Screen(screen.text, tuple(blocks))


def about(point: Point | None, words: AdviceWords | None, reader: Reader) -> str:
    """Say in a sentence what a decision is about; it is what the form offers as the pain."""
    if point is None:
        return ""
    return _said(point, words, reader, WHOLE).text_plain


@dataclass(frozen=True, slots=True)
class _Line:
    run: Run
    text_plain: str


def _point(point: Point, shown: Agenda, reader: Reader, limit: int) -> Iterator[Block]:
    decided = shown.decided.get(point.key, ())
    runs = [_said(point, shown.advice.get(point.key), reader, limit).run]
    runs += [decided_run(one, reader.tongue, limit) for one in decided[-MOST_DECISIONS:]]
    if len(decided) > MOST_DECISIONS:
        more = len(decided) - MOST_DECISIONS
        runs.append(reader.say("meeting.earlier_decisions", count=more).run)
    yield lines(*runs)
    if not shown.meeting.closed_at:
        yield row([_decide(shown.meeting.key, point.key, reader.tongue, "meeting.button_decide")])


def _said(point: Point, words: AdviceWords | None, reader: Reader, limit: int) -> _Line:
    matter = point.matter
    match matter:
        case CategoryShare():
            said = reader.say(
                "monthly.kind",
                category=labels.category_path(matter.category, reader.handbook, reader.tongue),
                solved=rate(matter.solved_rate),
                count=matter.count,
                share=f"{matter.share}%",
            )
        case Held():
            said = _held(matter, reader)
        case Advice():
            said = _advice(matter, words, reader, limit)
        case NewProblem():
            said = _problem(matter, reader)
    return _Line(said.run, _plain_of(said))


def _plain_of(said: Said) -> str:
    return "".join(str(one.to_dict().get("text") or "") for one in said.run)


def _held(held: Held, reader: Reader) -> Said:
    tongue = reader.tongue
    if held.is_time:
        value = minutes_said(held.value, tongue)
        against = at_most(held.value, held.goal, tongue)
    else:
        value = rate(held.value)
        share = at_most_share if held.at_most else at_least
        against = share(held.value, held.goal, tongue)
    return reader.say(
        "monthly.held",
        figure=tongue(f"monthly.figure_{held.name}"),
        value=value,
        against=against or tongue("monthly.no_goal"),
    )


def _advice(advice: Advice, words: AdviceWords | None, reader: Reader, limit: int) -> Said:
    if words and words.is_restricted:
        return reader.say("monthly.advice_restricted", number=advice.number)
    shown = clip(one_line(words.words), limit) if words and words.words else ""
    return reader.say(
        "monthly.advice",
        number=advice.number,
        category=labels.category(advice.category, reader.handbook, reader.tongue),
        score=advice.score,
        words=shown or reader.tongue("monthly.words_gone"),
    )


def _problem(problem: NewProblem, reader: Reader) -> Said:
    category = labels.category_path(problem.category, reader.handbook, reader.tongue)
    if problem.parent:
        return reader.say(
            "monthly.problem_parent", category=category, number=problem.parent, count=problem.count
        )
    return reader.say(
        "monthly.problem", category=category, count=problem.count, usual=f"{problem.usual:.1f}"
    )


def _decide(period: str, key: str, tongue: Tongue, words: str) -> ButtonElement:
    return button(ActionId.MONTHLY_DECIDE, tongue(words), pack(m=period, p=key))


def _head_buttons(meeting: MonthlyMeeting, tongue: Tongue) -> Iterator[ButtonElement]:
    if not meeting.closed_at:
        yield from _running_buttons(meeting, tongue)
    yield stats_button(meeting.key, tongue)


def _running_buttons(meeting: MonthlyMeeting, tongue: Tongue) -> Iterator[ButtonElement]:
    if meeting.started_at is None:
        start = tongue("meeting.button_start")
        yield button(ActionId.MONTHLY_START, start, meeting.key, style="primary")
    else:
        closing = button(
            ActionId.MONTHLY_CLOSE, tongue("meeting.button_close"), meeting.key, style="primary"
        )
        closing.confirm = ConfirmObject(
            title=plain(tongue("meeting.close_title"), 100),
            text=plain(tongue("meeting.close_text"), 300),
            confirm=plain(tongue("meeting.close_yes"), 30),
            deny=plain(tongue("button.cancel"), 30),
        )
        yield closing
    yield _decide(meeting.key, OTHER, tongue, "monthly.button_other")


def _small(meeting: MonthlyMeeting, tongue: Tongue) -> Iterable[str]:
    for what, at, by in (
        ("started", meeting.started_at, meeting.started_by),
        ("closed", meeting.closed_at, meeting.closed_by),
    ):
        if at:
            person = labels.person(by, tongue)
            yield tongue(f"meeting.was_{what}", person=person, at=meeting_words.moment(at, tongue))
    if meeting.closed_at:
        yield tongue("monthly.afterwards")
    else:
        yield tongue("monthly.how_running" if meeting.started_at else "monthly.how")
