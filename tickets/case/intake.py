"""Intake: what a person types into the form, what is refused and what is a hint (R2–R19, DESK.md 1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tickets.case.channels import unsafe_way
from tickets.case.complaint_gates import evidence_asked
from tickets.case.values import (
    ContactChannel,
    CustomerId,
    CustomerType,
    Emotion,
    Impact,
    Kind,
    Number,
    Priority,
    Risk,
    Salutation,
)
from tickets.case.wording import forbidden_phrase, graphemes, vague_word
from tickets.handbook import Handbook, SubCategory
from tickets.message import Message, say

SHORTEST_DESCRIPTION = 10  # graphemes (DESK.md 1)
BACKFILLED_AFTER = timedelta(
    hours=1
)  # received longer ago than this was written down later (补录, R21)
FUTURE_TOLERANCE = timedelta(minutes=5)  # clocks of telephones and desks differ


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFile:
    """A file handed in with the form."""

    file_id: str
    name: str
    mimetype: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """The form as typed; times aware. Empty text means not given."""

    customer_id: CustomerId | None = None  # carried over from the case before
    linked_to: Number | None = None  # an earlier case that belongs to this one
    name: str = ""
    salutation: Salutation = Salutation.NONE
    phone: str = ""
    email: str = ""
    preferred_channel: ContactChannel | None = None
    anonymous: bool = False
    withholds_contact: bool = False
    customer_type: CustomerType | None = None  # None: derived, new or existing
    customer_level: str = ""
    elderly: bool = False  # a special group, served with patience (R7)
    contact_channel: ContactChannel = ContactChannel.PHONE
    received_at: datetime
    category: str = ""
    description: str = ""
    when: str = ""
    where: str = ""
    expectation: str = ""
    expected_by: datetime | None = None
    product: str = ""
    order_no: str = ""
    urgency: Priority | None = None
    emotion: Emotion = Emotion.CALM
    risks: frozenset[Risk] = frozenset()
    impact: Impact = Impact.ONE
    needs_customer: bool = False
    known_issue: bool = False
    complaint_type: str = ""  # 投诉类型, by the desk's list (R25)
    authority: str = ""  # outside, through which it came (12315 …)
    authority_no: str = ""  # its number there
    authority_due: datetime | None = None  # None: as many days as the desk has for it
    evidence: tuple[EvidenceFile, ...] = ()
    evidence_without: str = ""  # why it goes on without what its category asks for
    remarks: str = ""
    read_back: bool = False
    answered_with: str = ""  # a result given on the spot (R36)
    fast_lane: bool = False  # taken in one line; the rest is owed (R21)
    invalid_note: str = ""  # not a valid case, and why (R17)


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong by field, and what is worth knowing but refuses nothing."""

    problems: dict[str, Message]
    hints: tuple[Message, ...]


def check(
    intake: Intake,
    handbook: Handbook,
    *,
    now: datetime,
    phone_is_valid: bool,
    may_go_without: bool = False,
) -> Checked:
    """Check a typed form. Sources: R10, R11, R16, R18; DESK.md 1 "Refused at intake".

    `may_go_without`: a supervisor's case, or a VIP's, goes on without evidence for a reason.
    """
    sub = handbook.subcategory(intake.category)
    problems = {
        **_who(intake, sub, phone_is_valid=phone_is_valid),
        **_what(intake, sub, handbook),
        **_proof(intake, sub, handbook, may_go_without=may_go_without),
        **_times(intake, now),
    }
    return Checked(problems, tuple(_hints(intake, handbook)))


def _who(intake: Intake, sub: SubCategory | None, *, phone_is_valid: bool) -> dict[str, Message]:
    problems: dict[str, Message] = {}
    known = intake.customer_id is not None
    if not (intake.name.strip() or intake.anonymous or known):
        problems["name"] = say("intake.name_or_anonymous")
    if intake.phone.strip() and not phone_is_valid:
        problems["phone"] = say("intake.phone_not_a_number")
    if intake.email.strip() and "@" not in intake.email:
        problems["email"] = say("intake.email_not_an_address")
    is_complaint = sub is not None and sub.kind is Kind.COMPLAINT
    reachable = intake.phone.strip() or intake.email.strip() or known
    if is_complaint and not (reachable or intake.withholds_contact):
        problems.setdefault("phone", say("intake.complaint_needs_contact"))
    return problems


