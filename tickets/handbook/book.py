"""The handbook as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tickets.case.shown import Shown
from tickets.case.values import Priority, Status
from tickets.complaint_rules import Compensation, ComplaintRules
from tickets.handbook.authorities import AUTHORITIES, Authority
from tickets.handbook.clocks import SILENCE, CalendarPlan, Duration, PolicyRow, Span
from tickets.handbook.customers import Callbacks, CustomerField, CustomerTag, IntakeRules, Privacy
from tickets.handbook.outlets import Digest, Robot, Webhook
from tickets.handbook.people import Department, People
from tickets.handbook.routing import Category, PriorityRule, RoutingRule, SubCategory
from tickets.handbook.words import Words
from tickets.knowledge.rules import KnowledgeRules
from tickets.retrospectives.rules import RetrospectiveRules


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
    shown_labels: Mapping[Shown, Words] = field(default_factory=dict)
    """Words for a status at a point of its life; without one its status's own word stands."""
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
    table: str | None = None  # of the team's tables the one it keeps, where it says so

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
