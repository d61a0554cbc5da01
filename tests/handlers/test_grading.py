"""Grading and proposed help through Slack: what is like a case stands in the form, what was judged on every screen."""

import pytest

from tests.handlers.stage import AGENT, ENG, LEAD, SUPER, Json, Stage, words_of
from tickets.case.values import Complexity, Priority

pytestmark = pytest.mark.usefixtures("address")  # on both engines

OPS = "U0OPS"


def squeezed(thing: object) -> str:
    return "".join(words_of(thing).split())


def shows(stage: Stage, who: str, text: str) -> Json:
    """Wait until somebody's topmost view says this."""
    views = stage.slack.sandbox.views

    def found() -> Json | None:
        top = [dict(view.body) for view in views.stack(who)[-1:]]
        return top[0] if top and text in squeezed(top[0]["blocks"]) else None

    shown: Json = stage.person(who).wait_for(found)
    return shown


def messages_to(stage: Stage, who: str) -> str:
    channel = stage.slack.sandbox.workspace.direct(who).id
    return squeezed([one["blocks"] for one in stage.slack.messages(channel)])


@pytest.mark.requirement(27, 34)
def test_a_supervisor_grades_with_what_is_like_it_at_hand(stage: Stage) -> None:
    earlier = stage.log()
    number = stage.log(**{"form.phone": "13900001111", "form.name": "王强"})

    stage.press(SUPER, "ticket.grade", number)
    form = stage.person(SUPER).modal("modal.grade")
    assert earlier in words_of(form["blocks"]) and "出风口" in words_of(form["blocks"])
    sent = stage.person(SUPER).submit(
        form,
        {
            "known": "yes",
            "like": earlier,
            "departments": ["operations"],
            "first_cause": "quality",
            "report": "同批次压缩机，待核对批号",
            "priority": "P2",
            "complexity": "complex",
        },
    )
    assert not sent.errors, sent.errors
    stage.settle()

    ticket = stage.ticket(number)
    assert ticket.links == (earlier,) and ticket.contact_person == OPS
    assert (ticket.priority, ticket.complexity) == (Priority.P2, Complexity.COMPLEX)
    assert "需要運營部協作" in messages_to(stage, OPS)
    stage.person(LEAD).command("/ticket", f"show {number}")
    said = f"已知问题（同{earlier}）·协作：运营部·初步原因：产品质量"
    stage.person(LEAD).close(shows(stage, LEAD, said), everything=True)
    stage.press(LEAD, "ticket.history", number)
    shows(stage, LEAD, "同批次压缩机")


def test_a_lead_is_offered_no_grades_and_a_wrong_number_is_named(stage: Stage) -> None:
    number = stage.log()
    stage.press(LEAD, "ticket.grade", number)
    form = stage.person(LEAD).modal("modal.grade")
    blocks = {block.get("block_id") for block in form["blocks"]}
    assert "report" in blocks and not {"priority", "complexity"} & blocks

    values = {"known": "no", "first_cause": "quality", "report": "待查"}
    wrong = stage.person(LEAD).submit(form, values | {"like_number": "上周那单"})

    assert set(wrong.errors) == {"like_number"}
    assert stage.ticket(number).complaint.grading is None


@pytest.mark.requirement(41)
def test_an_engineer_proposes_help_and_the_lead_agrees_with_one_tap(stage: Stage) -> None:
    number = stage.log()
    stage.press(ENG, "ticket.accept", number)

    sent = stage.fill(
        ENG, "ticket.propose_help", number, people=[OPS], need="调取 9 月 30 日的通话录音"
    )
    assert not sent.errors, sent.errors
    direct = stage.slack.sandbox.workspace.direct(LEAD).id
    (asked,) = [
        one for one in stage.slack.messages(direct) if "ticket.agree_help" in str(one["blocks"])
    ]
    assert "通话录音" in words_of(asked["blocks"])
    stage.person(LEAD).click(asked, "ticket.agree_help", channel=direct)
    stage.settle()

    assert stage.ticket(number).collaborators == (OPS,)
    stage.person(AGENT).command("/ticket", f"show {number}")
    shows(stage, AGENT, "欧运营Olga")  # among the details


@pytest.mark.requirement(41)
def test_an_older_messages_button_does_not_agree_to_what_was_proposed_later(stage: Stage) -> None:
    number = stage.log()
    stage.press(ENG, "ticket.accept", number)
    stage.fill(ENG, "ticket.propose_help", number, people=[OPS], need="调取通话录音")
    stage.settle()
    direct = stage.slack.sandbox.workspace.direct(LEAD).id
    older = stage.slack.messages(direct)[-1]
    stage.person(LEAD).click(older, "ticket.details", channel=direct)
    once = stage.last("interactive")  # as it is pressed before that message is drawn anew
    stage.person(LEAD).close(stage.person(LEAD).modal("modal.shown"), everything=True)
    stage.fill(ENG, "ticket.propose_help", number, people=[AGENT], need="陪同上门")
    stage.settle()
    (newer,) = [
        one for one in stage.slack.messages(direct) if "ticket.agree_help" in str(one["blocks"])
    ]

    agree = next(one for one in older["blocks"][-1]["elements"] if "agree" in one["action_id"])
    once["actions"][0] |= {
        "action_id": agree["action_id"],
        "value": agree["value"],
        "action_ts": "1795951608.000001",
    }
    stage.send(once)
    assert "协作提议已变更" in stage.told(LEAD, direct)
    assert stage.ticket(number).collaborators == ()
    stage.person(LEAD).click(newer, "ticket.agree_help", channel=direct)
    stage.settle()
    assert stage.ticket(number).collaborators == (AGENT,)


@pytest.mark.requirement(41)
def test_more_agrees_to_the_proposal_it_was_opened_on(stage: Stage) -> None:
    number = stage.log()
    stage.press(ENG, "ticket.accept", number)
    stage.fill(ENG, "ticket.propose_help", number, people=[OPS], need="调取通话录音")
    stage.press(LEAD, "ticket.more", number)
    lead = stage.person(LEAD)

    lead.click(lead.modal("modal.shown"), "ticket.agree_help")
    stage.settle()

    assert stage.ticket(number).collaborators == (OPS,)
