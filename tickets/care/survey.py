"""A survey tool's table: which column is which, and what one row answers (R89–R91)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tickets.care.scales import plain, reason_of, score_of, solved_of
from tickets.case import facts as f
from tickets.case.values import Dissatisfaction, Text
from tickets.handbook import Question, QuestionKind

LOW = 3  # R87
DAY = timedelta(days=1)
_LANGUAGES = ("zh-Hans", "zh-Hant", "en")

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "phone": ("电话", "電話", "手机", "手機", "联系方式", "聯繫方式", "phone", "mobile"),
    "email": ("邮箱", "郵箱", "邮件", "郵件", "e-mail", "email", "mail"),
    "code": (
        "客户编号",
        "客戶編號",
        "客户id",
        "客戶id",
        "客户名称/id",
        "客戶名稱/id",
        "customer id",
    ),
    "number": ("工单", "工單", "记录编号", "記錄編號", "反馈编号", "反饋編號", "ticket"),
    "received_on": ("受理日期", "来电日期", "來電日期", "来电时间", "來電時間", "received on"),
    "answered_at": (
        *("答题时间", "答題時間", "提交时间", "提交時間", "填写时间", "填寫時間"),
        *("反馈日期", "反饋日期", "反馈时间", "反饋時間", "answered", "submitted", "timestamp"),
    ),
    "solved": (
        "是否解决",
        "是否解決",
        "是否已解决",
        "是否已解決",
        "解决情况",
        "解決情況",
        "solved",
        "resolved",
    ),
    "efficiency": ("效率", "efficiency", "speed"),
    "solution": ("方案", "solution"),
    "attitude": ("态度", "態度", "attitude"),
    "reason": ("原因", "reason"),
    "unmet_needs": ("需求", "needs"),
    "suggestions": ("建议", "建議", "suggestions", "suggestion", "advice"),
    "score": ("总体", "總體", "满意度", "滿意度", "overall", "score", "satisfaction"),
    "words": ("评价", "評價", "意见", "意見", "留言", "comment", "comments", "words"),
}
"""What a heading holds, the first field first: 您对处理效率的满意度 is about the efficiency."""

_ALONE: Mapping[str, str] = {
    **dict.fromkeys(("编号", "編號", "number", "no"), "number"),
    **dict.fromkeys(("日期", "时间", "時間", "date", "time"), "answered_at"),
}
"""Headings that say too little to be looked for inside others."""

_NUMBERED = re.compile(r"^q?\d{1,3} ?[.、:)] ?")
_BRACKETED = re.compile(r"[(\[【][^)\]】]*[)\]】]|[*?:。!]")
_MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[t ]*(\d{1,2})[:点點时時](\d{1,2})?分?(?::\d{1,2}(?:\.\d+)?秒?)?)?(z|[+-]\d\d:?\d\d)?"
)


class Unfit(Exception):
    """A row that is no answer; the sentence says why, without the customer's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one customer answered, and what tells which case it is about."""

    scored: f.Scored
    opinions: tuple[f.Opinion, ...]
    answered_by: datetime | None  # not later than this: the moment, or the end of the day
    number: str = ""
    code: str = ""
    phone: str = ""
    email: str = ""
    received_on: date | None = None


def columns(headings: Sequence[str], questions: Iterable[Question] = ()) -> Mapping[str, str]:
    """Tell which field, or question of the desk by its key, each heading is; what is none is left out."""
    own = dict(_ALONE)
    for one in questions:
        own |= {_bare(words): one.key for words in (one.key, *map(one.words.in_, _LANGUAGES))}
    bare = {heading: _bare(heading) for heading in headings}
    found = {heading: own.get(text) or _held_in(text) for heading, text in bare.items() if text}
    return {heading: field for heading, field in found.items() if field}


def is_survey(headings: Sequence[str]) -> bool:
    """Tell whether a table holds answers: how satisfied, and whose case."""
    known = set(columns(headings).values())
    return "score" in known and bool(known & {"number", "phone", "email", "code"})


