"""The schema of desk.yml as a whole: the desk, its posts and limits, and all its sections."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from bot.desk_config.naming import Channel, DepartmentRef, Key
from bot.desk_config.notations import KeepTime, Many, Moment, Spans, Target, Zone
from bot.desk_config.schema_authorities import Rows as Authorities
from bot.desk_config.schema_authorities import require_words
from bot.desk_config.schema_calendar import Calendar
from bot.desk_config.schema_callback import Callback
from bot.desk_config.schema_complaints import Compensation, Complaints
from bot.desk_config.schema_edges import EdgeKey, Outside, Robot, Webhook
from bot.desk_config.schema_knowledge import Knowledge
from bot.desk_config.schema_people import Department, People, ShiftRow
from bot.desk_config.schema_retrospectives import Retrospectives
from bot.desk_config.schema_rules import DeadlineRow, PriorityRow, RoutingRow, Section, misfit
from bot.desk_config.schema_texts import (
    AnyCaseTemplate,
    AnyWords,
    CategoryRow,
    Customer,
    Intake,
    Labels,
)

Goal = Annotated[
    str,
    StringConstraints(pattern=r"^([+-]?\d{1,5}(\.\d+)? ?(%|m|h|d)?|\d{4}-(0[1-9]|1[0-2]))$"),
]


class Desk(Section):
    """The desk itself."""

    name: AnyWords
    timezone: Zone
    """Where the desk's day, hours and numbers are counted, e.g. Asia/Shanghai."""
    language: Literal["zh", "zh-Hans", "zh-Hant", "en"] = "zh-Hans"
    """The language of channel posts."""
    channel: Channel
    """The supervisors' channel."""
    table: Literal["hotline", "after_sales", "crm"] | None = None
    """Which of the team's tables is exported and printed unless another is picked; without it, by the categories."""


class DigestRow(Section):
    """A post at a set time, to a channel or to people privately."""

    at: Moment
    channel: Channel | None = None
    to: Literal["agents", "supervisors", "directors", "admins"] | None = None
    """Who gets it privately, instead of a channel."""
    on_holiday: Literal["next", "skip"] = "next"
    """On a holiday: the next working day, or not at all."""

    @model_validator(mode="after")
    def _one_destination(self) -> Self:
        if (self.channel is None) == (self.to is None):
            raise misfit(
                "expected either 'channel' or 'to' (agents, supervisors, directors, admins)"
            )
        return self


class Digests(Section):
    """The desk's regular posts."""

    weekly_meeting: DigestRow | None = None
    """每周跨部门沟通会."""
    archive_check: DigestRow | None = None
    """归档核对."""
    daily_figures: DigestRow | None = None
    """The response times of the day."""
    callbacks: DigestRow | None = None
    """待回访: whom to tell and to call today."""
    monthly_report: DigestRow | None = None
    """月度报告."""

    def rows(self) -> dict[str, DigestRow]:
        """Give the posts that are configured, by key."""
        rows = {key: getattr(self, key) for key in type(self).model_fields}
        return {key: row for key, row in rows.items() if row is not None}


class Privacy(Section):
    """How numbers are masked and how long records are kept."""

    phone_mask: Literal["last4", "prefix+last4"] = "last4"
    """****5678 or 138****5678."""
    keep: KeepTime | None = None
    """How long records are kept; 3y without it."""
    mask_free_text: bool = True
    """Take phone numbers and the like out of what channels show."""


class FirstContact(Section):
    """首问负责: whoever took the call sees that the customer hears how things stand."""

    remind_after: Target | None = None
    """How long the customer may hear nothing before they are reminded; 3wd without it."""


class Retention(Section):
    """How long each class of records is kept where it differs from privacy.keep."""

    tickets: KeepTime | None = None
    customers: KeepTime | None = None
    evidence: KeepTime | None = None
    thread_originals: KeepTime | None = None
    audit: KeepTime | None = None


class DeskSchema(Section):
    """How a desk works."""

    desk: Desk
    calendar: Calendar
    people: People
    departments: Annotated[dict[Key, Department], Field(min_length=1)]
    categories: Annotated[dict[Key, CategoryRow], Field(min_length=1)]
    routing: tuple[RoutingRow, ...] = ()
    """First match wins; what nothing matches goes to the supervisors."""
    priority: tuple[PriorityRow, ...] | None = None
    """Changes of the urgency as typed; without this section VIPs, risks and wide reach raise it."""
    labels: Labels = Labels()
    deadlines: tuple[DeadlineRow, ...] = ()
    pauses: Many[Literal["waiting_customer", "on_hold"]] = ("waiting_customer", "on_hold")
    rosters: dict[DepartmentRef, tuple[ShiftRow, ...]] = Field(default_factory=dict)
    """Duty rosters by department."""
    digests: Digests = Digests()
    intake: Intake = Intake()
    goals: dict[Key, Goal] = Field(default_factory=dict)
    """Figures and what they should be: satisfaction: 90%, response_time: 15m, or -30% against the month
    that `baseline: 2026-01` names; solved_rate, response_rate, repeats, recovery, promises, answers."""
    templates: dict[Key, AnyCaseTemplate] = Field(default_factory=dict)
    """Texts for customers, never sent without a person's look: told, plan, acknowledge."""
    first_contact: FirstContact = FirstContact()
    callback: Callback = Callback()
    customer: Customer = Customer()
    privacy: Privacy = Privacy()
    retention: Retention = Retention()
    quiet: Spans = ()
    """Hours in which nobody is reminded privately, by clock time every day; P1 passes."""
    webhooks: dict[EdgeKey, Webhook] = Field(default_factory=dict)
    """Other systems (CRM, OA), told of events as signed CloudEvents."""
    robots: dict[EdgeKey, Robot] = Field(default_factory=dict)
    """Group robots of DingTalk, Feishu and WeCom."""
    outside: Outside = Outside()
    complaints: Complaints = Complaints()
    compensation: Compensation = Compensation()
    retrospectives: Retrospectives = Retrospectives()
    knowledge: Knowledge = Knowledge()
    authorities: Authorities | None = None
    """Outside authorities that wait for an answer (12315, 12345, platforms); the usual ones without it."""

    @model_validator(mode="after")
    def _authorities_have_words(self) -> Self:
        require_words(self.authorities)
        return self


def reference_context(data: object) -> dict[str, frozenset[str]]:
    """Gather what rules may refer to, so that a wrong reference is found beside other mistakes."""
    sections: dict[str, Any] = data if isinstance(data, dict) else {}
    departments = sections.get("departments")
    categories = sections.get("categories")
    context = {}
    if isinstance(departments, dict):
        context["departments"] = frozenset(departments)
    if isinstance(categories, dict):
        seconds = {f"{key}/{sub}" for key, row in categories.items() for sub in _subs(row)}
        context["categories"] = frozenset(categories) | seconds
    return context


def _subs(row: Any) -> list[str]:
    sub = row.get("sub") if isinstance(row, dict) else None
    return list(sub) if isinstance(sub, dict) else []
