"""Background work: one computes at a time, nobody waits for Slack or for a stuck one."""

from threading import Event, Thread

import pytest
from slack_sdk import WebClient

from handlers.turns import CourteousClient, Turns


def started(work: object) -> Thread:
    thread = Thread(target=work, daemon=True)  # type: ignore[arg-type]
    thread.start()
    return thread


def test_one_computes_while_the_others_wait() -> None:
    turns, inside, go_on = Turns(patience_s=60), Event(), Event()
    order: list[str] = []

    def first() -> None:
        with turns.taken():
            inside.set()
            go_on.wait(60)
            order.append("first")

    def second() -> None:
        with turns.taken():
            order.append("second")

    threads = [started(first)]
    inside.wait(60)
    threads.append(started(second))
    go_on.set()
    for thread in threads:
        thread.join(60)

    assert order == ["first", "second"]


def test_a_stuck_one_keeps_nobody_for_long() -> None:
    turns, done = Turns(patience_s=0.01), Event()

    def other() -> None:
        with turns.taken():
            done.set()

    with turns.taken():
        started(other).join(60)

        assert done.is_set()


def test_a_call_to_slack_ends_the_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns(patience_s=60)
    seen: list[str] = []

    def in_the_meantime(_client: WebClient, method: str) -> str:
        def other() -> None:
            with turns.taken():
                seen.append(method)

        started(other).join(60)
        return "answer"

    monkeypatch.setattr(WebClient, "api_call", in_the_meantime)
    client = CourteousClient(turns, token="xoxb-1")

    with turns.taken():
        answer = client.api_call("views.open")

    assert (answer, seen) == ("answer", ["views.open"])


def test_who_has_no_turn_ends_nobodys() -> None:
    turns, entered = Turns(patience_s=0.01), Event()

    def other() -> None:
        with turns.taken():
            entered.set()

    with turns.taken():
        started(turns.over).join(60)
        holder_is_alone = not turns._turn.acquire(blocking=False)

    assert holder_is_alone
