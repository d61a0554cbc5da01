"""First pages of lists and searches, and one long ticket, over all stored tickets."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import cycle
from statistics import median

from sqlalchemy import Engine

from benchmarks.ground import AGENTS, ENGINEERS, SUPERVISOR, Place, desk_on, founded, today
from benchmarks.measure import Variant, per_second, take_turns, timed_ms
from benchmarks.report import Figure, Report, at_least, at_most
from benchmarks.scale import Scale
from benchmarks.statements import listening
from benchmarks.stories import LONG_EVERY, number_at
from tickets.case.filters import Filters
from tickets.case.listing import Scope
from tickets.case.values import Number, PersonId, Priority
from tickets.desk.context import Desk
from tickets.desk.look import list_tickets, search, show

PAGE_MS = 5.0  # BASELINES.md 5, on SQLite
READS = 800  # a second, of one ticket with its newest 20 events (BASELINES.md 2)
_TERMS = ("退款", "发票 退款", "打印机", "彗星", "license", "server 缓慢", "退", "没有这个词")
_READ, _SHOWN = "one long ticket, read and folded", "  the same as a person sees it"

Look = Callable[[], object]


def run(place: Place, scale: Scale) -> Report:
    """Ask for every list and search in turn, and read long tickets."""
    with founded(place) as foundation:
        desk = desk_on(foundation)
        looks = _looks(desk)
        variants = {name: _paged(look, scale.pages) for name, look in looks.items()}
        long_ones = cycle(_long_numbers(scale.tickets))
        variants[_READ] = _repeated(lambda: _read(desk, next(long_ones)), scale.reads)
        variants[_SHOWN] = _repeated(
            lambda: show(desk, next(long_ones), by=SUPERVISOR), scale.reads
        )
        found = take_turns(scale.rounds, variants)
        plans = _grouped(_plans(foundation.database.readers, looks))
    return Report(
        f"lists: first page of 20, {scale.tickets:,} stored, one in ten open",
        [
            *(Figure(name, found[name, "ms"], "ms", at_most(PAGE_MS)) for name in looks),
            Figure(_READ, found[_READ, "/s"], "/s", at_least(READS)),
            Figure(_SHOWN, found[_SHOWN, "/s"], "/s"),
        ],
        plans,
    )


def _looks(desk: Desk) -> dict[str, Look]:
    def listed(scope: Scope, by: PersonId) -> Look:
        return lambda: list_tickets(desk, scope, by=by)

    def searched(words: str, by: PersonId) -> Look:
        return lambda: search(desk, words, by=by)

    def filtered(words: str, filters: Filters, by: PersonId) -> Look:
        return lambda: search(desk, words, by=by, filters=filters)

    newest = number_at(0, today() - timedelta(days=1), 1)
    return {
        "mine, engineer": listed(Scope.MINE, ENGINEERS[0]),
        "mine, agent": listed(Scope.MINE, AGENTS[0]),
        "department, engineer": listed(Scope.DEPARTMENT, ENGINEERS[0]),
        **{f"{scope}, supervisor": listed(scope, SUPERVISOR) for scope in Scope},
        **{f"search {term}, supervisor": searched(term, SUPERVISOR) for term in _TERMS},
        f"search {newest}, supervisor": searched(newest, SUPERVISOR),
        **{
            f"search {name}, supervisor": filtered(words, by, SUPERVISOR)
            for name, words, by in narrowings()
        },
        "search 退款, engineer": searched("退款", ENGINEERS[0]),
        "search 彗星, engineer": searched("彗星", ENGINEERS[0]),
    }


def narrowings() -> tuple[tuple[str, str, Filters], ...]:
    """Name searches with filters: with words, without any, few hits and many."""
    since = datetime.combine(today() - timedelta(days=30), time(), UTC)
    open_p1 = Filters(priorities=frozenset({Priority.P1}), open_only=True)
    late = Filters(overdue=True)
    month = Filters(since=since, departments=frozenset({"tech"}))
    return (
        ("退款 优先级:P1 未结", "退款", open_p1),
        ("退款 超时", "退款", late),
        ("退款 部门:tech 近30天", "退款", month),
        ("彗星 优先级:P1 未结", "彗星", open_p1),
        ("优先级:P1 未结", "", open_p1),
        ("超时", "", late),
        ("部门:tech 近30天", "", month),
    )


def _paged(look: Look, times: int) -> Variant:
    return lambda: {"ms": median(timed_ms(look) for _ in range(times))}


def _repeated(look: Look, times: int) -> Variant:
    return lambda: {"/s": per_second(times, lambda: [look() for _ in range(times)])}


def _read(desk: Desk, number: Number) -> None:
    with desk.records.read() as unit:
        unit.tickets.get(number)


def _long_numbers(total: int) -> Sequence[Number]:
    newest = today() - timedelta(days=1)
    return [number_at(place, newest, total) for place in range(0, total, LONG_EVERY)]


def _plans(engine: Engine, looks: dict[str, Look]) -> Iterator[tuple[str, str]]:
    """Say how SQLite goes about each page and its count."""
    for name, look in looks.items():
        with listening(engine) as heard:
            look()
        for statement in heard:
            if "FROM tickets" in statement.sql or "ticket_search" in statement.sql:
                with engine.connect() as connection:
                    steps = connection.exec_driver_sql(
                        f"EXPLAIN QUERY PLAN {statement.sql}", statement.rows[0]
                    ).all()
                counts = " (count)" if "count(*)" in statement.sql else ""
                yield " / ".join(step.detail for step in steps), f"{name}{counts}"


def _grouped(plans: Iterable[tuple[str, str]]) -> list[str]:
    """Print a plan once, with all that go by it."""
    by_plan: dict[str, list[str]] = {}
    for plan, name in plans:
        by_plan.setdefault(plan, []).append(name)
    return [f"plan of {'; '.join(names)}: {plan}" for plan, names in by_plan.items()]
