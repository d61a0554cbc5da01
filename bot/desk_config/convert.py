"""From the schema to the handbook that the rules read."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta

from bot.desk_config.convert_callback import callbacks_of
from bot.desk_config.convert_customers import customer_fields, customer_tags
from bot.desk_config.convert_retrospectives import retrospective_rules
from bot.desk_config.convert_rules import policies, priority_rules, routing_rules
from bot.desk_config.convert_texts import intake_rules
from bot.desk_config.holidays import YearPlan, legal_days, years_around
from bot.desk_config.hours import DAY_END
from bot.desk_config.people import Members
from bot.desk_config.schema import DeskSchema, Privacy
from bot.desk_config.schema_authorities import authorities_of
from bot.desk_config.schema_calendar import Calendar
from bot.desk_config.schema_complaints import compensation, complaint_rules
from bot.desk_config.schema_knowledge import knowledge_rules
from bot.desk_config.schema_people import ROLES, Department, ShiftRow
from bot.desk_config.schema_texts import CategoryRow
from bot.desk_config.tree import Document
from tickets import handbook
from tickets.case.shown import Shown
from tickets.case.values import Status
from tickets.handbook import (
    CalendarPlan,
    Category,
    Condition,
    Duration,
    Handbook,
    OutsideEvent,
    RobotKind,
    Shift,
    SubCategory,
)

FOLLOW_UP = Duration(7, "d")  # R65
_FACES = frozenset(map(str, Shown))


def handbook_of(
    desk: DeskSchema, document: Document, members: Members, *, revision: str, today: date
) -> Handbook:
    """Make the handbook; the holidays are looked up for the years around today."""
    rows = policies(desk.deadlines, document, members)
    return Handbook(
        revision=revision,
        name=desk.desk.name.words(),
        language="zh-Hans" if desk.desk.language == "zh" else desk.desk.language,
        channel=desk.desk.channel,
        people=_people(desk, members),
        departments={
            key: _department(key, row, desk.rosters.get(key, ()), members)
            for key, row in desk.departments.items()
        },
        categories={key: _category(key, row) for key, row in desk.categories.items()},
        routing=routing_rules(desk.routing, document, members),
        priority_rules=priority_rules(desk.priority, document),
        priority_labels={key: label.words() for key, label in desk.labels.priority.items()},
        status_labels={
            Status(key): label.words()
            for key, label in desk.labels.status.items()
            if key not in _FACES
        },
        shown_labels={
            Shown(key): label.words() for key, label in desk.labels.status.items() if key in _FACES
        },
        policies=rows,
        pauses=frozenset(Status(status) for status in desk.pauses),
        calendar=calendar_plan(desk.calendar, desk.desk.timezone, today=today),
        intake=intake_rules(desk.intake),
        digests={
            key: handbook.Digest(key, row.at, row.channel, row.to, row.on_holiday)
            for key, row in desk.digests.rows().items()
        },
        goals=desk.goals,
        templates={key: text.words() for key, text in desk.templates.items()},
        template_variants={
            key: {case: own.words() for case, own in text.by.items()}
            for key, text in desk.templates.items()
        },
        silence=desk.first_contact.remind_after or handbook.SILENCE,
        privacy=_privacy(desk.privacy),
        follow_up=_follow_up(rows),
        field_labels={key: label.words() for key, label in desk.labels.fields.items()},
        customer_fields=customer_fields(desk.customer),
        customer_tags=customer_tags(desk.customer),
        retention={key: kept for key, kept in desk.retention if isinstance(kept, Duration)},
        callbacks=callbacks_of(desk.callback),
        quiet=desk.quiet,
        robots={
            key: handbook.Robot(
                key, RobotKind(row.kind), _events(row.events), frozenset(row.departments)
            )
            for key, row in desk.robots.items()
        },
        webhooks={
            key: handbook.Webhook(key, _events(row.events), row.url)
            for key, row in desk.webhooks.items()
        },
        allow_hosts=frozenset(desk.outside.allow_hosts),
        complaints=complaint_rules(desk.complaints),
        compensation=compensation(desk.compensation),
        retrospectives=retrospective_rules(desk.retrospectives, members),
        knowledge=knowledge_rules(desk.knowledge),
        authorities=authorities_of(desk.authorities),
        table=desk.desk.table,
    )


def _events(words: Iterable[str]) -> frozenset[OutsideEvent]:
    return frozenset(OutsideEvent(word) for word in words)


def _people(desk: DeskSchema, members: Members) -> handbook.People:
    lists = {role: frozenset(members.many(desk.people.refs(role))) for role in ROLES}
    own = {ref: row.staff_no for ref, row in (desk.people.model_extra or {}).items()}
    staff_no = desk.people.staff_no | {ref: number for ref, number in own.items() if number}
    return handbook.People(
        **lists,
        deputies={
            members.one(person): members.one(deputy)
            for person, deputy in desk.people.deputies.items()
        },
        staff_no={members.one(person): number for person, number in staff_no.items()},
    )


def _department(
    key: str, row: Department, shifts: Iterable[ShiftRow], members: Members
) -> handbook.Department:
    return handbook.Department(
        key=key,
        name=row.name.words(),
        channel=row.channel,
        lead=members.one(row.lead),
        members=members.many(row.members),
        assign=members.assign(row.assign),
        roster=tuple(shift for row in shifts for shift in _shifts(row, members)),
    )


def _shifts(row: ShiftRow, members: Members) -> tuple[Shift, ...]:
    """Make a shift; one over midnight becomes two, the second on the next day."""
    start, end = row.hours
    people = members.many(row.people)
    days, dates = frozenset(row.days or ()), frozenset(row.dates)
    if start < end:
        return (Shift(_time(start), _time(end), people, days, dates),)
    next_days = frozenset((day + 1) % 7 for day in days)
    next_dates = frozenset(day + timedelta(days=1) for day in dates)
    evening = Shift(_time(start), time(0), people, days, dates)
    morning = Shift(time(0), _time(end), people, next_days, next_dates)
    return (evening, morning) if end else (evening,)


def _time(minute: int) -> time:
    return time(minute % DAY_END // 60, minute % 60)


def _category(key: str, row: CategoryRow) -> Category:
    seconds = {
        f"{key}/{sub}": SubCategory(
            key=f"{key}/{sub}",
            name=second.words(),
            kind=second.kind or row.kind,
            needs_customer=(
                row.needs_customer if second.needs_customer is None else second.needs_customer
            ),
            required_evidence=frozenset(
                row.required if second.required is None else second.required
            ),
        )
        for sub, second in row.sub.items()
    }
    return Category(key, row.name.words(), row.kind, seconds)


def calendar_plan(calendar: Calendar, timezone: str, *, today: date) -> CalendarPlan:
    """Make the calendar for the years around today."""
    legal = legal_days(
        calendar.country,
        calendar.subdivision,
        years=years_around(today),
        decreed={
            year: YearPlan(_flat(decree.holidays), _flat(decree.workdays))
            for year, decree in calendar.decreed.items()
        },
    )
    on_holidays = calendar.hours.get("holidays", ())
    return CalendarPlan(
        timezone=timezone,
        hours=calendar.hours_by_weekday(),
        open_on_holidays=on_holidays != (),
        closed=_flat(calendar.closed),
        open={day: spans or () for day, spans in calendar.open.items()},
        peak=calendar.peak,
        holidays=legal.days_off,
        makeup_days=legal.makeup_days,
        decreed_years=legal.decreed_years,
        workweek=legal.workweek,
        holiday_hours=on_holidays or (),
    )


def _flat(runs: Iterable[tuple[date, ...]]) -> frozenset[date]:
    return frozenset(day for run in runs for day in run)


def _privacy(privacy: Privacy) -> handbook.Privacy:
    plain = handbook.Privacy(phone_mask=privacy.phone_mask, mask_free_text=privacy.mask_free_text)
    return plain if privacy.keep is None else replace(plain, keep=privacy.keep)


def _follow_up(rows: Iterable[handbook.PolicyRow]) -> Duration:
    """Give the watch period that holds for every case that no narrower row names."""
    always = (row.targets for row in rows if replace(row.when, line=0) == Condition())
    named = (targets["watch"] for targets in always if "watch" in targets)
    return next(named, FOLLOW_UP)