def read(
    row: Mapping[str, str],
    fields: Mapping[str, str],
    *,
    questions: Sequence[Question],
    zone: ZoneInfo,
) -> Answer:
    """Read one row. Raises Unfit."""
    typed: dict[str, str] = {}
    for heading, text in row.items():
        field = fields.get(heading)
        if field and text.strip():
            typed.setdefault(field, text.strip())
    at, by = _moments(typed.get("answered_at", ""), zone)
    opinions = tuple(one for asked in questions for one in _opinion(asked, typed))
    received, _ = _moments(typed.get("received_on", ""), zone)
    return Answer(
        scored=_scored(typed, opinions, at),
        opinions=opinions,
        answered_by=by,
        number=re.sub(r"\D", "", typed.get("number", "")),
        code=typed.get("code", ""),
        phone=typed.get("phone", ""),
        email=typed.get("email", ""),
        received_on=received.astimezone(zone).date() if received else None,
    )


def _held_in(bare: str) -> str | None:
    for field, names in HEADINGS.items():
        if any(name in bare for name in names if not name.isascii() or " " in name):
            return field
    words = set(re.findall("[a-z-]+", bare))
    return next((field for field, names in HEADINGS.items() if words & set(names)), None)


def _bare(heading: str) -> str:
    """Give a heading without its number and what stands in brackets: 1、效率（1-5分）* is 效率."""
    return " ".join(_BRACKETED.sub(" ", _NUMBERED.sub("", plain(heading))).split())


def _scored(
    typed: Mapping[str, str], opinions: Sequence[f.Opinion], at: datetime | None
) -> f.Scored:
    score = _scale(typed.get("score", ""), "the overall score")
    solved = solved_of(typed.get("solved", ""))
    if solved is None and "solved" in typed:
        raise Unfit("whether it was solved is none of yes, no and partly")
    low = score <= LOW
    words, advice = typed.get("words"), typed.get("suggestions")
    return f.Scored(
        score=score,
        solved=solved,
        words=Text(words) if words else None,
        suggestions=Text(advice) if advice else None,
        dissatisfaction=(reason_of(typed.get("reason", "")) or _worst(opinions)) if low else None,
        answered_at=at,
    )


def _scale(text: str, what: str) -> int:
    score = score_of(text)
    if score is None:
        raise Unfit(
            f"{what} is neither 1 to 5 nor a word of the scale" if text else f"{what} is missing"
        )
    return score


def _worst(opinions: Sequence[f.Opinion]) -> Dissatisfaction:
    """Take as the reason what was rated worst, where one thing was."""
    reasons = {
        "efficiency": Dissatisfaction.TOO_SLOW,
        "solution": Dissatisfaction.BELOW_EXPECTATION,
        "attitude": Dissatisfaction.ATTITUDE,
    }
    rated = {one.question: one.scale for one in opinions if one.scale and one.question in reasons}
    worst = [key for key, scale in rated.items() if scale == min(rated.values()) and scale <= LOW]
    return reasons[worst[0]] if len(worst) == 1 else Dissatisfaction.OTHER


def _opinion(asked: Question, typed: Mapping[str, str]) -> Iterable[f.Opinion]:
    text = typed.get(asked.key, "")
    if not text:
        return
    match asked.kind:
        case QuestionKind.TEXT:
            yield f.Opinion(question=asked.key, words=Text(text))
        case QuestionKind.SCALE:
            yield f.Opinion(question=asked.key, scale=_scale(text, f"the answer to {asked.key}"))
        case QuestionKind.CHOICE:
            yield f.Opinion(question=asked.key, choice=_choice(asked, text))


def _choice(asked: Question, text: str) -> str:
    for key, words in asked.choices.items():
        named = {plain(words.in_(one)) for one in _LANGUAGES} | {plain(key)}
        if plain(text) in named:
            return key
    raise Unfit(f"the answer to {asked.key} is none of its choices")


def _moments(text: str, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """Read a moment, and by when it was: the same, or the end of a day without an hour."""
    if not text:
        return None, None
    found = _MOMENT.fullmatch(plain(text))
    if not found:
        raise Unfit("a date is none: expected e.g. 2026-11-24 or 2026-11-24 15:30")
    year, month, day, hour, minute, offset = found.groups()
    try:
        local = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), tzinfo=zone
        )
        if offset:
            local = datetime.fromisoformat(f"{local:%Y-%m-%dT%H:%M}{offset.upper()}")
    except ValueError:
        raise Unfit("a date is none: there is no such day or hour") from None
    begun = local.astimezone(UTC)
    return begun, begun if hour else begun + DAY
