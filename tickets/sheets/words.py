"""The words of closed sets as teams write them, in whatever procedure they learnt them (R7, R9, R15, R33–R34, R68–R70, R86)."""

import re
from collections.abc import Mapping
from typing import TypeVar

from tickets.case.values import ContactChannel, CustomerType, Kind, Priority, Status
from tickets.people.customers import ELDERLY

T = TypeVar("T")


def _spelt(lines: Mapping[T, str]) -> Mapping[str, T]:
    return {word: value for value, words in lines.items() for word in words.split()}


STATUSES = _spelt(
    {
        Status.NEW: "待处理 未处理 新建 new open",
        Status.ACCEPTED: "已受理 受理 accepted",
        Status.IN_PROGRESS: "处理中 进行中 跟进中 inprogress processing",
        Status.WAITING_CUSTOMER: "待客户配合 等待客户 waitingcustomer waitingforcustomer",
        Status.ON_HOLD: "暂缓处理 暂缓 挂起 onhold",
        Status.RESOLVED: "处理完成 已完成 完成 待确认 已解决 已处理 resolved solved done",
        Status.FOLLOW_UP: "待跟进 观察中 followup",
        Status.CLOSED: "已关闭 关闭 已结案 结案 已办结 办结 已完结 完结 closed",
        Status.INVALID: "无效反馈 无效 invalid",
        Status.ARCHIVED: "已归档 归档 archived",
    }
)
STATUSES_LOOSELY = _spelt(
    {
        Status.NEW: "未受理 待受理 待分派 待分配 已登记 登记",
        Status.IN_PROGRESS: "正在处理 处理 已转派 转派 已派单 派单 未完成 未解决",
        Status.WAITING_CUSTOMER: "待客户 待客户回复 待客户提供资料 等待客户回复",
        Status.ON_HOLD: "已暂缓 已挂起 暂停",
        Status.RESOLVED: "处理完毕 已处理完成 已处理完毕 已修复 待回访 解决",
        Status.CLOSED: "已回访 已关单 关单 已闭环 闭环 已结束 已完成回访",
        Status.INVALID: "作废 已作废",
    }
)
"""What teams write besides; a desk that shows a status by such a word means its own."""

CONFIRMED = "已解决"
"""In the words of R69 the customer has confirmed it."""

PRIORITIES = _spelt(
    {
        Priority.P1: "紧急 急 加急 高 非常紧急 特急 p1 p1紧急 urgent high",
        Priority.P2: "一般 中 普通 p2 normal medium",
        Priority.P3: "不紧急 低 p3 low noturgent",
    }
)
TYPES = _spelt(
    {
        CustomerType.NEW: "新客户 新客 新 new newcustomer",
        CustomerType.EXISTING: "老客户 老客 老 普通 普通客户 existing ordinary existingcustomer",
        CustomerType.VIP: "vip vip客户 贵宾 重要客户",
    }
)
GROUPS = dict.fromkeys(("老年", "老年客户", "老人", "elderly"), ELDERLY)
KINDS = _spelt(
    {
        Kind.INQUIRY: "咨询 产品咨询 使用咨询 inquiry enquiry question",
        Kind.COMPLAINT: "投诉 投诉建议 投诉处理 服务体验 complaint",
        Kind.SUGGESTION: "建议 流程优化建议 suggestion",
        Kind.AFTER_SALES: "售后 售后服务 产品质量 物流问题 aftersales",
        Kind.SERVICE_REQUEST: "业务办理 办理 servicerequest",
    }
)
CHANNELS = _spelt(
    {
        ContactChannel.PHONE: "电话 热线 客服热线 来电 phone hotline call",
        ContactChannel.EMAIL: "邮件 邮箱 电子邮件 email mail",
        ContactChannel.SOCIAL: "社交媒体 微博 facebook twitter social socialmedia",
        ContactChannel.LETTER: "书面 信函 信函书面 来信 letter",
        ContactChannel.CHAT: "在线聊天 在线客服 在线 chat onlinechat",
        ContactChannel.WEB_FORM: "在线表单 网页表单 反馈系统 表单 webform form",
        ContactChannel.OFFICIAL_ACCOUNT: "公众号 微信公众号 微信 officialaccount wechat",
        ContactChannel.MINI_PROGRAM: "小程序 微信小程序 miniprogram",
        ContactChannel.SLACK: "slack",
    }
)
SCORES = _spelt(
    {
        5: "5 5分 五分 非常满意 很满意 verysatisfied",
        4: "4 4分 四分 满意 satisfied",
        3: "3 3分 三分 一般 neutral",
        2: "2 2分 二分 两分 不满意 dissatisfied",
        1: "1 1分 一分 非常不满意 很不满意 verydissatisfied",
    }
)
NOTHING = frozenset({"", "无", "没有", "na", "暂无", "待定", "none", "nil"})
"""Cells that say nothing, once punctuation is gone."""
LONGEST_NOTHING = 24  # characters, a drawn line among them

UNSCORED = frozenset({"未评价", "未评分", "未评", "未回访", "未打分", "notscored", "notrated"})
"""What a cell says where nobody has scored yet."""

MARGIN = re.compile(
    r"(?:[本当全]?[页月周日年]?(?:合计|总计|小计|共计|总数|平均)|(?:sub)?totals?\b|average\b|共\s*\d"
    r"|(?:制表|填表|审核|复核|统计|批准)(?:人|时间|日期)?\s*[:：]|(?:注|说明|备注|填表说明|notes?)\s*[:：])"
)
"""How a line begins that adds the others up, or says of the table who made it: no case."""

COUNT = re.compile(r"[共计計]?\s*\d+\s*[件条條单單张張项項宗个個]?")
"""What such a line says of a whole column: how many stand above it."""

YES = frozenset({"是", "yes", "y", "1", "true"})
ARCHIVED = frozenset({"已归档", "归档", "archived"}) | YES
