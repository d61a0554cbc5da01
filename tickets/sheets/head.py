"""Where a table of the team's begins on a sheet: its headings, in one line or two, below titles and explanations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tickets.sheets import words
from tickets.sheets.moments import read_typed
from tickets.sheets.tables import Fold, Table, fields_of, letters, place_headings, plain, which

WITHIN = 20  # lines: titles and explanations stand above the headings
_COUNTING = frozenset({"序号", "no", "行号"})

Lines = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Head:
    """The headings of one of the team's tables, and where its rows begin."""

    table: Table
    place: int  # of their first line, from 0
    headings: Sequence[str]
    body: int  # the line below them


def find_head(lines: Lines, fold: Fold) -> Head | None:
    """Find the headings of one of the team's tables; None where these lines are no such table."""
    for place, line in enumerate(lines[:WITHIN]):
        below = lines[place + 1] if place + 1 < len(lines) else ()
        head = _of_two(place, line, below, fold)
        if head:
            return head
        table = which(line, fold)
        if table:
            return Head(table, place, line, place + 1)
    return None


def _of_two(place: int, line: Sequence[str], below: Sequence[str], fold: Fold) -> Head | None:
    """Take two lines as headings where the second names columns and is no case, nor a head by itself."""
    two = joined(line, below, fold)
    both, alone = which(two, fold), which(line, fold)
    if both is None or (alone is None and which(below, fold)):
        return None
    placed = place_headings(both, two, fold)
    fewer = place_headings(alone, line, fold) if alone else {}
    is_second = _go_on(fewer, line, below) if alone else True
    return Head(both, place, two, place + 2) if is_second and len(placed) > len(fewer) else None


def joined(upper: Sequence[str], lower: Sequence[str], fold: Fold) -> list[str]:
    """Join two lines of headings: 问题类型 over 一级 and 二级, 客户信息 over 客户姓名."""
    return [
        _joined(over, lower[place] if place < len(lower) else "", fold)
        for place, over in enumerate(upper)
    ]


def _joined(over: str, under: str, fold: Fold) -> str:
    if under in {"", over}:
        return over
    either = (over + under, under, over)
    return next((one for one in either if fields_of(one, fold)), over + under)


def _go_on(placed: Mapping[str, int], line: Sequence[str], below: Sequence[str]) -> bool:
    """Tell of the line below headings whether it is their second one: it says nothing where a case would."""
    said = [
        (line[placed[name]], below[placed[name]])
        for name in ("received_at", "description")
        if name in placed and placed[name] < len(below)
    ]
    return bool(said) and any(below) and all(under in {"", over} for over, under in said)


def unread(head: Head, placed: Mapping[str, int], lines: Lines) -> list[str]:
    """Name the columns that say something and are none of the table's, as the sheet has them."""
    body = lines[head.body :]
    others = set(range(max(map(len, body), default=0))) - set(placed.values())
    names = {place: _heading(head, place) for place in sorted(others)}
    return [
        f"{letters(place)} {name or '(no heading)'}"
        for place, name in names.items()
        if plain(name, str) not in _COUNTING
        and any(line[place] for line in body if place < len(line))
    ]


def _heading(head: Head, place: int) -> str:
    return " ".join(head.headings[place].split()) if place < len(head.headings) else ""


def with_its_day(line: Sequence[str], placed: Mapping[str, int]) -> Sequence[str]:
    """Give a line with the day of a column of its own (来电日期) before the hour beside it."""
    said, on = _said(line, placed, "received_at"), _said(line, placed, "received_on")
    hour, day = read_typed(said), read_typed(on)
    is_unread = bool(said) and hour is None
    if day is None or day.day is None or is_unread or (hour and hour.day):
        return line
    minute = hour.minute if hour else None
    clock = "" if minute is None else f" {minute // 60:02}:{minute % 60:02}"
    place = placed["received_at"]
    whole = [*line, *[""] * (place + 1 - len(line))]
    whole[place] = f"{day.day}{clock}"
    return whole


def is_unfilled(line: Sequence[str], placed: Mapping[str, int]) -> bool:
    """Tell of a line of the form for the day the desk is down that nobody wrote into it."""
    place = placed.get("backfilled")
    return not any(cell for at, cell in enumerate(line) if at != place)


def is_margin(line: Sequence[str], placed: Mapping[str, int], fold: Fold) -> bool:
    """Tell of a line that it adds the others up, or says who made the table: no case stands in it."""
    first = next((cell for cell in line if cell), "")
    if first[:1].isdigit() or not words.MARGIN.match(fold(first).strip().casefold()):
        return False
    moment = read_typed(_said(line, placed, "received_at"))
    told = _said(line, placed, "description")
    is_told = told not in {"", first} and not words.COUNT.fullmatch(told.strip())
    return not is_told and not (moment and moment.day)


def _said(line: Sequence[str], placed: Mapping[str, int], name: str) -> str:
    place = placed.get(name, len(line))
    return line[place] if place < len(line) else ""
