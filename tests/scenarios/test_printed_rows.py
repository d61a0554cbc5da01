"""The rows the sources print, read from the record after their cases were played: S4 tables 1 and 3, S3's talks (R58, R75, R92, R101)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from bot.trial.cases import load_case
from bot.trial.play import Stage
from bot.trial.screens import words_of
from handlers.views.ids import ActionId, CallbackId
from tests.conftest import Address
from tests.scenarios.expectations import case_of
from tests.scenarios.house import CAST, SHANGHAI, House, open_house
from tests.scenarios.test_worked_cases import CASES
from tickets.case import facts as f
from tickets.case.ticket import Ticket
from tickets.case.values import Kind, Number, Status


def printed(at: datetime | None) -> str:
    """Write a moment as the tables print it."""
    assert at is not None
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


@contextmanager
def played(name: str, address: Address) -> Iterator[tuple[House, Stage, Ticket]]:
    """Play a case to its end."""
    case = load_case(CASES / f"{name}.yml")
    with open_house(address, starts=case.starts.replace(tzinfo=SHANGHAI)) as house:
        stage = Stage(case=case, player=house.player, cast=CAST, zone=SHANGHAI)
        for step in case.steps:
            stage.play(step)
        yield house, stage, case_of(house, stage).ticket


def facts_of(house: House, number: Number) -> list[f.Fact]:
    with house.desk.records.read() as unit:
        return [event.fact for event in unit.tickets.events(number)]


@pytest.mark.requirement(58, 101)
@pytest.mark.parametrize(
    ("name", "row"),
    [
        (
            "c1_crm_inquiry_vip",
            (
                Kind.INQUIRY,
                "产品是否支持多设备登录",
                "2024-03-01 10:00",
                {"ann", "bob"},
                Status.RESOLVED,  # 已解决: told and confirmed, not closed yet
                "2024-03-01 12:00",
                "2024-03-01 11:30",
                "VIP，优先跟进",
            ),
        ),
        (
            "c2_crm_complaint_delay",
            (
                Kind.COMPLAINT,
                "物流延迟 3 天未送达",
                "2024-03-01 14:30",
                {"sue"},
                Status.CLOSED,
                "2024-03-01 17:00",
                "2024-03-01 16:00",
                "协同物流部核实",
            ),
        ),
    ],
)
def test_a_row_of_the_tracking_table_comes_out_as_printed(
    name: str, row: tuple[object, ...], address: Address
) -> None:
    with played(name, address) as (house, _, ticket):
        kind, wanted, submitted, owners, status, planned, solved, remark = row
        (resolved,) = [one for one in events_of(house, ticket) if isinstance(one[1], f.Resolved)]
        said = [str(ticket.intake.remarks), *(str(one) for one in notes_of(house, ticket))]

        assert ticket.intake.kind is kind
        assert str(wanted) in ticket.intake.description
        assert printed(ticket.received_at) == submitted
        assert isinstance(owners, set)
        assert ticket.assignee in {CAST[one] for one in owners}
        assert ticket.status is status
        assert ticket.plan
        assert printed(ticket.plan.finish_by) == planned
        assert printed(resolved[0]) == solved
        assert any(str(remark) in one for one in said)


def events_of(house: House, ticket: Ticket) -> list[tuple[datetime, f.Fact]]:
    with house.desk.records.read() as unit:
        return [(event.happened_at, event.fact) for event in unit.tickets.events(ticket.number)]


def notes_of(house: House, ticket: Ticket) -> list[str]:
    """Give what was asked of those who helped."""
    facts = facts_of(house, ticket.number)
    return [str(one.need) for one in facts if isinstance(one, f.CollaboratorsNamed)]


@pytest.mark.requirement(92)
@pytest.mark.parametrize(
    ("name", "row"),
    [
        (
            "c3_crm_after_sales_four",
            (
                Kind.AFTER_SALES,
                4,
                "问题解决了，但等待时间稍长。",
                "增加客服人员，缩短响应时间。",
                "2024-03-01 15:30",
                "ann",
            ),
        ),
        (
            "c4_crm_complaint_five",
            (
                Kind.COMPLAINT,
                5,
                "处理迅速，态度友好，还给了补偿。",
                "无",
                "2024-03-02 09:15",
                "sue",
            ),
        ),
    ],
)
def test_a_row_of_the_satisfaction_table_comes_out_as_printed(
    name: str, row: tuple[object, ...], address: Address
) -> None:
    with played(name, address) as (house, _, ticket):
        with house.desk.records.read() as unit:
            events = unit.tickets.events(ticket.number)
        ((event, scored),) = [(e, e.fact) for e in events if isinstance(e.fact, f.Scored)]

        assert row == (
            ticket.intake.kind,
            scored.score,
            scored.words,
            scored.suggestions,
            printed(event.happened_at),
            next(who for who, user in CAST.items() if user == event.by),
        )


@pytest.mark.requirement(75)
@pytest.mark.parametrize(
    ("name", "told", "answers"),
    [
        (
            "d1_product_does_not_start",
            ("我们已安排技术人员于10月3日 下午上门检修", "上门更换主控板一块"),
            ("同意维修", "已恢复正常"),
        ),
        (
            "d2_goods_damaged",
            ("新品预计10月6日 送达", "您还有什么意见或建议吗"),
            ("原要求退款，现同意补发", "好的，等收货"),
        ),
    ],
)
def test_what_the_customer_was_told_and_answered_stands_in_the_record_of_talks(
    name: str, told: tuple[str, ...], answers: tuple[str, ...], address: Address
) -> None:
    with played(name, address) as (_, stage, _ticket):
        card, channel = stage.card()
        sue = stage.person("sue")
        sue.put_away()
        sue.press(card, ActionId.MORE, channel=channel)
        sue.press(sue.view(CallbackId.SHOWN), ActionId.TALKS)
        talks = stage.player.wait_for(lambda: sue.views()[1:], "the talks")[-1]

        read = words_of(talks)
        tight = read.replace(" ", "")
        assert [one for one in (*told, *answers) if one.replace(" ", "") not in tight] == []
