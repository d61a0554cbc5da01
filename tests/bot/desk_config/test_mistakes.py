"""Every mistake is told at its place, in words that say what was expected."""

import pytest

from tests.bot.desk_config.files import changed, marked, mistakes_in

NEVER_OPEN = "expected opening hours on at least one weekday; warnings, targets in wh and digests on open days are reckoned by them"
CASES = [
    # the desk and its calendar
    ("timezone: Asia/Shanghai", "timezone: §Asia/Shangai", "expected a time zone such as Asia/Shanghai, got 'Asia/Shangai'; did you mean 'Asia/Shanghai'?"),
    ("  language: zh-Hans", "  language: §zh-CN", "expected one of zh, zh-Hans, zh-Hant, en, got 'zh-CN'"),
    ('channel: "#tech"', "§channel: #tech", 'expected a channel in quotes, such as "#tech" (a bare # starts a comment)'),
    ('channel: "#tech"', 'channel: §"Tech team"', "expected a channel such as \"#tech\" or its id (C…), got 'Tech team'"),
    ("country: CN", "country: §China", "expected a country by its two letters such as CN, got 'China'"),
    ("country: CN", "country: CN\n  subdivision: §BY", "expected a part of CN, got 'BY'"),
    ("mon-fri: 08:00-12:00,", "mon-fri: §12:00-08:00,", "expected hours that end after they start, got '12:00-08:00'"),
    ("    mon-fri:", "    §mon-fry:", "expected days such as mon-fri, mon,wed, sat, daily or holidays, got 'mon-fry'"),
    ("    mon-fri:", "    fri: 08:00-09:00\n    §mon-fri:", "expected each day once; fri is given twice"),
    ("  hours:                         # opening hours, for wh, daily jobs and quiet\n    mon-fri: 08:00-12:00, 14:00-18:00", "  §hours:\n    mon-fri: closed", NEVER_OPEN),
    ("  hours:                         # opening hours, for wh, daily jobs and quiet\n    mon-fri: 08:00-12:00, 14:00-18:00", "  §hours:\n    holidays: 08:00-12:00", NEVER_OPEN),
    ("    mon-fri: 08:00-12:00, 14:00-18:00", "    mon-fri: §usual", "expected hours such as 08:00-12:00; 'usual' is for holidays alone"),
    ("closed: [2026-12-31]", "closed: [§2026-12-32]", "expected a date such as 2026-12-31, got '2026-12-32'"),
    ("2026-12-26: 09", "§2026-12-36: 09", "expected a date such as 2026-12-31, got '2026-12-36'"),
    ("2026-12-26: 09:00-12:00", "2026-12-31: §09:00-12:00", "expected 2026-12-31 to be either open or closed"),
    ("2026-12-26: 09:00-12:00", "2026-12-26: §closed", "expected hours or 'usual'; a day off goes under 'closed'"),
    ("closed: [2026", "decreed:\n    §2027: {holidays: [2026-01-01]}\n  closed: [2026", "expected days of 2027 only, got 2026-01-01"),
    ("closed: [2026", "decreed:\n    §2027: {holidays: [2027-01-01], workdays: [2027-01-01]}\n  closed: [2026", "expected 2027-01-01 to be either a holiday or a workday"),
    # people and departments
    ("agents: [U0AGENT1,", "agents: [§ann,", "expected a Slack member id (U… or W…), a user group (S…) or an e-mail address, got 'ann'"),
    ("  admins:", "  §admin:", "expected a role such as agents, or a person's id, got 'admin'; did you mean 'admins'?"),
    ("U0ENG1: U0ENG2", "U0ENG1: §S0TEAM", "expected a Slack member id (U… or W…) or an e-mail address, got 'S0TEAM'"),
    ("staff_no: {U0", "staff_no: {§u0", "expected a Slack member id (U… or W…) or an e-mail address, got 'u0AGENT1'"),
    ("assign: round-robin", "assign: §round_robin", "expected round-robin, least-open, lead, roster or a person, got 'round_robin'; did you mean 'round-robin'?"),
    ("assign: round-robin", "assign: §U0STRANGER", "expected somebody listed under people or in a department, got 'U0STRANGER'"),
    ("assign: round-robin", "assign: §roster", "expected a roster of 'tech' under 'rosters'"),
    ("categories:  ", "rosters:\n  §tec: []\ncategories:  ", "expected one of the departments; there is no 'tec'; did you mean 'tech'?"),
    ("categories:  ", "rosters:\n  tech:\n    - §{hours: 08:00-20:00, people: U0ENG1}\ncategories:  ", "expected either 'days' such as mon-fri or 'dates'"),
    ("categories:  ", "rosters:\n  tech:\n    - {days: daily, hours: 08:00-20:00, people: §U0NEW}\ncategories:  ", "expected somebody listed under people or in a department, got 'U0NEW'"),
    # categories, routing, priority
    ("kind: inquiry\n", "kind: §inqiry\n", "expected one of inquiry, complaint, suggestion, after_sales, service_request, got 'inqiry'; did you mean 'inquiry'?"),
    ("usage: {zh", "§us age: {zh", "expected a short key without spaces or / such as after_sales, got 'us age'"),
    ("{zh: 功能使用, en", "{zh: 功能使用, §eng", "unknown key 'eng'; did you mean 'en'?"),
    ("usage: {zh: 功能使用, en: Using a feature}", "§usage: {kind: inquiry}", "expected words in at least one of zh, zh-Hans, zh-Hant, en"),
    ("{category: after_sales/fault}", "{category: §after_sales/falt}", "expected one of the categories; there is no 'after_sales/falt'; did you mean 'after_sales/fault'?"),
    ("    department: tech", "    department: §technic", "expected one of the departments; there is no 'technic'; did you mean 'tech'?"),
    ("    department: tech", "    §departmnt: tech", "unknown key 'departmnt'; did you mean 'department'?"),
    ("tell: [supervisors, directors]", "tell: [§bosses, directors]", "expected supervisors, directors or a person, got 'bosses'"),
    ("raise: 1", "raise: §3", "expected a number up to 2, got '3'"),
    ("raise: 1", "raise: §much", "expected a whole number, got 'much'"),
    ("- {when: {customer: vip}, raise: 1}", "- §{when: {customer: vip}}", "expected either 'raise' (steps up) or 'set' (P1, P2 or P3)"),
    # deadlines
    ("response: 1h", "response: §soon", "expected a duration such as 30m, 24h, 7d, 4wh or 5wd, got 'soon'"),
    ("response: 1h", "response: §0h", "expected a duration such as 30m, 24h, 7d, 4wh or 5wd, got '0h'"),
    ("response: 1h", "response: {in: 1h, §end: midnight}", "unknown key 'end'; did you mean 'ends'?"),
    ("status: {accepted:", "status: {§asigned:", "expected one of new, assigned, accepted, in_progress, waiting_customer, on_hold, resolved, confirmed, follow_up, closed, invalid, merged, archived, got 'asigned'; did you mean 'assigned'?"),
    ("internal: {tech", "internal: {§tach", "expected one of the departments; there is no 'tach'; did you mean 'tech'?"),
    ("{at: breach, tell", "§{at: breach, after: 1h, tell", "expected either 'at: breach' or 'after' with a duration such as 4wh"),
    ("pauses: [waiting_customer", "pauses: [§waiting", "expected one of waiting_customer, on_hold, got 'waiting'; did you mean 'waiting_customer'?"),
    # the rest
    ("  daily_figures:", "  §dayly_figures:", "unknown key 'dayly_figures'; did you mean 'daily_figures'?"),
    ("at: Mon 09:00", "at: §Monday 9", "expected a moment such as Mon 09:00, open days 16:00 or first workday 09:30, got 'Monday 9'"),
    ("callbacks: {to: agents, at", "§callbacks: {at", "expected either 'channel' or 'to' (agents, supervisors, directors, admins)"),
    ("repeat_within: 14d", "repeat_within: §2wd", "expected a duration such as 30m, 24h or 7d, got '2wd'"),
    ("response_rate: 95%", "response_rate: §high", "expected a figure such as 95%, -30% or 30m, or a month such as 2026-01, got 'high'"),
    ("mask_free_text: true", "mask_free_text: §perhaps", "expected true or false, got 'perhaps'"),
    ("keep: 3y", "keep: §3h", "expected a duration such as 7d or 3y, got '3h'"),
    ("goals:  ", "§golas:  ", "unknown key 'golas'; did you mean 'goals'?"),
    ("  response_rate: 95%", "  baseline: §2026-13", "expected a figure such as 95%, -30% or 30m, or a month such as 2026-01, got '2026-13'"),
    ("goals:  ", "robots: {ops: {kind: §slack}}\ngoals:  ", "expected one of dingtalk, feishu, wecom, got 'slack'"),
    ("goals:  ", "webhooks: {crm: {url: §ftp://x, events: closed}}\ngoals:  ", "expected an address that starts with https://, got 'ftp://x'"),
    ("goals:  ", "webhooks: {crm: {url: §'https://me:pass@x.example', events: closed}}\ngoals:  ", "expected an address without a user or password; secrets are settings"),
    ("goals:  ", "webhooks: {crm: {url: §'http://crm.local/in', events: closed}}\ngoals:  ", "expected https://; http:// is only for hosts under outside.allow_hosts, not 'crm.local'"),
    ("goals:  ", "webhooks: {§CRM-1: {url: 'https://x.example', events: closed}}\ngoals:  ", "expected a key of small letters, digits and _ such as crm, got 'CRM-1': variables like ROBOT_<KEY>_URL are named after it"),
    ("goals:  ", "outside: {allow_hosts: §'http://crm'}\ngoals:  ", "expected a host such as crm.example.internal or 10.0.0.7, got 'http://crm'"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), CASES)
