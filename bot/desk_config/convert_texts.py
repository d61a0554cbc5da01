"""Intake words and scripts as the rules read them, with what holds where the desk says nothing."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from bot.desk_config.moments import as_timedelta
from bot.desk_config.schema_texts import Intake, LongScript, WordLists
from bot.desk_config.words import traditional, words
from tickets.handbook import IntakeRules, Words

VAGUE = ("大概", "可能", "好像")  # R11
SPARE = ("不可能", "可能性", "大概率")  # DESK.md 1: never counted as vague
FORBIDDEN = (
    "这不是我们的问题",  # R13
    "这不归我管",
    "这个我不知道",
    "你自己看着办",
    "not our problem",
    "not my job",
)
REPEAT_WITHIN = timedelta(days=14)  # DESK.md 6


class Usual(NamedTuple):
    """Sentences that hold where the desk writes none."""

    zh: str
    en: str


OPENING = Usual(  # R13
    zh="您好，这里是{company}，工号{staff_no}为您服务，请问有什么可以帮您？",
    en="Hello, this is {company}, staff number {staff_no}. How may I help you?",
)
SOOTHING = Usual(  # R14: calm first, record second
    zh="非常抱歉给您带来不便，我很理解您的心情。请您慢慢说，我会逐项记录并跟进到底。",
    en="I am sorry for the trouble this has caused you. Please take your time; I will note it all and follow it up.",
)
CLOSING = Usual(  # R13
    zh="感谢您的来电，{company}祝您生活愉快，再见！",
    en="Thank you for calling {company}. Have a good day!",
)


def intake_rules(intake: Intake) -> IntakeRules:
    """Make the intake rules; the desk's lists add to the ones that always hold."""
    length = intake.repeat_within
    return IntakeRules(
        vague_words=_list(VAGUE, intake.vague_words),
        spare=_list(SPARE, intake.spare),
        forbidden=_list(FORBIDDEN, intake.forbidden),
        repeat_within=REPEAT_WITHIN if length is None else as_timedelta(length),
        opening=_script(intake.opening, OPENING),
        soothing=_script(intake.soothing, SOOTHING),
        closing=_script(intake.closing, CLOSING),
    )


def _list(always: Iterable[str], own: WordLists) -> tuple[str, ...]:
    """Gather words of all languages, Simplified ones in Traditional script too, each once."""
    simplified = [*always, *own.zh, *own.hans]
    both = (form for word in simplified for form in (word, traditional(word)))
    return tuple(dict.fromkeys((*both, *own.hant, *own.en)))


def _script(own: LongScript | None, usual: Usual) -> Words:
    """Let the desk's own sentences stand in for the usual ones, language by language."""
    plain = words(zh=usual.zh, en=usual.en)
    if own is None:
        return plain
    return Words({**plain.by_language, **own.words().by_language})
