"""Three hundred varied tickets: none refused, and lists, search and paging tried at length."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from opencc import OpenCC

from bot.desk_config.load import load_handbook
from bot.foundation import lay_foundation
from bot.settings import Settings
from bot.trial.desk import PRESET
from bot.trial.varied import varied
from tests.scenarios.house import CAST
from tests.tickets.desk.desks import NINE_THIRTY, Trial, a_desk
from tickets.case.intake import Intake
from tickets.case.listing import Line, Page, Scope
from tickets.case.values import Number
from tickets.desk.log_case import log_case
from tickets.desk.look import list_tickets, search
from tickets.message import PersonId

COUNT = 300
SUE, ANN, BOB, EVE, KEN, OLGA = (
    PersonId(CAST[name]) for name in ("sue", "ann", "bob", "eve", "ken", "olga")
)
SIMPLIFIED = OpenCC("t2s").convert


@dataclass(frozen=True, slots=True)
class Filled:
    """A desk with its tickets and what was typed for each."""

    trial: Trial
    typed: dict[Number, Intake]

    def listed(self, scope: Scope, by: PersonId) -> list[Line]:
        return all_pages(lambda page: list_tickets(self.trial.desk, scope, by=by, page=page))

    def found(self, words: str, by: PersonId = SUE) -> list[Number]:
        lines = all_pages(lambda page: search(self.trial.desk, words, by=by, page=page))
        return [line.number for line in lines]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """Log the tickets by two agents in turn, a minute apart, through the use case of the form."""
    handbook = load_handbook(PRESET, today=date(2025, 9, 22), lookup=None).handbook
    folder = tmp_path_factory.mktemp("varied")
    foundation = lay_foundation(Settings(database_url=f"sqlite:///{folder / 'desk.db'}"))
    trial = a_desk(foundation.for_people, handbook)
    typed = {}
    for place, intake in enumerate(varied(COUNT, handbook=handbook, now=NINE_THIRTY)):
        by = (ANN, BOB)[place % 2]
        logged = log_case(trial.desk, intake, by=by, receipt=trial.receipt())
        typed[logged.ticket.number] = intake
        trial.clock.move(minutes=1)
    yield Filled(trial, typed)
    foundation.close()


def all_pages(turn: Callable[[int], Page]) -> list[Line]:
    """Turn every page; each is full but the last, and they know how many there are in all."""
    first = turn(1)
    lines = list(first.lines)
    pages = -(-first.total // first.size)
    for place in range(2, pages + 1):
        page = turn(place)
        assert page.total == first.total
        assert len(lines) == (place - 1) * first.size, "all pages before were full"
        lines += page.lines
    assert turn(pages + 1).lines == ()
    assert len(lines) == first.total
    assert len({line.number for line in lines}) == len(lines), "no ticket on two pages"
    return lines


def test_none_is_refused_and_the_numbers_of_the_day_have_no_gap(filled: Filled) -> None:
    assert list(filled.typed) == [f"20250922{serial:03}" for serial in range(1, COUNT + 1)]


def test_the_same_seed_tells_the_same_and_hardly_two_are_alike(filled: Filled) -> None:
    handbook = filled.trial.desk.handbook()

    again = list(varied(COUNT, handbook=handbook, now=NINE_THIRTY))
    others = list(varied(COUNT, handbook=handbook, now=NINE_THIRTY, seed=7))

    assert again == list(filled.typed.values())
    assert others != again
    assert len({one.description for one in again}) > COUNT * 0.9


def test_they_have_all_sorts_in_them(filled: Filled) -> None:
    cases = list(filled.typed.values())

    subs = {key for first in filled.trial.desk.handbook().categories.values() for key in first.sub}
    assert {one.category for one in cases} == subs
    for name, kinds in (("urgency", 3), ("emotion", 4), ("contact_channel", 10), ("impact", 3)):
        assert len({getattr(one, name) for one in cases}) == kinds, name
    assert any(one.anonymous for one in cases)
    assert any(one.risks for one in cases)
    assert any(one.answered_with for one in cases)
    assert any(one.customer_type == "vip" for one in cases)
    assert max(len(one.description) for one in cases) > 2500
    told = [one.description for one in cases]
    assert any(text.isascii() for text in told)
    assert any(SIMPLIFIED(text) != text for text in told), "some are in Traditional Chinese"
    assert any("📷" in text for text in told)


@pytest.mark.parametrize("by", [SUE, ANN, BOB, EVE, KEN, OLGA])
@pytest.mark.parametrize("scope", list(Scope))
def test_every_list_can_be_paged_to_its_end(filled: Filled, scope: Scope, by: PersonId) -> None:
    lines = filled.listed(scope, by)

    order = [(one.priority, one.next_due_at is None, one.next_due_at, one.number) for one in lines]
    assert order == sorted(order, key=lambda key: (key[0], key[1], key[2] or NINE_THIRTY, key[3]))
    assert all(one.status.is_open for one in lines)


def test_the_lists_hold_what_their_names_say(filled: Filled) -> None:
    now = filled.trial.clock.now()

    everything = {one.number: one for one in filled.listed(Scope.ALL, SUE)}
    overdue = filled.listed(Scope.OVERDUE, SUE)
    engineering = filled.listed(Scope.DEPARTMENT, EVE)
    mine = filled.listed(Scope.MINE, EVE)

    late = {n for n, one in everything.items() if one.next_due_at and one.next_due_at <= now}
    assert late
    assert {one.number for one in overdue} == late
    assert {one.department for one in engineering} == {"tech"}
    assert {one.number for one in mine} == {
        n for n, one in everything.items() if one.assignee == EVE
    }
    assert filled.listed(Scope.UNASSIGNED, SUE) == []


def test_round_robin_shares_the_faults_evenly(filled: Filled) -> None:
    lines = filled.listed(Scope.DEPARTMENT, EVE)

    shares = [len([one for one in lines if one.assignee == person]) for person in (EVE, KEN)]
    assert abs(shares[0] - shares[1]) <= 1


def test_colleagues_of_another_department_do_not_see_engineerings_cases(filled: Filled) -> None:
    seen = filled.listed(Scope.ALL, OLGA)

    assert {one.department for one in seen} == {"operations"}


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("空调", "空調"),
        ("订单", "訂單"),
        ("物流", "物流"),
        ("破损", "破損"),
        ("说明书", "說明書"),
        ("制冷效果差", "製冷效果差"),
        ("发票在手", "發票在手"),
        ("门店当众拒绝", "門店當眾拒絕"),
        ("自动停机，屏幕", "自動停機，屏幕"),
    ],
)
def test_words_in_either_script_find_the_same_cases(
    filled: Filled, simplified: str, traditional: str
) -> None:
    found = filled.found(simplified)

    wanted = {n for n, one in filled.typed.items() if simplified in SIMPLIFIED(one.description)}
    assert wanted
    assert wanted <= set(found)
    assert filled.found(traditional) == found
    assert found == sorted(found, reverse=True), "the newest first"


@pytest.mark.parametrize(
    "words", ["dishwasher", "DISHWASHER", "the dishwasher", "ｄｉｓｈｗａｓｈｅｒ"]
)
def test_english_words_are_found_in_any_case_and_width(filled: Filled, words: str) -> None:
    wanted = {n for n, one in filled.typed.items() if "the XW-8 dishwasher" in one.description}

    assert wanted
    assert wanted <= set(filled.found(words))


def test_an_order_number_and_the_tail_of_a_number_find_their_case(filled: Filled) -> None:
    number, intake = next((n, one) for n, one in filled.typed.items() if one.order_no)

    assert number in filled.found(intake.order_no)
    assert filled.found(str(number)) == [number]
    assert number in filled.found(str(number)[-3:])


@pytest.mark.parametrize(
    "words", ["没有这样的话", "zebra", "%", "'", '"', "*", "NEAR(", "空调 OR", "(", "😀"]
)
def test_what_is_nowhere_finds_nothing_and_nothing_breaks(filled: Filled, words: str) -> None:
    assert filled.found(words) == []


def test_a_name_a_phone_and_an_address_find_nothing(filled: Filled) -> None:
    """The search text is redacted; only the whole number finds its customer, and not for everybody."""
    phones = [one.phone for one in filled.typed.values() if one.phone.startswith("1")]

    assert phones
    assert [phone for phone in phones if filled.found(phone, by=KEN)] == []
    assert [phone for phone in phones if filled.found(phone[-8:])] == []
    assert filled.found("example.com") == []


def test_an_engineer_finds_the_departments_cases_and_no_others(filled: Filled) -> None:
    found = filled.found("客户在", by=KEN)

    everywhere = filled.found("客户在")
    theirs = {n for n in everywhere if filled.typed[n].category == "after_sales/fault"}
    assert found
    assert set(found) <= theirs
    assert len(found) < len(everywhere)


def test_a_closed_case_is_found_but_listed_no_more(filled: Filled) -> None:
    invalid = [n for n, one in filled.typed.items() if one.invalid_note]

    listed = {one.number for one in filled.listed(Scope.ALL, SUE)}

    assert invalid
    assert listed.isdisjoint(invalid)
    assert filled.found(str(invalid[0])) == [invalid[0]]
