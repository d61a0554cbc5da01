"""The tables that teams keep: their columns in order, and the headings each column goes by."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

Fold = Callable[[str], str]
"""Makes Traditional characters Simplified, one by one."""


class Table(StrEnum):
    """A table of the team's."""

    HOTLINE = "hotline"  # R99
    AFTER_SALES = "after_sales"  # R100
    CRM = "crm"  # R101
    SATISFACTION = "satisfaction"  # R92
    RESPONSE = "response"  # R105
    KNOWLEDGE = "knowledge"  # R125


OF_CASES = (Table.HOTLINE, Table.AFTER_SALES, Table.CRM)
"""What can come in: a row is a case. The others are taken from cases, or kept elsewhere."""


class Narrowing(StrEnum):
    """What a table may be narrowed to."""

    PERIOD = "period"
    DEPARTMENT = "department"
    STATUS = "status"


NARROWED: Mapping[Table, Collection[Narrowing]] = MappingProxyType(
    {
        **dict.fromkeys((*OF_CASES, Table.SATISFACTION), tuple(Narrowing)),
        Table.RESPONSE: (Narrowing.PERIOD,),  # a day's figures are the whole desk's
        Table.KNOWLEDGE: (),  # articles as they are now
    }
)
"""By what each table goes; it says of itself no more than that."""

COLUMNS: Mapping[Table, Sequence[str]] = MappingProxyType(
    {
        Table.HOTLINE: (
            "number received_at peak name contact customer_type category_1 category_2 description urgency"
            " department assignee due_at status process result feedback score closed_on remarks"
        ).split(),
        Table.AFTER_SALES: (
            "number name contact customer_type product received_at channel description category urgency"
            " owner plan status talk score archived"
        ).split(),
        Table.CRM: (
            "customer kind description received_at assignee status due_at done_at remarks"
        ).split(),
        Table.SATISFACTION: "customer service score words suggestions scored_at follower".split(),
        Table.RESPONSE: "day total minutes response_rate solved_rate overdue cause".split(),
        Table.KNOWLEDGE: (
            "article_kind title summary scenario created_by created_on updated_by updated_on uses"
        ).split(),
    }
)
"""Column for column, in the order of the sources."""

# Simplified and English; Traditional is folded. What stands in brackets is left out where it says no more.
_HEADINGS = """
number        记录编号 反馈编号 回馈编号 工单编号 工单号 编号 记录号 | record no, ticket no, feedback no, number, case no
received_at   来电时间 反馈时间 回馈时间 提交时间 受理时间 登记时间 联系时间 接听时间 | call time, feedback time, submitted at, submitted, received, contact time
received_on   来电日期 提交日期 登记日期 受理日期 接听日期 联系日期 | call date, received on, submitted on
peak          来电时段 时段 忙闲时 | call period, time band
name          客户姓名 姓名 客户名称 客户 | customer name, name, customer
contact       联系方式 联络方式 联系电话 电话 手机 手机号 联系方式脱敏 邮箱 | contact, contact masked, phone, mobile
customer_type 客户类型 客户型别 客户级别 | customer type
category_1    问题类型一级 问题型别一级 一级分类 一级问题类型 问题大类 | category level 1, category 1, main category
category_2    问题类型二级 问题型别二级 二级分类 二级问题类型 问题小类 | category level 2, category 2, subcategory
category      问题分类 问题类型 分类 类别 | category, issue category, type of issue
description   问题描述 需求描述 问题 描述 投诉内容 反馈内容 | description, request, issue, problem
urgency       紧急程度 优先级 优先顺序 紧急度 | urgency, priority
department    责任部门 处理部门 | department, responsible department
assignee      责任人 负责人 处理人 跟进责任人 | assignee, responsible, owner, person in charge
owner         责任部门责任人 责任部门及责任人 | department owner, department and assignee, department assignee
due_at        要求处理时限 处理时限 预计解决时间 要求完成时间 | due, deadline, expected solution, planned solution, planned
status        处理状态 处理进度 状态 进度 | status, progress
process       处理过程记录 处理过程 过程记录 | process log, process, log
result        处理结果 解决结果 | result, outcome
feedback      客户反馈 客户回馈 客户意见 | customer feedback, feedback
score         满意度评分 满意度 客户满意度 评分 客户满意度15分 满意度评分15 | satisfaction score, satisfaction, score, customer satisfaction
closed_on     归档日期 归档时间 关闭日期 | archive date, archived on, closed on
remarks       备注 备考 说明 | remarks, notes, note
product       购买产品服务 产品 购买产品 产品服务 产品名称 | product, product or service, product service
channel       反馈渠道 回馈渠道 渠道 联系渠道 来源渠道 | channel, feedback channel
plan          处理方案 解决方案 方案 | plan, solution
talk          客户沟通记录 沟通记录 | customer communication, communication log, communication
archived      归档状态 是否归档 | archive status
customer      客户名称id 客户名称编号 客户id 客户姓名id | customer name id, customer id, customer name or id
kind          需求类型 需求型别 工单类型 类型 | request type, kind, type
done_at       实际解决时间 解决时间 完成时间 | solved at, actual solution, solved
service       服务类型 | service type
words         评价内容 | comment, what was said
suggestions   改进建议 建议 | suggestions, suggestion
scored_at     反馈日期 回馈日期 评价日期 | feedback date
follower      跟进人 | follow-up by, followed up by
day           日期 | date
total         工单总量 工单数 | tickets, total tickets
minutes       平均响应时长分钟 平均响应时长 | mean response minutes, average response minutes
response_rate 首次响应率 | first response rate
solved_rate   问题解决率 解决率 | solution rate
overdue       超时工单数 | overdue tickets
cause         超时主要原因 超时原因 | main reason overdue, main reason
article_kind  知识分类 | article category, knowledge category
title         标题 | title
summary       内容概述 | summary
scenario      适用场景 | scenario
created_by    创建人 建立人 | created by
created_on    创建日期 建立日期 | created on, created
updated_by    更新人 | updated by
updated_on    更新日期 | updated on, updated
backfilled    补录 是否补录 | back-filled, backfilled
uses          使用次数 | uses, times used
"""
_NOISE = re.compile(r"[\s()（）\[\]【】:：/／\\*＊·、,，._\-—–%％'\"“”&+]+")
_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
FEWEST = 3
"""So many headings of a table make a line its head."""


