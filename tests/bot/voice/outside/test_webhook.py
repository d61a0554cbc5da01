"""Webhooks receive CloudEvents that they can verify, recognise when repeated, and that name nobody."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx

from bot.voice.outside.webhook import cloud_event, event_id, key_of, signature
from storage.records import SqlRecords
from tests.bot.voice.outside.beyond import CRM, VARIABLES, WHSEC, Beyond, a_book, beyond
from tests.tickets.builders import NINE
from tests.tickets.desk.desks import EVE
from tests.tickets.handbooks import a_handbook
from tickets.case.values import Risk
from tickets.handbook import OutsideEvent as E

GUIDE = Path(__file__).parents[4] / "docs" / "outside.md"
DONE = httpx.Response(204)


@pytest.fixture
def desk(records: SqlRecords) -> Beyond:
    return beyond(records, a_book())


def bodies(route: respx.Route) -> list[dict[str, Any]]:
    return [json.loads(call.request.content) for call in route.calls]


def verify(request: httpx.Request, secret: str, now: float) -> dict[str, Any]:
    """What docs/outside.md tells receivers to do."""
    [snippet] = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    told: dict[str, Any] = {}
    exec(snippet, told)
    event: dict[str, Any] = told["verified"](request.headers, request.content, secret, now)
    return event


def test_the_signature_is_that_of_the_standards_own_example() -> None:
    content = b'msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}'

    assert signature(WHSEC, content) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@respx.mock
def test_a_case_arrives_as_events_that_the_guides_receiver_accepts(desk: Beyond) -> None:
    route = respx.post(CRM).mock(DONE)
    number = desk.trial.log()

    desk.deliver()

    events = [verify(call.request, WHSEC, desk.real.at.timestamp()) for call in route.calls]
    assert [event["type"] for event in events] == [
        "deskbot.ticket.logged",
        "deskbot.ticket.assigned",
    ]
    for event in events:
        assert event["specversion"] == "1.0"
        assert event["source"] == "/deskbot/Service%20desk"
        assert event["subject"] == number
        assert event["datacontenttype"] == "application/json"
        assert datetime.fromisoformat(event["time"]).tzinfo is not None
    assert events[1]["data"] == {
        "round": 1,
        "priority": "P1",
        "department": "tech",
        "assignee": EVE,
        "category": "after_sales/fault",
        "kind": "after_sales",
        "cause": "rule",
    }
    assert len({event["id"] for event in events}) == 2


@respx.mock
def test_the_header_names_the_event_and_its_form(desk: Beyond) -> None:
    route = respx.post(CRM).mock(DONE)
    desk.trial.log()

    desk.deliver()

    request = route.calls[0].request
    assert request.headers["content-type"] == "application/cloudevents+json; charset=utf-8"
    assert request.headers["webhook-id"] == bodies(route)[0]["id"]


@respx.mock
@pytest.mark.parametrize("risks", [frozenset(), frozenset({Risk.SAFETY})])
def test_nobodys_personal_data_leaves(desk: Beyond, risks: frozenset[Risk]) -> None:
    route = respx.post(CRM).mock(DONE)
    desk.trial.log(name="李小红", phone="13812345678", email="li@example.com", risks=risks)

    desk.deliver()

    everything = "".join(call.request.content.decode() for call in route.calls)
    for secret in ("李", "小红", "1381234", "5678", "@", "空调", "上门", "Eve"):
        assert secret not in everything


@respx.mock
def test_a_forged_or_old_event_is_refused_by_the_guides_receiver(desk: Beyond) -> None:
    route = respx.post(CRM).mock(DONE)
    desk.trial.log()
    desk.deliver()
    request, now = route.calls[0].request, desk.real.at.timestamp()

    with pytest.raises(ValueError, match="signature"):
        verify(request, "whsec_AAAA", now)
    with pytest.raises(ValueError, match="too old"):
        verify(request, WHSEC, now + 600)
    forged = httpx.Request("POST", CRM, content=b"{}", headers=request.headers)
    with pytest.raises(ValueError, match="signature"):
        verify(forged, WHSEC, now)


@respx.mock
def test_a_secret_is_replaced_without_a_gap(records: SqlRecords) -> None:
    both = VARIABLES | {"WEBHOOK_CRM_SECRET": f"whsec_bmV3c2VjcmV0, {WHSEC}"}
    desk = beyond(records, a_book(), variables=both)
    route = respx.post(CRM).mock(DONE)
    desk.trial.log()

    desk.deliver()

    now = desk.real.at.timestamp()
    for secret in (WHSEC, "whsec_bmV3c2VjcmV0"):
        assert verify(route.calls[0].request, secret, now)["specversion"] == "1.0"


@respx.mock
@pytest.mark.parametrize("secret", ["", "whsec_no base64!"])
def test_nothing_is_sent_unsigned(records: SqlRecords, secret: str) -> None:
    desk = beyond(records, a_book(), variables={"WEBHOOK_CRM_SECRET": secret})
    route = respx.post(CRM).mock(DONE)
    desk.trial.log()

    desk.deliver()

    assert not route.called
    assert {why for _, why in desk.parked} == {"no_secret"}


def test_an_address_may_be_a_setting(records: SqlRecords) -> None:
    desk = beyond(
        records, a_book(), variables=VARIABLES | {"WEBHOOK_CRM_URL": "https://secret.example/t0k"}
    )
    desk.trial.log()

    with respx.mock:
        route = respx.post("https://secret.example/t0k").mock(DONE)
        desk.deliver()

    assert route.called


@pytest.mark.parametrize("key", ["outside:closed:1:1:9:webhook:crm", "a.b", "部门 x"])
def test_an_id_fits_into_a_header_and_divides_nothing(key: str) -> None:
    made = event_id(key)

    assert made.isascii()
    assert "." not in made
    assert " " not in made


def test_trouble_of_the_desk_is_no_tickets() -> None:
    made = cloud_event(
        "k",
        {"event": E.STUCK, "at": NINE.isoformat(), "code": "beats_late", "count": 2},
        a_handbook(),
        subject=None,
        is_repeat=False,
    )

    assert made["type"] == "deskbot.desk.stuck"
    assert "subject" not in made
    assert made["data"] == {"code": "beats_late", "count": 2}


def test_a_secret_is_base64_behind_its_prefix_and_bytes_without() -> None:
    assert key_of("whsec_c2VjcmV0") == b"secret"
    assert key_of("secret") == b"secret"
