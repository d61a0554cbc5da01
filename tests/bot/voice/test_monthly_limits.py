"""The monthly meeting at its fullest through the strict sandbox: inside Slack's limits, every point and item shown."""

from dataclasses import replace

import pytest

from bot.speech import strict_speech
from handlers.views import improvements, monthly, monthly_minutes, quality
from handlers.views.digest import Edition
from handlers.views.ids import CallbackId
from handlers.views.meeting_room import ROOM
from handlers.views.monthly import Agenda
from handlers.views.notices import Reader
from handlers.views.screen import Screen
from sandbox.limits.messages import blocks_length, checked_blocks
from sandbox.limits.views import checked_view
from tests.bot.voice.workplace import NINE, StoppedClock
from tests.storage.test_improvements import an_item
from tests.tickets.handbooks import a_handbook
from tests.tickets.meetings.test_points import a_month
from tickets.case.values import Number, PersonId, Text
from tickets.desk.improve import PAGE, Listed
from tickets.desk.monthly_look import AdviceWords
from tickets.insight.figures import Spread
from tickets.insight.findings import Advice, Findings, NewProblem
from tickets.insight.monthly import CategoryShare
from tickets.insight.quality import ELEMENTS, AgentQuality, Quality
from tickets.meetings.improvement import Improvement
from tickets.meetings.monthly import MonthlyMeeting
from tickets.meetings.monthly_posts import ITEMS_A_PAGE
from tickets.meetings.points import Part, of_part
from tickets.watch.posting import ROWS, part_of, replies

LONG = Text("请向第二家供应商加急订购压缩机并通知客户上门时间<!channel>*，" * 20)  # past every clip
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
OPEN = MonthlyMeeting(key="2026-10", started_at=NINE, started_by=PersonId("U0SUPER"))


def a_reader(language: str) -> Reader:
    handbook = a_handbook()
    tongue = strict_speech(StoppedClock()).tongue(
        language, "Asia/Shanghai", names=lambda _: "名" * 200, words=lambda _: None
    )
    return Reader(tongue=tongue, handbook=handbook, present=frozenset(), now=NINE)


def full(place: int) -> Improvement:
    words = Text(LONG)
    done = {"done_at": NINE, "done_by": PersonId("U0LEAD"), "outcome": words}
    return an_item(
        place, pain=words, action=words, goal=words, point="", **(done if place % 2 else {})
    )


def an_edition(page: str, part: int = 1) -> Edition:
    return Edition(period="2026-10", due_at=NINE, is_late=True, skipped=(), page=page, part=part)


def require_taken(screen: Screen) -> None:
    blocks = [block.to_dict() for block in screen.blocks]
    checked_blocks(blocks)
    assert blocks_length(blocks) <= ROOM + 600  # what Slack counts besides words
    assert len(blocks) <= 50 and screen.text.strip()
    assert "<!channel>" not in screen.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_point_is_shown_with_its_decisions(language: str) -> None:
    reader = a_reader(language)
    shares = [
        CategoryShare(category=f"kind/{place:03}" * 4, count=9, share=2, solved_rate=place % 100)
        for place in range(27)
    ]
    advice = tuple(
        Advice(number=Number(f"20261001{n:03}"), category="x/y", seq=9, at=NINE, score=5)
        for n in range(41)
    )
    problems = tuple(
        NewProblem(category=f"problem/{n}", count=n, usual=1.5, parent=None) for n in range(21)
    )
    month = a_month(*shares, findings=Findings(advice=advice, problems=problems))

    shown: list[str] = []
    for part in Part:
        points = of_part(month, part)
        for page in range(1, replies(len(points)) + 1):
            some = part_of(points, page, ROWS)
            words = {
                one.key: AdviceWords(advice=one.matter, words=LONG)
                for one in some
                if isinstance(one.matter, Advice)
            }
            screen = monthly.agenda(
                Agenda(
                    meeting=OPEN,
                    points=some,
                    total=len(points),
                    decided={one.key: [full(n) for n in range(5)] for one in some},
                    advice=words,
                ),
                an_edition(part, page),
                reader,
            )
            require_taken(screen)
            drawn = [str(block.to_dict()) for block in screen.blocks]
            shown += [one.key for one in some if any(one.key in block for block in drawn)]
    assert len(set(shown)) == 27 + 4 + 41 + 21


@pytest.mark.parametrize("language", LANGUAGES)
def test_head_earlier_decisions_and_minutes_hold_the_longest_words(language: str) -> None:
    reader, items = a_reader(language), [full(n) for n in range(ROWS)]
    title = reader.say("digest.monthly", period="2026-10")

    require_taken(
        monthly.run_from(title, [], an_edition("head"), reader, meeting=OPEN, others=items)
    )
    require_taken(monthly.before(items, an_edition("before"), reader, total=99))
    for page in (1, 2):
        some = items[:ITEMS_A_PAGE]
        screen = monthly_minutes.minutes(OPEN, some, page=page, pages=7, reader=reader)
        require_taken(screen)
    require_taken(monthly_minutes.minutes(OPEN, [], page=1, pages=1, reader=reader))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_and_its_forms_hold_the_longest_words(language: str) -> None:
    reader = a_reader(language)
    tongue, handbook = reader.tongue, reader.handbook
    listed = Listed([full(n) for n in range(PAGE)], page=2, pages=3, to_do=15, total=30)

    require_taken(
        improvements.listed(
            listed,
            handbook=handbook,
            tongue=tongue,
            now=NINE,
            person=PersonId("U0LEAD"),
            may_chair=True,
        )
    )
    require_taken(improvements.told(full(2), "overdue", reader))
    for view in (
        improvements.finish(full(2), tongue),
        improvements.decide(
            callback=CallbackId.MONTHLY_DECIDE,
            memory="{}",
            about=LONG,
            handbook=handbook,
            tongue=tongue,
        ),
    ):
        checked_view(view.to_dict(), "modal")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agent_a_line_whatever_their_names(language: str) -> None:
    reader = a_reader(language)
    one = AgentQuality(
        person=PersonId("U0AGENT1"),
        logged=99_999,
        n=200,
        elements=dict.fromkeys(ELEMENTS, 150),
        complete=120,
        filled=199,
        read_back=180,
        vague=3,
        results=150,
        solved=151,
        callbacks=90,
        due=100,
        delay=Spread(n=200, mean=4000, median=3, p90=90_000),
        backfilled=12,
    )
    found = Quality(agents=tuple(replace(one, person=PersonId(f"U{n}")) for n in range(70)))

    for part in range(1, 5):
        require_taken(quality.monthly_quality(found, an_edition("agents", part), reader))
    require_taken(quality.monthly_quality(found, an_edition("head"), reader))
