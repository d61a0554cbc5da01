"""The fast lane: `/ticket fast WHO line` or one line on the profile, filled in afterwards (R21)."""

from collections.abc import Sequence

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.commands import whispered
from handlers.forms import Fields, fields_of
from handlers.lazy import later
from handlers.new_ticket import open_quick
from handlers.opening import present
from handlers.payloads import Json, memory_of, value_of
from handlers.sent import Sent, on_ticket
from handlers.typed import as_typed
from handlers.views.form_fields import FIELD_BLOCKS
from handlers.views.meta import unpack
from handlers.views.modal import sentence
from handlers.views.modals_fast_lane import LINE, one_line_case
from handlers.words import Line
from tickets.case import facts as f
from tickets.case.values import Kind, Priority, Text
from tickets.desk.context import Desk
from tickets.desk.fast_lane import fill_in, take_fast
from tickets.desk.prepare import require_logging
from tickets.errors import DeskError
from tickets.message import PersonId
from tickets.people.profile import as_code
from tickets.tongue import Tongue


def quick_typed(
    ack: Ack,
    line: Line,
    desk: Desk,
    person: PersonId,
    tongue: Tongue,
    receipt: str,
    request: BoltRequest,
) -> BoltResponse:
    """`quick`: the form of an answered call, which names the fast lane; with a customer and one line, the fast lane."""
    if not line.rest.strip():
        later(request, open_quick)
        return ack()
    who, said = _split(line, desk, tongue, unclear="command.needs.quick")
    logged = take_fast(desk, who, said, by=person, receipt=receipt)
    return whispered(ack, tongue("fast_lane.taken", number=logged.ticket.number))


def fast_typed(
    ack: Ack, line: Line, desk: Desk, person: PersonId, tongue: Tongue, receipt: str
) -> BoltResponse:
    """`fast WHO line`: a case at once."""
    who, said = _split(line, desk, tongue, unclear="command.needs.fast")
    logged = take_fast(desk, who, said, by=person, receipt=receipt)
    return whispered(ack, tongue("fast_lane.taken", number=logged.ticket.number))


def open_line(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """The button on a profile: one line is asked for."""
    require_logging(desk, by=person)
    present(request, one_line_case(_code_in(value_of(action)), tongue))


def submit_line(
    ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str, tongue: Tongue
) -> BoltResponse:
    """The one line was sent: a case, its clocks running."""
    said = fields_of(view).required(LINE)
    logged = take_fast(desk, _code_in(memory_of(view)), said, by=person, receipt=receipt)
    taken = tongue("fast_lane.taken", number=logged.ticket.number)
    shown = sentence(tongue("button.fast_lane"), taken, tongue)
    return ack(response_action="update", view=shown)


@on_ticket
def submit_fill_in(sent: Sent) -> None:
    """What was left open."""
    filled = _filled(sent.fields)
    fill_in(sent.desk, sent.number, filled, by=sent.by, receipt=sent.receipt)


def _filled(fields: Fields) -> f.FilledIn:
    b = FIELD_BLOCKS
    return f.FilledIn(
        kind=Kind.INQUIRY,  # the category brings its own
        category=fields.picked(b["category"]) or "",
        urgency=fields.must_choose(b["urgency"], Priority),
        description=Text(fields.text(b["description"]).strip()),
        when=_words(fields, "when"),
        where=_words(fields, "where"),
        expectation=_words(fields, "expectation"),
        read_back=fields.ticked(b["read_back"]),
    )


def _words(fields: Fields, name: str) -> Text | None:
    typed = fields.text(FIELD_BLOCKS[name]).strip()
    return Text(typed) if typed else None


def _split(line: Line, desk: Desk, tongue: Tongue, *, unclear: str) -> tuple[str, str]:
    """Take the customer off the head of a line; a number may be written in groups. Raises DeskError."""
    words = as_typed(line.rest, tongue.name).split()
    count = _length_of_customer(words, desk)
    if count in {0, len(words)}:
        raise DeskError(unclear)
    return " ".join(words[:count]), " ".join(words[count:])


def _length_of_customer(words: Sequence[str], desk: Desk) -> int:
    """Count the words at the head of a line that name a customer; 0 where none do."""
    for count in range(min(4, len(words)), 0, -1):
        if desk.phones.normalise(" ".join(words[:count])):
            return count
    is_named = bool(words) and ("@" in words[0] or as_code(words[0]) is not None)
    return 1 if is_named else 0


def _code_in(packed: str) -> str:
    code = as_code(str(unpack(packed).get("c", "")))
    if code is None:
        raise DeskError("error.tampered")
    return code
