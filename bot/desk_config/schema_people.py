"""The schema of people, departments and duty rosters."""

from typing import Annotated, Self

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator

from bot.desk_config.misfit import Misfit, suggestion
from bot.desk_config.naming import AssignWord, Channel, PeopleRef, PersonKey, PersonRef
from bot.desk_config.notations import Many, OneDate, ShiftHours, Weekdays, told
from bot.desk_config.references import parse_person
from bot.desk_config.schema_rules import Section, misfit
from bot.desk_config.schema_texts import AnyWords

StaffNo = Annotated[str, StringConstraints(min_length=1, max_length=20)]
ROLES = ("agents", "supervisors", "directors", "admins", "auditors", "librarians", "analysts")


def _entry_key(raw: str) -> str:
    try:
        return parse_person(raw)
    except Misfit:
        hint = suggestion(raw, [*ROLES, "deputies", "staff_no"])
        wrong = f"expected a role such as agents, or a person's id, got '{raw}'{hint}"
        raise Misfit(wrong) from None


EntryKey = Annotated[str, AfterValidator(told(_entry_key, "desk_key"))]


class Person(Section):
    """What is known of one person."""

    staff_no: StaffNo | None = None
    """工号, said in the opening words."""


class People(Section):
    """Who is who: member ids (U…/W…), user groups (S…) or e-mail addresses."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[EntryKey, Person] = Field(init=False)

    agents: Many[PeopleRef] = ()
    """客服专员: log cases, call customers."""
    supervisors: Many[PeopleRef] = ()
    """客服主管: everything, across departments."""
    directors: Many[PeopleRef] = ()
    """服务总监."""
    admins: Many[PeopleRef] = ()
    """系统管理员: told of a desk.yml that cannot be used."""
    auditors: Many[PeopleRef] = ()
    """审计员."""
    librarians: Many[PeopleRef] = ()
    """知识库管理员."""
    analysts: Many[PeopleRef] = ()
    """数据分析专员: figures only."""
    deputies: dict[PersonKey, PersonRef] = Field(default_factory=dict)
    """Who takes over when somebody is away."""
    staff_no: dict[PersonKey, StaffNo] = Field(default_factory=dict)
    """工号 by person."""

    def refs(self, role: str) -> tuple[str, ...]:
        """Give who is listed under a role, as written."""
        return tuple(getattr(self, role))


class Department(Section):
    """责任部门."""

    name: AnyWords
    channel: Channel
    """Where its cards are posted."""
    lead: PersonRef
    """部门负责人."""
    members: Many[PeopleRef] = ()
    """责任部门成员."""
    assign: AssignWord


class ShiftRow(Section):
    """One row of a duty roster: on these days, between these hours, these people."""

    days: Weekdays | None = None
    dates: Many[OneDate] = ()
    hours: ShiftHours
    """Local time; a night shift such as 22:00-06:00 runs into the next day."""
    people: Annotated[Many[PeopleRef], Field(min_length=1)]

    @model_validator(mode="after")
    def _one_kind_of_days(self) -> Self:
        if (self.days is None) == (not self.dates):
            raise misfit("expected either 'days' such as mon-fri or 'dates'")
        return self
