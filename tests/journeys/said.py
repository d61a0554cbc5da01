"""What a person reads on the screen on the way through a case, in two languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Titles, labels and buttons as they are written, and what is typed."""

    desk: str  # the language of desk.yml
    act_as: str  # the button that changes who one is
    agent: str
    engineer: str
    new: str
    new_form: str
    name: str
    ms: str
    phone: str
    category: str
    after_sales: str
    second: str
    fault: str
    what: str
    vague: str
    refused: str
    happened: str
    wish: str
    wished: str
    urgent: str
    read_back: str
    log: str
    logged: str
    done: str
    close_all: str
    status: str
    states: tuple[str, ...]  # new, accepted or in progress, waiting, on hold, resolved, closed
    replies: str
    yours: str
    accept: str
    contacted: str
    contact_note: str
    said: str
    plan: str
    measures: str
    measure: str
    finished_by: str
    waiting: str
    reason: str
    go_on: str
    hold: str
    resolve: str
    result: str
    solution: str
    save: str
    tell: str
    score: str
    five: str
    solved: str
    close: str
    more: str
    history: str
    history_done: str
    search: str
    found: str
    menu: str
    help: str
    messages: str
    home: str
    list_: str
    open: str
    next_page: str
    previous_page: str


ZH = Said(
    desk="zh-Hans",
    act_as="当前身份",
    agent="林安 Ann",
    engineer="伊工 Eve",
    new="/ticket 新建",
    new_form="新建工单",
    name="客户姓名",
    ms="女士",
    phone="联系电话",
    category="问题类型（一级）",
    after_sales="售后服务",
    second="问题类型（二级）",
    fault="故障报修",
    what="问题描述",
    vague="空调大概制冷效果差，出风口温度偏高",
    refused="大概",
    happened="空调制冷效果差：设定 18 ℃，运行 30 分钟后出风口仍为 27 ℃。要求 48 小时内上门检修。",
    wish="期望解决方案",
    wished="48 小时内上门检修",
    urgent="P1 紧急",
    read_back="已复述确认",
    log="提交工单",
    logged="已登记",
    done="关闭窗口",
    close_all="全部关闭",
    status="状态：",
    states=("待处理", "处理中", "待客户配合", "暂缓处理", "处理完成", "已关闭"),
    replies="条回复",
    yours="这张工单由您负责",
    accept="受理",
    contacted="已联系客户…",
    contact_note="沟通内容",
    said="已约定今天下午上门检修。",
    plan="处理方案…",
    measures="处理措施",
    measure="免费上门检修，补充制冷剂。",
    finished_by="计划完成时间",
    waiting="待客户配合…",
    reason="原因",
    go_on="继续处理",
    hold="暂缓处理…",
    resolve="处理完成…",
    result="处理结果",
    solution="制冷剂不足，已补充；运行 30 分钟后出风口 12 ℃，客户确认制冷正常。",
    save="提交",
    tell="已反馈客户…",
    score="记录满意度…",
    five="5 · 非常满意",
    solved="已解决",
    close="关闭工单…",
    more="⋯ 更多",
    history="处理记录",
    history_done="关闭工单",
    search="/ticket 搜索 製冷效果差",
    found="空调【制冷效果差】",
    menu="/ticket",
    help="/ticket 帮助",
    messages="消息",
    home="主页",
    list_="/ticket 列表 全部",
    open="打开",
    next_page="下一页",
    previous_page="上一页",
)

EN = Said(
    desk="en",
    act_as="Act as",
    agent="鲍博 Bob",
    engineer="Ken Wu",
    new="/ticket new",
    new_form="New ticket",
    name="Name",
    ms="Ms",
    phone="Phone",
    category="Category",
    after_sales="After-sales",
    second="Second level",
    fault="Fault repair",
    what="What happened",
    vague="The air conditioner cools badly, roughly since yesterday",
    refused="roughly",
    happened="The air conditioner cools badly: 27 °C at the outlet after 30 min, set to 18 °C. A visit within 48 h is wanted.",
    wish="What the customer wants",
    wished="A repair visit within 48 hours",
    urgent="P1 Urgent",
    read_back="Read back and confirmed by the customer",
    log="Log ticket",
    logged="is logged",
    done="Done",
    close_all="Close all",
    status="Status: ",
    states=("New", "In progress", "Waiting for customer", "On hold", "Resolved", "Closed"),
    replies="repl",
    yours="this one is yours",
    accept="Accept",
    contacted="Contacted…",
    contact_note="What was said",
    said="The visit is agreed for this afternoon.",
    plan="Plan…",
    measures="Measures",
    measure="A free visit; refrigerant added.",
    finished_by="Finished by",
    waiting="Waiting for customer…",
    reason="Reason",
    go_on="Go on",
    hold="On hold…",
    resolve="Resolve…",
    result="Result",
    solution="Refrigerant was low and is added; 12 °C at the outlet after 30 min, the customer confirms.",
    save="Save",
    tell="Told the customer…",
    score="Record score…",
    five="5 · Very satisfied",
    solved="Solved",
    close="Close…",
    more="⋯ More",
    history="History",
    history_done="closed it",
    search="/ticket search refrigerant cools",
    found="The air conditioner [cools] badly",
    menu="/ticket",
    help="/ticket help",
    messages="Messages",
    home="Home",
    list_="/ticket list all",
    open="Open",
    next_page="Next page",
    previous_page="Earlier page",
)
