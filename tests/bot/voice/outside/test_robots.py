"""DingTalk, Feishu and WeCom are spoken to as their documents say, and are told no more than they may know."""

import base64
import hashlib
import hmac
import json
import urllib.parse
from datetime import timedelta
from typing import Any

import httpx
import pytest
import respx

from storage.records import SqlRecords
from tests.bot.voice.outside.beyond import (
    FEISHU,
    WECOM,
    Beyond,
    a_book,
    a_robot,
    beyond,
)
from tests.tickets.desk.desks import EVE, KEN, SUE
from tickets.case import facts as f
from tickets.case.values import Risk, Text
from tickets.desk import owners, work
from tickets.handbook import OutsideEvent as E
from tickets.handbook import RobotKind

NOBODY: frozenset[E] = frozenset()
OK = httpx.Response(200, json={"errcode": 0, "errmsg": "ok"})
FEISHU_OK = httpx.Response(200, json={"code": 0, "msg": "success", "StatusCode": 0})
DING, FEI, WE = RobotKind.DINGTALK, RobotKind.FEISHU, RobotKind.WECOM
KEYS = {DING: "ding", FEI: "fei", WE: "we"}
HOSTS = {DING: "oapi.dingtalk.com", FEI: "open.feishu.cn", WE: "qyapi.weixin.qq.com"}
OKS = {DING: OK, FEI: FEISHU_OK, WE: OK}


def a_desk(records: SqlRecords, kind: RobotKind, *events: E, **more: Any) -> Beyond:
    return beyond(records, a_book(a_robot(KEYS[kind], kind, *events), events=NOBODY), **more)


def sent(route: respx.Route, which: int = -1) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(route.calls[which].request.content)
    return body


def words(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False)


@respx.mock
def test_dingtalk_is_signed_in_its_address(records: SqlRecords) -> None:
    desk = a_desk(records, DING, E.ASSIGNED)
    route = respx.post(host=HOSTS[DING]).mock(OK)
    desk.trial.log()

    desk.deliver()

    [call] = route.calls
    query = dict(urllib.parse.parse_qsl(str(call.request.url.query, "ascii")))
    # The sample of open.dingtalk.com, custom robot security settings.
    timestamp = str(round(desk.real.at.timestamp() * 1000))
    string_to_sign = f"{timestamp}\nSECding"
    code = hmac.new(b"SECding", string_to_sign.encode(), digestmod=hashlib.sha256).digest()
    assert query == {
        "access_token": "dingsecret",
        "timestamp": timestamp,
        "sign": base64.b64encode(code).decode(),
    }
    assert "+" not in str(call.request.url.query, "ascii").partition("sign=")[2]
    assert sent(route)["msgtype"] == "markdown"


@respx.mock
def test_feishu_is_signed_in_the_body(records: SqlRecords) -> None:
    desk = a_desk(records, FEI, E.ASSIGNED)
    route = respx.post(FEISHU).mock(FEISHU_OK)
    desk.trial.log()

    desk.deliver()

    body = sent(route)
    timestamp = str(int(desk.real.at.timestamp()))
    # The sample of open.feishu.cn, custom bot guide.
    code = hmac.new(f"{timestamp}\nfeisign".encode(), digestmod=hashlib.sha256).digest()
    assert body["timestamp"] == timestamp
    assert body["sign"] == base64.b64encode(code).decode()
    assert body["msg_type"] == "interactive"
    assert {element["text"]["tag"] for element in body["card"]["elements"]} == {"plain_text"}


@respx.mock
def test_wecom_takes_markdown_within_its_bytes(records: SqlRecords) -> None:
    desk = a_desk(records, WE, E.ASSIGNED)
    route = respx.post(WECOM).mock(OK)
    desk.trial.log(description="空调🌡️制冷效果差" * 300)

    desk.deliver()

    content = sent(route)["markdown"]["content"]
    assert sent(route)["msgtype"] == "markdown"
    assert len(content.encode()) <= 4096


@respx.mock
@pytest.mark.parametrize("kind", [DING, FEI, WE])
def test_a_department_reads_its_assignment_in_the_desks_language_and_masked(
    records: SqlRecords, kind: RobotKind
) -> None:
    desk = a_desk(records, kind, E.ASSIGNED)
    route = respx.post(host=HOSTS[kind]).mock(OKS[kind])
    number = desk.trial.log(description="李小红的空调不制冷，电话13812345678，28度")

    desk.deliver()

    said = words(sent(route))
    assert f"工单 {number} 由" in said
    assert "客户服务中心" in said
    assert "P1 紧急 · 故障报修 · 技术部" in said
    assert "空调不制冷" in said
    assert "李小红" not in said
    assert "13812345678" not in said


@respx.mock
@pytest.mark.parametrize("kind", [DING, WE])
def test_a_persons_words_are_never_live(records: SqlRecords, kind: RobotKind) -> None:
    desk = a_desk(records, kind, E.ASSIGNED)
    route = respx.post(host=HOSTS[kind]).mock(OK)
    desk.trial.log(
        description="坏了<@all> [点这里](https://evil.example) **粗** `x` ![图](http://e) # 一 30分钟"
    )

    desk.deliver()

    said = words(sent(route))
    for live in ("<@", "](", "https://evil", "http://evil", "`", "![", "&"):
        assert live not in said
    assert said.count("**") == 2  # our own headline
    assert "坏了＜@all＞" in said


