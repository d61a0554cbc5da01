"""The schema of `retrospectives`: what is offered when, where they are run, who is there."""

from typing import Annotated, Literal

from pydantic import Field

from bot.desk_config.naming import Channel, DepartmentRef, PersonRef
from bot.desk_config.notations import Many
from bot.desk_config.schema_rules import Section
from tickets.case.values import Priority

RoleWord = Literal["service", "tech", "product", "quality"]


class Retrospectives(Section):
    """复盘: what is offered when, where they are run, who is there."""

    channel: Channel | None = None
    """Where they are run; without it the supervisors' channel."""
    priorities: Many[Priority] = (Priority.P1, Priority.P2)
    """One is offered once a case of these grades is closed."""
    low_score: Annotated[int, Field(ge=0, le=5)] = 3
    """One is offered for a score of so much or less; 0 for none."""
    repeats: bool = True
    """One is offered when a customer has to be told again."""
    falling: Annotated[int, Field(ge=0, le=100)] = 10
    """One is offered when satisfaction falls by so many points against the month before; 0 for never."""
    fewest: Annotated[int, Field(ge=1, le=10_000)] = 5
    """So many scores either month must have, to say so."""
    quarterly: bool = True
    """One is offered for each quarter."""
    chair: PersonRef | None = None
    """Who chairs them; without it a director."""
    departments: dict[RoleWord, DepartmentRef] = Field(default_factory=dict)
    """Whose leads are invited for service, tech, product and quality; without it the departments of these keys."""
