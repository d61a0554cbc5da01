"""The worked cases of the sources as data: who acts when, what they type or press, what must be seen then."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML

from handlers.views.ids import ActionId
from tickets.case.values import Priority, Status
from tickets.time.deadline import DeadlineKind

FOLDER = Path(__file__).parents[2] / "presets" / "cases"
ASSIGNEE = "assignee"  # in a cast of names: whoever the desk has picked

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")

Value = bool | int | datetime | str | list[str]


class CaseUnreadable(Exception):
    """A case file is not what it must be; the text says where."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(_Strict):
    """A sentence in two languages."""

    zh: str
    en: str

    def in_(self, language: str) -> str:
        """Give the sentence in a language; both Chinese scripts read the one."""
        return self.en if language == "en" else self.zh


class See(_Strict):
    """What must be seen after a step; what is not named is not looked at."""

    number: str = ""
    status: Status | None = None
    priority: Priority | None = None
    assignee: str = ""  # a name of the cast
    called: str = ""  # the channel in which the assignee is mentioned
    owed: dict[DeadlineKind, datetime] | None = None  # all that is owed, with its moment
    stopped: list[DeadlineKind] = []  # owed without a moment
    breached: list[DeadlineKind] = []
    card: list[str] = []
    not_on_card: list[str] = []
    buttons: list[str] = []  # of the card, in order
    told: dict[str, list[str]] = {}  # name → words of the newest private message
    thread: list[str] = []  # words of the ticket's thread
    timeline: list[str] = []  # in this order


class Step(_Strict):
    """One thing one person does, and what is seen then."""

    who: str = Field(default="", alias="as")
    at: datetime | None = None  # the desk's local time as printed
    say: Said
    types: str = ""  # a command
    presses: str = ""  # an action id without `ticket.`
    on: Literal["card", "more", "inbox"] = "card"
    fills: dict[str, Value] = {}
    writes: str = ""  # into the ticket's thread
    see: See = See()

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        done = [one for one in (self.types, self.presses, self.writes) if one]
        if len(done) > 1 or (done and not self.who):
            raise ValueError("a step is one thing that one person does: as + types/presses/writes")
        if self.presses and f"ticket.{self.presses}" not in set(ActionId):
            raise ValueError(f"presses: no button has the id ticket.{self.presses}")
        return self


class Case(_Strict):
    """A case from its first call to its end."""

    title: Said
    source: str
    starts: datetime  # the desk's local time as printed
    steps: list[Step]

    @property
    def people(self) -> set[str]:
        """Name everybody who acts."""
        return {step.who for step in self.steps} - {"", ASSIGNEE}

    @property
    def categories(self) -> set[str]:
        """Name the categories the case is logged under."""
        return {str(step.fills["category"]) for step in self.steps if "category" in step.fills}


def load_cases(folder: Path = FOLDER) -> dict[str, Case]:
    """Read every case file, by file name in order. Raises CaseUnreadable."""
    return {path.stem: load_case(path) for path in sorted(folder.glob("*.yml"))}


def load_case(path: Path) -> Case:
    """Read one case file. Raises CaseUnreadable."""
    try:
        return Case.model_validate(_plain(YAML(typ="safe").load(path.read_text(encoding="utf-8"))))
    except ValidationError as error:
        raise CaseUnreadable("\n".join(_lines(path, error))) from None


def _plain(loaded: Any) -> Any:
    """Read `2023-10-06 09:30` as a moment; YAML would want its seconds too."""
    match loaded:
        case dict():
            return {str(key): _plain(value) for key, value in loaded.items()}
        case list():
            return [_plain(one) for one in loaded]
        case str() if _MOMENT.fullmatch(loaded):
            return datetime.fromisoformat(loaded)
    return loaded


def _lines(path: Path, error: ValidationError) -> Iterator[str]:
    for detail in error.errors(include_url=False):
        yield f"{path.name}: {'.'.join(map(str, detail['loc']))}: {detail['msg']}"
