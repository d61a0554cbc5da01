"""The handbook: what desk.yml says, as the rules read it (DESK.md 10)."""

from tickets.handbook.authorities import AUTHORITIES, Authority
from tickets.handbook.book import Handbook
from tickets.handbook.clocks import SILENCE, CalendarPlan, Duration, EscalationStep, PolicyRow, Span
from tickets.handbook.customers import (
    Callbacks,
    CustomerField,
    CustomerTag,
    IntakeRules,
    Privacy,
    Question,
    QuestionKind,
)
from tickets.handbook.outlets import Digest, OutsideEvent, Robot, RobotKind, Webhook
from tickets.handbook.people import Assign, AssignWay, Department, People, Shift
from tickets.handbook.routing import Category, Condition, PriorityRule, RoutingRule, SubCategory
from tickets.handbook.words import Words

__all__ = [
    "AUTHORITIES",
    "SILENCE",
    "Assign",
    "AssignWay",
    "Authority",
    "CalendarPlan",
    "Callbacks",
    "Category",
    "Condition",
    "CustomerField",
    "CustomerTag",
    "Department",
    "Digest",
    "Duration",
    "EscalationStep",
    "Handbook",
    "IntakeRules",
    "OutsideEvent",
    "People",
    "PolicyRow",
    "PriorityRule",
    "Privacy",
    "Question",
    "QuestionKind",
    "Robot",
    "RobotKind",
    "RoutingRule",
    "Shift",
    "Span",
    "SubCategory",
    "Webhook",
    "Words",
]
