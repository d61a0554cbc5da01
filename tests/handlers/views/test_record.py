from dataclasses import fields as fields_of
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.views.details import details
from handlers.views.history import history
from handlers.views.meta import unpack
from handlers.views.modal import Sheet
from handlers.views.pager import paged
from tests.handlers.views.conftest import EVE, NOON, SUE, logged
from tests.handlers.views.hostile import texts
from tests.handlers.views.lives import ASSIGNED, LIVES, RESOLVED, a_sheet
from tests.handlers.views.slack_rules import Json, check_view, nodes, said
from tickets.case import facts as f
from tickets.case.facts import Fact
from tickets.case.log import OPERATOR
from tickets.case.values import (
    AssignCause,
    CauseDimension,
    ComplaintOutcome,
    Complexity,
    ContactChannel,
    ContactOutcome,
    Direction,
    Dissatisfaction,
    Kind,
    LateCause,
    Number,
    Priority,
    RepeatCause,
    Risk,
    Solved,
    Status,
    Text,
)
from tickets.handbook import Handbook
from tickets.time.deadline import DeadlineKind, MoveCause, MoveEffect
from tickets.tongue import Tongue

T = Text("what was said")
EVERY: tuple[Fact, ...] = (
    f.Corrected(field="emotion", was=Text("calm"), now=Text("angry")),
    f.Corrected(field="category", was=Text("after_sales/fault"), now=Text("after_sales/returns")),
    f.MarkedInvalid(note=T),
    f.InvalidTakenBack(reason=T),
    f.Assigned(department="tech", assignee=None, cause=AssignCause.DEPUTY, reason=T),
    f.Assigned(department="", assignee=SUE, cause=AssignCause.HAND_BACK),
    f.Accepted(reason=T),
    f.HandedBack(reason=T),
    f.CollaboratorsNamed(people=(EVE, SUE), contact=SUE, need=T),
    f.PriorityChanged(was=Priority.P3, now=Priority.P2, reason=T),
    f.ComplexityJudged(complexity=Complexity.COMPLEX, reason=T),
    f.Started(),
    f.Contacted(
        way=ContactChannel.PHONE,
        outcome=ContactOutcome.REACHED,
        happened_at=NOON - timedelta(hours=5),
        note=T,
        answer=T,
    ),
    f.Planned(measures=T, resources=T, finish_by=NOON, cost=T),
    f.WorkaroundGiven(workaround=T, told=True, fixed_by=NOON, compensation=T),
    f.WorkaroundGiven(workaround=T, told=False),
    f.Waiting(reason=T, until=NOON),
    f.Held(reason=T),
    f.Resumed(),
    f.Resolved(result=T, first_cause=T, dimension=CauseDimension.SYSTEM, overdue_reason=T),
    f.Resolved(result=T, on_the_spot=True),
    f.CustomerTold(way=ContactChannel.EMAIL, happened_at=NOON, message=T, answer=T),
    f.Confirmed(),
    f.CallbackTried(outcome=ContactOutcome.NO_ANSWER, note=T),
    f.CallsDeclined(),
    f.CallsWelcome(wished=True),
    f.CallsWelcome(wished=False),
    f.Opinion(question="attitude", scale=4),
    f.Scored(
        score=2,
        solved=Solved.PARTLY,
        words=T,
        suggestions=T,
        dissatisfaction=Dissatisfaction.TOO_SLOW,
    ),
    f.RoundBegun(round=2, by_low_score=True),
    f.RoundBegun(round=2, by_low_score=True, dissatisfaction=Dissatisfaction.TOO_SLOW),
    f.RoundBegun(round=3, by_low_score=False, reason=T),
    f.SupervisorCalled(note=T),
    f.CallTakenOver(caller=EVE),
    f.Promised(what=T, due_at=NOON),
    f.PromiseKept(),
    f.Decided(meeting="2025-W38", decision=T, owner=EVE, due_at=NOON),
    f.Blocked(blocker="b1", name=T),
    f.Unblocked(blocker="b1", name=T),
    f.LookedBack(retro="r1", conclusion=T),
    f.StepTicked(step="explained"),
    f.ArticleUsed(article=12, version=1, title="退换货流程"),
    f.EvidenceDeferred(reason=T),
    f.SignalSeen(count=8, days=7, usual=0.4, limit=5),
    f.CollaboratorsProposed(people=(EVE, SUE), contact=SUE, need=T),
    f.Graded(
        known=True,
        like=Number("20250921001"),
        departments=("tech",),
        cause="quality",
        report=T,
    ),
    f.AuthorityNamed(
        key="12315", authority="12315", direction=Direction.CAME, reference=T, due_at=NOON
    ),
    f.AuthorityMoved(key="12315", authority="12315", was=NOON, now=NOON, reason=T),
    f.AuthorityAnswered(key="12315", authority="12315", statement=T, happened_at=NOON),
    f.StepUnticked(step="explained"),
    f.CustomerTagged(tag="key_followup", cases=3),
    f.FilledIn(
        kind=Kind.AFTER_SALES,
        category="after_sales/fault",
        urgency=Priority.P2,
        description=T,
        read_back=True,
    ),
    f.ComplainedAbout(people=(EVE,)),
    f.ApprovalAsked(amount=30050),
    f.ApprovalAsked(),
    f.ApprovalGiven(),
    f.ApprovalRefused(reason=T),
    f.OutcomeJudged(outcome=ComplaintOutcome.PARTLY),
    f.EvidenceWaived(reason=T),
    f.ChecklistWaived(reason=T),
    f.LatenessExplained(cause=LateCause.NO_PARTS, overdue_reason=T),
    *(
        f.StageReached(
            kind=DeadlineKind.RESOLUTION, round=1, stage=stage, due_at=NOON, missed_warning=missed
        )
        for stage, missed in ((0, False), (1, False), (1, True), (2, False))
    ),
    *(
        f.DeadlineMoved(
            kind=DeadlineKind.PLAN,
            round=1,
            before=before,
            after=after,
            why=MoveCause.POLICY,
            effect=effect,
        )
        for before, after, effect in (
            (NOON, NOON + timedelta(hours=2), MoveEffect.NONE),
            (NOON, NOON - timedelta(hours=2), MoveEffect.BREACHED),
            (NOON, NOON + timedelta(hours=2), MoveEffect.CLEARED),
            (None, NOON, MoveEffect.NONE),
            (NOON, None, MoveEffect.NONE),
        )
    ),
    *(
        f.Heard(kind=DeadlineKind.ACCEPT, round=1, stage=1, due_at=NOON, cancels=cancels)
        for cancels in (None, 2)
    ),
    f.FollowedUp(until=NOON, reason=T),
    f.FollowUpEnded(note=T),
    f.Closed(refusal=T),
    f.ToldAgain(
        cause=RepeatCause.NOT_DONE,
        way=ContactChannel.PHONE,
        happened_at=NOON,
        message=T,
        answer=T,
    ),
    f.ParentNamed(parent=Number("20250922001"), signal="s"),
    f.ParentLeft(parent=Number("20250922001")),
    f.ChildJoined(child=Number("20250922001")),
    f.ChildLeft(child=Number("20250922001")),
    f.Absorbed(other=Number("20250922001"), received_at=NOON),
    f.Linked(other=Number("20250922001")),
    f.Noted(text=T),
    f.Said(message_ts="1.0", text=T),
    f.SaidAnew(message_ts="1.0", edited_ts="2.0", text=T),
    f.Unsaid(message_ts="1.0"),
    f.EvidenceAdded(file_id="F1", name=T, link=T),
    f.DisputeSettled(department="tech", reason=T),
    f.DisputeSettled(department="", reason=T),
    f.ReportedUp(reason=T),
    f.HelpAsked(text=T),
    f.Asked(department="tech", question=T),
    f.Answered(department="tech", reply=T),
    f.Asked(department="tech", question=T, key="tech#2", called=EVE),
    f.NotOurs(department="tech", reason=T),
    f.Revealed(reason=T),
    f.Addendum(text=T),
    f.Disposed(),
    f.DossierMade(reason=T),
    f.StatusSaid(status=Status.CLOSED),
    f.Imported(source="hotline", labels=Text("责任人: *工")),
    f.Archived(key="20250922-after_sales"),
    f.Merged(survivor=Number("20250922001")),
)


