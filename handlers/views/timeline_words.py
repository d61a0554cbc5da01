"""What each kind of fact says on the timeline, apart from people's own words."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from handlers.views import labels
from handlers.views.complaint_lines import money
from handlers.views.grading_words import pieces_of
from handlers.views.rich import Piece
from handlers.views.signal_words import usual_words
from tickets.case import facts as f
from tickets.case.corrections import IDENTITY
from tickets.case.values import (
    AssignCause,
    CauseDimension,
    ComplaintOutcome,
    Complexity,
    ContactChannel,
    ContactOutcome,
    Direction,
    Dissatisfaction,
    LateCause,
    Priority,
    RepeatCause,
    Solved,
    Status,
)
from tickets.handbook import Handbook
from tickets.message import PersonId, Word, say
from tickets.time.deadline import BREACH, WARNING, DeadlineKind, MoveCause, MoveEffect
from tickets.tongue import Tongue

Sentence = tuple[str, dict[str, Piece]]

_NAMES: Mapping[type[StrEnum], Callable[[Tongue, StrEnum], str]] = MappingProxyType(
    {
        ContactChannel: lambda tongue, one: tongue(f"contact_channel.{one}"),
        ContactOutcome: lambda tongue, one: tongue(f"contact_outcome.{one}"),
        Direction: lambda tongue, one: tongue(f"direction.{one}"),
        CauseDimension: lambda tongue, one: tongue(f"cause_dimension.{one}"),
        Complexity: lambda tongue, one: tongue(f"complexity.{one}"),
        Dissatisfaction: lambda tongue, one: tongue(f"dissatisfaction.{one}"),
        Solved: lambda tongue, one: tongue(f"solved.{one}"),
        AssignCause: lambda tongue, one: tongue(f"assign_cause.{one}"),
        RepeatCause: lambda tongue, one: tongue(f"repeat_cause.{one}"),
        LateCause: lambda tongue, one: tongue(f"late_cause.{one}"),
        DeadlineKind: lambda tongue, one: tongue(f"deadline.{one}"),
        ComplaintOutcome: lambda tongue, one: tongue(f"complaint_outcome.{one}"),
        MoveCause: lambda tongue, one: tongue(f"move_cause.{one}"),
    }
)
_PEOPLE = frozenset({"assignee", "owner", "stands_in_for", "contact", "caller", "called", "people"})
_SHOWN: Mapping[type[f.Fact], tuple[str, ...]] = MappingProxyType(
    {
        f.Logged: ("category", "priority", "contact_channel", "received_at"),
        f.Corrected: ("field",),
        f.FilledIn: ("category",),
        f.CustomerTagged: ("tag", "cases"),
        f.Assigned: ("department", "assignee", "cause"),
        f.CollaboratorsNamed: ("people", "contact"),
        f.PriorityChanged: ("was", "now"),
        f.ComplexityJudged: ("complexity",),
        f.Contacted: ("way", "outcome"),
        f.Planned: ("finish_by",),
        f.CustomerTold: ("way",),
        f.ToldAgain: ("cause", "way"),
        f.ParentNamed: ("parent",),
        f.ParentLeft: ("parent",),
        f.ChildJoined: ("child",),
        f.ChildLeft: ("child",),
        f.CallbackTried: ("outcome",),
        f.Opinion: ("question",),
        f.Scored: ("score", "solved"),
        f.RoundBegun: ("round",),
        f.SupervisorCalled: ("outcome",),
        f.CallTakenOver: ("caller",),
        f.Promised: ("due_at",),
        f.FollowedUp: ("until",),
        f.Merged: ("survivor",),
        f.Absorbed: ("other",),
        f.Linked: ("other",),
        f.Archived: ("key",),
        f.ArticleUsed: ("article", "title"),
        f.Decided: ("owner", "due_at"),
        f.DisputeSettled: ("department",),
        f.Asked: ("department",),
        f.Answered: ("department",),
        f.NotOurs: ("department",),
        f.StatusSaid: ("status",),
        f.Imported: ("source",),
        f.LatenessExplained: ("cause",),
        f.StageReached: ("kind", "due_at"),
        f.DeadlineMoved: ("kind", "why"),
        f.Heard: ("kind", "due_at"),
        f.CollaboratorsProposed: ("people", "contact"),
        f.SignalSeen: ("count", "days", "usual"),
        f.AuthorityNamed: ("authority", "direction", "due_at"),
        f.AuthorityMoved: ("authority", "was", "now"),
        f.AuthorityAnswered: ("authority",),
        f.StepTicked: ("step",),
        f.ApprovalAsked: ("amount",),
        f.StepUnticked: ("step",),
        f.OutcomeJudged: ("outcome",),
    }
)
_SHOWN_WHEN_SET: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "timeline.asked_called": ("called",),
        "timeline.scored_low": ("dissatisfaction",),
        "timeline.round_begun_reason": ("dissatisfaction",),
        "timeline.scored_by_survey": ("answered_at",),
        "timeline.scored_low_by_survey": ("answered_at", "dissatisfaction"),
        "timeline.opinion_scale": ("scale",),
        "timeline.opinion_choice": ("choice",),
        "timeline.waiting_until": ("until",),
        "timeline.held_until": ("until",),
        "timeline.stage_reached": ("stage",),
        "timeline.deadline_moved": ("before", "after"),
        "timeline.deadline_moved_breached": ("before", "after"),
        "timeline.deadline_moved_cleared": ("before", "after"),
        "timeline.deadline_moved_begun": ("after",),
        "timeline.deadline_moved_ended": ("before",),
    }
)

_EFFECTS: Mapping[MoveEffect, str] = MappingProxyType(
    {
        MoveEffect.NONE: "deadline_moved",
        MoveEffect.BREACHED: "deadline_moved_breached",
        MoveEffect.CLEARED: "deadline_moved_cleared",
    }
)


def sentence_of(fact: f.Fact, handbook: Handbook, tongue: Tongue) -> Sentence:
    """Give the message id and the pieces of a fact's sentence."""
    kind = type(fact)
    message_id = f"timeline.{_variant(fact) or _snake(kind.__name__)}"
    if isinstance(fact, f.Graded):
        return message_id, pieces_of(fact, handbook, tongue)
    if isinstance(fact, f.DisputeSettled) and not fact.department:
        return "timeline.dispute_kept", {}
    names = _SHOWN.get(kind, ()) + _SHOWN_WHEN_SET.get(message_id, ())
    pieces = {name: _piece(name, fact, handbook, tongue) for name in names}
    if isinstance(fact, f.Opinion):
        asked = {name: getattr(fact, name) for name in ("question", "choice") if name in pieces}
        pieces |= {
            name: labels.question(fact.question, value, handbook, tongue)
            for name, value in asked.items()
        }
    return message_id, pieces


