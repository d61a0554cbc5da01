"""Which sentence each kind of fact says on the timeline, and with which of its fields, apart from people's own words."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from handlers.views import labels
from handlers.views.grading_words import pieces_of
from handlers.views.rich import Piece
from handlers.views.timeline_pieces import piece_of
from tickets.case import facts as f
from tickets.case.corrections import IDENTITY
from tickets.handbook import Handbook
from tickets.time.deadline import BREACH, WARNING, MoveEffect
from tickets.tongue import Tongue

Sentence = tuple[str, dict[str, Piece]]

_SHOWN: Mapping[type[f.Fact], tuple[str, ...]] = MappingProxyType(
    {
        f.Logged: ("category", "priority", "contact_channel", "received_at"),
        f.Corrected: ("field",),
        f.FilledIn: ("category",),
        f.CustomerTagged: ("tag", "cases"),
        f.Assigned: ("department", "cause"),
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
        "timeline.assigned": ("assignee",),
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
    pieces = {name: piece_of(name, fact, handbook, tongue) for name in names}
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
        case f.Logged():
            return _of_intake(fact)
        case f.WorkaroundGiven(told=True):
            return "workaround_given_told"
        case f.RoundBegun(by_low_score=True, dissatisfaction=reason):
            return "round_begun_reason" if reason else "round_begun_low_score"
        case _:
            return _fuller(fact)


def _of_intake(fact: f.Logged) -> str:
    if fact.contact_channel is None:
        return "logged_by_desk"
    if fact.fast_lane:
        return "logged_fast"
    return "logged_later" if fact.backfilled else ""


def _fuller(fact: f.Fact) -> str:
    """Some facts say more, or less, by whether one of their fields is set."""
    match fact:
        case f.Opinion() | f.Scored() | f.CallsWelcome():
            return _of_callback(fact)
        case f.Waiting(until=datetime()) | f.Held(until=datetime()):
            return "waiting_until" if isinstance(fact, f.Waiting) else "held_until"
        case f.Asked(called=str()):
            return "asked_called"
        case f.Assigned(assignee=None):
            return "assigned_nobody"
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


def _snake(name: str) -> str:
    return "".join(f"_{one.lower()}" if one.isupper() else one for one in name).lstrip("_")
