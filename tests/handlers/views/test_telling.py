"""The texts for customers: filled, narrowed to the case, never a live word of a person, in each language."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.views.card import card
from handlers.views.ids import FieldId
from handlers.views.modals_customer import tell
from handlers.views.talks import talks
from handlers.views.telling import Node, called, text_for
from tests.handlers.views.conftest import NOON, logged
from tests.handlers.views.lives import ASSIGNED, LIVES, RESOLVED, TOLD, a_sheet
from tests.handlers.views.slack_rules import Json, check_view, nodes, said
from tickets.care.answering import hours_until
from tickets.case import facts as f
from tickets.case.values import ContactChannel, ContactOutcome, Salutation, Status, Text
from tickets.handbook import Handbook, Words
from tickets.people.privacy import Masked
from tickets.tongue import Tongue

PLANNED = f.Planned(measures=Text("上门更换压缩机。"), finish_by=NOON + timedelta(days=1))
PREVENTED = f.Resolved(result=Text("压缩机已更换"), prevention=Text("同批次逐台检查"))


def initial(view: Json, name: str) -> str:
    found = next(b for b in view["blocks"] if str(b.get("block_id")).partition(".")[0] == name)
    text: str = found["element"].get("initial_value", "")
    return text


@pytest.fixture
def bare(handbook: Handbook) -> Handbook:
    """A desk without texts of its own."""
    return replace(handbook, templates={})


@pytest.mark.requirement(59, 78)
def test_the_form_of_telling_says_what_was_done_the_result_and_how_it_is_prevented(
    bare: Handbook, tongues: dict[str, Tongue]
) -> None:
    view = check_view(tell(a_sheet(bare, tongues["zh-Hans"], (ASSIGNED, PLANNED, PREVENTED))))

    assert initial(view, FieldId.DONE) == "上门更换压缩机。"
    assert initial(view, FieldId.RESULT) == "压缩机已更换"
    assert initial(view, FieldId.PREVENTION) == "同批次逐台检查"
    assert initial(view, FieldId.MESSAGE) == (
        "您好，关于您反馈的故障报修，现向您说明处理情况。我们所做的处理：上门更换压缩机。"
        "处理结果：压缩机已更换。为避免再次发生：同批次逐台检查。请问这样安排，时间上您方便吗？"
    )


@pytest.mark.requirement(59)
@pytest.mark.parametrize(
    ("language", "end"),
    [
        ("zh-Hans", "时间上您方便吗？"),
        ("zh-Hant", "時間上您方便嗎？"),
        ("en", "the time suit you?"),
    ],
)
def test_the_houses_own_text_ends_by_asking_whether_the_time_suits(
    language: str, end: str, bare: Handbook, tongues: dict[str, Tongue]
) -> None:
    about = a_sheet(bare, tongues[language], (ASSIGNED, PLANNED, PREVENTED)).about()

    assert text_for(Node.TOLD, about).endswith(end)
    assert text_for(Node.PLAN, about).endswith(end) or language != "en"
    assert "{" not in text_for(Node.PLAN, about)


@pytest.mark.requirement(75)
@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ({"after_sales/fault": "甲", "after_sales": "乙", "complaint": "丙"}, "甲"),
        ({"after_sales": "乙", "after_sales_": "丙"}, "乙"),
        ({"complaint": "丙"}, ""),
    ],
)
def test_a_category_may_have_its_own_text_and_the_narrowest_is_taken(
    by: dict[str, str], expected: str, handbook: Handbook, tongues: dict[str, Tongue]
) -> None:
    variants = {"told": {case: Words({"zh-Hans": text}) for case, text in by.items()}}
    sheet = a_sheet(
        replace(handbook, template_variants=variants), tongues["zh-Hans"], (ASSIGNED, RESOLVED)
    )

    text = text_for(Node.TOLD, sheet.about())

    assert text == expected if expected else text.startswith("您好,关于您反馈的故障报修")


def test_a_kind_may_have_its_own_text(handbook: Handbook, english: Tongue) -> None:
    sheet = a_sheet(handbook, english, (ASSIGNED, RESOLVED))
    own = {"told": {str(sheet.ticket.intake.kind): Words({"en": "Own: {result}"})}}

    about = a_sheet(replace(handbook, template_variants=own), english, (ASSIGNED, RESOLVED)).about()

    assert text_for(Node.TOLD, about) == "Own: refrigerant added"


def test_a_sentence_with_nothing_to_say_is_left_out(handbook: Handbook, english: Tongue) -> None:
    text = Words(
        {"en": "Hello {{you}}. We did: {done}. It is {result}. We will {prevention}. Bye v1.2!"}
    )
    about = a_sheet(
        replace(handbook, templates={"told": text}), english, (ASSIGNED, RESOLVED)
    ).about()

    assert text_for(Node.TOLD, about) == "Hello {you}. It is refrigerant added. Bye v1.2!"


def test_what_the_form_holds_goes_before_what_is_on_record(bare: Handbook, english: Tongue) -> None:
    sheet = a_sheet(bare, english, (ASSIGNED, PREVENTED))

    view = check_view(tell(sheet, {"done": "{result}", "result": "ready!", "prevention": ""}))

    message = initial(view, FieldId.MESSAGE)
    assert "What we did: {result}. The result: ready. Does" in message
    assert not any(b.get("block_id") == FieldId.MESSAGE for b in view["blocks"])


@given(st.text(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_what_people_typed_is_never_read_as_a_place(
    bare: Handbook, english: Tongue, typed: str
) -> None:
    about = a_sheet(bare, english, (ASSIGNED, RESOLVED)).about({"done": f"x{{number}}{typed}x"})

    assert f"x{{number}}{typed}x" in text_for(Node.TOLD, about)


def test_identity_is_taken_out_of_what_is_said(bare: Handbook, english: Tongue) -> None:
    facts = (ASSIGNED, f.Resolved(result=Text("call 13812345678")))
    sheet = a_sheet(bare, english, facts, redact=lambda text: text.replace("13812345678", "****"))

    view = tell(sheet)

    assert "13812345678" not in str(view.to_dict()) and "call ****" in initial(
        view.to_dict(), FieldId.MESSAGE
    )


@pytest.mark.parametrize(
    ("name", "salutation", "expected"),
    [
        ("李*", Salutation.MS, "李女士"),
        ("欧阳*", Salutation.MR, "欧阳先生"),
        ("李*", Salutation.NONE, "客户"),
        ("J*** S.", Salutation.MS, "客户"),
        ("", Salutation.MS, "客户"),
    ],
)
def test_a_customer_is_called_by_surname(
    name: str, salutation: Salutation, expected: str, tongues: dict[str, Tongue]
) -> None:
    assert called(Masked(name, salutation, "", ""), tongues["zh-Hans"]) == expected


@given(st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=9)))
def test_the_hours_named_never_promise_less_than_the_deadline(ahead: timedelta) -> None:
    hours = hours_until(NOON + ahead, NOON)

    assert timedelta(hours=hours) >= ahead
    assert timedelta(hours=hours - 1) < ahead


def test_the_way_the_customer_prefers_stands_first(bare: Handbook, english: Tongue) -> None:
    sheet = a_sheet(bare, english, (ASSIGNED, RESOLVED))
    likes = replace(sheet.case.customer, preferred=ContactChannel.EMAIL)

    view = check_view(tell(replace(sheet, case=replace(sheet.case, customer=likes))))

    way = next(b for b in view["blocks"] if b.get("block_id") == FieldId.WAY)["element"]
    assert way["options"][0]["value"] == way["initial_option"]["value"] == "email"


@pytest.mark.requirement(75, 76)
def test_what_passed_between_us_and_the_customer_stands_in_order(
    handbook: Handbook, tongue: Tongue
) -> None:
    facts = (
        ASSIGNED,
        f.Contacted(
            way=ContactChannel.PHONE,
            outcome=ContactOutcome.REACHED,
            happened_at=NOON,
            note=Text("told the plan"),
            answer=Text("agrees to the repair"),
        ),
        f.Noted(text=Text("between us only")),
        RESOLVED,
        replace(TOLD, message=Text("it is done"), answer=Text("thank you")),
    )

    shown = said(check_view(talks(a_sheet(handbook, tongue, facts)))["blocks"])

    places = [shown.index(one) for one in ("told the plan", "agrees", "it is done", "thank you")]
    assert places == sorted(places)
    assert "between us only" not in shown and "refrigerant" not in shown


def test_the_longest_record_of_talks_keeps_slacks_limits(
    handbook: Handbook, tongue: Tongue
) -> None:
    long = f.CustomerTold(
        way=ContactChannel.PHONE,
        happened_at=NOON,
        **{
            name: Text("话" * 3000)
            for name in ("done", "result", "prevention", "message", "answer")
        },
    )
    sheet = a_sheet(handbook, tongue, (ASSIGNED, RESOLVED, *[long] * 12))

    shown = "".join(
        "".join(str(n.get("text")) for n in nodes(check_view(talks(sheet, page))["blocks"]))
        for page in range(1, 20)
    )

    assert shown.count("话") >= 12 * 5 * 3000


def test_nothing_said_is_said_so(handbook: Handbook, english: Tongue) -> None:
    shown = said(check_view(talks(a_sheet(handbook, english)))["blocks"])

    assert "Nothing has been said to the customer yet." in shown


@pytest.mark.requirement(19)
def test_a_card_says_that_the_customer_must_help_and_what_waiting_does(
    handbook: Handbook, tongue: Tongue
) -> None:
    said_of = {
        status: said(a_card(handbook, tongue, status))
        for status in (Status.IN_PROGRESS, Status.WAITING_CUSTOMER, Status.CLOSED)
    }

    assert [status for status, text in said_of.items() if "🙋" in text] == [Status.IN_PROGRESS]


def a_card(handbook: Handbook, tongue: Tongue, status: Status) -> list[Json]:
    intake = logged(needs_customer=True)
    sheet = a_sheet(handbook, tongue, LIVES[status], intake=intake)
    screen = card(
        sheet.ticket,
        (),
        customer_line="李*女士",
        redacted="x",
        handbook=handbook,
        tongue=tongue,
        now=NOON,
    )
    return [block.to_dict() for block in screen.blocks]
