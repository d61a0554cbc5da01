"""改进项: something to be made better, with a target that can be measured, an owner and a date (R123, R131)."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tickets.case.values import PersonId, Priority, Text

UNSAID = Text("")
_UNITS = (
    "个 個 天 日 周 週 月 年 小时 小時 分钟 分鐘 秒 次 件 人 名 位 成 倍 份 项 項 家 条 條 台 笔 筆 单 單 分 级 級 星 "
    "轮 輪 场 場 班 通 套 篇 页 頁 批 季 元 处 處 间 間 门 門"
)
_ALL = "员 員 体 體 部 数 數 量 额 額 覆盖 覆蓋 达标 達標 线 線 年 国 國"
_FIGURE = re.compile(
    rf"\d|百分之|[零一二两兩三四五六七八九十百千万萬半]+\s*(?:{'|'.join(_UNITS.split())})"
    rf"|全(?:{'|'.join(_ALL.split())})|减半|減半|翻倍|翻番|[归歸清为為]零|零(?:投诉|投訴|差错|差錯|超时|超時|事故)"
    r"|\b(?:all|every|none|zero|no|half|twice|double|one|two|three|four|five|six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
)


class Source(StrEnum):
    """Where an item comes from."""

    MONTHLY = "monthly"  # decided in the monthly meeting
    RETROSPECTIVE = "retrospective"  # 复盘
    BY_HAND = "by_hand"  # put on the list by somebody


class Became(StrEnum):
    """What became of an item by a moment."""

    KEPT = "kept"  # done by its date
    LATE = "late"  # done, but after it
    NOT_KEPT = "not_kept"
    RUNNING = "running"  # its date has not come yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement:
    """One line of 《客户服务优化需求清单》; its words are redacted."""

    id: str
    source: Source
    origin: str = ""  # the meeting's key, or the retrospective's id
    point: str = ""  # of the agenda it was decided on
    pain: Text  # 痛点; of a restricted case nobody may have said any
    action: Text  # 措施
    goal: Text  # 可量化目标
    priority: Priority
    department: str
    owner: PersonId
    due_at: datetime
    decided_at: datetime
    decided_by: PersonId
    done_at: datetime | None = None
    done_by: PersonId | None = None
    outcome: Text | None = None  # what was done, and what it measures now

    @property
    def is_withheld(self) -> bool:
        """Tell whether its words were left out for this reader: none is without an action."""
        return not self.action

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be done."""
        return self.done_at is None

    def became(self, moment: datetime) -> Became:
        """Tell what had become of it by a moment; what was done later was not done then."""
        if self.done_at is not None and self.done_at <= moment:
            return Became.KEPT if self.done_at <= self.due_at else Became.LATE
        return Became.RUNNING if moment < self.due_at else Became.NOT_KEPT


def is_measurable(goal: str) -> bool:
    """Tell whether a target holds a figure: 由 71% 提高到 85%, 全员, 三天; not 进一步, 安全 (R123's own says 100 %)."""
    return _FIGURE.search(goal) is not None
