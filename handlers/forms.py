"""A sent form's values, each read as what it must be; past this file nothing is Slack's any more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from handlers.payloads import Json
from handlers.typed import whole
from handlers.views.text import visible
from tickets.errors import DeskError, Incomplete
from tickets.message import PersonId, say
from tickets.time.reach import EARLIEST, LATEST, are_in_reach

LONGEST = 3000  # plain_text_input's max_length (SLACK.md 2.1)
FURTHEST = datetime(2100, 1, 1, tzinfo=UTC)

Choice = TypeVar("Choice", bound=StrEnum)


def tampered() -> DeskError:
    """Refuse values that no form of ours can send (X04)."""
    return DeskError("error.tampered")


@dataclass(frozen=True, slots=True)
class Fields:
    """One form's inputs by block id; what was left empty is empty, what cannot be is tampered."""

    values: Mapping[str, Mapping[str, Any]]

    def text(self, name: str) -> str:
        """Read a text as typed."""
        value = self._input(name).get("value")
        if value is None:
            return ""
        if not isinstance(value, str):
            raise tampered()
        if len(value) > LONGEST:
            raise Incomplete({name: say("field.too_long", most=LONGEST)})
        return whole(value)

    def required(self, name: str) -> str:
        """Read a text that must be there. Raises Incomplete."""
        value = self.text(name).strip()
        if not visible(value).strip():  # nothing that anybody could see is nothing
            raise Incomplete({name: say("field.missing")})
        return value

    def picked(self, name: str) -> str | None:
        """Read the value of the option picked."""
        return _value(self._input(name).get("selected_option"))

    def choice(self, name: str, of: type[Choice]) -> Choice | None:
        """Read a pick out of a closed set; None where nothing was picked."""
        value = self.picked(name)
        return None if value is None else _member(value, of)

    def must_choose(self, name: str, of: type[Choice]) -> Choice:
        """Read a pick that must be there. Raises Incomplete."""
        value = self.choice(name, of)
        if value is None:
            raise Incomplete({name: say("field.pick_one")})
        return value

    def choices(self, name: str, of: type[Choice]) -> frozenset[Choice]:
        """Read several picks out of a closed set."""
        return frozenset(_member(value, of) for value in self._all_picked(name))

    def ticked(self, name: str, option: str | None = None) -> bool:
        """Tell whether a box is ticked; the only one of its block where no option is named."""
        values = self._all_picked(name)
        return option in values if option else bool(values)

    def all_ticked(self, name: str) -> frozenset[str]:
        """Read which boxes of a block are ticked."""
        return frozenset(self._all_picked(name))

    def person(self, name: str) -> PersonId | None:
        """Read the member picked."""
        value = self._input(name).get("selected_user")
        return None if value is None else PersonId(_id(value))

    def people(self, name: str) -> tuple[PersonId, ...]:
        """Read the members picked, in order."""
        values = self._input(name).get("selected_users") or []
        if not isinstance(values, list):
            raise tampered()
        return tuple(PersonId(_id(value)) for value in values)

    def moment(self, name: str) -> datetime | None:
        """Read a date with its time; aware, in UTC."""
        value = self._input(name).get("selected_date_time")
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise tampered()
        if not 0 <= value < FURTHEST.timestamp():
            raise tampered()
        return datetime.fromtimestamp(value, UTC)

    def must_be_set(self, name: str) -> datetime:
        """Read a moment that must be there. Raises Incomplete."""
        value = self.moment(name)
        if value is None:
            raise Incomplete({name: say("field.date_missing")})
        return value

    def day(self, name: str) -> date | None:
        """Read a day. Raises Incomplete of one that nobody reckons with."""
        value = self._input(name).get("selected_date")
        try:
            day = None if value is None else date.fromisoformat(value)
        except (TypeError, ValueError):
            raise tampered() from None
        if day and not are_in_reach(day):
            raise Incomplete({name: say("field.day_out_of_reach", first=EARLIEST, last=LATEST)})
        return day

    def end_of_day(self, name: str, zone: str, *, at: time) -> datetime | None:
        """Read a day as that day's moment in a zone."""
        day = self.day(name)
        return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC) if day else None

    def files(self, name: str) -> tuple[Json, ...]:
        """Read the files handed in."""
        found = self._input(name).get("files") or []
        if not isinstance(found, list) or not all(_is_file(one) for one in found):
            raise tampered()
        return tuple(found)

    def _input(self, name: str) -> Mapping[str, Any]:
        """Find the one input of a block; a block that is not on the screen is an empty one."""
        block = self.values.get(name)
        if block is None:
            return {}
        if not isinstance(block, dict) or len(block) != 1:
            raise tampered()
        inside = next(iter(block.values()))
        if not isinstance(inside, dict):
            raise tampered()
        return inside

    def _all_picked(self, name: str) -> list[str]:
        options = self._input(name).get("selected_options") or []
        if not isinstance(options, list):
            raise tampered()
        return [value for option in options if (value := _value(option)) is not None]


def fields_of(view: Json) -> Fields:
    """Take the values out of a sent (or half-filled) form."""
    state = view.get("state")
    values = state.get("values") if isinstance(state, dict) else None
    if not isinstance(values, dict):
        raise tampered()
    return Fields(values)


def _value(option: object) -> str | None:
    if option is None:
        return None
    value = option.get("value") if isinstance(option, dict) else None
    if not isinstance(value, str):
        raise tampered()
    return value


def _member(value: str, of: type[Choice]) -> Choice:
    try:
        return of(value)
    except ValueError:
        raise tampered() from None


def _id(value: object) -> str:
    if not (isinstance(value, str) and value[:1] in {"U", "W"} and value.isalnum()):
        raise tampered()
    return value


def _is_file(one: object) -> bool:
    return isinstance(one, dict) and isinstance(one.get("id"), str)
