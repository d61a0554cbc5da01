"""Small checks that combine into a schema; each failure names its place as a JSON pointer."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sandbox.wire import Json


@dataclass(slots=True)
class Report:
    """What was found wrong, in Slack's way of saying it."""

    problems: list[str] = field(default_factory=list)

    def add(self, at: str, why: str) -> None:
        """Note a problem at a JSON pointer."""
        self.problems.append(f"[ERROR] {why} [json-pointer:{at}]")


Check = Callable[[object, str, Report], None]


def string(most: int, least: int = 1) -> Check:
    """Accept text of `least` to `most` characters."""

    def check(value: object, at: str, report: Report) -> None:
        if not isinstance(value, str):
            report.add(at, "must provide a string")
        elif len(value) > most:
            report.add(at, f"must be less than {most + 1} characters")
        elif len(value) < least:
            report.add(at, f"must be more than {least - 1} characters")

    return check


def pattern(expression: str, most: int = 3_000) -> Check:
    """Accept text of a form."""
    compiled = re.compile(expression)

    def check(value: object, at: str, report: Report) -> None:
        string(most)(value, at, report)
        if isinstance(value, str) and not compiled.fullmatch(value):
            report.add(at, "invalid format")

    return check


def integer(least: int, most: int) -> Check:
    """Accept a whole number from `least` to `most`."""

    def check(value: object, at: str, report: Report) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            report.add(at, "must be an integer")
        elif not least <= value <= most:
            report.add(at, f"must be between {least} and {most}")

    return check


def boolean(value: object, at: str, report: Report) -> None:
    """Accept true and false."""
    if not isinstance(value, bool):
        report.add(at, "must be a boolean")


def one_of(*allowed: str) -> Check:
    """Accept one of these words."""

    def check(value: object, at: str, report: Report) -> None:
        if value not in allowed:
            report.add(at, f"must be a valid enum value ({', '.join(allowed)})")

    return check


def listing(item: Check, least: int, most: int) -> Check:
    """Accept an array of `least` to `most` items that pass `item`."""

    def check(value: object, at: str, report: Report) -> None:
        if not isinstance(value, list):
            report.add(at, "must provide an array")
            return
        if len(value) > most:
            report.add(at, f"no more than {most} items allowed")
        if len(value) < least:
            report.add(at, f"no less than {least} items allowed")
        for index, entry in enumerate(value):
            item(entry, f"{at}/{index}", report)

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """Accept an object with exactly these fields; `type` has been looked at already."""
    known = {**required, **(optional or {})}

    def check(value: object, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add(at, "must be an object")
            return
        for name in required:
            if name not in value:
                report.add(at, f"missing required field: {name}")
        for name, part in value.items():
            if name in known:
                known[name](part, f"{at}/{name}", report)
            elif name != "type":
                report.add(at, f"invalid additional property: {name}")

    return check


def by_type(table: Mapping[str, Check], what: str = "type") -> Check:
    """Accept an object whose `type` is in the table, by that entry's check."""

    def check(value: object, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add(at, "must be an object")
            return
        kind = value.get("type")
        if kind is None:
            report.add(at, "missing required field: type")
        elif not isinstance(kind, str) or kind not in table:
            report.add(at, f"unsupported {what}: {kind}")
        else:
            table[kind](value, at, report)

    return check


def both(*checks: Check) -> Check:
    """Accept what passes every check."""

    def check(value: object, at: str, report: Report) -> None:
        for each in checks:
            each(value, at, report)

    return check


def exactly_one(*names: str) -> Check:
    """Accept an object with exactly one of these fields."""

    def check(value: object, at: str, report: Report) -> None:
        present = [name for name in names if isinstance(value, dict) and name in value]
        if len(present) != 1:
            report.add(at, f"exactly one of {', '.join(names)} is required")

    return check


def at_least_one(*names: str) -> Check:
    """Accept an object with at least one of these fields."""

    def check(value: object, at: str, report: Report) -> None:
        if isinstance(value, dict) and not any(name in value for name in names):
            report.add(at, f"missing required field: {' or '.join(names)}")

    return check


def without_none(value: Json) -> Json:
    """Leave out the fields that are null, as Slack does."""
    return {key: part for key, part in value.items() if part is not None}
