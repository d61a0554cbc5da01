"""The handbook: what desk.yml says, as the rules read it (DESK.md 10)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

from tickets.case.values import (
    Complexity,
    CustomerType,
    Impact,
    Kind,
    PersonId,
    Priority,
    Risk,
    Status,
)
from tickets.complaint_rules import Compensation, ComplaintRules
from tickets.knowledge.rules import KnowledgeRules
from tickets.retrospectives.rules import RetrospectiveRules


@dataclass(frozen=True, slots=True)
class Words:
    """The desk's own words for one thing, by language; `zh` serves both scripts unless given."""

    by_language: Mapping[str, str]

    def in_(self, language: str) -> str:
        """Give the words in `zh-Hans`, `zh-Hant` or `en`; another language's where there is none."""
        return self.by_language.get(language) or next(iter(self.by_language.values()))


@dataclass(frozen=True, slots=True)
class Condition:
    """The `when` of a rule: every key that is given must fit; an empty one always fits."""

    kinds: frozenset[Kind] = frozenset()
    categories: frozenset[str] = frozenset()  # "after_sales" or "after_sales/fault"
    priorities: frozenset[Priority] = frozenset()
    customers: frozenset[CustomerType] = frozenset()
    levels: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()  # special groups, e.g. "elderly"
    tags: frozenset[str] = frozenset()  # of the customer, set by the desk's rules
    departments: frozenset[str] = frozenset()
    risks: frozenset[Risk] = frozenset()  # any one of these
    any_risk: bool = False
    impacts: frozenset[Impact] = frozenset()
    complexities: frozenset[Complexity] = frozenset()
    line: int = 0  # where it stands in desk.yml


class AssignWay(StrEnum):
    """How a department picks an assignee (DESK.md 4)."""

    ROUND_ROBIN = "round-robin"
    LEAST_OPEN = "least-open"
    LEAD = "lead"
    ROSTER = "roster"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Assign:
    """A way of picking and, for a named person, who."""

    way: AssignWay
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """One row of a duty roster, in the desk's local time; `days` are 0 (Monday) to 6, or dates."""

    start: time
    end: time  # 00:00 means midnight at the end of the day
    people: tuple[PersonId, ...]
    days: frozenset[int] = frozenset()
    dates: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Department:
    """责任部门."""

    key: str
    name: Words
    channel: str  # "#tech" or a channel id
    lead: PersonId
    members: tuple[PersonId, ...]
    assign: Assign
    roster: tuple[Shift, ...] = ()


@dataclass(frozen=True, slots=True)
class SubCategory:
    """二级分类; conditions a category can set are here (DESK.md 4)."""

    key: str  # "after_sales/fault"
    name: Words
    kind: Kind
    needs_customer: bool = False
    required_evidence: frozenset[str] = frozenset()  # e.g. {"screenshot"}; any file meets it


@dataclass(frozen=True, slots=True)
class Category:
    """一级分类 (R22)."""

    key: str
    name: Words
    kind: Kind
    sub: Mapping[str, SubCategory]  # by full key "after_sales/fault"


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """One row of `routing`: where a case goes, how the assignee is picked, who else is told."""

    place: int  # 1, 2, … as printed on the card
    when: Condition
    department: str
    assign: Assign | None = None  # None: as the department does
    tell: frozenset[str] = frozenset()  # "supervisors", "directors", or person ids


@dataclass(frozen=True, slots=True)
class PriorityRule:
    """One row of `priority`: raise by steps or set."""

    when: Condition
    raise_by: int = 0
    set_to: Priority | None = None


@dataclass(frozen=True, slots=True)
class Duration:
    """A target as written: 30m, 24h, 7d, 4wh, 5wd (DESK.md 3)."""

    amount: int
    unit: str  # m h d wh wd
    ends: str = ""  # for wd: close | midnight; "" where the policy decides


