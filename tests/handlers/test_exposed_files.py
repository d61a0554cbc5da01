"""A file in the thread of a restricted case: everybody in the channel sees it, so who uploaded it is asked to delete it (R25, R30)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Address
from tests.handlers.days import Days, lived
from tests.handlers.stage import Json, words_of
from tests.handlers.test_complaints import log_complaint
from tests.handlers.test_files import keeper
from tests.tickets.desk.desks import BOB, EVE, KEN, SUE
from tickets.case import facts as f
from tickets.case.values import Number, PersonId, Text
from tickets.desk.talk import add_evidence

pytestmark = pytest.mark.requirement(25, 30)
ASKED = ("频道里的人仍能看到", "everybody in the channel can still see")
JPEG = b"\xff\xd8\xff\xe0 photo of the outlet"


@pytest.fixture
def days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: Address) -> Iterator[Days]:
    with lived(tmp_path, monkeypatch, address) as opened:
        yield opened


def uploads(days: Days, who: PersonId, number: str, *names: str) -> Json:
    channel, card = days.stage.card(number)
    files = dict.fromkeys(names, JPEG)
    post = days.stage.person(who).post(channel, "", thread_ts=card["ts"], files=files)
    days.stage.settle()
    return post


def restricted(days: Days, number: str) -> None:
    days.stage.fill(SUE, "ticket.complained_about", number, people=[BOB])
    assert days.stage.ticket(number).is_restricted


def asked_of(days: Days, who: PersonId) -> list[Json]:
    """Find what somebody was asked, in whichever language is theirs."""
    return [one for words in ASKED for one in days.told(who, words)]


def pass_minutes(days: Days, count: int) -> None:
    days.clock.move(minutes=count)
    days.stage.settle()


def test_who_uploaded_is_asked_once_the_case_becomes_restricted(days: Days) -> None:
    number = log_complaint(days.stage)
    post = uploads(days, KEN, number, "a.jpg", "b.jpg")
    uploads(days, EVE, number, "c.jpg")
    keeper(days.stage)()
    pass_minutes(days, 2)
    assert not asked_of(days, KEN)

    restricted(days, number)

    (asked,) = asked_of(days, KEN)
    assert number in words_of(asked["blocks"])
    assert "the desk keeps a copy" in words_of(asked["blocks"])
    assert post["ts"].replace(".", "") in str(asked["blocks"])  # the message's own address
    (eves,) = asked_of(days, EVE)
    assert "服务台已留存副本" in words_of(eves["blocks"])
    assert not asked_of(days, BOB)


def test_a_file_put_there_later_is_asked_for_once_the_desk_had_time_to_copy_it(days: Days) -> None:
    number = log_complaint(days.stage)
    restricted(days, number)

    uploads(days, EVE, number, "a.jpg")
    assert not asked_of(days, EVE)
    pass_minutes(days, 1)

    (asked,) = asked_of(days, EVE)
    assert "补充证据" in words_of(asked["blocks"])  # nothing fetched it meanwhile


def test_what_was_removed_before_is_not_mentioned(days: Days) -> None:
    number = log_complaint(days.stage)
    post = uploads(days, KEN, number, "a.jpg")
    channel, _ = days.stage.card(number)
    days.stage.person(KEN).delete(post, channel=channel)
    days.stage.settle()
    pass_minutes(days, 2)

    restricted(days, number)

    assert not asked_of(days, KEN)


def test_a_case_that_is_not_restricted_is_nobodys_concern(days: Days) -> None:
    number = log_complaint(days.stage)
    uploads(days, KEN, number, "a.jpg")
    pass_minutes(days, 2)

    assert not asked_of(days, KEN)


def test_what_was_handed_in_to_the_desk_alone_stands_nowhere(days: Days) -> None:
    number = log_complaint(days.stage)
    file = f.EvidenceAdded(file_id="F1", name=Text("a.jpg"))
    add_evidence(days.stage.bot.desk, Number(number), file, by=SUE, receipt="handed in")
    pass_minutes(days, 2)

    restricted(days, number)

    assert not asked_of(days, SUE)