def _what(intake: Intake, sub: SubCategory | None, handbook: Handbook) -> dict[str, Message]:
    problems: dict[str, Message] = {}
    if sub is None:
        problems["category"] = say("intake.category_missing")
    if intake.urgency is None:
        problems["urgency"] = say("intake.urgency_missing")
    if problem := description_problem(intake.description, handbook):
        problems["description"] = problem
    if problem := _vague(intake.answered_with, handbook):
        problems["answered_with"] = problem
    wishes = sub is not None and sub.kind in {Kind.COMPLAINT, Kind.AFTER_SALES}
    if wishes and not (intake.expectation.strip() or intake.invalid_note.strip()):
        problems["expectation"] = say("intake.expectation_missing")
    return problems | _if_invalid(intake)


def _proof(
    intake: Intake, sub: SubCategory | None, handbook: Handbook, *, may_go_without: bool
) -> dict[str, Message]:
    """Ask for the evidence of the category, or for the reason of somebody who may go on without it (R18)."""
    if not lacks_evidence(intake, sub):
        return {}
    if not intake.evidence_without.strip():
        asked = evidence_asked(intake.category, handbook)
        return {"evidence": say("intake.evidence_missing", what=asked)}
    return {} if may_go_without else {"evidence_without": say("intake.without_not_yours")}


def _if_invalid(intake: Intake) -> dict[str, Message]:
    """What is no valid case has no answer, and nobody outside waits for one."""
    if not intake.invalid_note.strip():
        return {}
    if intake.answered_with.strip():
        return {"invalid_note": say("intake.answered_or_invalid")}
    return {"invalid_note": say("authority.waits_at_intake")} if intake.authority else {}


def lacks_evidence(intake: Intake, sub: SubCategory | None) -> bool:
    """What is answered on the spot, or is no case, goes to no department that would need to see it (R18)."""
    stays = intake.answered_with.strip() or intake.invalid_note.strip()
    return sub is not None and bool(sub.required_evidence) and not (stays or intake.evidence)


def description_problem(text: str, handbook: Handbook) -> Message | None:
    """Tell what is wrong with a description, typed or put right: too short, or vague (R10, R11)."""
    if vague := _vague(text, handbook):
        return vague
    if graphemes(text) < SHORTEST_DESCRIPTION:
        return say("intake.description_short", least=SHORTEST_DESCRIPTION)
    return None


def _vague(text: str, handbook: Handbook) -> Message | None:
    word = vague_word(text, handbook.intake.vague_words, handbook.intake.spare)
    return say("intake.vague", word=word) if word else None


def _times(intake: Intake, now: datetime) -> dict[str, Message]:
    if intake.received_at > now + FUTURE_TOLERANCE:
        return {"received_at": say("intake.received_in_future")}
    if intake.expected_by and intake.expected_by < intake.received_at:
        return {"expected_by": say("intake.expected_in_past")}
    if intake.authority and intake.authority_due and intake.authority_due <= now:
        return {"authority_due": say("authority.in_past_at_intake")}
    return {}


def _hints(intake: Intake, handbook: Handbook) -> list[Message]:
    hints: list[Message] = []
    if not intake.when.strip():
        hints.append(say("intake.hint_when"))
    if not intake.where.strip():
        hints.append(say("intake.hint_where"))
    if not intake.read_back:
        hints.append(say("intake.hint_read_back"))
    for text in (intake.description, intake.answered_with, intake.remarks):
        phrase = forbidden_phrase(text, handbook.intake.forbidden)
        if phrase:
            hints.append(say("intake.hint_forbidden", phrase=phrase))
        if way := unsafe_way(text):
            hints.append(say("intake.hint_unsafe_way", way=way))
    return hints
