"""Slack away for a day, and too busy for ten minutes: nothing lost, nothing doubled, the urgent first."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest
import respx

from scheduler.pace import BURST
from storage.records import SqlRecords
from tests.scheduler.weather import FAULT, QUALITY, UPLOADS, Outlook, cut_off, refused
from tickets.case.values import Priority

A_SECOND, A_MINUTE = timedelta(seconds=1), timedelta(minutes=1)
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
P1_WITHIN = timedelta(seconds=30)  # RELIABILITY.md 6
CAUGHT_UP_WITHIN = timedelta(minutes=5)
TECH, OPERATIONS = "C0TECH", "C0OPS"


@pytest.fixture
def outlook(filed_records: SqlRecords) -> Iterator[Outlook]:
    with respx.mock(assert_all_called=False) as beyond:
        beyond.post(url__startswith=UPLOADS).respond(200)
        # A desk of the journeys may still be open in this process, and asks its sandbox for the time.
        beyond.route(path__startswith="/ui/clock").pass_through()
        yield Outlook(filed_records)


@pytest.mark.proves("F11")
@pytest.mark.parametrize("weather", [cut_off, pytest.param(refused, marks=pytest.mark.long)])
def test_after_a_day_without_slack_three_hundred_are_said_in_five_minutes_the_urgent_first(
    outlook: Outlook, weather: type[Exception]
) -> None:
    for case in range(80):
        outlook.log(category=QUALITY if case % 2 else FAULT)
    assert caught_up(outlook) < AN_HOUR
    outlook.slack.away = weather
    outlook.pass_by(A_DAY - A_MINUTE, every=5 * A_MINUTE)
    urgent = outlook.log(Priority.P1)
    outlook.pass_by(A_MINUTE)
    waited = outlook.waiting()
    assert waited >= 300
    outlook.slack.away, before, back = None, len(outlook.slack.posts), outlook.time.at

    assert caught_up(outlook) <= CAUGHT_UP_WITHIN

    posts = outlook.slack.posts[before:]
    first = outlook.marks_of(f"number = '{urgent}' AND urgency = 0")
    assert first
    assert max(post.at for post in posts if post.mark in first) - back <= P1_WITHIN
    assert (outlook.unsaid(), outlook.twice()) == ([], [])
    assert len(posts) < waited  # many went into lists
    for channel in {post.channel for post in posts}:
        paced(outlook, channel)


def caught_up(outlook: Outlook) -> timedelta:
    """Let time pass until nothing waits, an hour at most; give how long it took."""
    begun = outlook.time.at
    while outlook.waiting() and outlook.time.at < begun + AN_HOUR:
        outlook.pass_by(A_SECOND, every=A_SECOND)
    return outlook.time.at - begun


def paced(outlook: Outlook, channel: str) -> None:
    """A post a second, and a short burst."""
    tried = outlook.slack.tried[channel]
    for start, first in enumerate(tried):
        for end in range(start, min(len(tried), start + 60)):
            assert end - start + 1 <= BURST + (tried[end] - first) / A_SECOND


@pytest.mark.proves("F10")
def test_ten_minutes_of_too_many_requests_lose_nothing_and_hold_up_no_other_channel(
    outlook: Outlook,
) -> None:
    begun = outlook.time.at
    storm = begun + 10 * A_MINUTE
    outlook.slack.refuse = lambda channel: 20 if channel == TECH and outlook.time.at < storm else 0
    for _ in range(12):
        outlook.log()
    elsewhere = [outlook.log(category=QUALITY) for _ in range(5)]

    outlook.pass_by(2 * A_MINUTE, every=A_SECOND)
    cards = outlook.marks_of(f"kind = 'card' AND number IN {tuple(elsewhere)}")
    assert cards <= {post.mark for post in outlook.slack.posts}
    assert not any(post.channel == TECH for post in outlook.slack.posts)
    outlook.pass_by(12 * A_MINUTE, every=A_SECOND)

    assert outlook.waiting() == 0
    assert (outlook.unsaid(), outlook.twice()) == ([], [])
    held = outlook.slack.refused[TECH]
    assert held
    assert not [
        at for at in outlook.slack.tried[TECH] for since, until in held if since < at < until
    ]
    assert not outlook.marks_of("kind = 'operator'")  # nobody is flooded with word of it


@pytest.mark.proves("F08")
@pytest.mark.parametrize("seed", range(3))
def test_what_slack_accepts_up_to_two_minutes_late_stands_there_once_after_the_sweep(
    outlook: Outlook, seed: int
) -> None:
    dice = Random(seed)
    outlook.slack.lag = lambda: timedelta(seconds=dice.choice([0, 0, dice.randint(1, 120)]))
    for case in range(6):
        outlook.log(category=QUALITY if case % 2 else FAULT)
    outlook.pass_by(10 * A_MINUTE, every=5 * A_SECOND)
    outlook.slack.lag = lambda: timedelta(0)
    assert caught_up(outlook) < AN_HOUR
    outlook.pass_by(2 * A_MINUTE)
    copies = len(outlook.twice())

    swept = outlook.voice.sweep()

    assert swept >= copies > 0
    assert (outlook.unsaid(), outlook.twice()) == ([], [])
    assert outlook.voice.sweep() == 0
