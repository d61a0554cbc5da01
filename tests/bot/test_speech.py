from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.catalogues import Catalogue, UnknownPhrase, sentences_of
from bot.speech import Speech, SpokenTongue, speech, strict_speech
from tickets.handbook import Words
from tickets.message import PersonId, Who, Word, say

NOON = datetime(2025, 10, 9, 4, 0, tzinfo=UTC)  # Thursday, 12:00 in Shanghai
EVE = PersonId("U0EVE")


class StoppedClock:
    def now(self) -> datetime:
        return NOON


@pytest.fixture(scope="module")
def spoken() -> Speech:
    return strict_speech(StoppedClock())


def a_tongue(spoken: Speech, language: str) -> SpokenTongue:
    return spoken.tongue(
        language,
        "Asia/Shanghai",
        names={EVE: "Eve"}.__getitem__,
        words={"status.accepted": Words({"en": "In hand", "zh-Hans": "处理中"})}.get,
    )


def open_phrase(tongue: SpokenTongue, phrase: str) -> SpokenTongue:
    """Let a tongue know one sentence of the test's own."""

    class Sentences:
        def gettext(self, message: str) -> str:
            return phrase if message == "test" else tongue.catalogue.sentences.gettext(message)

    known = tongue.catalogue.known | {"test"}
    return replace(tongue, catalogue=Catalogue(Sentences(), known, frozenset()))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "en", "simplified", "traditional"),
    [
        (NOON - timedelta(days=1, hours=2), "yesterday 10:00", "昨天 10:00", "昨天 10:00"),
        (NOON + timedelta(hours=2), "today 14:00", "今天 14:00", "今天 14:00"),
        (NOON + timedelta(hours=12), "tomorrow 00:00", "明天 00:00", "明天 00:00"),
        (
            NOON + timedelta(days=2),
            "Sat 11 Oct 12:00",
            "后天（10月11日周六）12:00",
            "後天（10月11日週六）12:00",
        ),
        (
            NOON + timedelta(days=7),
            "Thu 16 Oct 12:00",
            "10月16日周四 12:00",
            "10月16日週四 12:00",
        ),
        (
            NOON + timedelta(days=100),
            "Sat 17 Jan 2026 12:00",
            "2026年1月17日周六 12:00",
            "2026年1月17日週六 12:00",
        ),
    ],
)
def test_moments_are_said_as_people_do(
    spoken: Speech, at: datetime, en: str, simplified: str, traditional: str
) -> None:
    said = [a_tongue(spoken, lang).near(at, now=NOON) for lang in ("en", "zh-Hans", "zh-Hant")]

    assert said == [en, simplified, traditional]


def test_a_day_begins_in_the_readers_zone(spoken: Speech) -> None:
    in_london = replace(a_tongue(spoken, "en"), timezone="Europe/London")

    assert in_london.near(NOON + timedelta(hours=12), now=NOON) == "today 17:00"


@pytest.mark.parametrize(
    ("length", "en", "zh"),
    [
        (timedelta(seconds=59), "0 min", "0 分钟"),
        (timedelta(minutes=12), "12 min", "12 分钟"),
        (timedelta(hours=2, minutes=40), "2 h 40 min", "2 小时 40 分钟"),
        (timedelta(hours=24), "1 d", "1 天"),
        (timedelta(days=6, hours=4, minutes=9), "6 d 4 h", "6 天 4 小时"),
        (timedelta(days=6, minutes=9), "6 d", "6 天"),
        (-timedelta(hours=2), "2 h", "2 小时"),
    ],
)
def test_lengths_are_said_in_their_two_largest_units(
    spoken: Speech, length: timedelta, en: str, zh: str
) -> None:
    assert a_tongue(spoken, "en").span(length) == en
    assert a_tongue(spoken, "zh-Hans").span(length) == zh


def test_what_goes_into_a_sentence_is_shown_by_its_type(spoken: Speech) -> None:
    tongue = open_phrase(
        a_tongue(spoken, "en"), "{who}|{status}|{at}|{on}|{long}|{count}|{several}|{words}"
    )

    said = tongue.of(
        say(
            "test",
            who=Who(EVE),
            status=Word("status.accepted"),
            at=NOON + timedelta(minutes=1),
            on=date(2025, 10, 16),
            long=timedelta(hours=1),
            count=1234,
            several=(Word("status.accepted"), Word("status.accepted")),
            words="{braces} stay",
        )
    )

    assert said == ("Eve|In hand|today 12:01|Thu 16 Oct|1 h|1,234|In hand, In hand|{braces} stay")


def test_people_are_shown_as_the_caller_wants(spoken: Speech) -> None:
    tongue = open_phrase(a_tongue(spoken, "en"), "Ask {who}")

    mentioning = tongue.showing(lambda person: f"<@{person}>")

    assert mentioning("test", who=Who(EVE)) == "Ask <@U0EVE>"
    assert mentioning.name(EVE) == "Eve"


def test_a_missing_sentence_is_an_error_and_never_an_id(spoken: Speech) -> None:
    with pytest.raises(UnknownPhrase):
        a_tongue(spoken, "en")("no.such.sentence")


def test_in_service_a_missing_sentence_is_said_in_english() -> None:
    serving = speech(StoppedClock())
    chinese = serving.by_language["zh-Hans"]
    forgetful = replace(chinese, known=chinese.known - {"near.today"})
    tongue = a_tongue(
        Speech({**serving.by_language, "zh-Hans": forgetful}, serving.clock), "zh-Hans"
    )

    assert tongue.near(NOON, now=NOON) == "today 12:00"


def test_an_unknown_language_becomes_english(spoken: Speech) -> None:
    assert a_tongue(spoken, "fr").language == "en"


def test_every_language_has_sentences() -> None:
    assert all(len(sentences_of(language)) for language in ("en", "zh-Hans", "zh-Hant"))
