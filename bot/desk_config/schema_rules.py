"""The schema of rules: conditions, routing, priority and deadlines."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.desk_config.naming import (
    AssignWord,
    CategoryRef,
    DepartmentRef,
    LadderTold,
    Name,
    RoutingTold,
)
from bot.desk_config.notations import Many, Target
from tickets.case.values import Complexity, CustomerType, Impact, Kind, Priority

RiskWord = Literal["any", "safety", "fraud", "data_breach", "major_loss"]
StartWord = Literal["logged", "assigned", "resolved", "told", "confirmed"]
EndWord = Literal["close", "midnight"]


class Section(BaseModel):
    """A part of desk.yml: only known keys, and nothing changes after reading."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, use_attribute_docstrings=True
    )


def misfit(text: str) -> PydanticCustomError:
    """Make an error that concerns a whole entry."""
    return PydanticCustomError("desk_entry", "{wrong}", {"wrong": text})


class When(Section):
    """A condition: every key given must fit the case; several values of a key mean any of them."""

    kind: Many[Kind] = ()
    category: Many[CategoryRef] = ()
    """`after_sales` for all of a category, `after_sales/fault` for one of its second level."""
    priority: Many[Priority] = ()
    customer: Many[CustomerType] = ()
    """new, existing or vip."""
    level: Many[Name] = ()
    """The VIP's level."""
    group: Many[Name] = ()
    """A special group such as elderly."""
    tag: Many[Name] = ()
    """A tag of the customer, by its key under `customer.tags`."""
    department: Many[DepartmentRef] = ()
    risks: Many[RiskWord] = ()
    """`any`, or one of these."""
    impact: Many[Impact] = ()
    """How many customers it reaches."""
    complexity: Many[Complexity] = ()
    """ordinary or complex, as the supervisor decides."""


class RoutingRow(Section):
    """Where a case goes; the first row that fits decides."""

    when: When = When()
    department: DepartmentRef
    assign: AssignWord | None = None
    """How the assignee is picked; without it as the department does."""
    tell: Many[RoutingTold] = ()
    """Who else is told."""


class PriorityRow(Section):
    """A change of the urgency as typed."""

    when: When
    steps: Annotated[int, Field(ge=1, le=2)] | None = Field(None, alias="raise")
    """Steps up; P1 stays."""
    set: Priority | None = None

    @model_validator(mode="after")
    def _one_change(self) -> Self:
        if (self.steps is None) == (self.set is None):
            raise misfit("expected either 'raise' (steps up) or 'set' (P1, P2 or P3)")
        return self


class LongTarget(Section):
    """A target with its end or its start written out."""

    within: Target = Field(alias="in")
    ends: EndWord | None = None
    """Where the last working day of a `wd` target ends: close of business, or midnight."""
    start: StartWord | None = Field(None, alias="from")
    """When the clock starts, where not as usual for this deadline."""


def _long(raw: object) -> object:
    return raw if isinstance(raw, dict) else {"in": raw}


AnyTarget = Annotated[
    LongTarget, BeforeValidator(_long, json_schema_input_type=Target | LongTarget)
]


class LadderStep(Section):
    """A step of the ladder: at the breach or some time after it."""

    at: Literal["breach"] | None = None
    """The moment of the breach itself."""
    after: Target | None = None
    """So long after the breach."""
    tell: Annotated[Many[LadderTold], Field(min_length=1)]

    @model_validator(mode="after")
    def _one_moment(self) -> Self:
        if (self.at is None) == (self.after is None):
            raise misfit("expected either 'at: breach' or 'after' with a duration such as 4wh")
        return self


class DeadlineRow(Section):
    """Targets for the cases that fit; each key is given by the first row that names it."""

    when: When = When()
    accept: AnyTarget | None = None
    """受理, from the assignment."""
    response: AnyTarget | None = None
    """首次响应: the first contact with the customer."""
    workaround: AnyTarget | None = None
    """临时方案, told to the customer."""
    plan: AnyTarget | None = None
    """方案时限: a plan with its date, from the assignment."""
    resolution: AnyTarget | None = None
    """解决时限: the case resolved."""
    customer_feedback: AnyTarget | None = None
    """结果反馈: the customer told, from the solution."""
    callback: AnyTarget | None = None
    """满意度回访: the score, from the feedback."""
    supervisor_callback: AnyTarget | None = None
    """主管回访 after a score of 3 or less."""
    watch: AnyTarget | None = None
    """How long a solved case is watched when no date is typed."""
    internal: dict[DepartmentRef, Target] = Field(default_factory=dict)
    """How soon a department answers another's question."""
    warn_before: Target | None = None
    """How long before the due time the warning comes; half the whole if that is shorter."""
    ends: EndWord | None = None
    """Where the last day of every `wd` target ends that does not say so itself."""
    escalate: tuple[LadderStep, ...] | None = None
    """The ladder after a breach: who is told, and when."""

    def targets(self) -> dict[str, LongTarget]:
        """Give the targets that this row names, by kind of deadline."""
        named = {kind: getattr(self, kind) for kind in TARGET_KINDS}
        return {kind: target for kind, target in named.items() if target is not None}


TARGET_KINDS = (
    "accept", "response", "workaround", "plan", "resolution", "customer_feedback", "callback",
    "supervisor_callback", "watch",
)  # fmt: skip
