"""The five ready desks say what their procedures say, in words of both languages, for people that are there."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.cli.preset import PRESETS, preset_file
from bot.trial.desk import trial_workspace
from tests.bot.desk_config.test_json_schema import errors_in
from tests.presets.desks import DESKS, handbook, loaded
from tests.tickets.time.plans import at
from tests.tickets.time.stories import Story, assigned, logged
from tickets.case import facts as f
from tickets.case.conditions import CaseFacts
from tickets.case.routing import Staffing, decide_priority, route
from tickets.case.values import (
    Complexity,
    ContactChannel,
    CustomerType,
    Kind,
    PersonId,
    Priority,
    Risk,
    Status,
    Text,
)
from tickets.complaint_rules import Unfinished
from tickets.handbook import Words
from tickets.time.deadline import DeadlineKind

P1, P2, P3 = Priority
MONDAY = datetime(2025, 10, 13, 10, 5, tzinfo=ZoneInfo("Asia/Shanghai"))


def sent(desk: str, category: str, **facts):
    """Route a case of a category; give its department and who gets it."""
    kind = handbook(desk).subcategory(category).kind
    case = CaseFacts(kind=kind, category=category, priority=P2, customer=CustomerType.EXISTING)
    return route(handbook(desk), case._replace(**facts), Staffing(local_now=MONDAY))


def graded(desk: str, urgency: Priority, **facts) -> Priority:
    """Decide the priority of a complaint typed with an urgency."""
    known = {
        "kind": Kind.COMPLAINT,
        "category": "x/y",
        "priority": urgency,
        "customer": CustomerType.EXISTING,
    }
    return decide_priority(handbook(desk), urgency, CaseFacts(**(known | facts)))


def due(desk: str, what: DeadlineKind, priority: Priority = P2, *facts, **case):
    """Reckon a deadline of a case logged on Monday, 13 October 2025, 10:05 and assigned at once."""
    story = Story("2025-10-13 10:05", logged("2025-10-13 10:05", priority, **case), routed=False)
    story.then("2025-10-13 10:05", assigned())
    for fact in facts:
        story.then("2025-10-13 11:00", fact)
    found = [one for one in story.owes(*handbook(desk).policies) if one.kind is what]
    return found[0].due_at if found else None


def test_there_are_five_beside_the_trials() -> None:
    assert set(DESKS) == {"hotline", "complaints", "enterprise", "after-sales", "crm"}
    assert all(preset_file(name).exists() for name in PRESETS)


@pytest.mark.parametrize("desk", DESKS)
def test_nothing_in_it_is_wrong_or_doubtful(desk: str) -> None:
    assert loaded(desk).warnings == ()
    assert errors_in(loaded(desk).text) == []


@pytest.mark.parametrize("desk", DESKS)
def test_its_people_and_channels_are_there_in_a_trial(desk: str) -> None:
    workspace = trial_workspace(preset_file(desk))

    assert [one["id"] for one in workspace["users"] if one["real_name"] == one["id"]] == []
    names = {one["name"] for one in workspace["channels"]}
    assert {d.channel.lstrip("#") for d in handbook(desk).departments.values()} <= names


@pytest.mark.parametrize("desk", DESKS)
def test_every_word_is_there_in_both_languages(desk: str) -> None:
    rules = handbook(desk)
    named: dict[str, Words] = {"desk": rules.name}
    named |= {key: one.name for key, one in rules.departments.items()}
    for key, first in rules.categories.items():
        named |= {key: first.name, **{sub: one.name for sub, one in first.sub.items()}}
    named |= {str(key): words for key, words in rules.status_labels.items()}
    named |= {str(key): words for key, words in rules.shown_labels.items()}
    named |= {str(key): words for key, words in rules.priority_labels.items()}

    alike = [key for key, words in named.items() if words.in_("zh-Hans") == words.in_("en")]
    assert alike == []
    assert set(rules.priority_labels) == set(Priority)


def test_each_ruling_is_written_where_it_is_followed() -> None:
    texts = [loaded(desk).text for desk in DESKS]

    assert all("C4" in text and "C5" in text for text in texts)
    told = {int(one) for text in texts for one in re.findall(r"\bC(\d+)\b", text)}
    assert set(range(1, 20)) - told == {15}  # C15 is about the worked sample, not about a desk


@pytest.mark.requirement(22)
def test_the_hotline_sorts_by_four_and_three() -> None:
    tree = {
        first.name.in_("zh-Hans"): [one.name.in_("zh-Hans") for one in first.sub.values()]
        for first in handbook("hotline").categories.values()
    }

    assert tree == {
        "产品咨询": ["功能使用", "参数说明", "价格政策"],
        "售后服务": ["故障报修", "安装预约", "退换货申请"],
        "投诉建议": ["服务质量投诉", "产品缺陷反馈", "流程优化建议"],
        "业务办理": ["订单查询", "信息修改", "预约服务"],
    }


@pytest.mark.requirement(23)
def test_after_sales_sorts_by_five_classes() -> None:
    tree = {
        first.name.in_("zh-Hans"): [one.name.in_("zh-Hans") for one in first.sub.values()]
        for first in handbook("after-sales").categories.values()
    }

    assert tree == {
        "产品质量": ["故障", "功能不达标", "配件缺失"],
        "服务体验": ["客服态度", "响应速度", "流程复杂"],
        "物流问题": ["延迟配送", "货物损坏", "地址错误"],
        "使用咨询": ["功能操作", "政策解读", "售后政策"],
        "投诉建议": ["投诉", "建议"],
    }


@pytest.mark.requirement(24)
def test_the_crm_has_four_kinds_and_a_new_one_is_a_line_more() -> None:
    kinds = {first.name.in_("zh-Hans"): first.kind for first in handbook("crm").categories.values()}

    assert kinds == {
        "咨询": Kind.INQUIRY,
        "投诉": Kind.COMPLAINT,
        "建议": Kind.SUGGESTION,
        "售后": Kind.AFTER_SALES,
    }
    assert handbook("crm").subcategory("inquiry/new_product").name.in_("zh-Hans") == "新产品咨询"


@pytest.mark.requirement(25)
def test_complaints_are_of_five_types() -> None:
    rules = handbook("complaints")

    assert [one.key for one in rules.complaints.types] == [
        "product", "attitude", "timeliness", "accuracy", "policy",
    ]  # fmt: skip
    assert {sub.kind for one in rules.categories.values() for sub in one.sub.values()} == {
        Kind.COMPLAINT
    }
    assert rules.complaints.unfinished is Unfinished.REASON
    assert all(step.required for step in rules.complaints.checklist)


@pytest.mark.requirement(38)
@pytest.mark.parametrize(
    ("category", "department", "who"),
    [
        ("quality/fault", "tech", "U0ENG1"),
        ("logistics/delayed", "logistics", "U0STORE"),
        ("experience/attitude", "service", "U0TEAM"),
        ("usage/operation", "training", "U0TRAIN"),
        ("voice/complaint", "supervision", "U0SUPER"),  # C13
        ("voice/suggestion", "supervision", "U0SUPER"),
    ],
)
def test_after_sales_feedback_goes_where_the_procedure_sends_it(
    category: str, department: str, who: str
) -> None:
    route = sent("after-sales", category)

    assert (route.department, route.assignee) == (department, PersonId(who))


@pytest.mark.requirement(37)
def test_the_hotline_passes_faults_and_bad_service_on() -> None:
    assert sent("hotline", "after_sales/fault").department == "tech"
    assert sent("hotline", "complaint/service_quality").department == "operations"


@pytest.mark.requirement(39)
@pytest.mark.parametrize("sub", ["delivery", "service", "product"])
def test_each_complaint_of_the_crm_goes_to_the_supervisor(sub: str) -> None:
    assert sent("crm", f"complaint/{sub}").assignee == "U0SUPER"


@pytest.mark.requirement(26, 30, 31, 32, 33)
def test_customer_level_risk_and_reach_raise_a_complaint() -> None:
    vip = {"customer": CustomerType.VIP}

    assert graded("complaints", P3) is P3
    assert graded("complaints", P3, **vip) is P2
    assert graded("complaints", P3, risks=frozenset({Risk.FRAUD})) is P1
    assert graded("after-sales", P3, **vip) is P1  # VIP投诉 is 高
    assert graded("after-sales", P3, kind=Kind.AFTER_SALES, **vip) is P2  # C12
    assert graded("crm", P2, kind=Kind.INQUIRY, **vip) is P1


@pytest.mark.requirement(15, 33, 34)
@pytest.mark.parametrize(
    ("desk", "words"),
    [
        ("hotline", ["紧急", "一般", "不紧急"]),
        ("complaints", ["立即解决", "优先处理", "常规处理"]),
        ("enterprise", ["业务严重受影响", "体验部分受影响", "轻微咨询"]),
        ("after-sales", ["高", "中", "低"]),
        ("crm", ["高", "中", "低"]),
    ],
)
def test_each_desk_names_its_priorities(desk: str, words: list[str]) -> None:
    labels = handbook(desk).priority_labels

    assert [labels[grade].in_("zh-Hans") for grade in Priority] == words


@pytest.mark.requirement(68, 69, 70)
@pytest.mark.parametrize(
    ("desk", "words"),
    [
        ("hotline", {"处理中", "待处理", "待客户配合", "处理完成", "已关闭", "待跟进"}),
        (
            "after-sales",
            {"待受理", "已受理", "处理中", "待确认", "已解决", "暂缓处理", "已关闭", "已归档"},
        ),
        ("crm", {"待处理", "处理中", "已解决", "已关闭"}),
    ],
)
def test_each_desk_names_its_statuses(desk: str, words: set[str]) -> None:
    labels, shown = handbook(desk).status_labels, handbook(desk).shown_labels

    assert {one.in_("zh-Hans") for one in (*labels.values(), *shown.values())} == words
    assert labels[Status.RESOLVED].in_("zh-Hans") != labels[Status.CLOSED].in_("zh-Hans")  # C14


@pytest.mark.requirement(47, 48, 53, 54, 55, 56, 57)
@pytest.mark.parametrize(
    ("desk", "kind", "priority", "moment"),
    [
        ("hotline", DeadlineKind.RESPONSE, P1, "2025-10-13 12:05"),
        ("hotline", DeadlineKind.RESOLUTION, P1, "2025-10-14 10:05"),
        ("hotline", DeadlineKind.RESOLUTION, P2, "2025-10-16 10:05"),
        ("hotline", DeadlineKind.RESOLUTION, P3, "2025-10-20 18:00"),
        ("enterprise", DeadlineKind.RESPONSE, P1, "2025-10-13 11:05"),
        ("enterprise", DeadlineKind.RESPONSE, P2, "2025-10-13 14:05"),
        ("enterprise", DeadlineKind.RESPONSE, P3, "2025-10-14 10:05"),
        ("enterprise", DeadlineKind.WORKAROUND, P1, "2025-10-14 18:00"),
        ("enterprise", DeadlineKind.WORKAROUND, P3, "2025-10-14 18:00"),
        ("after-sales", DeadlineKind.RESPONSE, P1, "2025-10-14 10:05"),
        ("after-sales", DeadlineKind.RESPONSE, P2, "2025-10-15 10:05"),
        ("after-sales", DeadlineKind.RESPONSE, P3, "2025-10-16 10:05"),
        ("after-sales", DeadlineKind.PLAN, P2, "2025-10-14 18:00"),
        ("crm", DeadlineKind.RESPONSE, P1, "2025-10-13 10:35"),
    ],
)
def test_each_desk_counts_as_its_procedure_does(
    desk: str, kind: DeadlineKind, priority: Priority, moment: str
) -> None:
    assert due(desk, kind, priority) == at(moment)


@pytest.mark.requirement(50, 51)
def test_a_complaint_has_a_day_and_three_working_days_or_five() -> None:
    complex_one = f.ComplexityJudged(complexity=Complexity.COMPLEX, reason=Text("x"))
    usual = {"kind": Kind.COMPLAINT}

    assert due("complaints", DeadlineKind.RESPONSE, P3, **usual) == at("2025-10-14 10:05")
    assert due("complaints", DeadlineKind.RESOLUTION, P3, **usual) == at("2025-10-16 18:00")
    assert due("complaints", DeadlineKind.RESOLUTION, P3, complex_one, **usual) == at(
        "2025-10-20 18:00"
    )


@pytest.mark.requirement(52)
def test_a_complaint_is_followed_up_a_day_after_its_solution_and_the_result_told_at_once() -> None:
    solved = f.Resolved(result=Text("已换新"))
    usual = {"kind": Kind.COMPLAINT}

    assert due("complaints", DeadlineKind.CALLBACK, P3, solved, **usual) == at("2025-10-14 11:00")
    assert due("complaints", DeadlineKind.CUSTOMER_FEEDBACK, P3, solved, **usual) == at(
        "2025-10-13 12:00"
    )


@pytest.mark.requirement(60, 61)
@pytest.mark.parametrize(
    ("desk", "moment"),
    [("enterprise", "2025-10-14 11:00"), ("after-sales", "2025-10-14 18:00")],
)
def test_the_customer_is_asked_within_a_day_or_a_working_day_of_hearing_the_result(
    desk: str, moment: str
) -> None:
    solved = f.Resolved(result=Text("已换新"))
    told = f.CustomerTold(way=ContactChannel.PHONE, happened_at=at("2025-10-13 11:00"))

    assert due(desk, DeadlineKind.CALLBACK, P2, solved, told) == at(moment)


@pytest.mark.requirement(44)
def test_other_departments_answer_the_crm_in_two_hours_and_a_day() -> None:
    (row,) = [one for one in handbook("crm").policies if one.internal]

    assert {key: str(one.amount) + one.unit for key, one in row.internal.items()} == {
        "tech": "2h",
        "sales": "24h",
    }


@pytest.mark.requirement(18)
def test_technical_tickets_of_the_crm_carry_a_screenshot() -> None:
    assert handbook("crm").subcategory("after_sales/technical").required_evidence == {"screenshot"}
