"""What customers answer on paper and in survey tools, as the desk counts it: 1 to 5, and whether it was solved.

Scales of four words lack the worst one (非常满意, 满意, 一般, 不满意) and map to 5, 4, 3, 2 (R86, C9).
"""

import re
import unicodedata
from collections.abc import Mapping

from tickets.case.values import Dissatisfaction, Solved

BEST = 5

_SCORES: Mapping[str, int] = {
    **dict.fromkeys(
        ("非常满意", "非常滿意", "很满意", "很滿意", "十分满意", "十分滿意", "非常好", "很好"), 5
    ),
    **dict.fromkeys(("满意", "滿意", "比较满意", "比較滿意", "较满意", "較滿意", "好", "较好"), 4),
    **dict.fromkeys(("一般", "普通", "基本满意", "基本滿意", "尚可", "中立"), 3),
    **dict.fromkeys(("不满意", "不滿意", "较不满意", "較不滿意", "不太满意", "不太滿意", "差"), 2),
    **dict.fromkeys(
        ("非常不满意", "非常不滿意", "很不满意", "很不滿意", "十分不满意", "十分不滿意", "很差"), 1
    ),
    **dict.fromkeys(("very satisfied", "excellent", "very good"), 5),
    **dict.fromkeys(("satisfied", "good", "somewhat satisfied"), 4),
    **dict.fromkeys(("neutral", "fair", "average", "neither satisfied nor dissatisfied"), 3),
    **dict.fromkeys(("dissatisfied", "unsatisfied", "not satisfied", "poor"), 2),
    **dict.fromkeys(("very dissatisfied", "very unsatisfied", "very poor"), 1),
}
_SOLVED: Mapping[str, Solved] = {
    **dict.fromkeys(("是", "已解决", "已解決", "解决", "解決", "yes", "y", "solved"), Solved.YES),
    **dict.fromkeys(("完全解决", "完全解決", "解决了", "解決了", "true"), Solved.YES),
    **dict.fromkeys(("部分", "部分解决", "部分解決", "部分已解决", "部分已解決"), Solved.PARTLY),
    **dict.fromkeys(("partly", "partially", "partly solved", "in part"), Solved.PARTLY),
    **dict.fromkeys(("否", "未解决", "未解決", "没有", "沒有", "没解决", "沒解決"), Solved.NO),
    **dict.fromkeys(("no", "n", "not solved", "unsolved", "false"), Solved.NO),
}
_REASONS: Mapping[str, Dissatisfaction] = {
    **dict.fromkeys(("处理太慢", "處理太慢", "太慢", "慢", "too slow"), Dissatisfaction.TOO_SLOW),
    **dict.fromkeys(
        ("方案未达预期", "方案未達預期", "未达预期", "未達預期", "below expectation"),
        Dissatisfaction.BELOW_EXPECTATION,
    ),
    **dict.fromkeys(("态度", "態度", "服务态度", "服務態度", "attitude"), Dissatisfaction.ATTITUDE),
}
_NUMBER = re.compile(r"([1-5])(?:\.0+)?(?: ?[分星]| ?points?| ?stars?)?(?: ?/ ?5(?: ?分)?)?")
_LED_BY = re.compile(r"([1-5])[ .、:·=\-]+(\D+)")
_STARS = re.compile("([★⭐]{1,5})☆{0,4}")


def plain(text: str) -> str:
    """Give a cell or a heading as it is compared: full-width forms ordinary, case and blanks folded."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("\ufe0f", "").casefold().split())


def score_of(text: str) -> int | None:
    """Read an answer on the scale: 5, 5分, 4/5, ★★★★, 非常满意, 5 - very satisfied; None: it is none."""
    said = plain(text)
    if found := _NUMBER.fullmatch(said):
        return int(found[1])
    if found := _STARS.fullmatch(said):
        return len(found[1])
    if found := _LED_BY.fullmatch(said):
        named = score_of(found[2])
        return int(found[1]) if named in {None, int(found[1])} else None
    return _SCORES.get(said)


def solved_of(text: str) -> Solved | None:
    """Read whether it was solved; None: it does not say."""
    return _SOLVED.get(plain(text))


def reason_of(text: str) -> Dissatisfaction | None:
    """Read why a score is low; what is none of the desk's reasons is another."""
    said = plain(text)
    return _REASONS.get(said, Dissatisfaction.OTHER) if said else None
