"""`/ticket`: the line is read, its word finds its listener; nothing typed shows the menu, nonsense gets help."""

from collections.abc import Callable, Mapping
from datetime import date

from slack_bolt import Ack, BoltContext, BoltRequest, BoltResponse

from handlers.answers import sentence
from handlers.calls import call
from handlers.lazy import Listener
from handlers.numbers import first_number, read_number
from handlers.payloads import Json
from handlers.typed import as_typed, take_person
from handlers.words import CommandWord, Line, nearest, read_line
from tickets.case.values import Number, Text
from tickets.desk import ending, owners, talk
from tickets.desk.context import Desk
from tickets.errors import DeskError, NotFound
from tickets.message import PersonId
from tickets.people.privacy import redact
from tickets.tongue import Tongue


def by_word(words: Mapping[CommandWord, Listener], menu: Listener) -> Listener:
    """Make the listener of the command out of one for each word; each may ask for `line`."""

    def command(command: Json, context: BoltContext, request: BoltRequest) -> BoltResponse | None:
        line = read_line(command.get("text") or "")
        context["line"] = line
        return call(_listener(line, words, menu), request)

    command.__dict__["words"] = words  # for the test that checks parameter names
    return command


def _listener(
    line: Line, words: Mapping[CommandWord, Listener], menu: Listener
) -> Callable[..., BoltResponse | None]:
    if line.word and line.word in words:
        return words[line.word]
    return unknown_word if line.typed else menu


def unknown_word(ack: Ack, line: Line, tongue: Tongue) -> BoltResponse:
    """Guess what was meant, and say where help is."""
    typed = redact(as_typed(line.typed, tongue.name))[:40]
    meant = nearest(line.typed)
    if meant:
        word = tongue(f"command.word.{meant}")
        return whispered(ack, tongue("command.did_you_mean", typed=typed, word=word))
    return whispered(ack, tongue("command.unknown", typed=typed))


def assign(
    ack: Ack, line: Line, desk: Desk, person: PersonId, tongue: Tongue, receipt: str
) -> BoltResponse:
    """`assign N @person`, with a reason behind it if one likes."""
    assignee, left = take_person(line.rest)
    needs("assign", left)
    number, reason = first_number(as_typed(left, tongue.name), today=today(desk))
    if assignee is None:
        raise NotFound("command.whom", number=number)
    outcome = owners.assign(
        desk, number, assignee, Text(reason) if reason else None, by=person, receipt=receipt
    )
    name = tongue.name(outcome.ticket.assignee or assignee)
    return whispered(ack, tongue("done.assigned", number=number, person=name))


def note(
    ack: Ack, line: Line, desk: Desk, person: PersonId, tongue: Tongue, receipt: str
) -> BoltResponse:
    """`note N text`."""
    needs("note", line.rest)
    number, text = first_number(as_typed(line.rest, tongue.name), today=today(desk))
    needs("note", text)
    talk.note(desk, number, Text(text), by=person, receipt=receipt)
    return whispered(ack, tongue("done.noted", number=number))


def close(
    ack: Ack, line: Line, desk: Desk, person: PersonId, tongue: Tongue, receipt: str
) -> BoltResponse:
    """`close N`."""
    number = only_number("close", line, desk, tongue)
    ending.close(desk, number, None, by=person, receipt=receipt)
    return whispered(ack, tongue("done.closed", number=number))


def whispered(ack: Ack, text: str) -> BoltResponse:
    """Answer a command privately with its acknowledgement."""
    screen = sentence(text)
    return ack(text=screen.text, blocks=screen.blocks)


def today(desk: Desk) -> date:
    """Give the desk's local day, which short numbers belong to."""
    return desk.calendar().date_of(desk.clock.now())


def needs(word: str, rest: str) -> None:
    """Raise a sentence with an example where something is missing behind a word."""
    if not rest.strip():
        raise DeskError(f"command.needs.{word}")


def only_number(word: str, line: Line, desk: Desk, tongue: Tongue) -> Number:
    """Read the number behind a word that takes nothing else. Raises DeskError."""
    typed = as_typed(line.rest, tongue.name)
    needs(word, typed)
    return read_number(typed, today=today(desk))
