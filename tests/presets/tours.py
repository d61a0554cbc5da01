"""A short tour of each ready desk, made from the walk that is played in the tests; run as a module it writes docs/desks.md."""

from collections.abc import Iterator
from pathlib import Path

from bot.catalogues import strict_catalogues
from bot.cli.preset import PRESETS
from bot.trial.cases import Case, Step, load_case
from bot.trial.walks import walk_of
from tests.presets.desks import DESKS

SPOKEN = strict_catalogues()
DOCUMENT = Path(__file__).parents[2] / "docs" / "desks.md"

_HEAD = """# Five ready desks

Each is opened by `deskbot sandbox --preset NAME`, shown at work by `deskbot sandbox --preset NAME --tour`, and made yours by `deskbot init --preset NAME`.
What follows is played by the tests, with the times and clocks as they stand here (`python -m tests.presets.tours` writes this page).
Where a procedure is open or contradicts itself, [rulings.md](rulings.md) says what its desk does.
"""


def document() -> str:
    """Write the page."""
    return _HEAD + "".join(f"\n{line}" for desk in DESKS for line in _tour(desk)) + "\n"


def _tour(desk: str) -> Iterator[str]:
    case = load_case(walk_of(desk))
    yield f"## {desk}: {PRESETS[desk]}\n"
    yield f"{case.title.zh} · {case.title.en} ({case.source})\n"
    yield from (_line(case, step) for step in case.steps)
    yield ""
    yield f"![Logged](screenshots/desk.{desk}.logged.zh.png)\n"
    yield f"![Archived](screenshots/desk.{desk}.archived.zh.png)\n"


def _line(case: Case, step: Step) -> str:
    at = step.at or (case.starts if step is case.steps[0] else None)
    when = f"{at:%m-%d %H:%M} " if at else ""
    owed = "; ".join(
        f"{_clock(kind)} {due:%m-%d %H:%M}" for kind, due in (step.see.owed or {}).items()
    )
    clocks = f" *⏱ {owed}*" if owed else ""
    return f"- {when}{step.say.zh} {step.say.en}{clocks}"


def _clock(kind: str) -> str:
    """Name a clock as the desk does, in both languages."""
    return " ".join(SPOKEN[one].phrase(f"deadline.{kind}", None) for one in ("zh-Hans", "en"))


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
