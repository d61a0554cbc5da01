from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.views.card import card, full_card, moved
from handlers.views.customer import customer_line, masked_name
from handlers.views.ids import ActionId
from handlers.views.screen import Screen
from handlers.views.steps import every, is_offered, next_steps
from tests.handlers.views.conftest import ANN, NOON, a_deadline, a_ticket, logged
from tests.handlers.views.hostile import texts
from tests.handlers.views.lives import ASSIGNED, LIVES, RESOLVED, SCORED, TOLD
from tests.handlers.views.slack_rules import check_screen, nodes, said
from tickets.case import facts as f
from tickets.case.lifecycle import POSSIBLE
from tickets.case.ticket import Ticket
from tickets.case.values import (
    ContactOutcome,
    CustomerType,
    Number,
    Priority,
    Risk,
    Salutation,
    Status,
    Text,
)
from tickets.handbook import Handbook, Words
from tickets.people.privacy import Masked
from tickets.time.deadline import Deadline, DeadlineKind
from tickets.tongue import Tongue

CUSTOMER = "李*女士 ****5678 · KF-35"


def show(
    ticket: Ticket,
    handbook: Handbook,
    tongue: Tongue,
    *,
    owed: tuple[Deadline, ...] = (),
    customer: str = CUSTOMER,
    redacted: str = "27 °C at the outlet",
    now: datetime = NOON,
) -> Screen:
    return card(
        ticket,
        owed,
        customer_line=customer,
        redacted=redacted,
        handbook=handbook,
        tongue=tongue,
        now=now,
    )


def buttons(made: list[dict[str, Any]]) -> list[str]:
    return [node["action_id"] for node in nodes(made) if node.get("type") == "button"]


def test_a_new_card_says_what_the_layout_promises(handbook: Handbook, english: Tongue) -> None:
    owed = (
        a_deadline(DeadlineKind.RESOLUTION, NOON + timedelta(hours=22)),
        a_deadline(DeadlineKind.RESPONSE, NOON + timedelta(hours=1)),
    )

    made = check_screen(show(a_ticket(ASSIGNED), handbook, english, owed=owed))

    text = said(made)
    assert "⚪ 20250922003 · Fault repair · P2 Normal" in text
    assert "27 °C at the outlet" in text
    assert "李*女士 ****5678" in text
    assert "@Eve" in text and "Engineering" in text and "@Ann" in text and "by phone" in text
    assert text.index("First contact") < text.index("Solution")
    assert "2025-09-22 13:00" in text
    assert "rule 2: After-sales / Fault repair → Engineering" in text
    assert buttons(made) == ["ticket.accept", "ticket.contact", "ticket.hand_back", "ticket.more"]


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_card_in_every_language(
    status: Status, handbook: Handbook, tongue: Tongue
) -> None:
    ticket = a_ticket(*LIVES[status])

    made = check_screen(show(ticket, handbook, tongue))

    assert ticket.status is status
    assert 1 <= len(buttons(made)) <= 5


@pytest.mark.parametrize("status", Status)
def test_only_steps_of_the_status_table_are_offered(status: Status) -> None:
    ticket = a_ticket(*LIVES[status])

    offered = {one.removeprefix("ticket.") for one in every(ticket)}

    possible = {str(move) for move, places in POSSIBLE.items() if status in places}
    renamed = {
        "attempt": "callback_tried",
        "follow_up_end": "end_follow_up",
        "invalid": "mark_invalid",
    }
    named = {renamed.get(one, one) for one in offered}
    beside = {"answer", "details", "history", "reveal", "priority", "complexity", "collaborators"}
    beside |= {"propose_help", "retro"}
    beside |= {"linked_case", "article", "why", "lateness", "dossier", "erase", "profile", "talks"}
    assert named - beside - {"help_wanted", "promise_kept"} <= possible
    assert set(next_steps(ticket)) <= set(every(ticket))


def test_the_steps_after_the_work_follow_each_other() -> None:
    done = (ASSIGNED, RESOLVED)

    assert next_steps(a_ticket(*done))[0] is ActionId.TELL
    assert next_steps(a_ticket(*done, TOLD))[0] is ActionId.SCORE
    assert next_steps(a_ticket(*done, TOLD, SCORED))[0] is ActionId.CLOSE


def test_a_promise_is_kept_only_while_it_is_owed() -> None:
    promised = f.Promised(what=Text("a visit"), due_at=NOON)

    owed = a_ticket(ASSIGNED, promised)
    kept = a_ticket(ASSIGNED, promised, f.PromiseKept())

    assert is_offered(ActionId.PROMISE_KEPT, owed)
    assert not is_offered(ActionId.PROMISE_KEPT, kept)
    assert ActionId.PROMISE_KEPT not in next_steps(owed)


