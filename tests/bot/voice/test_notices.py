"""Every kind of notice is said whole, in each language, with nothing a name could make live."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.voice.question_delivery import OF_QUESTIONS
from bot.voice.render import RENDERERS
from bot.voice.retro_delivery import OF_RETROSPECTIVES
from sandbox.running import RunningSandbox
from storage.records import SqlRecords
from tests.bot.voice.lives import a_life_between
from tests.bot.voice.lives_articles import a_life_of_articles
from tests.bot.voice.lives_retro import a_life_looked_back_on
from tests.bot.voice.office import an_office
from tests.bot.voice.workplace import (
    ADA,
    ANN,
    BEN,
    EVE,
    LEE,
    NINE,
    NUMBER,
    SUE,
    Workplace,
    a_plan,
    a_workplace,
    assigned,
    logged,
    text_of,
)
from tickets.case import facts as f
from tickets.case.listing import Line
from tickets.case.values import (
    AssignCause,
    Complexity,
    ContactChannel,
    Direction,
    Kind,
    Number,
    Risk,
    Solved,
    Status,
    Text,
)
from tickets.message import PersonId
from tickets.notices import (
    Notice,
    NoticeKind,
    NoticeState,
    Place,
    PlaceKind,
    Urgency,
    in_thread,
    to_person,
)

LANGUAGES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en-US"}
EVENING = NINE + timedelta(hours=11)


@pytest.fixture
def desk() -> Iterator[Workplace]:
    with a_workplace() as workplace:
        yield workplace


def own_notice(kind: NoticeKind, there: Place, /, **params: Any) -> Notice:
    return Notice(
        key=f"{kind}:test",
        kind=kind,
        place=there,
        urgency=Urgency.PRIVATE,
        due_at=NINE,
        number=None if kind in {NoticeKind.HANDOVER, NoticeKind.DRAFT_KEPT} else NUMBER,
        params=params,
    )


def a_line(serial: int, **changes: Any) -> Line:
    given: dict[str, Any] = {
        "number": Number(f"20250922{serial:03d}"),
        "kind": Kind.AFTER_SALES,
        "category": "after_sales/fault",
        "status": Status.IN_PROGRESS,
        "priority": "P2",
        "department": "tech",
        "assignee": EVE,
        "logged_by": ANN,
        "caller": None,
        "received_at": NINE,
        "round": 1,
        "restricted": False,
        "summary": "空调",
        "next_kind": "resolution",
        "next_due_at": EVENING,
        "paused_since": None,
        "changed_at": NINE,
    }
    return Line(**(given | changes))


def a_life(desk: Workplace) -> None:
    """Let everything happen that a notice speaks of."""
    desk.happens(logged(kind=Kind.COMPLAINT), assigned())
    desk.deliver()
    desk.happens(f.HandedBack(reason=Text("x")), by=EVE)
    desk.happens(assigned(BEN, cause=AssignCause.PERSON), by=ANN)
    desk.happens(f.HelpAsked(text=Text("x")), by=BEN)
    desk.happens(f.ApprovalAsked(amount=30000), by=BEN)
    desk.deliver()
    proposed = f.CollaboratorsProposed(people=(EVE,), contact=EVE, need=Text("x"))
    desk.happens(proposed, by=BEN)
    desk.happens(
        f.ComplexityJudged(complexity=Complexity.COMPLEX, reason=Text("x")),
        f.Graded(known=False, departments=("operations",), cause="quality", report=Text("x")),
        by=SUE,
    )
    desk.deliver()
    desk.happens(
        f.AuthorityNamed(
            key="12315",
            authority="12315",
            direction=Direction.CAME,
            reference=Text("7731"),
            due_at=NINE + timedelta(days=5),
        ),
        by=BEN,
    )
    desk.deliver()
    desk.happens(f.ApprovalGiven(), by=LEE)
    desk.deliver()
    desk.happens(f.CollaboratorsNamed(people=(EVE, LEE), contact=LEE), by=SUE)
    desk.happens(f.Planned(measures=Text("x"), finish_by=NINE + timedelta(days=1)), by=BEN)
    desk.deliver()
    desk.happens(f.Resolved(result=Text("x")), by=BEN)
    desk.deliver()
    told = f.CustomerTold(way=ContactChannel.PHONE, happened_at=NINE)
    low = (
        f.Scored(score=2, solved=Solved.NO),
        f.RoundBegun(round=2, by_low_score=True, reason=Text("x")),
    )
    desk.happens(told, by=ANN)
    desk.deliver()
    desk.happens(*low, assigned(EVE, cause=AssignCause.LOW_SCORE))
    desk.deliver()
    desk.happens(f.RoundBegun(round=3, by_low_score=False, reason=Text("x")), by=SUE)
    desk.happens(assigned("U0OPS", "operations", AssignCause.REOPENED), by=SUE)  # type: ignore[arg-type]
    desk.deliver()
    desk.happens(f.Said(message_ts="17.1", text=Text("电话 13812345678，加QQ")), by=EVE)
    seq = desk.unit.tickets.events(NUMBER)[-1].seq
    card_ts = str(desk.posted("tech")[0]["ts"])
    desk.unit.tickets.lines = tuple(a_line(serial) for serial in range(1, 31))
    desk.plan(
        own_notice(NoticeKind.REMINDER, to_person(ANN), at=NINE.isoformat()),
        own_notice(NoticeKind.HANDOVER, Place(PlaceKind.DEPARTMENT, "tech"), person=EVE),
        own_notice(NoticeKind.DRAFT_KEPT, to_person(ANN), draft="d1"),
        own_notice(
            NoticeKind.POINTED_OUT, to_person(EVE), seq=seq, posted_in="C0TECH", posted_ts=card_ts
        ),
        own_notice(NoticeKind.CONFIRMATION, to_person(ANN), message="notice.call"),
        *(
            replace(
                own_notice(
                    NoticeKind.REVEAL_ALARM, to_person(SUE), what=what, person=EVE, count=21
                ),
                key=what,
            )
            for what in ("hurried", "unusual")
        ),
        *(
            own_notice(
                kind,
                in_thread(NUMBER),
                deadline="resolution",
                detail="",
                due_at=(NINE + timedelta(days=1)).isoformat(),
                stage=stage,
                called=f"{EVE},{SUE}",
            )
            for stage, kind in enumerate(
                (NoticeKind.WARNING, NoticeKind.BREACH, NoticeKind.ESCALATION)
            )
        ),
        own_notice(
            NoticeKind.OPERATOR, to_person(ADA), message="operator.parked", place="#x", why="y"
        ),
    )
    desk.deliver()


# Files, and what brings posted messages up to date: they go another way than a message does.
OF_THE_MEETING_ROOM = {
    NoticeKind.MEETING_CHART,
    NoticeKind.MEETING_SHEET,
    NoticeKind.MEETING_REDRAWN,
}
OF_THE_ARCHIVE = {NoticeKind.DIGEST_REDRAWN, NoticeKind.DOSSIER, NoticeKind.EVIDENCE}
OF_PAPERS = {
    NoticeKind.DIGEST_CHART,
    NoticeKind.DIGEST_SHEET,
    NoticeKind.IMPROVEMENTS_SHEET,
    NoticeKind.COMPARISON,
    NoticeKind.EXPORT,
}
# Said by time, or out of records of their own: test_digests.py, test_meeting.py, the watch's own tests,
# tests/handlers/test_rights.py.
OF_TIME = {
    kind
    for kind in NoticeKind
    if kind.startswith("meeting_")
    or kind in OF_THE_ARCHIVE | OF_PAPERS
    or kind
    in {
        "digest",
        "decided",
        "unblocked",
        "warning",
        "breach",
        "escalation",
        "rights",
        "export_request",  # tests/handlers/test_export.py
        "fields_owed",
    }
}


# Said by time, and by the monthly meeting of lives.py: its report, its papers, its head drawn anew.
A_MONTH = {
    NoticeKind.DIGEST,
    NoticeKind.DIGEST_CHART,
    NoticeKind.DIGEST_SHEET,
    NoticeKind.DIGEST_REDRAWN,
}


def test_every_kind_has_a_renderer() -> None:
    by_itself = (
        set(OF_QUESTIONS) | OF_THE_MEETING_ROOM | OF_THE_ARCHIVE | OF_PAPERS | OF_RETROSPECTIVES
    )
    assert set(RENDERERS) == set(NoticeKind) - {NoticeKind.OUTSIDE} - by_itself


@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_accepts_every_kind_of_notice_in_every_language(
    language: str, records: SqlRecords
) -> None:
    with a_workplace() as desk:
        desk.handbook = replace(desk.handbook, language=language)
        people = list(desk.slack.sandbox.workspace.people)
        for person in people:
            if person.startswith("U0DESKBOT"):
                continue
            desk.slack.admin("set_locale", user=person, locale=LANGUAGES[language])
        desk.refresh()

        a_life(desk)

        rows = desk.outbox.rows.values()
        posted = {row.notice.kind for row in rows if row.state is NoticeState.SENT}
        require_taken_whole(desk.slack)
    plan = a_plan()
    plan["users"] = [person | {"locale": LANGUAGES[language]} for person in plan["users"]]
    with an_office(records, plan, language) as office:
        a_life_between(office)
        a_life_looked_back_on(office)
        a_life_of_articles(office)

        told = office.kinds_sent()
        assert NoticeKind.OPERATOR not in told  # nothing had to be parked
        posted |= told
        require_taken_whole(office.slack)
    assert posted == set(NoticeKind) - {NoticeKind.OUTSIDE, NoticeKind.ROLL_UP} - OF_TIME | A_MONTH


def require_taken_whole(slack: RunningSandbox) -> None:
    """Nothing was refused, so nothing had to be said again without its blocks; no message is empty."""
    refused = [e.error for e in slack.traffic() if e.name.startswith("chat.") and not e.ok]
    assert refused == []
    assert all(message["text"].strip() and message["blocks"] for message in everywhere(slack))


def everywhere(slack: RunningSandbox) -> list[dict[str, Any]]:
    """Every message of the bot with words of its own, in channels and in private."""

    def listed() -> list[dict[str, Any]]:
        rooms = slack.sandbox.workspace.channels.values()
        posts = (dict(post.body) for room in rooms for post in room.posts.values())
        return [body for body in posts if body.get("bot_id") and not body.get("files")]

    return slack.look(listed)


def test_a_name_can_make_nothing_live(desk: Workplace) -> None:
    hostile = "<!channel> *x* <https://evil|in>"
    desk.unit.directory.people[EVE] = replace(desk.unit.directory.people[EVE], name=hostile)
    desk.happens(logged(), assigned())

    desk.deliver()

    [private] = desk.posted(ANN)
    assert "<!channel>" not in private["text"]
    assert "&lt;!channel&gt;" in private["text"]
    assert "mrkdwn" not in str(private["blocks"])


def test_outside_opening_hours_the_logger_reads_what_to_tell_the_customer(
    desk: Workplace,
) -> None:
    desk.clock.at = EVENING
    desk.happens(logged(received_at=EVENING), assigned())

    desk.deliver()

    [private] = desk.posted(ANN)
    assert "For the customer" in text_of(private)


def test_in_opening_hours_it_does_not(desk: Workplace) -> None:
    desk.happens(logged(), assigned())

    desk.deliver()

    [private] = desk.posted(ANN)
    assert "For the customer" not in text_of(private)
    assert "First contact is owed by" in private["text"]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ((assigned(None),), "Nobody has it yet"),
        (
            (
                assigned(ANN, cause=AssignCause.ON_THE_SPOT),
                f.Resolved(result=Text("x"), on_the_spot=True),
            ),
            "answered on the call",
        ),
        (
            (
                assigned(ANN, cause=AssignCause.ON_THE_SPOT),
                f.Resolved(result=Text("x"), on_the_spot=True),
                f.Closed(),
            ),
            "on record and closed",
        ),
        ((assigned(ANN), f.MarkedInvalid(note=Text("x"))), "not a valid case"),
    ],
)
def test_the_logger_reads_how_the_case_stands(
    desk: Workplace, facts: tuple[f.Fact, ...], words: str
) -> None:
    desk.happens(logged(), *facts)

    desk.deliver()

    assert words in desk.posted(ANN)[0]["text"]


def test_nobody_to_take_it_calls_the_lead(desk: Workplace) -> None:
    desk.happens(logged(), assigned(None))

    desk.deliver()

    _, call = desk.posted("C0TECH")
    assert f"<@{LEE}>" in text_of(call)
    assert "目前无人可接" in call["text"]


@pytest.mark.parametrize(
    ("to", "words"),
    [(EVE, "can say how far it is"), (None, "Nobody has it yet: ask the lead of Engineering")],
)
def test_a_silent_case_says_who_knows_more_or_that_nobody_has_it(
    desk: Workplace, to: PersonId | None, words: str
) -> None:
    desk.happens(logged(), assigned(to))
    there = to_person(ANN)
    desk.plan(own_notice(NoticeKind.SILENCE, there, since=NINE.isoformat()))

    desk.deliver()

    assert words in text_of(desk.posted(ANN)[-1])


def test_a_handover_shows_a_page_and_says_how_many_there_are(desk: Workplace) -> None:
    desk.unit.tickets.lines = tuple(a_line(serial) for serial in range(1, 31))
    desk.plan(own_notice(NoticeKind.HANDOVER, Place(PlaceKind.DESK), person=EVE))

    desk.deliver()

    [message] = desk.posted("C0DESK")
    buttons = [b for b in message["blocks"] if b["type"] == "actions"]
    assert len(buttons) == 20
    assert "30" in message["text"]
    assert "空调" not in text_of(message)


@pytest.mark.parametrize(
    ("later", "by"),
    [
        (
            (
                f.Resolved(result=Text("x")),
                f.CustomerTold(way=ContactChannel.PHONE, happened_at=NINE),
            ),
            BEN,
        ),
        ((f.Resolved(result=Text("x")), f.Closed()), BEN),
    ],
)
def test_what_has_been_done_meanwhile_is_not_asked_for(
    desk: Workplace, later: tuple[f.Fact, ...], by: Any
) -> None:
    desk.happens(logged(), assigned())
    desk.deliver()
    before = len(desk.posted(ANN))
    desk.happens(*later, by=by)

    desk.deliver()

    assert len(desk.posted(ANN)) == before


def test_a_case_that_went_away_and_came_back_has_one_card(desk: Workplace) -> None:
    desk.happens(logged(), assigned())
    desk.happens(assigned("U0OPS", "operations", AssignCause.PERSON), by=SUE)  # type: ignore[arg-type]
    desk.happens(assigned(BEN, "tech", AssignCause.PERSON), by=SUE)

    desk.deliver()

    cards = [m for m in desk.posted("C0TECH") if m.get("thread_ts", m["ts"]) == m["ts"]]
    assert len(cards) == 1
    assert desk.posted("C0OPS") == []


def test_a_risk_reaches_the_supervisor_whole(desk: Workplace) -> None:
    desk.happens(logged(risks=frozenset({Risk.SAFETY})), assigned())

    desk.deliver()

    whole = next(m for m in desk.posted(SUE) if NUMBER in m["text"])
    assert "李*女士" in text_of(whole)
    assert "13800135678" not in str(whole)
