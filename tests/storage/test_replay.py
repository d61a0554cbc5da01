"""Logs in bulk: the same facts as one by one, only the words that rules ask for, batch by batch."""

from datetime import timedelta

import pytest

from storage import replay
from storage.replay import Replay
from tests.tickets.desk.desks import NINE_THIRTY, a_desk
from tickets.case.facts import Logged

SINCE = NINE_THIRTY - timedelta(days=1)


@pytest.fixture
def replayed(records):
    return Replay(records.database, records.vault)


def test_every_log_is_given_once_in_order_whatever_the_size_of_a_batch(
    records, replayed, monkeypatch
):
    trial = a_desk(records)
    numbers = [trial.log() for _ in range(5)]
    monkeypatch.setattr(replay, "_NEXT", replay._NEXT.limit(2))

    logs = list(replayed.logs(SINCE))

    assert [log[0].number for log in logs] == numbers
    assert replayed.count(SINCE) == 5
    with records.read() as unit:
        for log in logs:
            whole = unit.tickets.events(log[0].number)
            assert [(e.seq, e.at, e.by, type(e.fact)) for e in log] == [
                (e.seq, e.at, e.by, type(e.fact)) for e in whole
            ]
            assert log[0] == whole[0]


def test_tickets_logged_before_are_left_out(records, replayed):
    trial = a_desk(records)
    trial.log()
    trial.clock.move(days=2)
    later = trial.log()

    since = trial.clock.now() - timedelta(hours=1)

    assert [log[0].number for log in replayed.logs(since)] == [later]
    assert replayed.newest() == trial.clock.now()


def test_words_that_no_rule_asks_for_stay_sealed(records, replayed, monkeypatch):
    trial = a_desk(records)
    trial.log(answered_with="重启路由器后恢复正常")
    opened = []
    monkeypatch.setattr(
        type(replayed.vault), "open", lambda *_args, **_kw: opened.append(1) or "{}"
    )
    monkeypatch.setattr(replay, "ASKED_FOR", frozenset())

    (log,) = replayed.logs(SINCE)

    assert opened == []
    assert isinstance(log[0].fact, Logged)
    assert log[0].fact.description == ""
    assert log[-1].fact.result == ""


def test_an_empty_desk_has_nothing_to_read(replayed):
    assert list(replayed.logs(SINCE)) == []
    assert replayed.newest() is None
