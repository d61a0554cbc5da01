"""Mistakes that only show when the parts of a desk file are held against each other."""

from collections.abc import Iterator

from bot.desk_config.holidays import has_subdivision
from bot.desk_config.hours import WEEKDAYS, parse_weekdays
from bot.desk_config.moments import parse_one_date
from bot.desk_config.people import Members
from bot.desk_config.problems import Finding, Path
from bot.desk_config.schema import DeskSchema
from bot.desk_config.schema_calendar import Calendar
from bot.desk_config.schema_people import ROLES
from bot.desk_config.tree import Document
from tickets.handbook import Assign, AssignWay
from tickets.message import PersonId


def mistakes(desk: DeskSchema, members: Members, document: Document) -> list[Finding]:
    """Find every mistake in a desk whose parts are right by themselves."""
    return [
        *_hours(desk.calendar),
        *_exceptions(desk.calendar, document),
        *_decrees(desk.calendar),
        *_country(desk.calendar),
        *_rosters(desk),
        *_strangers(desk, members),
        *_webhooks(desk),
    ]


def _hours(calendar: Calendar) -> Iterator[Finding]:
    """Each weekday once, at least one with hours; `usual` is for holidays alone."""
    weekly = {key: spans for key, spans in calendar.hours.items() if key != "holidays"}
    seen: set[int] = set()
    for key, spans in weekly.items():
        path: Path = ("calendar", "hours", key)
        if spans is None:
            yield Finding(path, "expected hours such as 08:00-12:00; 'usual' is for holidays alone")
        days = parse_weekdays(key)
        if twice := [WEEKDAYS[day] for day in days if day in seen]:
            text = f"expected each day once; {', '.join(twice)} is given twice"
            yield Finding(path, text, is_about_key=True)
        seen.update(days)
    if all(spans == () for spans in weekly.values()):
        text = (
            "expected opening hours on at least one weekday; "
            "warnings, targets in wh and digests on open days are reckoned by them"
        )
        yield Finding(("calendar", "hours"), text)


def _exceptions(calendar: Calendar, document: Document) -> Iterator[Finding]:
    closed = {day for run in calendar.closed for day in run}
    for key in document.keys_under(("calendar", "open")):
        day = parse_one_date(key)
        spans = calendar.open[day]
        if spans == ():
            yield Finding(
                ("calendar", "open", key),
                "expected hours or 'usual'; a day off goes under 'closed'",
            )
        if day in closed:
            yield Finding(("calendar", "open", key), f"expected {day} to be either open or closed")


def _decrees(calendar: Calendar) -> Iterator[Finding]:
    for year, decree in calendar.decreed.items():
        path: Path = ("calendar", "decreed", str(year))
        off = {day for run in decree.holidays for day in run}
        worked = {day for run in decree.workdays for day in run}
        if stray := sorted(day for day in off | worked if day.year != year):
            yield Finding(path, f"expected days of {year} only, got {stray[0]}")
        if both := sorted(off & worked):
            yield Finding(path, f"expected {both[0]} to be either a holiday or a workday")


def _country(calendar: Calendar) -> Iterator[Finding]:
    country, subdivision = calendar.country, calendar.subdivision
    if subdivision and not (country and has_subdivision(country, subdivision)):
        place = country or "a country, which is missing"
        yield Finding(
            ("calendar", "subdivision"), f"expected a part of {place}, got '{subdivision}'"
        )


def _rosters(desk: DeskSchema) -> Iterator[Finding]:
    for key, department in desk.departments.items():
        if department.assign.way is AssignWay.ROSTER and not desk.rosters.get(key):
            text = f"expected a roster of '{key}' under 'rosters'"
            yield Finding(("departments", key, "assign"), text)
    for place, rule in enumerate(desk.routing):
        by_roster = rule.assign is not None and rule.assign.way is AssignWay.ROSTER
        if by_roster and not desk.rosters.get(rule.department):
            text = f"expected a roster of '{rule.department}' under 'rosters'"
            yield Finding(("routing", place, "assign"), text)


def _strangers(desk: DeskSchema, members: Members) -> Iterator[Finding]:
    """Who is given cases must stand in a list, else they could not see what they are given."""
    known = known_people(desk, members)
    for key, department in desk.departments.items():
        yield from _stranger(("departments", key, "assign"), department.assign, known, members)
    for place, rule in enumerate(desk.routing):
        yield from _stranger(("routing", place, "assign"), rule.assign, known, members)
    for key, shifts in desk.rosters.items():
        for place, shift in enumerate(shifts):
            for person in members.many(shift.people):
                if person not in known:
                    yield Finding(("rosters", key, place, "people"), _unlisted(person))


def _webhooks(desk: DeskSchema) -> Iterator[Finding]:
    """Only a host that is named may be spoken to without TLS; guard.py looks at addresses again."""
    for key, row in desk.webhooks.items():
        if (row.url or "").startswith("http://") and row.host not in desk.outside.allow_hosts:
            text = f"expected https://; http:// is only for hosts under outside.allow_hosts, not '{row.host}'"
            yield Finding(("webhooks", key, "url"), text)


def _stranger(
    path: Path, assign: Assign | None, known: frozenset[PersonId], members: Members
) -> Iterator[Finding]:
    if assign is None or assign.person is None:
        return
    person = members.one(assign.person)
    if person not in known:
        yield Finding(path, _unlisted(person))


def _unlisted(person: str) -> str:
    return f"expected somebody listed under people or in a department, got '{person}'"


def known_people(desk: DeskSchema, members: Members) -> frozenset[PersonId]:
    """Gather everybody who has a role or belongs to a department."""
    listed = [ref for role in ROLES for ref in desk.people.refs(role)]
    for department in desk.departments.values():
        listed += [department.lead, *department.members]
    return frozenset(members.many(listed))
