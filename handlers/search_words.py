"""The names of filters and of their values in English and both Chinese scripts, as people type them behind `search`."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from handlers.words import folded
from tickets.case.filters import Order
from tickets.case.values import Kind, Priority, Status

Named = TypeVar("Named", bound=StrEnum)


class Key(StrEnum):
    """What can be narrowed; the name is how a line is kept."""

    STATUS = "status"
    DEPARTMENT = "department"
    PERSON = "person"
    CATEGORY = "category"
    KIND = "kind"
    PRIORITY = "priority"
    SCORE = "score"
    TAG = "tag"
    AUTHORITY = "authority"
    DATE = "date"
    FROM = "from"
    TO = "to"
    SORT = "sort"


def _by_word(lines: Mapping[Named, str]) -> Mapping[str, Named]:
    return MappingProxyType(
        {folded(word): one for one, line in lines.items() for word in line.split()}
    )


KEYS = _by_word(
    {
        Key.STATUS: "status state 状态 狀態 处理状态 處理狀態",
        Key.DEPARTMENT: "department dept team 部门 部門 责任部门 責任部門",
        Key.PERSON: "person people assignee owner handler agent by 人员 人員 负责人 負責人 责任人 責任人 处理人 處理人 记录人 記錄人 客服",
        Key.CATEGORY: "category class 分类 分類 类别 類別 问题类型 問題類型",
        Key.KIND: "kind type 种类 種類 类型 類型 工单类型 工單類型",
        Key.PRIORITY: "priority urgency 优先级 優先級 紧急程度 緊急程度",
        Key.SCORE: "score rating 评分 評分 满意度 滿意度",
        Key.TAG: "tag tags 标签 標籤",
        Key.AUTHORITY: "authority authorities 机关 機關 机构 機構 外部机构 外部機構 主管部门 主管部門",
        Key.DATE: "date when period 日期 时间 時間 期间 期間",
        Key.FROM: "from since after 从 從 自 起",
        Key.TO: "to until before 到 至 止",
        Key.SORT: "sort order 排序",
    }
)
STATUSES = _by_word(
    {
        Status.NEW: "new 新建 待处理 待處理",
        Status.ACCEPTED: "accepted 已受理",
        Status.IN_PROGRESS: "in_progress in-progress working 处理中 處理中",
        Status.WAITING_CUSTOMER: "waiting_customer waiting 待客户配合 待客戶配合 等待客户 等待客戶",
        Status.ON_HOLD: "on_hold on-hold hold 暂缓处理 暫緩處理 暂缓 暫緩",
        Status.RESOLVED: "resolved solved 处理完成 處理完成 已解决 已解決",
        Status.FOLLOW_UP: "follow_up follow-up 待跟进 待跟進",
        Status.CLOSED: "closed 已关闭 已關閉 已结案 已結案",
        Status.INVALID: "invalid 无效反馈 無效反饋 无效 無效",
        Status.MERGED: "merged 已合并 已合併",
        Status.ARCHIVED: "archived 已归档 已歸檔",
    }
)
KINDS = _by_word(
    {
        Kind.INQUIRY: "inquiry question 咨询 諮詢",
        Kind.COMPLAINT: "complaint 投诉 投訴",
        Kind.SUGGESTION: "suggestion 建议 建議",
        Kind.AFTER_SALES: "after_sales after-sales 售后 售後",
        Kind.SERVICE_REQUEST: "service_request service-request request 业务办理 業務辦理",
    }
)
PRIORITIES = _by_word(
    {
        Priority.P1: "p1 1 urgent high 紧急 緊急 高",
        Priority.P2: "p2 2 normal medium 一般 中",
        Priority.P3: "p3 3 low 不紧急 不緊急 低",
    }
)
ORDERS = _by_word(
    {
        Order.TIME: "time date newest 时间 時間 最新",
        Order.RELEVANCE: "relevance best 相关 相關 相关度 相關度",
    }
)

AUTHORITIES: Mapping[str, str] = MappingProxyType(
    {
        folded(word): key
        for key, line in {
            "12315": "12315,12315 消费者热线,12315 消費者熱線,12315 (consumer hotline)",
            "12345": "12345,12345 政务热线,12345 政務熱線,12345 (city hotline)",
            "platform": "platform,sales platform,平台,平臺,电商平台,電商平臺,電商平台",
            "regulator": "regulator,监管部门,監管部門,监管,監管",
        }.items()
        for word in line.split(",")
    }
)
OVERDUE = frozenset(map(folded, "overdue is:overdue 超时 超時 已超时 已超時 逾期".split()))
OPEN = frozenset(map(folded, "open-only is:open 未结 未結 未结案 未結案 仅未结 僅未結".split()))
OPEN_STATUS = OPEN | {"open"}
ME = frozenset({"me", "我", "本人"})
NOBODY = frozenset(map(folded, "nobody none 无人 無人 未分配".split()))
PERIODS = frozenset(
    "this-week last-week this-month last-month 今天 今日 昨天 昨日 本周 本週 这周 這週 上周 上週 本月 上月".split()
)
"""Periods that are read where they stand alone."""
