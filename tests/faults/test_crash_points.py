"""At every labelled place a process is killed with -9 and another goes on: nothing lost, nothing doubled."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.voice.wire import EVENT_TYPE, key_hash, quiet_client
from tests.faults.crash_points import LABELS
from tests.faults.plant import Plant
from tickets.case.values import PersonId, Priority

KILLED = -9
HIT_WITHIN_S = 60.0
AT_ONCE, A_DAY, A_WEEK = timedelta(0), timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Scene:
    """What happens when a process comes by a label."""

    later: timedelta = AT_ONCE
    cases: int = 2
    waiting: int = 20  # over which notices are rolled up
    nth: int = 1


SCENES = {
    "claim": Scene(nth=3),
    "settle": Scene(nth=2),
    "post": Scene(nth=2),
    "reconcile": Scene(),
    "look_back": Scene(),
    "detour": Scene(),
    "copies": Scene(),
    "tick": Scene(later=A_DAY),
    "card": Scene(later=A_DAY),
    "shown": Scene(later=A_DAY),
    "roll_up": Scene(later=A_DAY, cases=3, waiting=2),
    "job": Scene(later=A_WEEK, nth=2),
    "post_digest": Scene(later=A_WEEK, nth=2),
    "upload": Scene(later=A_WEEK),
    "sweep": Scene(),
    "delete": Scene(),
}


def prepare(plant: Plant, name: str, scene: Scene) -> None:
    """Bring about what leads to the label."""
    for serial in range(scene.cases):
        plant.log(Priority.P2 if serial else Priority.P1)
    if name in {"reconcile", "look_back"}:
        plant.slack.fault("chat.postMessage", "reply_lost")
    if name == "detour":
        plant.slack.fault("chat.postMessage", "error", error="is_archived")
    if name == "copies":
        with plant.records.write() as unit:
            for person in ("U0ENG1", "U0ENG2", "U0LEAD"):
                channel = unit.directory.channel("#tech")
                assert channel
                unit.directory.left(channel.id, PersonId(person))
    if name in {"sweep", "delete"}:
        first = plant.start()
        plant.settle(first)
        assert first.stop() == 0
        say_again(plant)


def say_again(plant: Plant) -> None:
    """Have Slack accept a message a second time, in the channel and in a thread."""
    client = quiet_client(plant.slack.app.bot_token, plant.slack.api_url)
    for kind in ("card", "assigned"):
        key, channel, ts = plant.ask(
            f"SELECT key, channel_id, message_ts FROM notices WHERE kind = '{kind}' LIMIT 1"
        )[0]
        card = plant.ask("SELECT message_ts FROM cards ORDER BY id LIMIT 1")[0][0]
        client.chat_postMessage(
            channel=channel,
            thread_ts=None if kind == "card" else card,
            text="again",
            metadata={"event_type": EVENT_TYPE, "event_payload": {"k": key_hash(key)}},
        )
        assert ts
    assert max(plant.marks().values()) == 2


def settled(plant: Plant, scene: Scene, *, sweeps: bool) -> None:
    worker = plant.start(later=scene.later, waiting=scene.waiting, sweeps=sweeps)
    plant.settle(worker)
    if sweeps:
        plant.wait_for_sweep()
    assert worker.stop() == 0


@pytest.mark.proves("F05", "F06", "F26")
@pytest.mark.parametrize("label", LABELS)
def test_killed_there_nothing_is_lost_and_nothing_doubled(plant: Plant, label: str) -> None:
    name = label.partition(".")[0]
    scene = SCENES[name]
    sweeps = name in {"sweep", "delete"}
    prepare(plant, name, scene)

    killed = plant.start(
        later=scene.later, waiting=scene.waiting, crash_at=label, nth=scene.nth, sweeps=sweeps
    )
    assert killed.ends_within(HIT_WITHIN_S) == KILLED, f"nobody came by {label}"
    settled(plant, scene, sweeps=sweeps)

    figures = plant.figures()
    assert figures.lost == []
    assert figures.doubled == []
    assert figures.strange == []
    assert figures.unsaid == figures.states.get("parked", 0)
    assert stranded(plant) == []
    assert not figures.states.get("parked") or name == "detour"
    every_case_was_said(plant, scene)


def stranded(plant: Plant) -> list[str]:
    """List what was refused and reached nobody else."""
    return [
        row[0]
        for row in plant.ask(
            "SELECT key FROM notices AS n WHERE state = 'parked' AND kind NOT IN ('logged', 'operator')"
            " AND NOT EXISTS (SELECT 1 FROM notices AS r WHERE r.key = n.key || ':rerouted')"
        )
    ]


def every_case_was_said(plant: Plant, scene: Scene) -> None:
    said = Counter(kind for kind, number, _ in plant.said().elements() if number)
    assert said["logged"] == scene.cases
    assert said["card"] >= scene.cases
    assert said["assigned"] >= scene.cases


@pytest.mark.long
def test_a_process_that_nobody_kills_is_the_measure(plant: Plant) -> None:
    """A day and a week of the same cases, killed nowhere and killed everywhere, say the same."""
    whole, broken = Scene(later=A_WEEK, cases=2), ("tick.commit", "job.commit", "claim.after")
    for _ in range(whole.cases):
        plant.log()
    for label in broken:
        killed = plant.start(later=whole.later, crash_at=label, nth=2)
        assert killed.ends_within(HIT_WITHIN_S) == KILLED, label
    settled(plant, whole, sweeps=False)

    assert plant.figures().lost == []
    digests = plant.ask("SELECT key FROM notices WHERE kind LIKE 'meeting%' OR kind = 'digest'")
    assert len(digests) == len(set(digests)) > 0
