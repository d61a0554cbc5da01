"""Sight: the full-text index and the rows agree on who sees what."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.records import SqlRecords
from tests.storage.cases import a_query, keep_case
from tickets.case import facts as f
from tickets.case.listing import Query, Sight
from tickets.case.values import Number, PersonId, Risk, Status, Text
from tickets.ports import Unit

PEOPLE = [PersonId(name) for name in ("U1", "u1", "U2")]
DEPARTMENTS = ["sales", "sales_2", "售后 部", ""]
people, departments = st.sampled_from(PEOPLE), st.sampled_from(DEPARTMENTS)

cases = st.fixed_dictionaries(
    {
        "department": departments,
        "assignee": st.none() | people,
        "logged_by": people,
        "risks": st.sampled_from([frozenset(), frozenset({Risk.FRAUD})]),
    }
)
further = st.lists(
    st.sampled_from(
        [
            f.CollaboratorsNamed(people=("U2",), contact=PersonId("U2")),
            f.CollaboratorsNamed(people=(), contact=None),
            f.Resolved(result=Text("x")),
            f.CallTakenOver(caller=PersonId("U2")),
            f.Closed(),
            f.StatusSaid(status=Status.NEW),
        ]
    ),
    max_size=3,
)
sights = st.builds(
    Sight,
    person=people,
    everything=st.booleans(),
    departments=st.frozensets(departments),
    unassigned=st.booleans(),
    own=st.booleans(),
    restricted=st.booleans(),
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(cases, further), max_size=5),
    st.lists(sights, min_size=2, max_size=4),
    st.booleans(),
)
def test_a_search_finds_what_the_list_shows_with_its_words(
    records: SqlRecords,
    kept: list[tuple[dict[str, object], list[f.Fact]]],
    looking: list[Sight],
    open_only: bool,
) -> None:
    with records.write() as unit:
        for named, facts in kept:
            keep_case(unit, *facts, f.Noted(text=Text("x")), text="空调", **named)

    for sight in looking:
        query = a_query(sight=sight, open_only=open_only, size=10_000)
        found = a_query(sight=sight, open_only=open_only, size=10_000, words="空调")
        with records.read() as unit:
            assert numbers(unit, found) == readable(unit, query)
            page = unit.tickets.page(
                a_query(sight=sight, open_only=open_only, words="空调", size=1)
            )
            assert page.total == len(readable(unit, query))


def numbers(unit: Unit, query: Query) -> set[Number]:
    return {line.number for line in unit.tickets.page(query).lines}


def readable(unit: Unit, query: Query) -> set[Number]:
    """Give what a list shows, less what it shows without words."""
    return {line.number for line in unit.tickets.page(query).lines if line.summary}
