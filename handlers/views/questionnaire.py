"""问卷汇总: each question with its mean, how many were satisfied, every grade or choice, and n (R90)."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ContextBlock, HeaderBlock, SectionBlock

from handlers.views import labels
from handlers.views.buttons import row
from handlers.views.digest import stats_button
from handlers.views.periods import named
from handlers.views.screen import Screen
from handlers.views.text import clip, escaped, plain
from tickets.handbook import Handbook
from tickets.insight.orders import per_cent
from tickets.insight.questionnaire import SCORE, Tally
from tickets.insight.spans import Span
from tickets.tongue import Tongue

QUESTIONS = 20  # ten are asked at a time; the rest are of earlier desk files
NAME = 80
LIMIT = 600  # characters of a question, so that all stand in one message (SLACK.md 2.1)
CASES = 10  # with an answer in words, the newest
GRADES = (5, 4, 3, 2, 1)


def questionnaire_page(
    found: Sequence[Tally], span: Span, *, handbook: Handbook, tongue: Tongue
) -> Screen:
    """Show what was answered in a period, a question a block."""
    title = tongue("questionnaire.title", period=named(span.key, tongue))
    said = [clip(_said(one, handbook, tongue), LIMIT) for one in found[:QUESTIONS]]
    if len(found) > QUESTIONS:
        said.append(tongue("meeting.and_more", count=len(found) - QUESTIONS))
    blocks: list[Block] = [
        HeaderBlock(text=plain(title, 150)),
        *(SectionBlock(text=plain(one)) for one in said or [tongue("questionnaire.none")]),
        ContextBlock(elements=[plain(tongue("questionnaire.how"))]),
        row([stats_button(span.key, tongue)], block_id="questionnaire"),
    ]
    return Screen(escaped(title), tuple(blocks))


def _said(tally: Tally, handbook: Handbook, tongue: Tongue) -> str:
    """Say one question: its name and n, then what was answered, a kind of answer a line."""
    key = tally.question
    name = tongue("questionnaire.score") if key == SCORE else _name(key, key, handbook, tongue)
    rows = [tongue("questionnaire.question", name=name, n=tally.n)]
    if tally.mean_tenths is not None:
        mean = f"{tally.mean_tenths // 10}.{tally.mean_tenths % 10}"
        rows.append(tongue("questionnaire.mean", mean=mean, good=per_cent(tally.good) or ""))
        grades = [(one, tally.scales.get(one, 0)) for one in GRADES]
        rows.append(
            " · ".join(
                tongue("questionnaire.grade", grade=one, count=count) for one, count in grades
            )
        )
    rows += [
        tongue("questionnaire.choice", name=_name(key, one, handbook, tongue), count=count)
        for one, count in list(tally.choices.items())[:CASES]
    ]
    if tally.worded:
        cases = tongue("quality.between").join(list(dict.fromkeys(tally.worded))[:CASES])
        rows.append(tongue("questionnaire.worded", count=len(tally.worded), cases=cases))
    return "\n".join(rows)


def _name(key: str, value: str, handbook: Handbook, tongue: Tongue) -> str:
    return clip(labels.question(key, value, handbook, tongue), NAME)