def every_page(sheet: Sheet, view_of: Any) -> list[Json]:
    """Turn the pages as a reader does, by the button's own value."""
    pages, page = [], 1
    while page:
        view = check_view(view_of(sheet, page))
        pages.append(view)
        turns = [
            unpack(node["value"])
            for node in nodes(view)
            if node.get("type") == "button" and node["action_id"].endswith(".page")
        ]
        page = max((int(turn["page"]) for turn in turns if int(turn["page"]) > page), default=0)
    return pages


def test_every_kind_of_fact_has_its_sentence(handbook: Handbook, tongue: Tongue) -> None:
    pages = every_page(a_sheet(handbook, tongue, EVERY), history)

    kinds = {type(fact).__name__ for fact in EVERY} | {"Logged"}
    assert kinds == {kind.__name__ for kind in vars(f).values() if _is_fact(kind)}
    text = "\n".join(said(page["blocks"]) for page in pages)
    assert text.count("what was said") == sum(_words_in(fact) for fact in EVERY)


@pytest.mark.requirement(29)
@pytest.mark.parametrize(
    ("usual", "said_so"),
    [(0.0, "usually hardly any"), (0.4, "usually fewer than 1"), (2.6, "usually about 3")],
)
def test_a_parent_case_says_in_the_readers_words_what_is_usual(
    handbook: Handbook, english: Tongue, usual: float, said_so: str
) -> None:
    seen = f.SignalSeen(count=8, days=7, usual=usual, limit=5)
    sheet = a_sheet(handbook, english, (seen,))

    text = "\n".join(said(page["blocks"]) for page in every_page(sheet, details))

    assert f"8 in 7 days, {said_so}." in text


