"""Authorities outside through Slack: logged with the case, on every screen, moved and answered with one form each."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.handlers.stage import AGENT, AIR_CONDITIONER, ENG, SUPER, Stage, words_of

pytestmark = pytest.mark.usefixtures("address")  # on both engines


def ahead(hours: float) -> int:
    return int((datetime.now(UTC) + timedelta(hours=hours)).timestamp())  # noqa: TID251  what a person picks


def squeezed(thing: object) -> str:
    return "".join(words_of(thing).split())


def log_from_the_hotline(stage: Stage) -> str:
    acting = stage.person(AGENT)
    acting.command("/ticket", "new")
    assert "form.authority" not in words_of(acting.modal("form")["blocks"])
    acting.click(acting.modal("form"), "form.category", value="complaint")
    stage.shows(AGENT, "form.authority")
    values = {key: said for key, said in AIR_CONDITIONER.items() if "after_sales" not in key}
    values |= {
        "form.category.complaint": "complaint/product_defect",
        "form.authority": "12315",
        "form.authority_no": "2026-7731",
        "form.authority_due": ahead(0.4),  # before anything else is owed
    }
    sent = acting.submit(acting.modal("form"), values)
    assert not sent.errors, sent.errors
    for view in sent.views[-1:]:
        acting.close(view, everything=True)
    stage.settle()
    return stage.numbers()[-1]


def test_a_case_of_the_hotline_is_answered_before_it_ends(stage: Stage) -> None:
    number = log_from_the_hotline(stage)

    _, card = stage.card(number)
    assert "答复机构（12315消费者热线）" in squeezed(card["blocks"])
    to_supervisor = stage.slack.messages(stage.slack.sandbox.workspace.direct(SUPER).id)
    (told,) = [one for one in to_supervisor if "由外部机构转来：12315" in squeezed(one["blocks"])]
    assert "不会暂停" in squeezed(told["blocks"])

    stage.press(SUPER, "ticket.details", number)
    views = stage.slack.sandbox.views
    stage.person(SUPER).wait_for(
        lambda: "2026-7731" in squeezed(dict(views.stack(SUPER)[-1].body)["blocks"])
    )
    stage.person(SUPER).command("/ticket", f"why {number}")
    stage.person(SUPER).wait_for(
        lambda: "约定的日期" in squeezed(dict(views.stack(SUPER)[-1].body)["blocks"])
    )
    stage.person(SUPER).close(dict(views.stack(SUPER)[-1].body), everything=True)
    stage.person(SUPER).command("/ticket", "list all")
    assert "答复机构" in stage.told(SUPER)

    sent = stage.fill(
        SUPER, "ticket.refer_move", number, until=ahead(60), reason="对方同意延期两天"
    )
    assert not sent.errors
    sent = stage.fill(SUPER, "ticket.refer_answer", number, answer="已与客户达成和解")
    assert not sent.errors
    assert stage.ticket(number).unanswered == ()
    _, card = stage.card(number)
    assert "12315" not in words_of(card["blocks"])
    stage.press(SUPER, "ticket.history", number)
    stage.person(SUPER).wait_for(
        lambda: "已答复机构：12315" in squeezed(dict(views.stack(SUPER)[-1].body)["blocks"])
    )


def test_any_case_may_go_to_an_authority_later(stage: Stage) -> None:
    number = stage.log()

    late = stage.fill(AGENT, "ticket.refer", number, authority="platform", until=ahead(-2))
    assert set(late.errors) == {"until"}
    form = stage.person(AGENT).modal("modal.refer")
    sent = stage.person(AGENT).submit(
        form, {"authority": "platform", "direction": "went", "until": ahead(50)}
    )
    assert not sent.errors, sent.errors
    stage.settle()

    (one,) = stage.ticket(number).unanswered
    assert (one.authority, one.direction) == ("platform", "went")
    to_engineer = stage.slack.messages(stage.slack.sandbox.workspace.direct(ENG).id)
    assert "已投诉至外部机构：电商平台" in squeezed([said["blocks"] for said in to_engineer])


def found(stage: Stage, who: str, typed: str) -> str:
    stage.person(who).command("/ticket", typed)
    return stage.told(who)


@pytest.mark.requirement(110)
def test_cases_are_found_by_the_authority_they_came_by_or_went_to(stage: Stage) -> None:
    answered, second, other = stage.log(), stage.log(), stage.log(**{"form.order_no": "B-1"})
    for number in (answered, second):
        stage.fill(
            AGENT, "ticket.refer", number, authority="12315", direction="went", until=ahead(9)
        )
    stage.fill(AGENT, "ticket.refer", other, authority="platform", direction="came", until=ahead(9))
    sent = stage.fill(SUPER, "ticket.refer_answer", answered, answer="已达成和解")
    assert not sent.errors
    sue = stage.person(SUPER)

    told = found(stage, SUPER, "搜索 机关:12315")
    assert answered in told
    assert second in told
    assert other not in told
    assert "外部机构：12315 消费者热线" in told

    sue.click(sue.whispers()[-1], "search.filter")
    form = sue.modal("modal.filter")
    (picker,) = [one for one in form["blocks"] if one["block_id"] == "filter.authority"]
    assert [one["value"] for one in picker["element"]["initial_options"]] == ["12315"]
    sent = sue.submit(form, {"filter.authority": ["platform"], "filter.words": "出风口"})
    assert not sent.errors
    shown = words_of(sue.modal("modal.shown"))
    assert other in shown
    assert second not in shown


def test_what_a_risk_hides_is_not_told_by_its_authority(stage: Stage) -> None:
    number = stage.log(**{"form.risks": ["fraud"]})
    stage.fill(AGENT, "ticket.refer", number, authority="12315", direction="went", until=ahead(9))

    assert number in found(stage, SUPER, "search authority:12315")
    assert number in found(stage, "U0AUDIT", "search 未结")
    assert number not in found(stage, "U0AUDIT", "search authority:12315")