def plain(text: str, fold: Fold) -> str:
    """Make headings and labels comparable: script, width, case, spaces and punctuation do not matter."""
    return _NOISE.sub("", fold(unicodedata.normalize("NFKC", text).casefold()))


def _known() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _HEADINGS.strip().splitlines():
        field, _, names = line.partition(" ")
        chinese, _, english = names.partition("|")
        for name in (*chinese.split(), *english.split(",")):
            key = plain(name, str)
            found[key] = (*found.get(key, ()), field)
    return MappingProxyType(found)


_KNOWN = _known()


def fields_of(heading: str, fold: Fold) -> tuple[str, ...]:
    """Name the columns that a heading may be of; none where nobody calls one so."""
    whole = plain(heading, fold)
    return _KNOWN.get(whole) or _KNOWN.get(plain(_BRACKETS.sub("", heading), fold), ())


def place_headings(table: Table, line: Sequence[str], fold: Fold) -> dict[str, int]:
    """Tell where a table's columns stand in a line of headings; of two that say the same the first counts."""
    placed: dict[str, int] = {}
    for place, heading in enumerate(line):
        for field in fields_of(heading, fold):
            if _wanted(table, field) and field not in placed:
                placed[field] = place
                break
    return placed


def _wanted(table: Table, field: str) -> bool:
    """A table is read with columns it does not have by itself: a hotline's sheet may name a product."""
    others = {"backfilled", "received_on", *(one for other in OF_CASES for one in COLUMNS[other])}
    return field in COLUMNS[table] or (table in OF_CASES and field in others)


def which(line: Sequence[str], fold: Fold) -> Table | None:
    """Tell whose headings a line holds; None where it is no head of any table."""
    counts = {table: _own(table, line, fold) for table in Table}
    best = max(counts, key=lambda table: counts[table])
    return best if counts[best] >= FEWEST else None


RECEIVED = frozenset({"received_at", "received_on"})


def _own(table: Table, line: Sequence[str], fold: Fold) -> int:
    names = {field for heading in line for field in fields_of(heading, fold)[:1]}
    own = len(names & set(COLUMNS[table]))
    if table in OF_CASES and not ("description" in names and names & RECEIVED):
        return 0
    return own * 100 - len(set(COLUMNS[table]) - names) if own >= FEWEST else 0


def letters(place: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    name = ""
    while place >= 0:
        place, rest = divmod(place, 26)
        name = chr(ord("A") + rest) + name
        place -= 1
    return name
