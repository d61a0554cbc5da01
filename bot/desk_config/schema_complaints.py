"""The schema of `complaints`: the checklist and what becomes of a complaint that ends without it."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from bot.desk_config.moments import as_timedelta
from bot.desk_config.naming import Key
from bot.desk_config.notations import ClockTime
from bot.desk_config.schema_rules import Section, misfit
from bot.desk_config.schema_texts import AnyWords
from tickets.complaint_rules import (
    CAUSES,
    CHECKLIST,
    LIMITS,
    TYPES,
    ComplaintRules,
    Named,
    Step,
    Unfinished,
)
from tickets.complaint_rules import Compensation as Rules
from tickets.insight.frequency import Frequency


class StepRow(Section):
    """A step of the checklist."""

    name: AnyWords | None = None
    """Where the step is not one of the usual ones, or goes by another name here."""
    required: bool = False
    """A complaint does not end without it."""


class FrequencyRow(Section):
    """When the same complaint comes more often than usual (投诉频率)."""

    window: ClockTime | None = None
    """How far back complaints are counted; 7d without it."""
    baseline: Annotated[int, Field(ge=1, le=52)] = 8
    """How many windows before it say what is usual."""
    min: Annotated[int, Field(ge=2, le=1000)] = 3
    """Fewer of a kind are never a signal."""


class Complaints(Section):
    """How complaints are handled."""

    frequency: FrequencyRow = FrequencyRow()
    checklist: dict[Key, StepRow] | None = None
    """The steps of a complaint in their order; without it confirmed, apologised, recorded, explained, carried_out, told, accepted."""
    types: Annotated[dict[Key, AnyWords | None], Field(min_length=1)] | None = None
    """投诉类型; without it product, attitude, timeliness, accuracy, policy, which need no words of their own."""
    causes: Annotated[dict[Key, AnyWords | None], Field(min_length=1)] | None = None
    """First causes a grading picks from; without it quality, attitude, delivery, response, information, policy, usage, other."""
    unfinished: Literal["note", "reason", "refuse"] = "note"
    """A complaint that is to be closed without a required step: that stays on its record; the supervisor says why, and an outcome is asked for; or it is refused."""

    @model_validator(mode="after")
    def _every_step_has_words(self) -> Self:
        for key, row in (self.checklist or {}).items():
            if row.name is None and key not in CHECKLIST:
                raise misfit(
                    f"expected a 'name' for the step '{key}', which is none of the usual ones"
                )
        return self

    @model_validator(mode="after")
    def _every_choice_has_words(self) -> Self:
        for rows, usual in ((self.types, TYPES), (self.causes, CAUSES)):
            known = {one.key for one in usual}
            for key, name in (rows or {}).items():
                if name is None and key not in known:
                    raise misfit(f"expected words for '{key}', which is none of the usual ones")
        return self


def complaint_rules(section: Complaints) -> ComplaintRules:
    """Make the rules; what the desk leaves out is as the procedures have it."""
    usual = ComplaintRules()
    steps = usual.checklist
    if section.checklist:
        steps = tuple(_step(key, row) for key, row in section.checklist.items())
    return ComplaintRules(
        checklist=steps,
        unfinished=Unfinished(section.unfinished),
        frequency=_frequency(section.frequency),
        types=_named(section.types, TYPES),
        causes=_named(section.causes, CAUSES),
    )


def _named(
    rows: Mapping[str, AnyWords | None] | None, usual: tuple[Named, ...]
) -> tuple[Named, ...]:
    if rows is None:
        return usual
    return tuple(Named(key, name.words().by_language if name else {}) for key, name in rows.items())


def _frequency(row: FrequencyRow) -> Frequency:
    window = as_timedelta(row.window) if row.window else Frequency().window
    return Frequency(window=window, baseline=row.baseline, least=row.min)


def _step(key: str, row: StepRow) -> Step:
    return Step(key, row.required, row.name.words().by_language if row.name else {})


Limit = Annotated[int, Field(ge=0, le=10_000_000)] | Literal["unlimited"]


class Limits(Section):
    """How much each may promise a customer without asking, in whole units of the currency."""

    agent: Limit | None = None
    assignee: Limit | None = None
    lead: Limit | None = None
    supervisor: Limit | None = None
    director: Limit | None = None


class Compensation(Section):
    """What may be promised to a customer, and who approves more."""

    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "CNY"
    limits: Limits = Limits()
    """Without a value: agent 0, assignee 100, lead 500, supervisor 2000, director unlimited."""


def compensation(section: Compensation) -> Rules:
    """Make the rules; a role that is left out has the usual limit."""
    named = {role: limit for role, limit in section.limits if limit is not None}
    given = {role: None if limit == "unlimited" else limit for role, limit in named.items()}
    return Rules(section.currency, {**LIMITS, **given})
