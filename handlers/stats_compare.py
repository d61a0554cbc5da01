"""`/ticket stats compare 2026-09 2026-10 by department` 对比: the before/after report, privately and as a file (R108)."""

import re

from slack_bolt import BoltRequest

from handlers.answers import whisper
from handlers.commands import today
from handlers.forms import tampered
from handlers.stats_words import read_wanted
from handlers.tapped import Tap, at_once
from handlers.views.meta import unpack
from handlers.views.stats_compare import comparison
from tickets.desk.comparing import ask_for_file, compare
from tickets.desk.context import Desk
from tickets.errors import NotFound
from tickets.insight.figures import By
from tickets.insight.spans import Span, span_of
from tickets.message import PersonId
from tickets.people.privacy import redact
from tickets.tongue import Tongue

WORDS = ("compare", "对比", "對比", "比较", "比較")
_BETWEEN = re.compile(r"\s+(?:vs\.?|and|with)\s+|\s*[与和跟與→,，、]\s*")
_SPACE = re.compile(r"\s+")
_BY = re.compile(r"(?:(?:^|\s)by\s+|(?:^|\s*)按).+$")


def show(typed: str, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """Show what was typed: two periods, and what to tell the file's rows apart by."""
    before, after, by = _asked(typed, desk)
    whisper(request, comparison(compare(desk, before, after, by, by=person), tongue=tongue))


@at_once
def send_file(tap: Tap) -> None:
    """The report as a file, sent privately."""
    told = unpack(tap.value)
    before, after, by = str(told.get("a", "")), str(told.get("b", "")), told.get("by")
    calendar = tap.desk.calendar()
    if not (span_of(before, calendar) and span_of(after, calendar)):
        raise tampered()
    if by is not None and by not in set(By):
        raise tampered()
    by_what = By(str(by)) if by else None
    ask_for_file(tap.desk, before, after, by_what, by=tap.person, receipt=tap.receipt)
    tap.say(tap.tongue("compare.file_coming"))


def _asked(typed: str, desk: Desk) -> tuple[Span, Span, By | None]:
    apart = _BY.search(typed)
    by = read_wanted(apart[0].strip(), today=today(desk)) if apart else None
    said = (typed[: apart.start()] if apart else typed).strip()
    if not said:
        raise NotFound("compare.needs")
    both = _two(said, desk)
    if both is None or (apart and by is None):
        raise NotFound("compare.which", typed=redact(typed)[:60])
    return *both, by.by if by else None


def _two(typed: str, desk: Desk) -> tuple[Span, Span] | None:
    """Find where one period ends and the other begins: at a word for it, else at a space."""
    for between in (_BETWEEN, _SPACE):
        for fit in between.finditer(typed):
            before, after = typed[: fit.start()], typed[fit.end() :]
            then, since = _span(before, desk), _span(after, desk)
            if then and since:
                return then, since
    return None


def _span(typed: str, desk: Desk) -> Span | None:
    wanted = read_wanted(typed, today=today(desk)) if typed.strip() else None
    return span_of(wanted.key, desk.calendar()) if wanted and wanted.by is None else None
