from datetime import timedelta
from threading import Event

from scheduler.clockwork import Beat, Clockwork

SOON = timedelta(milliseconds=20)


def test_every_beat_comes_again_and_a_failing_one_does_not_silence_the_rest() -> None:
    good, failing, seen = Event(), Event(), []

    def work() -> None:
        seen.append("good")
        if len(seen) > 2:
            good.set()

    def fail() -> None:
        seen.append("bad")
        if seen.count("bad") > 2:
            failing.set()
        raise RuntimeError("beat")

    clockwork = Clockwork([Beat("good", SOON, work), Beat("bad", SOON, fail)])

    clockwork.start()
    beaten = good.wait(timeout=10) and failing.wait(timeout=10)
    clockwork.stop()

    assert beaten


def test_stopping_before_starting_is_nothing() -> None:
    Clockwork([]).stop()