def spoken(fact: f.Fact, text: str, handbook: Handbook, tongue: Tongue) -> str:
    """Say a corrected choice in words; any other text is a person's own and stays as it is."""
    if not isinstance(fact, f.Corrected):
        return text
    if fact.field in IDENTITY:
        return text
    if fact.field == "category":
        return labels.category_path(text, handbook, tongue)
    if fact.field == "complaint_type":
        return labels.complaint_type(text, handbook, tongue)
    return labels.choice(fact.field, text, tongue)


def _variant(fact: f.Fact) -> str:
    """Some facts say different things by one of their fields."""
    match fact:
        case f.DisputeSettled(department=""):
            return "dispute_kept"
        case f.Resolved(on_the_spot=True):
            return "answered_on_the_spot"
        case f.Logged(fast_lane=fast, backfilled=later) if fast or later:
            return "logged_fast" if fast else "logged_later"
        case f.WorkaroundGiven(told=True):
            return "workaround_given_told"
        case f.RoundBegun(by_low_score=True, dissatisfaction=reason):
            return "round_begun_reason" if reason else "round_begun_low_score"
        case _:
            return _fuller(fact)


def _fuller(fact: f.Fact) -> str:
    """Some facts say more when one of their fields is set."""
    match fact:
        case f.Opinion() | f.Scored() | f.CallsWelcome():
            return _of_callback(fact)
        case f.Waiting(until=datetime()) | f.Held(until=datetime()):
            return "waiting_until" if isinstance(fact, f.Waiting) else "held_until"
        case f.Asked(called=str()):
            return "asked_called"
        case f.StageReached() | f.DeadlineMoved() | f.Heard():
            return _of_time(fact)
        case _:
            return ""