@respx.mock
@pytest.mark.parametrize("kind", [DING, FEI, WE])
def test_a_restricted_case_shows_number_priority_and_assignee_alone(
    records: SqlRecords, kind: RobotKind
) -> None:
    desk = a_desk(records, kind, E.ASSIGNED, E.LOGGED)
    route = respx.post(host=HOSTS[kind]).mock(OKS[kind])
    number = desk.trial.log(risks=frozenset({Risk.SAFETY}))

    desk.deliver()

    for call in range(len(route.calls)):
        said = words(sent(route, call))
        assert number in said
        assert "内容受限" in said
        assert "空调" not in said
        assert "故障" not in said


@respx.mock
def test_a_link_to_the_card_is_a_button_where_it_is_known(records: SqlRecords) -> None:
    desk = a_desk(records, DING, E.RESOLVED, workspace_url="https://desk.slack.com/")
    route = respx.post(host=HOSTS[DING]).mock(OK)
    number = desk.trial.log()
    desk.deliver()  # Slack takes the card
    work.accept(desk.trial.desk, number, by=EVE, receipt=desk.trial.receipt())
    done = f.Resolved(result=Text("已加注制冷剂，恢复正常"))
    work.resolve(desk.trial.desk, number, done, by=EVE, receipt=desk.trial.receipt())

    desk.deliver()

    card = sent(route)["actionCard"]
    assert card["singleURL"].startswith("https://desk.slack.com/archives/C1/p")
    assert card["singleTitle"] == "在 Slack 中打开工单卡片"


@respx.mock
def test_an_assignment_that_is_out_of_date_is_not_said(records: SqlRecords) -> None:
    desk = a_desk(records, DING, E.ASSIGNED)
    route = respx.post(host=HOSTS[DING]).mock(OK)
    number = desk.trial.log()
    receipt = desk.trial.receipt()
    owners.assign(desk.trial.desk, number, KEN, Text("更合适"), by=SUE, receipt=receipt)

    desk.deliver()

    assert len(route.calls) == 1


@respx.mock
def test_no_robot_hears_of_another_department(records: SqlRecords) -> None:
    ours = a_robot("ding", DING, E.ASSIGNED, departments=frozenset({"operations"}))
    desk = beyond(records, a_book(ours, events=NOBODY))
    route = respx.post(host=HOSTS[DING]).mock(OK)
    desk.trial.log()

    desk.deliver()

    assert not route.called


@respx.mock
@pytest.mark.parametrize(
    ("kind", "answer", "waits"),
    [
        (DING, {"errcode": 130101, "errmsg": "send too fast"}, timedelta(minutes=10)),
        (WE, {"errcode": 45009, "errmsg": "api freq out of limit"}, timedelta(seconds=60)),
        (FEI, {"code": 11232, "msg": "frequency limited"}, timedelta(seconds=60)),
    ],
)
def test_too_often_is_waited_for_by_all_of_that_robots(
    records: SqlRecords, kind: RobotKind, answer: dict[str, Any], waits: timedelta
) -> None:
    desk = a_desk(records, kind, E.ASSIGNED)
    route = respx.post(host=HOSTS[kind]).mock(side_effect=[httpx.Response(200, json=answer)])
    desk.trial.log()
    desk.trial.log()

    desk.deliver()
    assert len(route.calls) == 1

    route.mock(OKS[kind])
    desk.later(seconds=waits.total_seconds() - 1)
    assert len(route.calls) == 1
    desk.later(seconds=30)
    assert len(route.calls) == 3
    assert desk.parked == []


@respx.mock
@pytest.mark.parametrize(
    ("kind", "answer", "why"),
    [
        (DING, {"errcode": 310000, "errmsg": "sign not match"}, "code 310000"),
        (WE, {"errcode": 93000, "errmsg": "invalid webhook url"}, "code 93000"),
        (FEI, {"code": 19021, "msg": "sign match fail"}, "code 19021"),
    ],
)
def test_a_refusal_in_an_answer_of_200_parks_the_notice_and_tells_the_admins(
    records: SqlRecords, kind: RobotKind, answer: dict[str, Any], why: str
) -> None:
    desk = a_desk(records, kind, E.ASSIGNED)
    respx.post(host=HOSTS[kind]).mock(httpx.Response(200, json=answer))
    desk.trial.log()

    desk.deliver()

    [(notice, told)] = desk.parked
    assert (notice.place.key, told) == (KEYS[kind], why)


@respx.mock
def test_twenty_a_minute_are_never_passed(records: SqlRecords) -> None:
    desk = a_desk(records, DING, E.LOGGED)
    times: list[float] = []

    def note(_request: httpx.Request) -> httpx.Response:
        times.append(desk.real.at.timestamp())
        return OK

    respx.post(host=HOSTS[DING]).mock(side_effect=note)
    for _ in range(30):
        desk.trial.log()
    for _ in range(300):
        desk.later(seconds=1)

    assert len(times) == 30
    assert max(sum(start <= t < start + 60 for t in times) for start in times) <= 20
    assert times[-1] - times[0] < 130


@respx.mock
def test_what_has_no_address_is_parked_with_its_reason(records: SqlRecords) -> None:
    desk = a_desk(records, DING, E.ASSIGNED, variables={})
    desk.trial.log()

    desk.deliver()

    assert [why for _, why in desk.parked] == ["no_address"]
