"""`/ticket audit N` in a strict workspace: in three scripts, by parts, for those who answer for it alone."""

import pytest

from tests.handlers.stage import AGENT, ENG, SUPER, Stage, words_of
from tickets.ports import AuditQuery

DIRECTOR, AUDITOR = "U0DIRECTOR", "U0AUDIT"


@pytest.mark.requirement(115)
@pytest.mark.proves("X28", "X41")
def test_an_auditor_reads_it_and_turns_to_who_saw_customer_data(stage: Stage) -> None:
    number = stage.log()
    stage.press(ENG, "ticket.accept", number)
    stage.settle()
    stage.fill(ENG, "ticket.reveal", number, reason="致电客户约定上门时间")
    auditor = stage.person(AUDITOR)

    auditor.command("/ticket", f"審計 {number}")
    shown = auditor.modal("modal.shown")
    told = words_of(shown["blocks"])
    auditor.click(shown, "audit.page", block_id="part.seen")
    seen = words_of(stage.shows(AUDITOR, "part.all")["blocks"])

    assert "登記工單" in told
    assert "受理" in told
    assert "登記工單" not in seen
    assert "檢視客戶完整資訊" in seen
    assert "13812345678" not in told + seen
    assert "致电" not in told + seen


@pytest.mark.parametrize(
    ("who", "typed", "said"),
    [(DIRECTOR, "审计 1", "登记工单"), (AUDITOR, "audit 1", "登記工單")],
)
def test_those_who_answer_for_the_desk_read_it_by_the_days_serial(
    stage: Stage, who: str, typed: str, said: str
) -> None:
    stage.log()

    stage.person(who).command("/ticket", typed)

    words = words_of(stage.person(who).modal("modal.shown")["blocks"])
    assert said in words


@pytest.mark.proves("X02", "X28")
@pytest.mark.parametrize("who", [AGENT, ENG, SUPER])  # she is of no department
def test_others_are_told_who_may_instead(stage: Stage, who: str) -> None:
    number = stage.log()

    stage.person(who).command("/ticket", f"audit {number}")

    assert stage.told(who)
    with stage.bot.desk.records.read() as unit:
        last = unit.audit.all(AuditQuery())[-1]
    assert (last.by, last.action, last.outcome) == (who, "read_audit", "refused")
