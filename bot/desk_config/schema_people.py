"""The schema of people, departments and duty rosters."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from bot.desk_config.naming import AssignWord, Channel, PeopleRef, PersonKey, PersonRef
from bot.desk_config.notations import Many, OneDate, ShiftHours, Weekdays
from bot.desk_config.schema_rules import Section, misfit
from bot.desk_config.schema_texts import AnyWords

StaffNo = Annotated[str, StringConstraints(min_length=1, max_length=20)]
ROLES = ("agents", "supervisors", "directors", "admins", "auditors", "librarians", "analysts")


class Person(Section):
    """What is known of one person."""

    staff_no: StaffNo | None = None
    """工号, said in the opening words."""


class People(Section):
    """Who is who: member ids (U…/W…), user groups (S…) or e-mail addresses."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[PersonKey, Person] = Field(init=False)

    agents: Many[PeopleRef] = ()
    supervisors: Many[PeopleRef] = ()
    directors: Many[PeopleRef] = ()
    admins: Many[PeopleRef] = ()
    auditors: Many[PeopleRef] = ()
    librarians: Many[PeopleRef] = ()
    analysts: Many[PeopleRef] = ()
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
    lead: PersonRef
    members: Many[PeopleRef] = ()
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