def _is_fact(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Fact) and kind is not Fact


def _words_in(fact: Fact) -> int:
    return sum(getattr(fact, one.name) == T for one in fields_of(fact))


def test_the_timeline_is_in_order_and_says_who_did_what_when(
    handbook: Handbook, english: Tongue
) -> None:
    text = said(check_view(history(a_sheet(handbook, english, LIVES[Status.CLOSED])))["blocks"])

    steps = [
        "logged the case",
        "assigned it to @Eve (Engineering)",
        "resolved it",
        "told the customer",
    ]
    places = [text.index(step) for step in [*steps, "recorded the score 5 of 5", "closed it"]]
    assert places == sorted(places)
    assert "2025-09-22 10:01 · @Ann: logged the case: After-sales / Fault repair" in text


def test_a_case_that_nobody_has_is_passed_to_its_department(
    handbook: Handbook, english: Tongue
) -> None:
    passed = f.Assigned(department="tech", assignee=None, cause=AssignCause.PERSON)

    text = said(check_view(history(a_sheet(handbook, english, (passed,))))["blocks"])

    assert "passed it to Engineering, to nobody yet, by hand" in text


def test_what_a_table_brought_in_was_logged_by_nobody(handbook: Handbook, english: Tongue) -> None:
    sheet = a_sheet(handbook, english, LIVES[Status.CLOSED])
    ticket = replace(sheet.ticket, logged_by=OPERATOR)
    brought = replace(sheet, case=replace(sheet.case, ticket=ticket))

    text = "\n".join(said(page["blocks"]) for page in every_page(brought, details))

    assert "Logged by: imported table" in text
    assert "@operator" not in text