def test_a_supervisor_call_is_offered_only_while_it_is_owed() -> None:
    low = f.RoundBegun(round=2, by_low_score=True, reason=Text("too slow"))

    assert is_offered(ActionId.SUPERVISOR_CALL, a_ticket(ASSIGNED, RESOLVED, low))
    assert not is_offered(ActionId.SUPERVISOR_CALL, a_ticket(ASSIGNED))


@pytest.mark.requirement(88)
@pytest.mark.parametrize(
    ("ended", "shown"),
    [
        (["no_answer"], "no score: no answer, attempts: 1"),
        (["no_answer", "no_answer"], "no score: no answer, attempts: 2"),
        (["no_answer", "refused"], "no score: the customer does not want to be called"),
        (["unreachable"], "no score: the contact does not work"),
    ],
)
def test_a_card_says_how_the_calls_without_a_score_ended(
    ended: list[str], shown: str, handbook: Handbook, english: Tongue
) -> None:
    tries = [f.CallbackTried(outcome=ContactOutcome(one)) for one in ended]
    asked = (ASSIGNED, RESOLVED, TOLD, *tries)

    before = said(check_screen(show(a_ticket(*asked), handbook, english)))
    after = said(check_screen(show(a_ticket(*asked, SCORED), handbook, english)))

    assert shown in before
    assert "no score" not in after


def test_a_closed_card_says_that_a_refusal_is_on_record_until_it_is_reopened(
    handbook: Handbook, english: Tongue
) -> None:
    closed = (ASSIGNED, RESOLVED, TOLD, f.Closed(refusal=Text("on the phone, today")))
    again = f.RoundBegun(round=2, by_low_score=False, reason=Text("it is back"))

    before = said(check_screen(show(a_ticket(*closed), handbook, english)))
    after = said(check_screen(show(a_ticket(*closed, again), handbook, english)))

    assert "no score: the customer gave none, as the timeline says" in before
    assert "no score" not in after


def test_a_high_risk_card_shows_number_priority_and_assignee_only(
    handbook: Handbook, english: Tongue
) -> None:
    risky = logged(risks=frozenset({Risk.SAFETY}), priority=Priority.P1)

    screen = show(a_ticket(ASSIGNED, intake=risky), handbook, english)

    text = said(check_screen(screen)) + screen.text
    assert "🔴 20250922003 · P1 Urgent · Restricted" in text and "@Eve" in text
    for hidden in ("27 °C", "李*", "Fault", "KF-35", "Engineering", "@Ann"):
        assert hidden not in text


def test_a_high_risk_card_is_whole_for_those_it_is_sent_to(
    handbook: Handbook, english: Tongue
) -> None:
    risky = logged(risks=frozenset({Risk.SAFETY}))

    screen = full_card(
        a_ticket(ASSIGNED, intake=risky),
        (),
        customer_line=CUSTOMER,
        redacted="gas smell",
        handbook=handbook,
        tongue=english,
        now=NOON,
    )

    assert "gas smell" in said(check_screen(screen))


def test_a_stopped_clock_says_since_when_and_why(handbook: Handbook, english: Tongue) -> None:
    stopped = a_deadline(DeadlineKind.RESOLUTION, None, paused_since=NOON - timedelta(hours=1))

    made = check_screen(
        show(a_ticket(*LIVES[Status.WAITING_CUSTOMER]), handbook, english, owed=(stopped,))
    )

    text = said(made)
    assert "clock stopped since" in text and "2025-09-22 11:00" in text
    assert "(Waiting for customer)" in text


def test_an_overdue_clock_is_said_and_marked(handbook: Handbook, tongue: Tongue) -> None:
    late = a_deadline(DeadlineKind.RESPONSE, NOON - timedelta(minutes=1))

    made = check_screen(show(a_ticket(ASSIGNED), handbook, tongue, owed=(late,)))

    assert made[0]["text"]["text"].startswith("🔴")
    assert tongue("deadline.response") in said(made)


def test_what_is_met_or_void_is_not_shown(handbook: Handbook, english: Tongue) -> None:
    met = a_deadline(DeadlineKind.RESPONSE, NOON, met_at=NOON - timedelta(minutes=5))
    void = a_deadline(DeadlineKind.PLAN, NOON, void=True)

    made = check_screen(show(a_ticket(ASSIGNED), handbook, english, owed=(met, void)))

    assert "⏱" not in said(made)


