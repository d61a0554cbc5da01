"""Tickets like another one: by category, product and words, and only for whoever may see them."""

from datetime import timedelta

import pytest

from storage.records import SqlRecords
from tests.tickets.desk.desks import ANN, BOB, EVE, LEE, OLGA, SUE, Trial, a_desk
from tests.tickets.handbooks import a_handbook
from tickets.case.listing import Alike
from tickets.case.values import Number, PersonId, Risk
from tickets.desk import complaints, owners
from tickets.people import roles

FAULT = "空调开机30分钟后出风口27 ℃，设定18 ℃，制冷效果差"


@pytest.fixture
def trial(either_records: SqlRecords) -> Trial:
    return a_desk(either_records)


def like(trial: Trial, number: Number, by: PersonId = SUE, **changes: object) -> list[Number]:
    asked = {
        "number": number,
        "category": "after_sales/fault",
        "words": "空调制冷效果差，出风口不冷",
        "sight": roles.sight(roles.actor(by, a_handbook())),
        "now": trial.clock.at,
    }
    with trial.desk.records.read() as unit:
        return [one.number for one in unit.tickets.alike(Alike(**(asked | changes)))]  # type: ignore[arg-type]


@pytest.mark.requirement(34)
def test_those_sharing_most_words_come_first_and_itself_never(trial: Trial) -> None:
    number = trial.log(description=FAULT)
    far = trial.log(description="遥控器按键失灵，更换电池后仍然不亮", product="")
    near = trial.log(description="空调制冷效果差，出风口不冷，已清洗滤网")
    some = trial.log(description="空调制冷效果一般，夜间噪音明显")
    trial.log(category="after_sales/installation", description="空调制冷效果差，出风口不冷")

    assert like(trial, number) == [near, some]
    assert far not in like(trial, number)


def test_the_same_product_counts_for_more_than_words(trial: Trial) -> None:
    number = trial.log(description=FAULT, product="KFR-35GW")
    said = trial.log(description="空调制冷效果差，出风口不冷", product="AC100")
    same = trial.log(description="室外机滴水，需要上门查看管路", product="KFR-35GW")

    assert like(trial, number, product="KFR-35GW", words="室外机异响")[:1] == [same]
    assert like(trial, number, product="KFR-35GW") == [said, same]


def test_the_other_script_and_width_are_the_same_words(trial: Trial) -> None:
    number = trial.log(description=FAULT)
    other = trial.log(description="空調製冷效果差，出風口不冷，已清洗濾網")

    assert like(trial, number) == [other]


@pytest.mark.requirement(111)
def test_only_what_the_reader_may_see_and_read_is_like_it(trial: Trial) -> None:
    number = trial.log(description=FAULT)
    words = "空调制冷效果差，出风口不冷，已清洗滤网"
    open_to_all = trial.log(description=words)
    risky = trial.log(description=words, risks=frozenset({Risk.SAFETY}))
    about = trial.log(description=words, category="after_sales/fault")
    complaints.name_complained_about(trial.desk, about, [EVE], by=SUE, receipt=trial.receipt())
    for one in (open_to_all, risky, about):
        owners.assign(trial.desk, one, BOB, None, by=SUE, receipt=trial.receipt())

    assert set(like(trial, number, SUE)) == {open_to_all, risky, about}
    assert like(trial, number, EVE) == []
    assert like(trial, number, OLGA) == []
    assert open_to_all in like(trial, number, BOB)
    assert set(like(trial, number, ANN)) == {open_to_all, risky, about}  # who logged them
    assert risky not in like(trial, number, LEE)


def test_what_lies_more_than_a_year_back_is_left_out(trial: Trial) -> None:
    trial.log(description="空调制冷效果差，出风口不冷")
    number = trial.log(description=FAULT)
    trial.clock.at += timedelta(days=400)

    assert like(trial, number) == []


def test_words_that_say_nothing_find_nothing(trial: Trial) -> None:
    number = trial.log(description=FAULT)

    assert like(trial, number, words="27 ℃ a 的") == []
    assert like(trial, number, words="") == []
