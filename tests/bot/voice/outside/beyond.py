"""A desk on real records whose courier speaks to robots and webhooks, Slack left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import SecretStr

from bot.outside import make_outside
from bot.settings import Settings
from bot.speech import strict_speech
from bot.voice.detour import Detour
from bot.voice.outside.guard import Guard
from bot.voice.outside.reach import Reach
from bot.voice.outside.sender import OutsideVoice
from bot.voice.voices import Voices
from scheduler.courier import Courier
from scheduler.reconcile import Reconciler, SettleTimes
from storage.outbox import SqlOutbox
from storage.records import SqlRecords
from tests.scheduler.fake_voice import FakeVoice, Time
from tests.tickets.desk.desks import EVE, MovableClock, Trial, a_desk
from tests.tickets.handbooks import a_handbook
from tickets.handbook import Handbook, OutsideEvent, Robot, RobotKind, Webhook
from tickets.notices import Notice, NoticeState
from tickets.ports import Member

E = OutsideEvent
PUBLIC = "93.184.215.14"
DINGTALK = "https://oapi.dingtalk.com/robot/send?access_token=dingsecret"
FEISHU = "https://open.feishu.cn/open-apis/bot/v2/hook/feisecret"
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=wesecret"
CRM = "https://crm.example/in"
WHSEC = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
VARIABLES = {
    "ROBOT_DING_URL": DINGTALK,
    "ROBOT_DING_SECRET": "SECding",
    "ROBOT_FEI_URL": FEISHU,
    "ROBOT_FEI_SECRET": "feisign",
    "ROBOT_WE_URL": WECOM,
    "WEBHOOK_CRM_SECRET": WHSEC,
}


def a_book(*robots: Robot, events: frozenset[OutsideEvent] = frozenset(E), **more: Any) -> Handbook:
    """The example desk with these robots and a CRM that hears these events."""
    hook = {"crm": Webhook("crm", events, CRM)} if events else {}
    book = a_handbook()
    return replace(book, robots={one.key: one for one in robots}, webhooks=hook, **more)


def a_robot(
    key: str, kind: RobotKind, *events: OutsideEvent, departments: frozenset[str] = frozenset()
) -> Robot:
    return Robot(key, kind, frozenset(events or E), departments)


@dataclass(slots=True)
class Beyond:
    """Everything a notice passes through on its way out, in the test's hands."""

    trial: Trial
    voice: OutsideVoice
    courier: Courier
    reconciler: Reconciler
    outbox: SqlOutbox
    real: MovableClock
    parked: list[tuple[Notice, str]] = field(default_factory=list)

    def deliver(self) -> None:
        """Let the courier work until nothing is to do."""
        rest = 300
        while self.courier.work_once() and rest:
            rest -= 1
        assert rest, "the courier does not come to rest"

    def later(self, **length: float) -> None:
        """Let real time pass, look back at what is unclear, deliver what may go now."""
        self.real.move(**length)
        self.trial.clock.move(**length)
        self.reconciler.work_once()
        self.deliver()

    def state(self, notice: Notice) -> NoticeState | None:
        with self.trial.desk.records.read() as unit:
            return unit.notices.state(notice.key)


def beyond(
    records: SqlRecords,
    book: Handbook,
    *,
    variables: Mapping[str, str] = VARIABLES,
    workspace_url: str = "",
    reach: Reach | None = None,
) -> Beyond:
    """Put a desk together whose Slack takes everything."""
    trial = a_desk(records, book)
    real = MovableClock(trial.clock.at)
    settings = Settings(
        _env_file=None, outside={name: SecretStr(value) for name, value in variables.items()}
    )
    voice = make_outside(
        settings, trial.desk, strict_speech(trial.clock), real=real, workspace_url=workspace_url
    )
    voice.reach = reach or Reach(guard=Guard(resolve=lambda _host, _port: [PUBLIC]))
    voices = Voices(FakeVoice(Time(real.at)), voice)
    outbox = SqlOutbox(records.database)
    parked: list[tuple[Notice, str]] = []
    detour = Detour(trial.desk)

    def park(notice: Notice, why: str) -> None:
        parked.append((notice, why))
        detour(notice, why)

    voice.away = detour
    courier = Courier(
        outbox=outbox, voice=voices, parked=park, clock=trial.clock, real=real, owner="test"
    )
    reconciler = Reconciler(
        outbox=outbox,
        voice=voices,
        parked=park,
        real=real,
        settle_times=SettleTimes(),
        wake=lambda: None,
    )
    with records.write() as unit:
        unit.directory.keep_person(Member(id=EVE, name="Eve *](http://evil) <@all>"))
    return Beyond(trial, voice, courier, reconciler, outbox, real, parked)
