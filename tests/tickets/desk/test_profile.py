"""Profiles: who may look, what is masked, what stays; each look and change on the audit log (R128, R130)."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from storage.records import SqlRecords
from storage.tables import audit
from tests.tickets.desk.desks import ANN, EVE, KEN, SUE, Trial, a_desk
from tests.tickets.handbooks import a_handbook
from tickets.case.values import Number, PersonId
from tickets.desk.edit_profile import Edited, edit_profile
from tickets.desk.profile import Known, Whose, known_caller, open_profile
from tickets.errors import Incomplete, NotFound, Refused
from tickets.handbook import CustomerField, Words
from tickets.people.profile import Owned

pytestmark = pytest.mark.requirement(128, 130)
NAME = Words({"zh-Hans": "字段", "en": "field"})
FIELDS = (
    CustomerField("renewal", NAME, "date", private=False),
    CustomerField("risk", NAME, "choice", {"low": NAME, "high": NAME}),
)
PHONE = "13812345678"
EDITED = Edited(
    preferred_channel=None,
    is_vip=True,
    is_elderly=False,
    level="金卡",
    contribution="年采购 120 万",
    products=(Owned("空调", "SN-1"),),
    preferences="李小红晚上才在家，另一电话 13900000001",
    tags=("团购",),
    fields={"renewal": "2026-12-31", "risk": "low"},
)


@pytest.fixture
def trial(records: SqlRecords) -> Trial:
    trial = a_desk(records, replace(a_handbook(), customer_fields=FIELDS))
    trial.log()
    return trial


def look(trial: Trial, by: PersonId = ANN) -> Known:
    return open_profile(trial.desk, Whose(typed=PHONE), by=by)


def edit(trial: Trial, edited: Edited = EDITED, by: PersonId = ANN, receipt: str = "r") -> None:
    edit_profile(trial.desk, look(trial).id, edited, by=by, receipt=receipt)


def audited(records: SqlRecords, action: str) -> list[tuple[str, str]]:
    with records.database.reading() as connection:
        rows = connection.execute(select(audit).where(audit.c.action == action)).all()
    return [(row.outcome, str(row.detail)) for row in rows]


def test_private_fields_and_personal_data_are_not_shown(trial: Trial) -> None:
    edit(trial)

    known = look(trial)

    assert known.profile.fields == {"renewal": "2026-12-31"}
    assert known.hidden == {"risk"}
    assert "preferences" in known.masked
    assert "李小红" not in known.profile.preferences
    assert "13900000001" not in known.profile.preferences


def test_what_the_form_could_not_show_stays(trial: Trial) -> None:
    edit(trial)

    edit(trial, replace(EDITED, preferences=None, fields={"renewal": "", "risk": ""}), receipt="s")

    with trial.desk.records.read() as unit:
        kept = unit.customers.get(look(trial).id).profile
    assert kept.preferences == EDITED.preferences
    assert kept.fields == {"risk": "low"}


@pytest.mark.proves("X28")
def test_each_look_and_change_is_on_record_without_a_word_of_it(
    trial: Trial, records: SqlRecords
) -> None:
    edit(trial)
    with pytest.raises(NotFound):
        open_profile(trial.desk, Whose(typed="13900000009"), by=ANN)
    with pytest.raises(Refused):
        look(trial, by=EVE)

    outcomes = [outcome for outcome, _ in audited(records, "look_up")]
    assert outcomes.count("noop") == 1
    assert outcomes.count("refused") == 1
    ((outcome, detail),) = audited(records, "edit_customer")
    assert outcome == "done"
    assert "preferences" in detail
    assert "晚上" not in detail


def test_an_engineer_sees_their_own_cases_customer_and_keeps_nothing(trial: Trial) -> None:
    number = Number("20250922001")

    assert open_profile(trial.desk, Whose(number=number), by=EVE).seen.name == "李*"
    with pytest.raises(Refused):
        edit(trial, by=KEN)


def test_a_form_sent_twice_changes_once_and_a_wrong_one_nothing(
    trial: Trial, records: SqlRecords
) -> None:
    edit(trial)
    edit(trial, replace(EDITED, level="银卡"))
    with pytest.raises(Incomplete):
        edit(trial, replace(EDITED, level="银卡", fields={"renewal": "soon"}), receipt="t")

    assert look(trial).level == "金卡"
    assert len(audited(records, "edit_customer")) == 1


def test_the_form_learns_who_calls_and_only_those_who_may_look_up(trial: Trial) -> None:
    edit(trial)

    known = known_caller(trial.desk, phone=PHONE, email="", by=ANN)

    assert known is not None
    assert (known.open, known.total, known.seen.phone) == (1, 1, "****5678")
    assert known_caller(trial.desk, phone=PHONE, email="", by=EVE) is None
    assert known_caller(trial.desk, phone="13900000009", email="", by=ANN) is None


def test_history_comes_by_page(trial: Trial) -> None:
    for _ in range(9):
        trial.log()

    first = look(trial)
    second = open_profile(trial.desk, Whose(typed=PHONE), by=SUE, page=2)

    assert (first.total, len(first.cases), len(second.cases)) == (10, 8, 2)
    assert first.cases[0].line.number == "20250922010"
