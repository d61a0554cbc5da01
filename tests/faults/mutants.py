"""`make mutants`: bugs sown into delivery and clock, one at a time, each of which a test must catch.

Each is a change of one place in a copy of the tree; the tests named beside it are run there and have
to fail. Prints a line for each; the status is 1 where one was not caught.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv*", "__pycache__", ".*_cache", "data", "docs", "*.png"
)
WITHIN_S = 1200  # on a busy machine too


@dataclass(frozen=True, slots=True)
class Mutant:
    """One bug: where it is sown, and which tests must notice."""

    bug: str
    file: str
    was: str
    now: str
    tests: tuple[str, ...]


MUTANTS = (
    Mutant(
        "what is unclear is looked up at once, before Slack may have accepted it",
        "scheduler/reconcile.py",
        "return self.urgent if urgency is Urgency.P1 else self.usual",
        "return timedelta(0)",
        ("tests/scheduler/test_courier.py",),
    ),
    Mutant(
        "a stale owner may still write",
        "storage/outbox.py",
        "        _N.epoch == epoch,\n",
        "",
        ("tests/storage/test_outbox.py",),
    ),
    Mutant(
        "what is unclear counts as sent",
        "storage/outbox.py",
        'return {"state": NoticeState.UNCLEAR, "channel_id": where, "why": outcome.why}',
        'return {"state": NoticeState.SENT, "channel_id": where, "why": outcome.why}',
        ("tests/storage/test_outbox.py",),
    ),
    Mutant(
        "a thread's post may overtake its card",
        "storage/outbox.py",
        "            ~blocked,\n",
        "",
        ("tests/storage/test_outbox.py",),
    ),
    Mutant(
        "Slack's Retry-After is not kept",
        "bot/voice/wire.py",
        "self.pace.hold(method, channel_id, until=self.real.now() + outcome.after)",
        "pass",
        ("tests/bot/voice/test_wire.py", "tests/bot/voice/test_delivery.py"),
    ),
    Mutant(
        "the sweeper takes a copy away of what is still on its way",
        "bot/voice/sweeping.py",
        "        if mark not in settled:\n            continue\n",
        "",
        ("tests/bot/voice/test_delivery.py",),
    ),
    Mutant(
        "whoever drew and uploaded for too long shares all the same",
        "bot/voice/attachments.py",
        "    if is_too_late(claim, at=wire.real.now()):\n        return TOO_LATE\n",
        "",
        ("tests/bot/voice/test_attachments.py",),
    ),
    Mutant(
        "what a clock that ran ahead had sent is looked for in Slack's future",
        "bot/voice/slack_time.py",
        " + min(ahead or timedelta(0), timedelta(0))",
        "",
        ("tests/bot/voice/test_wire.py",),
    ),
    Mutant(
        "a stage is reached a minute after its moment",
        "tickets/time/watching.py",
        "if look.stage >= first and look.at <= now)",
        "if look.stage >= first and look.at < now)",
        ("tests/tickets/watch/test_due.py", "tests/tickets/time/test_watching.py"),
    ),
    Mutant(
        "a warning two hours ahead of a deadline of one hour",
        "tickets/time/running.py",
        "    if 2 * lead > whole:\n",
        "    if 2 * lead > whole * 1000:\n",
        ("tests/tickets/time/test_warnings.py",),
    ),
    Mutant(
        "the day of the start counts as the first working day",
        "tickets/time/calendar.py",
        "place = bisect_right(table.working_days, day)\n        while",
        "place = bisect_left(table.working_days, day)\n        while",
        ("tests/tickets/time/test_targets.py", "tests/tickets/time/test_calendar.py"),
    ),
    Mutant(
        "a second round's warnings have the first one's keys",
        "tickets/watch/saying.py",
        "{kind}:{due.number}:{fact.round}:{fact.kind}",
        "{kind}:{due.number}:1:{fact.kind}",
        ("tests/tickets/watch/test_due.py",),
    ),
    Mutant(
        "of the reports missed while the desk was away only the newest comes",
        "tickets/watch/jobs.py",
        "for period in due)\n\n\ndef _begin",
        "for period in due[-1:])\n\n\ndef _begin",
        ("tests/tickets/watch/test_jobs.py",),
    ),
    Mutant(
        "a pause moves no working time",
        "tickets/time/running.py",
        "            return calendar.working_between(since, until)\n",
        "            return NOTHING\n",
        ("tests/tickets/time/test_pauses.py",),
    ),
    Mutant(
        "a lead's Got it on a breach calls nothing off",
        "tickets/desk/heard.py",
        "cancels=",
        "cancels=None if True else ",
        ("tests/tickets/desk/test_heard.py",),
    ),
)


def caught(mutant: Mutant, folder: Path) -> bool:
    """Tell whether the tests notice. Raises ValueError where the place to sow is not there once."""
    copy = folder / "tree"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    file = copy / mutant.file
    text = file.read_text(encoding="utf-8")
    if text.count(mutant.was) != 1:
        msg = f"{mutant.file} does not hold {mutant.was!r} exactly once"
        raise ValueError(msg)
    file.write_text(text.replace(mutant.was, mutant.now), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *mutant.tests]
    ran = subprocess.run(command, cwd=copy, capture_output=True, timeout=WITHIN_S, check=False)
    shutil.rmtree(copy)
    if ran.returncode not in {0, 1}:
        raise ValueError(ran.stdout.decode()[-800:])
    return ran.returncode == 1


def main() -> int:
    """Sow each bug and say whether it was caught."""
    missed = 0
    with tempfile.TemporaryDirectory(prefix="deskbot-mutants-") as folder:
        for mutant in MUTANTS:
            found = caught(mutant, Path(folder))
            missed += not found
            print(f"{'caught    ' if found else 'NOT CAUGHT'} {mutant.bug}", flush=True)
    print(f"{len(MUTANTS) - missed} of {len(MUTANTS)} caught")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