def test_a_mistake_is_told_at_its_place(old: str, new: str, expected: str) -> None:
    text, place = marked(changed((old, new)))

    assert mistakes_in(text) == [f"{place}: {expected}"]


def test_a_missing_key_is_told_at_the_entry_that_needs_it() -> None:
    text, place = marked(changed(("    lead: U0LEAD\n", ""), ("  tech:\n", "  §tech:\n")))

    assert mistakes_in(text) == [f"{place}: expected the key 'lead' here"]


def test_overlapping_hours_are_told_at_the_hours() -> None:
    text, place = marked(
        changed(("    mon-fri: 08:00-12:00, 14:00", "    mon-fri: §08:00-12:00, 11:00"))
    )

    expected = "expected hours in order and not overlapping, got '08:00-12:00, 11:00-18:00'"
    assert mistakes_in(text) == [f"{place}: {expected}"]


def test_a_place_in_a_template_that_nobody_fills_is_told() -> None:
    text, place = marked(
        changed(("told: {zh: ", "told: {zh: §"), ("{result},请问", "{reslt},请问"))
    )

    (line,) = mistakes_in(text)
    assert line.startswith(f"{place}: expected only the places {{number}}, ")
    assert line.endswith("got '{reslt}'; did you mean 'result'?")


def test_a_text_for_a_category_that_is_not_there_is_told() -> None:
    text, place = marked(changed(("told: {zh: ", "told: {by: {§after_sale: 修好了}, zh: ")))

    (line,) = mistakes_in(text)
    assert line.startswith(f"{place}: expected one of the categories; there is no 'after_sale'")


