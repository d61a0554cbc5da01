"""What desk.yml says arrives in the handbook as the rules read it."""

from datetime import date, time, timedelta
from typing import get_args

import pytest

from bot.desk_config.load import load_handbook
from bot.desk_config.schema_texts import StatusWord
from tests.bot.desk_config.files import EXAMPLE_FILE, SANDBOX_FILE, TODAY, changed, load
from tickets.case.shown import Shown
from tickets.case.values import Impact, Kind, Priority, Risk, Status
from tickets.handbook import (
    Assign,
    AssignWay,
    Condition,
    Duration,
    OutsideEvent,
    RobotKind,
    Span,
    Webhook,
)

MORNING, AFTERNOON = Span(480, 720), Span(840, 1080)


@pytest.mark.parametrize("path", [EXAMPLE_FILE, SANDBOX_FILE], ids=["example", "sandbox"])
def test_the_published_desks_load_without_a_doubt(path):
    loaded = load_handbook(path, today=TODAY, lookup=None)

    assert loaded.warnings == ()
    assert loaded.handbook.name.in_("en") == "Service desk"


def test_the_sandbox_has_the_people_and_rules_of_the_example():
    example = load_handbook(EXAMPLE_FILE, today=TODAY, lookup=None).handbook
    sandbox = load_handbook(SANDBOX_FILE, today=TODAY, lookup=None).handbook

    assert sandbox.people == example.people
    assert sandbox.departments == example.departments
    assert sandbox.name == example.name
    assert [rule.department for rule in sandbox.routing] == [
        rule.department for rule in example.routing
    ]


def test_the_example_is_read_as_it_is_meant():
    book = load().handbook

    assert book.channel == "#service-desk"
    assert book.departments["tech"].assign == Assign(AssignWay.ROUND_ROBIN)
    assert book.departments["tech"].members == ("U0ENG1", "U0ENG2")
    assert book.people.deputies == {"U0ENG1": "U0ENG2"}
    assert book.subcategory("complaint/process").kind is Kind.SUGGESTION
    assert book.subcategory("complaint/service_quality").kind is Kind.COMPLAINT
    assert [rule.place for rule in book.routing] == [1, 2, 3, 4, 5]
    assert book.routing[0].when == Condition(any_risk=True, line=79)
    assert book.routing[0].tell == {"supervisors", "directors"}
    assert book.priority_rules[1].set_to is Priority.P1
    assert book.policies[0].targets["resolution"] == Duration(24, "h")
    assert book.policies[3].internal == {"tech": Duration(2, "h"), "operations": Duration(24, "h")}
    assert book.policies[3].escalate[1].after == Duration(4, "wh")
    assert book.pauses == {Status.WAITING_CUSTOMER, Status.ON_HOLD}
    assert book.digests["monthly_report"].at == "first workday 09:30"
    assert book.goals == {"response_rate": "95%", "satisfaction": "90%"}
    assert book.privacy.keep == Duration(3, "y")
    assert book.follow_up == Duration(7, "d")
    assert book.intake.repeat_within == timedelta(days=14)


def test_zh_serves_both_scripts_unless_traditional_is_given():
    text = changed(("{zh: 技术部, en", "{zh: 技术部, zh-Hant: 工程部, en"))

    departments = load(text).handbook.departments

    assert departments["operations"].name.in_("zh-Hans") == "运营部"
    assert departments["operations"].name.in_("zh-Hant") == "運營部"
    assert departments["tech"].name.in_("zh-Hant") == "工程部"


def test_a_single_text_is_the_name_in_every_language():
    name = (
        load(changed(("{zh: 技术部, en: Engineering}", "Team X"))).handbook.departments["tech"].name
    )

    assert {name.in_(language) for language in ("zh-Hans", "zh-Hant", "en")} == {"Team X"}


def test_a_label_given_in_one_language_leaves_the_others_to_the_catalogue():
    label = load().handbook.status_labels[Status.ACCEPTED]

    assert set(label.by_language) == {"zh-Hans", "zh-Hant"}


def test_two_points_of_a_status_have_words_of_their_own_beside_it():
    words = "status: {assigned: {zh: 已受理}, confirmed: {zh: 已解决}, resolved: {zh: 待确认}}"
    book = load(changed(("status: {accepted: {zh: 处理中}}", words))).handbook

    assert {one: label.in_("zh-Hant") for one, label in book.shown_labels.items()} == {
        Shown.ASSIGNED: "已受理",
        Shown.CONFIRMED: "已解決",
    }
    assert book.status_labels.keys() == {Status.RESOLVED}


def test_each_status_and_each_of_its_points_may_be_named():
    assert set(get_args(StatusWord)) == {*map(str, Status), *map(str, Shown)}


