"""Reads the line behind `search`: words that must be found and filters among them, 状态:处理中 评分<=3 超时."""

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

from handlers.search_statuses import kept_as
from handlers.search_values import QUOTED, READ, Reader, Sought, shown, with_days
from handlers.search_words import KEYS, OPEN, OVERDUE, PERIODS, Key
from handlers.words import folded
from tickets.case.filters import Order
from tickets.errors import DeskError

LONGEST_LINE = 3000  # characters
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_MENTIONED = re.compile(r"@[UW][A-Z0-9]{2,}")
_TOKEN = re.compile(r'(?:"[^"]*"|“[^”]*”|[^\s"“])+|["“]')
_NAMED = re.compile(r"([^\W\d_]{1,12})\s*(<=|>=|≤|≥|=|:|：|<|>)\s*(.*)", re.DOTALL)
_SCORE = re.compile(r"([^\W\d_]{1,12}?)([1-5])分?(?:及?以([上下]))?")
_FROM_TO = re.compile(r"[\d\-/.年月日号]+\.\.[\d\-/.年月日号]+")
_SIGNS = {"≤": "<=", "≥": ">=", "：": ":", "=": ":"}
_BEGIN_SIGNS = frozenset("<>=≤≥:：")
_WIDE = {"＜": "<", "＞": ">", "＝": "=", "≦": "<=", "≧": ">="}
_QUOTED_OR_WIDE = re.compile(rf'"[^"]*"|“[^”]*”|[{"".join(_WIDE)}]')
_OR_SO = {"": "", "上": ">=", "下": "<="}
_AN_EXAMPLE = {True: "status", False: "状态"}


def with_people(wire: str) -> str:
    """Keep whom a command mentions as an id; all else is read as it is typed."""
    return _MENTION.sub(r"@\1", wire)


def read_line(line: str, by: Reader) -> Sought:
    """Read a line. Raises DeskError that names the first filter it does not understand, and what is possible."""
    sought, words = Sought(), []
    for token in _tokens(_narrow(line[:LONGEST_LINE])):
        sought, rest = _take(sought, token, by)
        words += rest
    return with_days(replace(sought, words=" ".join(words).strip()), by)


def _narrow(line: str) -> str:
    """Write wide signs as the usual ones; what is quoted stays."""
    return _QUOTED_OR_WIDE.sub(lambda found: _WIDE.get(found[0], found[0]), line)


def _tokens(line: str) -> Iterator[str]:
    """Cut a line at its spaces; a name, its sign and its value may stand apart: `状态 ： 处理中`."""
    waiting = ""
    for token in _TOKEN.findall(line):
        if folded(waiting) in KEYS and token[0] not in _BEGIN_SIGNS:
            yield waiting
            waiting = ""
        waiting += token
        if not _is_begun(waiting):
            yield waiting
            waiting = ""
    if waiting:
        yield waiting


def _is_begun(piece: str) -> bool:
    """Tell whether this is a filter's name, with its sign or without, that waits for the rest."""
    named = _NAMED.fullmatch(piece)
    name = named[1] if named and not named[3] else piece
    return folded(name) in KEYS


def _take(sought: Sought, token: str, by: Reader) -> tuple[Sought, list[str]]:
    plain, narrowed = folded(token), sought.filters
    if plain in OVERDUE:
        return replace(sought, filters=replace(narrowed, overdue=True)), []
    if plain in OPEN:
        return replace(sought, filters=replace(narrowed, open_only=True)), []
    alone = _standing_alone(token)
    if alone:
        key, value = alone
        return READ[key](sought, value, by), []
    named = _NAMED.fullmatch(token)
    if named is None:
        return sought, [QUOTED.sub(r"\1", token)]
    return _named(sought, token, named, by)


def _standing_alone(token: str) -> tuple[Key, str] | None:
    """Read what says by itself which filter it is: 本周, 10-01..10-15, a person mentioned, 评分3."""
    plain = folded(token)
    if plain in PERIODS or _FROM_TO.fullmatch(plain):
        return Key.DATE, token
    if _MENTIONED.fullmatch(token):
        return Key.PERSON, token
    scored = _SCORE.fullmatch(plain)
    if scored and KEYS.get(scored[1]) is Key.SCORE:
        return Key.SCORE, f"{_OR_SO[scored[3] or '']}{scored[2]}"
    return None


def _named(
    sought: Sought, token: str, named: re.Match[str], by: Reader
) -> tuple[Sought, list[str]]:
    sign, value = _SIGNS.get(named[2], named[2]), named[3]
    key = KEYS.get(folded(named[1]))
    if key is None:
        if sign != ":" or value.startswith("//") or not value:
            return sought, [token]
        raise DeskError("search.which_filter", typed=shown(token), meant=_meant(named[1]))
    if key is Key.SCORE:
        return READ[key](sought, (sign if sign != ":" else "") + value, by), []
    if sign != ":" or not value:
        raise DeskError(f"search.which_{key}", typed=shown(token))
    return READ[key](sought, value, by), []


def _meant(typed: str) -> str:
    near = get_close_matches(folded(typed), KEYS, n=1, cutoff=0.5)
    return near[0] if near else _AN_EXAMPLE[typed.isascii()]


def written(sought: Sought) -> str:
    """Write what was picked in a form as a line that reads the same in every language."""
    by, pieces = (
        sought.filters,
        [f'"{one}"' if _is_taken(one) else one for one in sought.words.split()],
    )
    for key, chosen in (
        (Key.STATUS, map(kept_as, by.parts)),
        (Key.DEPARTMENT, by.departments),
        (Key.CATEGORY, by.categories),
        (Key.KIND, by.kinds),
        (Key.PRIORITY, by.priorities),
        (Key.SCORE, map(str, by.scores)),
        (Key.TAG, by.tags),
        (Key.AUTHORITY, by.authorities),
        (Key.PERSON, [*(f"@{one}" for one in by.people), *(["nobody"] if by.nobody else [])]),
    ):
        values = ",".join(f'"{one}"' if " " in one else one for one in sorted(chosen))
        pieces += [f"{key}:{values}"] if values else []
    if sought.period:
        pieces.append(f'{Key.DATE}:"{sought.period}"')
    else:
        pieces += [f"{Key.FROM}:{sought.first.isoformat()}"] if sought.first else []
        pieces += [f"{Key.TO}:{sought.last.isoformat()}"] if sought.last else []
    pieces += ["overdue"] if by.overdue else []
    pieces += ["open-only"] if by.open_only else []
    pieces += [f"{Key.SORT}:{sought.order}"] if sought.order is not Order.TIME else []
    return " ".join(pieces)


def _is_taken(word: str) -> bool:
    """Tell whether a word would be read as a filter where it is not quoted."""
    plain = folded(word)
    return (
        plain in OVERDUE | OPEN | KEYS.keys()
        or _NAMED.fullmatch(_narrow(word)) is not None
        or _standing_alone(word) is not None
    )
