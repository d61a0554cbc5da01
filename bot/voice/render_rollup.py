"""What a roll-up says: every ticket that waited on a line of its own, linked, each person called once."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from slack_sdk.models.blocks.block_elements import RichTextElementParts

from bot.voice.render_ticket import called
from bot.voice.scene import Scene
from handlers.views.notices import Reader, Said
from handlers.views.rich import Mention, Run, joined, lines, words
from handlers.views.screen import Screen
from handlers.views.text import escaped
from tickets.case.values import Number, PersonId
from tickets.delivery import Pointless
from tickets.notices import NoticeKind, PlaceKind

LARGEST = 12_000  # characters of a message's blocks that Slack takes for sure (RELIABILITY.md F56)
LINES_A_BLOCK = 10

SENTENCES: Mapping[NoticeKind, str] = MappingProxyType(
    {
        NoticeKind.WARNING: "rollup.warning",
        NoticeKind.BREACH: "rollup.breach",
        NoticeKind.ESCALATION: "rollup.escalation",
        NoticeKind.LOGGED: "rollup.logged",
        NoticeKind.RESOLVED: "rollup.resolved",
        NoticeKind.NEXT_STEP: "rollup.next_step",
        NoticeKind.LOW_SCORE: "rollup.low_score",
        NoticeKind.PASSED_ON: "rollup.passed_on",
        NoticeKind.HANDED_BACK: "rollup.handed_back",
        NoticeKind.REOPENED: "rollup.reopened",
        NoticeKind.COLLABORATION: "rollup.collaboration",
    }
)
Naming = Callable[[Scene], Said]
"""How a line names its ticket."""
_TIMED = frozenset({NoticeKind.WARNING, NoticeKind.BREACH, NoticeKind.ESCALATION})


def rolled_up(scene: Scene) -> Screen | Pointless:
    """List the tickets of a roll-up's members; those that became pointless are not among them."""
    if not scene.members:
        return Pointless("nothing of it is left to say")
    tickets = _by_ticket(scene.members)
    head = scene.reader.say("rollup.head", count=len(tickets))
    full = _screen(head, [*_lines(scene.reader, tickets, _titled)])
    if _size(full) <= LARGEST:
        return full
    return _screen(head, [*_lines(scene.reader, tickets, _numbered)])


def _by_ticket(members: Sequence[Scene]) -> Mapping[Number, list[Scene]]:
    tickets: dict[Number, list[Scene]] = {}
    for member in members:
        tickets.setdefault(member.ticket.number, []).append(member)
    return tickets


def _lines(reader: Reader, tickets: Mapping[Number, list[Scene]], name: Naming) -> Iterator[Said]:
    named: set[PersonId] = set()
    for members in tickets.values():
        people = dict.fromkeys(person for one in members for person in _called(one))
        fresh = [person for person in people if person not in named]
        named.update(fresh)
        mentions = [reader.say("notice.person", who=Mention(person)) for person in fresh]
        what = [_what(reader, one) for one in members]
        ticket = name(members[0])
        yield Said(
            joined(
                [joined([*(one.run for one in mentions), ticket.run], " "), *(s.run for s in what)]
            ),
            " · ".join(
                [" ".join([*(one.text for one in mentions), ticket.text]), *(s.text for s in what)]
            ),
        )


def _called(member: Scene) -> Sequence[PersonId]:
    """In a direct message nobody needs to be called: who reads it is meant."""
    return () if member.notice.place.kind is PlaceKind.PERSON else called(member.notice)


def _titled(member: Scene) -> Said:
    title = member.reader.title(member.ticket)
    return Said(_linked(member, title), escaped(member.ticket.number))


def _numbered(member: Scene) -> Said:
    number = member.ticket.number
    return Said(_linked(member, number), escaped(number))


def _linked(member: Scene, text: str) -> Run:
    if member.link is None:
        return words(text)
    return [RichTextElementParts.Link(url=member.link, text=text)]


def _what(reader: Reader, member: Scene) -> Said:
    sentence = SENTENCES[member.notice.kind]
    if member.notice.kind not in _TIMED:
        return reader.say(sentence)
    return reader.say(
        sentence,
        what=reader.tongue(f"deadline.{member.text('deadline')}"),
        due=datetime.fromisoformat(member.text("due_at")),
    )


def _screen(head: Said, said: Sequence[Said]) -> Screen:
    groups = [said[start : start + LINES_A_BLOCK] for start in range(0, len(said), LINES_A_BLOCK)]
    blocks = [lines(head.run), *(lines(*(one.run for one in group)) for group in groups)]
    # Should Slack refuse the blocks, the sentence alone still says which tickets.
    return Screen("\n".join([head.text, *(one.text for one in said)]), tuple(blocks))


def _size(screen: Screen) -> int:
    return len(json.dumps([block.to_dict() for block in screen.blocks], ensure_ascii=False))