@pytest.mark.parametrize(
    ("key", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("mon,wed", {0, 2}),
        ("sat", {5}),
        ("daily", set(range(7))),
        ("mon-wed, sat-sun", {0, 1, 2, 5, 6}),
    ],
)
def test_days_of_opening_hours(key, days):
    plan = load(changed(("    mon-fri:", f"    {key}:"))).handbook.calendar

    assert plan.hours == dict.fromkeys(days, (MORNING, AFTERNOON))


def test_midnight_may_end_a_span():
    plan = load(changed(("    mon-fri: 08:00-12:00, 14:00-18:00", "    daily: 00:00-24:00")))

    assert plan.handbook.calendar.hours[6] == (Span(0, 1440),)


@pytest.mark.parametrize(
    ("holidays", "is_open", "hours"),
    [
        ("", False, ()),
        ("\n    holidays: closed", False, ()),
        ("\n    holidays: usual", True, ()),
        ("\n    holidays: 08:00-12:00", True, (MORNING,)),
    ],
)
def test_hours_on_holidays(holidays, is_open, hours):
    text = changed(("14:00-18:00\n  peak", f"14:00-18:00{holidays}\n  peak"))

    plan = load(text).handbook.calendar

    assert (plan.open_on_holidays, plan.holiday_hours) == (is_open, hours)


def test_the_desks_own_days_may_be_runs_and_usual():
    text = changed(
        ("closed: [2026-12-31]", "closed: [2026-12-31, 2027-02-05..2027-02-07]"),
        ("2026-12-26: 09:00-12:00", "2026-12-26: usual"),
    )

    plan = load(text).handbook.calendar

    assert plan.closed == {date(2026, 12, 31), *(date(2027, 2, day) for day in (5, 6, 7))}
    assert plan.open == {date(2026, 12, 26): ()}


def test_a_year_written_down_as_decreed_is_known():
    decree = (
        "decreed:\n    2027: {holidays: [2027-01-01..2027-01-03], workdays: 2027-01-09}\n  closed"
    )

    plan = load(changed(("closed", decree))).handbook.calendar

    assert 2027 in plan.decreed_years
    assert date(2027, 1, 1) in plan.holidays
    assert date(2027, 1, 9) in plan.makeup_days


def test_a_long_target_names_its_end_and_start():
    text = changed(
        ("resolution: 5wd", "resolution: {in: 5wd, ends: midnight, from: assigned}"),
    )

    row = load(text).handbook.policies[2]

    assert row.targets["resolution"] == Duration(5, "wd", "midnight")
    assert row.starts == {"resolution": "assigned"}


def test_a_row_may_say_where_the_last_day_ends():
    text = changed(("    resolution: 5wd", "    resolution: 5wd\n    ends: midnight"))

    row = load(text).handbook.policies[2]

    assert row.ends == "midnight"
    assert row.targets["resolution"] == Duration(5, "wd")  # names no end: the policy decides


def test_staff_numbers_stand_in_the_map_or_with_the_person():
    text = changed(
        ("  staff_no: {U0AGENT1: A102}", "  staff_no: {U0AGENT1: 007}\n  U0AGENT2: {staff_no: B7}")
    )

    assert load(text).handbook.people.staff_no == {"U0AGENT1": "007", "U0AGENT2": "B7"}


def test_any_among_risks_means_any():
    rule = load(changed(("{risks: any}", "{risks: [any, safety]}"))).handbook.routing[0]

    assert rule.when.any_risk
    assert rule.when.risks == frozenset()


def test_several_values_of_a_key_mean_any_of_them():
    text = changed(("{risks: any}", "{risks: [safety, fraud], impact: [several, many]}"))

    when = load(text).handbook.routing[0].when

    assert when.risks == {Risk.SAFETY, Risk.FRAUD}
    assert when.impacts == {Impact.SEVERAL, Impact.MANY}


def test_a_night_shift_runs_into_the_next_day():
    roster = (
        "rosters:\n  tech:\n"
        "    - {days: sun, hours: 22:00-06:00, people: U0ENG1}\n"
        "    - {dates: 2026-12-31, hours: 20:00-24:00, people: [U0ENG2]}\n"
    )

    shifts = load(roster + changed()).handbook.departments["tech"].roster

    assert [(shift.start, shift.end, shift.days, shift.dates) for shift in shifts] == [
        (time(22), time(0), {6}, set()),
        (time(0), time(6), {0}, set()),
        (time(20), time(0), set(), {date(2026, 12, 31)}),
    ]


def test_a_category_hands_its_conditions_down():
    text = changed(
        ("    kind: after_sales\n", "    kind: after_sales\n    required: screenshot\n"),
        ("Installation}", "Installation, required: [], needs_customer: true}"),
    )

    book = load(text).handbook

    assert book.subcategory("after_sales/fault").required_evidence == {"screenshot"}
    assert book.subcategory("after_sales/installation").required_evidence == frozenset()
    assert book.subcategory("after_sales/installation").needs_customer


