"""Search: what is found, by whom, and that it is exactly what a plain scan would find."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Database
from storage.records import SqlRecords
from storage.words import in_a_row, phrases_of, tokens_of
from tests.storage.cases import (
    DIRECTOR,
    ENGINEER,
    LOGGER,
    STRANGER,
    a_customer,
    a_query,
    go_on,
    keep_case,
)
from tickets.case import facts as f
from tickets.case.listing import Query, Sight
from tickets.case.values import Number, Risk, Text

HAN = "空调退款票机坏"
HAN_RUN = re.compile(f"[{HAN}]+")
RUN = re.compile(f"[{HAN}]+|[a-z0-9]+")

texts = st.text(alphabet=HAN + "ab1 ,。!\n", max_size=24)


def found(records: SqlRecords, words: str, **named: object) -> list[Number]:
    with records.read() as unit:
        page = unit.tickets.page(a_query(words=words, open_only=False, **named))
    return [line.number for line in page.lines]


def scan(text: str, query: str) -> bool:
    """Find a query in a text the slow and plain way."""
    terms = [runs for term in query.split() if (runs := RUN.findall(term))]
    last = len(terms) - 1
    return bool(terms) and all(
        _stands_in(RUN.findall(text), term, may_go_on=place == last)
        for place, term in enumerate(terms)
    )


def _stands_in(text: list[str], term: list[str], *, may_go_on: bool) -> bool:
    return any(
        all(
            _fits(text[at + i], run, i == 0, i == len(term) - 1, may_go_on=may_go_on)
            for i, run in enumerate(term)
        )
        for at in range(len(text) - len(term) + 1)
    )


def _fits(run: str, part: str, is_first: bool, is_last: bool, *, may_go_on: bool) -> bool:
    if not HAN_RUN.fullmatch(part):
        return run.startswith(part) if is_last and may_go_on else run == part
    if not HAN_RUN.fullmatch(run):
        return False
    starts, ends = run.startswith(part), run.endswith(part)
    return (is_first or starts) and (is_last or ends) and part in run


def test_a_customers_cases_are_found_within_sight_newest_first(records: SqlRecords) -> None:
    customer, other = a_customer(), a_customer(phone="+8613900139000")
    with records.write() as unit:
        unit.customers.add(customer)
        unit.customers.add(other)
        older = keep_case(unit, f.Closed(), customer=customer).number
        newer = keep_case(unit, customer=customer, logged_by=STRANGER).number
        hidden = keep_case(unit, customer=customer, risks=frozenset({Risk.FRAUD})).number
        keep_case(unit, customer=other)
    colleague = Sight(person=STRANGER, departments=frozenset({"engineering"}))

    assert found(records, "ignored", customer=customer.id) == [hidden, newer, older]
    assert found(records, "", customer=customer.id, sight=colleague) == [newer, older]
    assert found(records, "", customer=customer.id, sight=Sight(person=STRANGER)) == [newer]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    kept=st.lists(texts, min_size=1, max_size=8),
    asked=st.lists(texts.filter(lambda q: not q.strip().isdigit()), min_size=1, max_size=12),
)
def test_search_finds_what_a_plain_scan_finds(
    records: SqlRecords, kept: list[str], asked: list[str]
) -> None:
    with records.write() as unit:
        cases = {keep_case(unit, text=text).number: text for text in kept}
    pieces = [text[at : at + 3] for text in kept for at in range(0, len(text), 2)]

    for query in [q for q in asked + pieces if q.strip() and not q.strip().isdigit()]:
        hits = set(found(records, query, size=1000)) & set(cases)
        assert hits == {number for number, text in cases.items() if scan(text, query)}, query


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("要求退款,发票丢失", "退款"),
        ("要求退款,发票丢失", "发票 退款"),
        ("要求退款,发票丢失", "票"),
        ("要求退款,发票丢失", "失"),
        ("Printer license expired", "LICENSE"),
        ("Printer license expired", "expired lic"),
        ("iPhone15手机壳", "iphone15手机"),
        ("iPhone 手机壳", "iphone手机"),
        ("全角ABC", "abc"),
        ("ガスが漏れる", "漏れ"),
    ],
)
def test_what_people_type_is_found(records: SqlRecords, text: str, query: str) -> None:
    with records.write() as unit:
        number = keep_case(unit, text=text).number

    assert found(records, query) == [number]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("甲乙,乙丙", "甲乙丙"),
        ("license", "cense"),
        ("license renewal", "lic renewal"),
        ("退款", "退货"),
        ("退款", "!!!"),
        ("退款", "'; DROP TABLE tickets; --"),
        ("退款", '"退款" OR 1 NEAR/2 *'),
    ],
)
def test_what_is_not_there_is_not_found(records: SqlRecords, text: str, query: str) -> None:
    with records.write() as unit:
        keep_case(unit, text=text)

    assert found(records, query) == []


def test_scripts_are_folded_alike_in_text_and_query(
    database: Database, records: SqlRecords
) -> None:
    alike = str.maketrans("維電話貨", "维电话货")
    folding = SqlRecords(
        database=database, vault=records.vault, fold_text=lambda text: text.translate(alike)
    )
    with folding.write() as unit:
        number = keep_case(unit, text="維修電話").number

    assert found(folding, "维修电话") == found(folding, "維修電話") == [number]


def test_the_number_or_its_tail_finds_the_ticket(records: SqlRecords) -> None:
    with records.write() as unit:
        numbers = [keep_case(unit).number for _ in range(12)]

    assert found(records, numbers[10]) == [numbers[10]]
    assert found(records, "011") == [numbers[10]]
    assert found(records, "124011") == [numbers[10]]
    assert found(records, "11") == []


def test_digits_are_looked_for_in_texts_as_well(records: SqlRecords) -> None:
    with records.write() as unit:
        first = keep_case(unit)
        second = keep_case(unit, text="订单 001 没有收到")

    assert found(records, "001") == [second.number, first.number]


def test_newest_come_first_and_pages_are_complete(records: SqlRecords) -> None:
    with records.write() as unit:
        numbers = [keep_case(unit).number for _ in range(45)]

    with records.read() as unit:
        pages = [unit.tickets.page(a_query(words="空调", page=page)) for page in (1, 2, 3, 4)]

    assert [line.number for page in pages for line in page.lines] == numbers[::-1]
    assert {page.total for page in pages} == {45}


def test_later_words_are_found_and_former_ones_no_more(records: SqlRecords) -> None:
    with records.write() as unit:
        ticket = keep_case(unit, text="空调")
        go_on(unit, ticket, f.Noted(text=Text("漏水")), words="冰箱 漏水")

    assert found(records, "漏水") == [ticket.number]
    assert found(records, "空调") == []


def sees(records: SqlRecords, sight: Sight, words: str) -> list[Number]:
    return found(records, words, sight=sight)


def test_search_shows_nobody_more_than_lists_do(records: SqlRecords) -> None:
    with records.write() as unit:
        number = keep_case(unit).number

    assert sees(records, Sight(person=STRANGER), "空调") == []
    assert sees(records, Sight(person=STRANGER), number) == []
    assert sees(records, Sight(person=LOGGER), "空调") == [number]
    assert sees(records, Sight(person=ENGINEER), number) == [number]


def test_what_a_risk_hides_cannot_be_guessed_at(records: SqlRecords) -> None:
    with records.write() as unit:
        number = keep_case(unit, text="怀疑诈骗", risks=frozenset({Risk.FRAUD})).number
    colleague = Sight(person=STRANGER, departments=frozenset({"engineering"}))

    assert sees(records, colleague, "诈骗") == []
    assert sees(records, colleague, number) == [number]
    assert sees(records, Sight(person=ENGINEER), "诈骗") == [number]
    assert sees(records, DIRECTOR, "诈骗") == [number]
    with records.read() as unit:
        query = Query(sight=colleague, words=number, now=a_query().now)
        assert unit.tickets.page(query).lines[0].summary == ""


@given(st.text(max_size=200))
def test_any_text_becomes_words_without_spaces_or_signs(text: str) -> None:
    for word in tokens_of(text, str).split(" "):
        # The planes of rare Han hold characters that this Python does not know yet.
        assert word == "" or re.fullmatch("(?:[^\\W_]|[\U00020000-\U0003ffff])+", word)
    assert all(phrase.words for phrase in phrases_of(text, str))


@given(st.text(st.sampled_from("打印机发票々〇ァ機abc12 ，\n"), max_size=40))
def test_cut_words_are_put_together_again_with_signs_as_spaces(text: str) -> None:
    runs = re.findall("[打印机发票々〇ァ機]+|[abc12]+", text)
    assert in_a_row(tokens_of(text, str)) == " ".join(runs)
