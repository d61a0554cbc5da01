"""What a call for a retrospective must hold: a theme or a case, a goal, a date, people who fit (R118, R120)."""

from collections.abc import Mapping
from datetime import datetime

from tickets.case.values import Number, Text
from tickets.desk.retro_step import Turn, unfit
from tickets.errors import IllegalMove, Incomplete
from tickets.message import Message, say
from tickets.retrospectives.dates import AHEAD, is_sooner
from tickets.retrospectives.retrospective import OPEN, Retrospective


def require_whole(turn: Turn, retro: Retrospective) -> None:
    """Raise Incomplete, each field with its sentence, where something of a call is missing or does not fit."""
    problems: dict[str, Message] = {}
    if retro.number is None and not retro.record.theme:
        problems["theme"] = say("retro.theme_missing")
    if retro.number is None:
        problems |= _period_problems(retro, turn.now)
    if not retro.record.goal:
        problems["goal"] = say("retro.goal_missing")
    problems |= date_problems(turn, retro.held_at, retro.record.why_sooner)
    for name in ("chair", "recap"):
        if getattr(retro, name) is None:
            problems[name] = say("retro.person_missing")
    problems |= _about(turn, retro)
    if problems:
        raise Incomplete(problems)


def _period_problems(retro: Retrospective, now: datetime) -> Mapping[str, Message]:
    """Days that run backwards, or of which none has begun: nobody looks back on what is to come."""
    if not (retro.starts_at and retro.ends_at and retro.starts_at < retro.ends_at):
        return {"until": say("retro.period_wrong")}
    return {"since": say("retro.period_to_come")} if retro.starts_at > now else {}


def date_problems(turn: Turn, held_at: datetime | None, why: Text) -> Mapping[str, Message]:
    """Give what is wrong with a date: none, past, or sooner than people can prepare without a reason."""
    if held_at is None:
        return {"when": say("field.date_missing")}
    if held_at <= turn.now:
        return {"when": say("retro.date_past")}
    if not why and is_sooner(turn.calendar, held_at, turn.now):
        return {"why_sooner": say("retro.too_soon", days=AHEAD)}
    return {}


def _about(turn: Turn, retro: Retrospective) -> Mapping[str, Message]:
    """Whom a complaint is about hears nothing of it (R25), nor do people who are not of the desk."""
    named = {"chair": (retro.chair,), "recap": (retro.recap,), "people": retro.people}
    found = {name: unfit(turn, retro, people) for name, people in named.items()}
    return {name: problem for name, problem in found.items() if problem}


def require_none_under_way(turn: Turn, number: Number) -> None:
    """Raise IllegalMove where a retrospective of this case is under way."""
    found = turn.unit.retrospectives.of_case(number)
    if any(one.standing in OPEN for one in found):
        raise IllegalMove("retro.under_way", number=number)