def test_words_always_refused_stand_before_the_desks_own():
    text = changed(("intake:\n  vague_words", "intake:\n  forbidden: 不关我事\n  vague_words"))

    intake = load(text).handbook.intake

    assert intake.vague_words[:3] == ("大概", "可能", "好像")
    assert {"也许", "也許", "maybe"} <= set(intake.vague_words)
    assert {"不可能", "可能性", "大概率"} <= set(intake.spare)
    assert {"这不是我们的问题", "不关我事", "不關我事"} <= set(intake.forbidden)


def test_the_desks_own_opening_replaces_the_usual_one_in_its_languages():
    text = changed(("intake:\n", "intake:\n  opening: {zh: '您好,{company}{staff_no}'}\n"))

    opening = load(text).handbook.intake.opening

    assert opening.in_("zh-Hans") == "您好,{company}{staff_no}"
    assert opening.in_("en").startswith("Hello, this is {company}")


def test_without_sections_of_their_own_the_models_rules_hold():
    text = changed()
    start, end = text.index("priority:    "), text.index("labels:  ")

    rules = load(text[:start] + text[end:]).handbook.priority_rules

    assert [(rule.raise_by, rule.set_to) for rule in rules] == [
        (1, None),
        (0, Priority.P1),
        (0, Priority.P1),
        (0, Priority.P1),
    ]


def test_the_keys_beyond_the_example_are_carried():
    text = changed() + (
        "quiet: 00:00-08:00, 20:00-24:00\n"
        "retention: {audit: 10y}\n"
        "customer: {fields: {risk: {name: 风险, type: choice, choices: {low: 低, high: 高}}}}\n"
        "webhooks: {crm: {url: 'https://crm.example.com/in', events: [closed]}}\n"
        "robots: {ops: {kind: dingtalk, departments: tech}}\n"
    )

    loaded = load(text)

    assert loaded.handbook.quiet == (Span(0, 480), Span(1200, 1440))
    assert loaded.handbook.retention == {"audit": Duration(10, "y")}
    assert loaded.handbook.customer_fields[0].choices["high"].in_("zh-Hans") == "高"
    assert loaded.webhooks["crm"].events == ("closed",)
    assert loaded.robots["ops"].departments == ("tech",)


def test_what_is_told_outside_slack_is_in_the_handbook():
    text = changed() + (
        "webhooks: {crm: {events: [closed, stuck]}}\n"
        "robots: {ops: {kind: dingtalk, departments: tech}, boss: {kind: wecom, events: breach}}\n"
        "outside: {allow_hosts: [crm.internal, 10.0.0.7, 'fd00::7']}\n"
    )

    book = load(text).handbook

    assert book.webhooks["crm"] == Webhook(
        "crm", frozenset({OutsideEvent.CLOSED, OutsideEvent.STUCK})
    )
    assert book.robots["ops"].kind is RobotKind.DINGTALK
    assert book.robots["ops"].departments == {"tech"}
    assert OutsideEvent.ASSIGNED in book.robots["ops"].events
    assert book.robots["boss"].events == {OutsideEvent.BREACH}
    assert book.allow_hosts == {"crm.internal", "10.0.0.7", "fd00::7"}


def test_http_is_for_hosts_that_are_named():
    text = changed() + (
        "webhooks: {crm: {url: 'http://10.0.0.7/in', events: closed}}\n"
        "outside: {allow_hosts: 10.0.0.7}\n"
    )

    assert load(text).handbook.webhooks["crm"].url == "http://10.0.0.7/in"


def test_a_moment_is_kept_in_one_spelling():
    text = changed(("at: Mon 09:00", "at: mon  9:00"))

    assert load(text).handbook.digests["weekly_meeting"].at == "Mon 09:00"


def test_anchors_and_merge_keys_spread_what_they_name():
    text = changed(
        ("- when: {priority: P1}\n", "- when: &top {priority: P1}\n"),
        ("- when: {priority: P2}", "- when: {<<: *top, impact: many}"),
    )

    when = load(text).handbook.policies[1].when

    assert when.priorities == {Priority.P1}
    assert when.impacts == {Impact.MANY}


@pytest.mark.requirement(75)
def test_a_text_for_customers_may_differ_by_category_and_kind():
    own = "told: {by: {after_sales/fault: 修好了, complaint: {zh: 抱歉, en: Sorry}}, zh: "
    handbook = load(changed(("told: {zh: ", own))).handbook

    assert handbook.template("told", "after_sales/fault", "after_sales").in_("zh-Hans") == "修好了"
    assert handbook.template("told", "complaint/service", "complaint").in_("en") == "Sorry"
    assert "{result}" in handbook.template("told", "inquiry/usage", "inquiry").in_("zh-Hans")
    assert handbook.template("plan", "inquiry/usage", "inquiry") is None


@pytest.mark.requirement(42)
def test_the_desk_says_how_long_a_customer_may_hear_nothing():
    assert load().handbook.silence == Duration(3, "wd")

    own = load(changed(("templates:", "first_contact: {remind_after: 2wd}\ntemplates:"))).handbook

    assert own.silence == Duration(2, "wd")