SILENCE = Duration(3, "wd")
"""How long a customer may hear nothing before the logger is reminded (R42)."""


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority outside that complaints come through or go to, and how long it gives for an answer."""

    key: str
    within: Duration
    words: Mapping[str, str] = field(default_factory=dict)  # the desk's own, by language


AUTHORITIES: Mapping[str, Authority] = {
    one.key: one
    for one in (
        Authority("12315", Duration(5, "wd", "close")),
        Authority("12345", Duration(5, "wd", "close")),
        Authority("platform", Duration(48, "h")),
        Authority("regulator", Duration(15, "wd", "close")),
    )
}
"""Those a desk knows that names none; the dates in their letters go before these days."""


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """One rung of the ladder: `after` the breach (None: at it), who is told."""

    after: Duration | None
    tell: tuple[str, ...]  # assignee lead supervisors directors or person ids


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One row of `deadlines`: each key given by the first matching row that names it."""

    place: int
    when: Condition
    targets: Mapping[str, Duration]  # deadline kind → duration ("accept", "response", …)
    starts: Mapping[str, str] = field(
        default_factory=dict
    )  # deadline kind → logged assigned resolved told confirmed
    internal: Mapping[str, Duration] = field(default_factory=dict)  # department → answer within
    warn_before: Duration | None = None
    escalate: tuple[EscalationStep, ...] | None = None
    ends: str | None = None  # close | midnight, for `wd` targets that do not say


@dataclass(frozen=True, slots=True)
class Span:
    """An opening span of a day in local minutes from midnight, half-open; 1440 is midnight's end."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CalendarPlan:
    """The desk's calendar as configured, with the holidays the bot looked up."""

    timezone: str
    hours: Mapping[int, tuple[Span, ...]]  # weekday 0–6 → spans
    open_on_holidays: bool
    closed: frozenset[date]  # the desk's own days off
    open: Mapping[date, tuple[Span, ...]]  # the desk's own working days; () = the usual hours
    peak: tuple[Span, ...]  # 忙时, by clock time every day (R4)
    holidays: frozenset[date]  # legal days off, also those on a weekend
    makeup_days: frozenset[date]  # 调休上班日
    decreed_years: frozenset[int]  # years whose holidays are known for sure
    workweek: frozenset[int] = frozenset(range(5))  # the country's; 0 is Monday
    holiday_hours: tuple[Span, ...] = ()  # where open_on_holidays; () = the weekday's usual hours