def test_a_key_given_twice_names_the_line_of_the_first() -> None:
    text, place = marked(changed(("privacy:\n", "privacy: {}\n§privacy:\n")))
    first = int(place.split(":")[1]) - 1

    expected = f"expected each key once; 'privacy' is already in line {first}"
    assert mistakes_in(text) == [f"{place}: {expected}"]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    text = changed(
        ("timezone: Asia/Shanghai", "timezone: Mars"),
        ("    department: tech", "    department: nowhere"),
        ("response: 1h", "response: soon"),
        ("goals:  ", "golas:  "),
    )

    lines = mistakes_in(text)

    assert len(lines) == 4
    assert lines == sorted(lines, key=lambda line: int(line.split(":")[1]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("desk: [1,\n", "desk.yml:1:10: expected valid YAML: "),
        ("desk:\n\tname: x\n", "desk.yml:2:1: expected valid YAML: "),
        ("desk: {a: *nobody}\n", "desk.yml:1:11: expected valid YAML: found undefined alias"),
        ("desk: a: b\n", "desk.yml:1:8: expected valid YAML: mapping values are not allowed here"),
        ("ok: 1\nbad: \x07\n", "desk.yml:2:6: expected printable text"),
        ("a: &a [*a]\n", "desk.yml:1:4: expected an alias"),
        ("", "desk.yml:1:1: expected a mapping (lines of 'key: value'), got nothing"),
        ("- a\n- b\n", "desk.yml:1:1: expected a mapping (lines of 'key: value'), got a list"),
        ("desk: 1\n---\ndesk: 2\n", "desk.yml:2:1: expected valid YAML: "),
        ("[" * 5000, "desk.yml:1:1: expected YAML that can be read"),
    ],
)
def test_text_that_is_no_desk_file_is_told_where_it_breaks(text: str, expected: str) -> None:
    assert mistakes_in(text)[0].startswith(expected)


def test_aliases_of_aliases_are_refused_before_they_fill_the_memory() -> None:
    layers = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12)]
    text = "\n".join(["l0: &l0 [x, x, x, x]", *layers])

    (line,) = mistakes_in(text)
    assert "expected an alias (*name) of something finished and of modest size" in line