def _of_callback(fact: f.Opinion | f.Scored | f.CallsWelcome) -> str:
    match fact:
        case f.CallsWelcome(wished=wished):
            return "calls_welcome" if wished else "calls_welcome_decided"
        case f.Scored(dissatisfaction=reason, answered_at=answered_at):
            low = "scored_low" if reason else "scored"
            return f"{low}_by_survey" if answered_at else low
        case f.Opinion(scale=None, choice=choice):
            return "opinion_choice" if choice else "opinion"
        case f.Opinion():
            return "opinion_scale"


def _of_time(fact: f.StageReached | f.DeadlineMoved | f.Heard) -> str:
    """What time did says by its stage, and by where a deadline went."""
    match fact:
        case f.StageReached(stage=stage, missed_warning=missed):
            return _of_stage(stage, missed=missed)
        case f.DeadlineMoved():
            return _of_move(fact)
        case f.Heard(cancels=cancels):
            return "heard" if cancels is None else "heard_cancels"


def _of_stage(stage: int, *, missed: bool) -> str:
    if stage == WARNING:
        return "stage_reached_warning"
    if stage > BREACH:
        return "stage_reached"
    return "stage_reached_breach_unwarned" if missed else "stage_reached_breach"


def _of_move(fact: f.DeadlineMoved) -> str:
    if fact.after is None:
        return "deadline_moved_ended"
    if fact.before is None:
        return "deadline_moved_begun"
    return _EFFECTS[fact.effect]


def _piece(name: str, fact: f.Fact, handbook: Handbook, tongue: Tongue) -> Piece:
    value = getattr(fact, name)
    if name in _PEOPLE:
        return _people(value, tongue)
    match value:
        case Priority():
            return labels.priority(value, handbook, tongue)
        case Status():
            return labels.status(value, handbook, tongue)
        case StrEnum():
            return _NAMES[type(value)](tongue, value)
        case datetime() | int() | float() | None:
            return _figure(name, value, handbook, tongue)
        case _:
            return _key(name, str(value), handbook, tongue)


def _figure(name: str, value: datetime | float | None, handbook: Handbook, tongue: Tongue) -> Piece:
    if value is None:
        return tongue("timeline.cost" if name == "amount" else "timeline.not_said")
    if isinstance(value, float):
        return usual_words(value, tongue)
    if name == "round" and isinstance(value, int):
        return labels.round_name(value, tongue)
    if name == "amount" and isinstance(value, int):
        return money(value, handbook, tongue)
    return value


def _people(value: PersonId | tuple[PersonId, ...] | None, tongue: Tongue) -> str:
    if isinstance(value, tuple):
        return labels.people(value, tongue) or tongue("words.nobody")
    return labels.person(value, tongue)


def _of_complaint(name: str, value: str, handbook: Handbook, tongue: Tongue) -> str:
    """Name a step of the checklist, an authority; a cost is approved without an amount."""
    if name == "authority":
        return labels.authority(value, handbook, tongue)
    if name == "amount":
        return tongue("timeline.cost")
    return tongue.of(say("complaint.step", step=Word(f"complaint_step.{value}")))


def _key(name: str, value: str, handbook: Handbook, tongue: Tongue) -> str:
    match name:
        case "category" | "department" | "tag":
            return _of_the_desk(name, value, handbook, tongue)
        case "step" | "amount" | "authority":
            return _of_complaint(name, value, handbook, tongue)
        case "field":
            return tongue(f"form.{value}")
        case "source":
            return tongue(f"sheet.table.{value}")
        case _:
            return value


def _of_the_desk(name: str, value: str, handbook: Handbook, tongue: Tongue) -> str:
    if name == "category":
        return labels.category_path(value, handbook, tongue)
    if name == "tag":
        return labels.customer_tag(value, handbook, tongue)
    return labels.department(value, handbook, tongue) or handbook.name.in_(tongue.language)


def _snake(name: str) -> str:
    return "".join(f"_{one.lower()}" if one.isupper() else one for one in name).lstrip("_")