def test_what_happened_earlier_than_it_was_written_says_so(
    handbook: Handbook, english: Tongue
) -> None:
    call = f.Contacted(
        way=ContactChannel.PHONE,
        outcome=ContactOutcome.NO_ANSWER,
        happened_at=NOON - timedelta(hours=5),
    )

    text = said(check_view(history(a_sheet(handbook, english, (call,))))["blocks"])

    assert "(it happened 2025-09-22 07:00): contacted the customer (Phone): No answer" in text


def test_twenty_entries_are_a_page(handbook: Handbook, english: Tongue) -> None:
    notes = tuple(f.Noted(text=Text(f"note {place:02}")) for place in range(44))

    pages = every_page(a_sheet(handbook, english, notes), history)

    counts = [said(page["blocks"]).count("wrote a note") for page in pages]
    assert len(pages) == 3
    assert "note 43" in said(pages[2]["blocks"]) and "note 00" in said(pages[0]["blocks"])
    assert counts == [19, 20, 5]
    assert "Page 2 of 3" in said(pages[1]["blocks"])


@pytest.mark.parametrize("text", ["汉" * 3000, "👩‍👩‍👧‍👦" * 3000, "x" * 100_000])
def test_a_long_text_is_shown_whole(text: str, handbook: Handbook, english: Tongue) -> None:
    sheet = a_sheet(
        handbook, english, (f.Noted(text=Text(text)),), intake=logged(description=Text(text))
    )

    for view_of in (history, details):
        shown = "".join(
            block["text"]["text"]
            for page in every_page(sheet, view_of)
            for block in page["blocks"]
            if block["type"] == "section"
        )
        assert text in shown


def test_a_page_that_does_not_exist_shows_the_nearest(handbook: Handbook, english: Tongue) -> None:
    sheet = a_sheet(handbook, english)

    assert check_view(history(sheet, 99)) == check_view(history(sheet, 1))
    assert check_view(history(sheet, -5)) == check_view(history(sheet, 1))


def test_all_words_pass_the_redaction(handbook: Handbook, english: Tongue) -> None:
    secret = "13800135678"
    facts = (ASSIGNED, f.Noted(text=Text(f"ring {secret}")), f.Resolved(result=Text(secret)))
    intake = logged(
        description=Text(f"call {secret} " * 30), product=Text(secret), remarks=Text(secret)
    )
    sheet = a_sheet(
        handbook, english, facts, intake=intake, redact=lambda text: text.replace(secret, "****")
    )

    assert secret not in str(every_page(sheet, history)) + str(every_page(sheet, details))


def test_details_show_all_that_is_known_masked(handbook: Handbook, english: Tongue) -> None:
    intake = logged(
        risks=frozenset({Risk.SAFETY}),
        where=Text("living room"),
        needs_customer=True,
        read_back_at=NOON,
    )
    facts = (ASSIGNED, f.Planned(measures=Text("new unit"), finish_by=NOON), RESOLVED)

    text = said(check_view(details(a_sheet(handbook, english, facts, intake=intake)))["blocks"])

    for shown in (
        "Name: 李*女士",
        "Contact: ****5678",
        "Where it happened: living room",
        "Risks: Danger to people",
        "Measures: new unit",
        "Result: refrigerant added",
        "The customer has to help: Yes",
        "Read back: 2025-09-22 12:00",
    ):
        assert shown in text


@pytest.mark.parametrize("status", Status)
def test_details_and_history_exist_in_every_status_and_language(
    status: Status, handbook: Handbook, tongue: Tongue
) -> None:
    sheet = a_sheet(handbook, tongue, LIVES[status])

    check_view(details(sheet))
    check_view(history(sheet))


@given(notes=st.lists(texts, max_size=6), description=texts)
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_page_of_the_record_goes_over_a_limit(
    notes: list[str], description: str, handbook: Handbook, english: Tongue
) -> None:
    facts = tuple(f.Noted(text=Text(note)) for note in notes)
    sheet = a_sheet(handbook, english, facts, intake=logged(description=Text(description)))

    every_page(sheet, history)
    every_page(sheet, details)


def test_nothing_to_page_is_one_empty_page() -> None:
    assert paged([]).at(3) == ()