@dataclass(frozen=True, slots=True)
class People:
    """Who is who, already resolved to Slack member ids."""

    agents: frozenset[PersonId] = frozenset()
    supervisors: frozenset[PersonId] = frozenset()
    directors: frozenset[PersonId] = frozenset()
    admins: frozenset[PersonId] = frozenset()
    auditors: frozenset[PersonId] = frozenset()
    librarians: frozenset[PersonId] = frozenset()
    analysts: frozenset[PersonId] = frozenset()
    deputies: Mapping[PersonId, PersonId] = field(default_factory=dict)
    staff_no: Mapping[PersonId, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IntakeRules:
    """What the form refuses or hints at (R10–R14)."""

    vague_words: tuple[str, ...]
    spare: tuple[str, ...]  # never counted as vague
    forbidden: tuple[str, ...]  # 禁用语 (R13)
    repeat_within: timedelta
    opening: Words  # 开场白, with {company} and {staff_no}
    soothing: Words
    closing: Words


@dataclass(frozen=True, slots=True)
class Privacy:
    """How numbers are masked and how long records are kept."""

    phone_mask: str = "last4"  # or "prefix+last4"
    keep: Duration = Duration(3, "y")
    mask_free_text: bool = True


@dataclass(frozen=True, slots=True)
class CustomerField:
    """A field of the trade on a customer's record (DESK.md 6)."""

    key: str
    name: Words
    type: str = "text"  # text number date choice
    choices: Mapping[str, Words] = field(default_factory=dict)
    private: bool = True  # shown only on reveal


@dataclass(frozen=True, slots=True)
class CustomerTag:
    """A tag the desk sets by itself once a customer has so many cases of a kind (R129)."""

    key: str
    name: Words
    kind: Kind
    at_least: int  # 以上 includes the number
    hint: Words | None = None  # shown to whoever takes the next call


class QuestionKind(StrEnum):
    """How a question is answered."""

    SCALE = "scale"  # 1 to 5
    CHOICE = "choice"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a callback beside the score, what was solved and the advice (R90)."""

    key: str
    words: Words
    kind: QuestionKind
    choices: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Callbacks:
    """What a callback asks and when it may be made, by clock time every day."""

    questions: tuple[Question, ...] = ()
    hours: tuple[Span, ...] = (Span(9 * 60, 12 * 60), Span(14 * 60, 20 * 60))
    between: Duration = Duration(1, "h")  # tries that nobody answered lie apart


@dataclass(frozen=True, slots=True)
class Digest:
    """One scheduled post as configured; `at` as written (`Mon 09:00`, `open days 16:00`)."""

    key: str
    at: str
    channel: str | None = None
    to: str | None = None
    on_holiday: str = "next"
    before_close: timedelta | None = None  # of a day that closes early: so long before that


class OutsideEvent(StrEnum):
    """What robots and webhooks may ask to be told of."""

    LOGGED = "logged"
    ASSIGNED = "assigned"
    WARNING = "warning"
    BREACH = "breach"
    RESOLVED = "resolved"
    TOLD = "told"
    SCORED = "scored"
    CLOSED = "closed"
    REOPENED = "reopened"
    STUCK = "stuck"  # the desk itself is in trouble, Slack's or its own
    AUDIT_HEAD = "audit_head"  # once a day, to webhooks: how far the audit log's chain has come


class RobotKind(StrEnum):
    """Whose group robot it is."""

    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    WECOM = "wecom"


@dataclass(frozen=True, slots=True)
class Robot:
    """A group robot outside Slack; its address and secret are settings, never here."""

    key: str
    kind: RobotKind
    events: frozenset[OutsideEvent]
    departments: frozenset[str] = frozenset()  # whose cases it tells of; empty: all


@dataclass(frozen=True, slots=True)
class Webhook:
    """Another system told of events; without an address here it is a setting, as its secret always is."""

    key: str
    events: frozenset[OutsideEvent]
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Handbook:
    """Everything desk.yml says, validated and resolved."""

    revision: str  # digest of the canonical content
    name: Words
    language: str  # of channel posts: zh-Hans, zh-Hant, en
    channel: str  # supervisors' channel
    people: People
    departments: Mapping[str, Department]
    categories: Mapping[str, Category]
    routing: tuple[RoutingRule, ...]
    priority_rules: tuple[PriorityRule, ...]
    priority_labels: Mapping[Priority, Words]
    status_labels: Mapping[Status, Words]
    policies: tuple[PolicyRow, ...]
    pauses: frozenset[Status]
    calendar: CalendarPlan
    intake: IntakeRules
    digests: Mapping[str, Digest]
    goals: Mapping[str, str]
    templates: Mapping[str, Words]
    privacy: Privacy
    follow_up: Duration  # 待跟进, 7 days by default (R65)
    field_labels: Mapping[str, Words] = field(default_factory=dict)
    template_variants: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)
    """By template and category, first level or kind; what is not named takes `templates`."""
    silence: Duration = SILENCE  # after it whoever took the call is reminded (R42)
    customer_fields: tuple[CustomerField, ...] = ()
    customer_tags: tuple[CustomerTag, ...] = ()
    retention: Mapping[str, Duration] = field(default_factory=dict)  # where not privacy.keep
    callbacks: Callbacks = field(default_factory=Callbacks)
    quiet: tuple[Span, ...] = ()  # nobody reminded privately, P1 excepted
    robots: Mapping[str, Robot] = field(default_factory=dict)
    webhooks: Mapping[str, Webhook] = field(default_factory=dict)
    allow_hosts: frozenset[str] = frozenset()  # may be private, or without TLS
    compensation: Compensation = field(default_factory=Compensation)
    complaints: ComplaintRules = field(default_factory=ComplaintRules)
    knowledge: KnowledgeRules = field(default_factory=KnowledgeRules)
    retrospectives: RetrospectiveRules = field(default_factory=RetrospectiveRules)
    authorities: Mapping[str, Authority] = field(default_factory=lambda: AUTHORITIES)

    @property
    def timezone(self) -> str:
        """Give the desk's zone, e.g. Asia/Shanghai."""
        return self.calendar.timezone

    def subcategory(self, key: str) -> SubCategory | None:
        """Find a second-level category by its full key."""
        first = self.categories.get(key.partition("/")[0])
        return first.sub.get(key) if first else None

    def template(self, key: str, category: str, kind: str) -> Words | None:
        """Find a text for customers: of the category, of its first level, of the kind, else for all."""
        own = self.template_variants.get(key, {})
        narrowest_first = (category, category.partition("/")[0], kind)
        return next((own[one] for one in narrowest_first if one in own), self.templates.get(key))
