"""The alarm reaches those who asked for it even when courier, Slack or records are the trouble."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
import pytest
import respx

from bot.voice.outside.alarm import OutsideAlarm
from storage.records import SqlRecords
from tests.bot.voice.outside.beyond import CRM, DINGTALK, Beyond, a_book, a_robot, beyond
from tickets.handbook import OutsideEvent as E
from tickets.handbook import RobotKind
from tickets.ports import Alarm

OK = httpx.Response(200, json={"errcode": 0})


@dataclass(slots=True)
class Siren:
    """An alarm with what it said."""

    desk: Beyond
    alarm: Alarm
    crm: respx.Route
    ding: respx.Route
    _seen: dict[str, int] = field(default_factory=dict)

    def said(self, route: respx.Route) -> list[dict[str, Any]]:
        """Give what a route heard since it was asked last."""
        heard = [json.loads(call.request.content) for call in route.calls]
        name = str(id(route))
        new = heard[self._seen.get(name, 0) :]
        self._seen[name] = len(heard)
        return new

    def types(self) -> list[str]:
        return [body["type"] for body in self.said(self.crm)]


@pytest.fixture
def siren(records: SqlRecords) -> Any:
    book = a_book(
        a_robot("ding", RobotKind.DINGTALK, E.STUCK, departments=frozenset({"tech"})),
        a_robot("we", RobotKind.WECOM, E.BREACH),
        events=frozenset({E.STUCK}),
    )
    desk = beyond(records, book)
    with respx.mock:
        crm = respx.post(CRM).mock(httpx.Response(204))
        ding = respx.post(url__startswith=DINGTALK).mock(OK)
        yield Siren(desk, OutsideAlarm(voice=desk.voice), crm, ding)


def test_everybody_who_asked_for_it_hears_of_a_trouble_at_once(siren: Siren) -> None:
    siren.alarm.raise_alarm("deliveries_late", count=7)

    [event] = siren.said(siren.crm)
    assert event["type"] == "deskbot.desk.stuck"
    assert event["data"] == {"code": "deliveries_late", "count": 7}
    [note] = siren.said(siren.ding)
    assert note["markdown"]["title"] == "客户服务中心：服务台出现故障：消息未能按时发出"
    assert "count：7" in note["markdown"]["text"]


def test_a_trouble_that_lasts_is_told_once_an_hour(siren: Siren) -> None:
    for _ in range(13):
        siren.alarm.raise_alarm("deliveries_late", count=7)
        siren.desk.real.move(minutes=5)

    assert siren.types() == ["deskbot.desk.stuck"] * 2


def test_another_trouble_is_told_beside_it(siren: Siren) -> None:
    siren.alarm.raise_alarm("deliveries_late", count=7)
    siren.alarm.raise_alarm("beats_late", names="watch")

    assert len(siren.types()) == 2


def test_its_end_is_told_once(siren: Siren) -> None:
    siren.alarm.raise_alarm("deliveries_late", count=7)
    siren.alarm.clear("deliveries_late")
    siren.alarm.clear("deliveries_late")

    assert siren.types() == ["deskbot.desk.stuck", "deskbot.desk.recovered"]


def test_several_processes_tell_of_one_trouble_once(siren: Siren) -> None:
    others = [OutsideAlarm(voice=siren.desk.voice) for _ in range(3)]

    for alarm in (siren.alarm, *others):
        alarm.raise_alarm("deliveries_late", count=7)
    others[0].clear("deliveries_late")

    assert siren.types() == ["deskbot.desk.stuck", "deskbot.desk.recovered"]


def test_a_telling_that_failed_is_made_up_for(siren: Siren) -> None:
    siren.crm.mock(httpx.Response(503))
    siren.alarm.raise_alarm("deliveries_late", count=7)
    siren.crm.mock(httpx.Response(204))

    siren.desk.real.move(minutes=5)
    siren.alarm.raise_alarm("deliveries_late", count=8)
    siren.desk.real.move(minutes=5)
    siren.alarm.raise_alarm("deliveries_late", count=9)

    assert [event["data"]["count"] for event in siren.said(siren.crm)] == [7, 8]
    assert len(siren.said(siren.ding)) == 1


def test_broken_records_do_not_silence_it(
    siren: Siren, records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    records.database.dispose()
    broken = replace(siren.desk.trial.desk, records=Broken())  # type: ignore[arg-type]
    siren.desk.voice.letters = replace(siren.desk.voice.letters, desk=broken)

    siren.alarm.raise_alarm("records_unusable", why="OperationalError")

    assert siren.types() == ["deskbot.desk.stuck"]
    [note] = siren.said(siren.ding)
    assert "数据库无法使用" in note["markdown"]["title"]


class Broken:
    """Records nobody can open."""

    def read(self) -> None:
        raise OSError("disk gone")

    def write(self) -> None:
        raise OSError("disk gone")


def test_one_destination_that_fails_keeps_no_other_from_hearing(siren: Siren) -> None:
    siren.ding.mock(side_effect=RuntimeError("unthought of"))

    siren.alarm.raise_alarm("keys_lost")

    assert siren.types() == ["deskbot.desk.stuck"]


def test_an_unknown_trouble_is_told_by_its_code(siren: Siren) -> None:
    siren.alarm.raise_alarm("moon_fell", since="2025-09-22T01:00:00+00:00")

    [note] = siren.said(siren.ding)
    assert note["markdown"]["title"] == "客户服务中心：服务台出现故障：moon＿fell"
    assert "2025-09-22 09:00" in note["markdown"]["text"]