def test_the_desks_own_label_is_used_where_it_has_one(
    handbook: Handbook, tongues: dict[str, Tongue]
) -> None:
    ticket = a_ticket(*LIVES[Status.ACCEPTED])

    assert "状态：处理中" in said(check_screen(show(ticket, handbook, tongues["zh-Hans"])))
    assert "Status: Accepted" in said(check_screen(show(ticket, handbook, tongues["en"])))


def test_moments_are_shown_in_each_readers_zone(handbook: Handbook, tongue: Tongue) -> None:
    made = check_screen(show(a_ticket(ASSIGNED), handbook, tongue))

    dates = [node for node in nodes(made) if node.get("type") == "date"]
    assert [date["fallback"] for date in dates] == ["2025-09-22 09:30"]
    assert dates[0]["format"] == "{date_short_pretty} {time}"


@pytest.mark.parametrize("channel", ["#operations", "C0OPS"])
def test_a_moved_card_says_where_to(channel: str, tongue: Tongue) -> None:
    screen = moved(Number("20250922003"), channel, tongue=tongue)

    made = check_screen(screen)
    places = [node.get("channel_id") for node in nodes(made) if node.get("type") == "channel"]
    assert "20250922003" in screen.text
    assert places == ["C0OPS"] if channel == "C0OPS" else "#operations" in said(made)


def test_a_customer_is_addressed_as_the_language_does(tongues: dict[str, Tongue]) -> None:
    li = Masked("李*", Salutation.MS, "****5678", "")
    john = Masked("J*** S.", Salutation.MR, "", "a***@b.c")

    assert masked_name(li, tongues["en"]) == "李*女士"
    assert masked_name(john, tongues["en"]) == "Mr J*** S."
    assert masked_name(Masked("", Salutation.NONE, "", ""), tongues["zh-Hans"]) == "客户"


def test_an_erased_customer_is_named_so_in_each_language(tongues: dict[str, Tongue]) -> None:
    erased = Masked("", Salutation.MS, "", "", is_erased=True)

    said = {language: masked_name(erased, tongue) for language, tongue in tongues.items()}

    assert said["en"] == "Erased customer"
    assert said["zh-Hans"] == "客户资料已删除"
    assert said["zh-Hant"] == "客戶資料已刪除"


def test_work_is_begun_on_the_card_only_where_the_desk_has_a_word_for_it(
    handbook: Handbook, english: Tongue
) -> None:
    accepted = a_ticket(ASSIGNED, f.Accepted())
    at_work = Words({"en": "At work"})
    labels = {Status.ACCEPTED: at_work, Status.IN_PROGRESS: at_work}

    apart = check_screen(show(accepted, handbook, english))
    as_one = check_screen(show(accepted, replace(handbook, status_labels=labels), english))

    assert [ActionId.START in buttons(one) for one in (apart, as_one)] == [True, False]
    assert ActionId.RESOLVE in buttons(as_one)


def test_the_line_on_a_customer_without_a_name_begins_with_what_is_known(
    handbook: Handbook, english: Tongue
) -> None:
    nameless = Masked("", Salutation.NONE, "", "")

    line = customer_line(nameless, logged(), english, handbook=handbook, redact=str)

    assert line == "Existing customer · KF-35 · order A-20931"  # "Customer Customer" says nothing


def test_the_customer_line_is_masked_redacted_and_whole(
    english: Tongue, handbook: Handbook
) -> None:
    vip = logged(customer_type=CustomerType.VIP, customer_level="gold", product=Text("call 138"))

    line = customer_line(
        Masked("李*", Salutation.MS, "****5678", ""),
        vip,
        english,
        handbook=handbook,
        redact=lambda text: text.replace("138", "***"),
    )

    assert line == "李*女士 ****5678 · VIP gold · call *** · order A-20931"


@given(customer=texts, redacted=texts, name=texts, status=st.sampled_from(Status))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_no_words_of_anybody_go_live_or_over_a_limit(
    customer: str, redacted: str, name: str, status: Status, handbook: Handbook, english: Tongue
) -> None:
    named = english.__class__(
        **{
            **{slot: getattr(english, slot) for slot in english.__slots__},  # type: ignore[attr-defined]
            "names": lambda _person: name,
        }
    )

    screen = show(
        a_ticket(*LIVES[status], by=ANN), handbook, named, customer=customer, redacted=redacted
    )

    check_screen(screen)
