"""What a person reads of time on the screen: posts in the desk's language, pages and forms in one's own."""

from dataclasses import dataclass, replace

from tests.journeys.said import EN, ZH, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSaid:
    """The clock at the top of the page."""

    clock: str
    minutes: str
    forward: str
    night: str
    monday: str
    moved: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSaid:
    """What the desk posts because time passes, in the desk's language."""

    person: Said  # how the agent's own page and forms speak
    clock: ClockSaid
    name: str  # of the pictures
    language: str
    nothing_overdue: str
    warning: str
    overdue: str
    further_up: str
    late: str  # never to be seen: nobody was away
    meeting: str
    start: str
    close: str
    close_yes: str
    department: str
    decide: str
    still: str
    minutes: str
    blocker: str
    last_week: str


CLOCK_ZH = ClockSaid(
    clock="沙盒时间",
    minutes="分钟",
    forward="往前拨",
    night="过一夜（到 09:00）",
    monday="下周一 09:00",
    moved="现在是",
)
CLOCK_EN = ClockSaid(
    clock="Sandbox time",
    minutes="Minutes",
    forward="Move forward",
    night="+1 night (09:00)",
    monday="Next Monday 09:00",
    moved="It is now",
)
TIME_ZH = TimeSaid(
    person=ZH,
    clock=CLOCK_ZH,
    name="zh",
    language="zh-Hans",
    nothing_overdue="没有超时未完成的工单",
    warning="距处理时限剩余 2 小时",
    overdue="已超过处理时限",
    further_up="现逐级上报",
    late="补发",
    meeting="每周跨部门沟通会 · ",
    start="开始会议",
    close="结束会议并发布纪要",
    close_yes="结束",
    department="技术部",
    decide="决议…",
    still="仍在",
    minutes="每周跨部门沟通会纪要",
    blocker="卡点：",
    last_week="上次决议",
)
TIME_HANT = replace(
    TIME_ZH,
    name="hant",
    language="zh-Hant",
    nothing_overdue="沒有超時未完成的工單",
    warning="距處理時限剩餘 2 小時",
    overdue="已超過處理時限",
    further_up="現逐級上報",
    late="補發",
    meeting="每週跨部門溝通會 · ",
    start="開始會議",
    close="結束會議並發布紀要",
    close_yes="結束",
    department="技術部",
    decide="決議…",
    minutes="每週跨部門溝通會紀要",
    blocker="卡點：",
    last_week="上次決議",
)
TIME_EN = TimeSaid(
    person=EN,
    clock=CLOCK_EN,
    name="en",
    language="en",
    nothing_overdue="Nothing is overdue",
    warning="left for the solution",
    overdue="the solution has been overdue since",
    further_up="now goes further up",
    late="(late:",
    meeting="Weekly meeting · ",
    start="Start the meeting",
    close="Close the meeting",
    close_yes="Close it",
    department="Engineering",
    decide="Decide…",
    still="still here",
    minutes="Minutes of the weekly meeting",
    blocker="blocker: ",
    last_week="last meeting: ",
)
