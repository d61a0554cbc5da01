"""The closed sets a ticket is described with (DESK.md 1)."""

from enum import StrEnum
from typing import Final, NewType

from tickets.message import PersonId

__all__ = [
    "ERASED",
    "AssignCause",
    "CauseDimension",
    "ComplaintOutcome",
    "Complexity",
    "ContactChannel",
    "ContactOutcome",
    "CustomerId",
    "CustomerType",
    "Direction",
    "Dissatisfaction",
    "Emotion",
    "Impact",
    "Kind",
    "LateCause",
    "Number",
    "PersonId",
    "Priority",
    "RepeatCause",
    "Risk",
    "Salutation",
    "Solved",
    "Status",
    "Text",
]

Number = NewType("Number", str)
"""YYYYMMDD + a serial of the day, at least three digits (R2, C1)."""

CustomerId = NewType("CustomerId", str)

Text = NewType("Text", str)
"""Free text of a person: sealed by the vault wherever it is kept (R113)."""

ERASED: Final = Text("［已删除 erased］")
"""Stands, in every language, where words were that were erased or disposed of."""


class Kind(StrEnum):
    """工单类型 (R24)."""

    INQUIRY = "inquiry"
    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    AFTER_SALES = "after_sales"
    SERVICE_REQUEST = "service_request"


class Status(StrEnum):
    """处理状态: one machine inside, labels per desk (C14)."""

    NEW = "new"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    WAITING_CUSTOMER = "waiting_customer"
    ON_HOLD = "on_hold"
    RESOLVED = "resolved"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"
    INVALID = "invalid"
    MERGED = "merged"
    ARCHIVED = "archived"

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still owes something on it."""
        return self not in {Status.CLOSED, Status.INVALID, Status.MERGED, Status.ARCHIVED}

    @property
    def is_paused(self) -> bool:
        """Tell whether the ticket waits for others (C5)."""
        return self in {Status.WAITING_CUSTOMER, Status.ON_HOLD}

    @property
    def is_working(self) -> bool:
        """Tell whether the case is still to be solved."""
        return self in {
            Status.NEW,
            Status.ACCEPTED,
            Status.IN_PROGRESS,
            Status.WAITING_CUSTOMER,
            Status.ON_HOLD,
        }


class Priority(StrEnum):
    """优先级, P1 the highest (R15, R33, R34, C3)."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"

    def raised(self, steps: int = 1) -> "Priority":
        """Give the priority that many steps up; P1 stays."""
        ladder = (Priority.P1, Priority.P2, Priority.P3)
        return ladder[max(0, ladder.index(self) - steps)]


class ContactChannel(StrEnum):
    """渠道: how the customer reached us (R9)."""

    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    SOCIAL = "social"
    LETTER = "letter"
    CHAT = "chat"
    WEB_FORM = "web_form"
    OFFICIAL_ACCOUNT = "official_account"
    MINI_PROGRAM = "mini_program"
    SLACK = "slack"


class Salutation(StrEnum):
    """先生, 女士 or none (R5)."""

    MR = "mr"
    MS = "ms"
    NONE = "none"


class CustomerType(StrEnum):
    """客户类型 (R7)."""

    NEW = "new"
    EXISTING = "existing"
    VIP = "vip"


class Emotion(StrEnum):
    """客户情绪 (R28)."""

    CALM = "calm"
    ANXIOUS = "anxious"
    DISAPPOINTED = "disappointed"
    ANGRY = "angry"


class Risk(StrEnum):
    """高风险 (R30)."""

    SAFETY = "safety"
    FRAUD = "fraud"
    DATA_BREACH = "data_breach"
    MAJOR_LOSS = "major_loss"


class Impact(StrEnum):
    """影响范围 (R32)."""

    ONE = "one"
    SEVERAL = "several"
    MANY = "many"


class Complexity(StrEnum):
    """一般 or 复杂 (R51)."""

    ORDINARY = "ordinary"
    COMPLEX = "complex"


class ComplaintOutcome(StrEnum):
    """How a complaint ended: 成立, 部分成立, 不成立, 撤诉."""

    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"
    WITHDRAWN = "withdrawn"


class Direction(StrEnum):
    """Whether a case came through an authority outside, or went to one."""

    CAME = "came"
    WENT = "went"


class CauseDimension(StrEnum):
    """Where the root cause lies (R119)."""

    PEOPLE = "people"
    PROCESS = "process"
    SYSTEM = "system"
    EXTERNAL = "external"


class Solved(StrEnum):
    """What the customer says of the result (R89)."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Dissatisfaction(StrEnum):
    """Why a score is 3 or less (R87)."""

    TOO_SLOW = "too_slow"
    BELOW_EXPECTATION = "below_expectation"
    ATTITUDE = "attitude"
    OTHER = "other"


class LateCause(StrEnum):
    """超时原因 (R105)."""

    UNDERSTAFFED = "understaffed"
    NO_PARTS = "no_parts"
    CUSTOMER_DATA = "customer_data"  # what the customer told is incomplete
    EXTERNAL = "external"  # waiting for somebody outside
    OTHER = "other"


class RepeatCause(StrEnum):
    """Why a customer calls again about what was answered (R79)."""

    NOT_RECEIVED = "not_received"
    NOT_UNDERSTOOD = "not_understood"
    NOT_DONE = "not_done"
    WORSE_AGAIN = "worse_again"

    @property
    def is_open_again(self) -> bool:
        """Tell whether the matter itself is not settled, whatever was told."""
        return self in {RepeatCause.NOT_DONE, RepeatCause.WORSE_AGAIN}


class ContactOutcome(StrEnum):
    """How an attempt to reach the customer ended."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"


class AssignCause(StrEnum):
    """Why a ticket came to the one who has it now."""

    RULE = "rule"
    PERSON = "person"
    HAND_BACK = "hand_back"
    HANDOVER = "handover"
    DEPUTY = "deputy"
    LOW_SCORE = "low_score"
    REOPENED = "reopened"
    ON_THE_SPOT = "on_the_spot"
