"""Every cell of the matrix of rights, by every way in: what is allowed has its effect, what is refused has none.

Also X02 (nobody who is not of the desk, whatever its file says), X28 (each refusal on the audit log, without
the data) and I14.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
import structlog

from handlers import routes
from storage.database import JOBS, Database, open_database
from storage.numbers import key_of
from storage.records import SqlRecords
from storage.tables import cards
from storage.vault import Vault
from tests.cluster import Cluster
from tests.conftest import fresh_url
from tests.proofs.matrix import ways_articles, ways_retro, ways_stats
from tests.proofs.matrix.house import (
    CHANNEL,
    IN_OPERATIONS,
    IN_TECH,
    SECRETS,
    MatrixHouse,
    PostgresSnapshot,
    Snapshot,
    Watched,
    on_file,
    open_house,
)
from tests.proofs.matrix.lives import KINDS, fill
from tests.proofs.matrix.table import COLUMNS, OUTSIDE, mark
from tests.proofs.matrix.ways import Way, home_opened, said_in_thread, ways, ways_about_none
from tickets.case.values import Number, Status

pytestmark = [pytest.mark.proves("X02", "X28", "X38"), pytest.mark.requirement(111, 112, 117)]
ABOUT_A_TICKET = (*ways(), *ways_articles.about_a_ticket(), *ways_retro.about_a_ticket())
ABOUT_NONE = (
    *ways_about_none(),
    *ways_articles.about_none(),
    *ways_retro.about_none(),
    *ways_stats.about_none(),
)
MEMORY = Path("/dev/shm")


@pytest.fixture(scope="module")
def stage(empty_desk: Path, vault: Vault) -> Iterator[tuple[MatrixHouse, Snapshot]]:
    """One desk with everybody and every ticket; a cell that changes it puts it back."""
    with ExitStack() as until:
        place = MEMORY if MEMORY.is_dir() else None
        folder = Path(until.enter_context(TemporaryDirectory(dir=place)))
        until.enter_context(structlog.testing.capture_logs())
        records, database, file = on_file(folder, empty_desk, vault)
        until.callback(database.dispose)
        house = open_house(records, database)
        fill(house)
        snapshot = Snapshot(file, folder / "pristine.db")
        until.callback(snapshot.close)
        yield house, snapshot


def cell(house: MatrixHouse, snapshot: Watched, way: Way, kind: str, column: str) -> str:
    """Try one cell; give what is wrong with it, "" where nothing is."""
    people = IN_OPERATIONS if kind == "operations" else IN_TECH
    who, number = people[column], house.tickets.get((kind, way.status), "")
    newest = snapshot.last_audit()
    version = len(_kinds(house, number)) if number else 0
    house.slack.calls.clear()
    answer = house.send(way.body(house, number, who))
    refusals = [one for one in snapshot.audited(newest) if one[2] == "refused"]
    changed = snapshot.is_touched()
    try:
        expected = mark(way.row, column, high_risk=kind == "high_risk")
        if expected == ".":
            return _refused(refusals, who, house, str(answer.body), changed=changed)
        comes = way.for_reason if expected == "r" and way.for_reason else way.comes
        if refusals:
            return f"refused: {refusals}"
        return _came(comes, house, number, version, str(answer.body), changed=changed)
    finally:
        if changed:
            snapshot.put_back()


def _refused(
    refusals: list[tuple[str, str, str, str]],
    who: str,
    house: MatrixHouse,
    answer: str,
    *,
    changed: bool,
) -> str:
    if changed:
        return "something changed"
    if not refusals:
        return f"no refusal on the audit log; calls {[name for name, _ in house.slack.calls]}"
    if len(refusals) > 1:
        return f"one refusal is on the audit log as {[action for _, action, _, _ in refusals]}"
    for actor, _action, _outcome, detail in refusals:
        if actor != who or set(json.loads(detail)) != {"why"}:
            return f"audited as {actor}: {detail}"
    said = f"{house.slack.calls} {answer}"
    return next((f"shows {secret}" for secret in SECRETS if secret in said), "")


def _came(
    comes: str, house: MatrixHouse, number: str, version: int, answer: str, *, changed: bool
) -> str:
    calls = house.slack.calls
    if comes.startswith("view:"):
        wanted = comes.removeprefix("view:")
        views = [
            json.dumps(given.get("view"), default=str) for name, given in calls if "views." in name
        ]
        return "" if any(f'{wanted}"' in view for view in views) else f"opened {calls} {answer}"
    if not comes:  # it is answered by what the ticket allows; that nobody refused it is all
        return ""
    if comes == "said":
        return "" if calls or "text" in answer else "nothing said"
    if comes == "rows":
        return "" if changed else "nothing changed"
    new = _kinds(house, number)[version:]
    if comes.endswith("?"):  # who has it already changes nothing
        return "" if not new or comes.rstrip("?") in new else f"recorded {new}"
    return "" if comes in new else f"recorded {new}, said {calls} {answer}"


def _kinds(house: MatrixHouse, number: str) -> list[str]:
    with house.trial.desk.records.read() as unit:
        return [type(event.fact).__name__ for event in unit.tickets.events(Number(number))]


def wrong_cells(
    stage: tuple[MatrixHouse, Snapshot], way: Way, kind: str, columns: Iterable[str]
) -> dict[str, str]:
    """Try a row; give what is wrong with it."""
    house, snapshot = stage
    wrong = {
        column: found for column in columns if (found := cell(house, snapshot, way, kind, column))
    }
    assert snapshot.is_whole()
    return wrong


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", ABOUT_A_TICKET, ids=lambda way: way.name)
def test_each_cell_about_a_ticket(stage: tuple[MatrixHouse, Snapshot], way: Way, kind: str) -> None:
    """Whoever is nobody of the desk is so of every kind of ticket: all of them on the first, one on the others."""
    turn = ABOUT_A_TICKET.index(way) + KINDS.index(kind)
    outside = OUTSIDE if kind == KINDS[0] else (OUTSIDE[turn % len(OUTSIDE)],)

    assert wrong_cells(stage, way, kind, (*COLUMNS, *outside)) == {}


@pytest.mark.parametrize("way", ABOUT_NONE, ids=lambda way: way.name)
def test_each_cell_about_no_ticket(stage: tuple[MatrixHouse, Snapshot], way: Way) -> None:
    assert wrong_cells(stage, way, KINDS[0], (*COLUMNS, *OUTSIDE)) == {}


@pytest.mark.proves("X09")
@pytest.mark.requirement(96)
@pytest.mark.parametrize("way", ABOUT_A_TICKET, ids=lambda way: way.name)
def test_an_archived_ticket_is_looked_at_and_nothing_else(
    stage: tuple[MatrixHouse, Snapshot], way: Way
) -> None:
    """Nobody changes one, by no way in; who may see it sees it, and a reveal stands on record."""
    house, snapshot = stage
    kind = KINDS[ABOUT_A_TICKET.index(way) % len(KINDS)]
    row = "reveal" if way.row == "reveal_owed" else way.row
    archived = replace(way, status="archived", row=row)
    if row in {"see", "same_call", "reveal"}:
        assert wrong_cells(stage, archived, kind, COLUMNS) == {}
        return
    people = IN_OPERATIONS if kind == "operations" else IN_TECH
    for column in COLUMNS:
        house.send(archived.body(house, house.tickets[kind, "archived"], people[column]))
        touched = snapshot.is_touched()
        snapshot.put_back()
        assert not touched or row in AFTER_THE_END, column
    assert snapshot.is_whole()


AFTER_THE_END = {"remind", "addendum", "dossier", "propose_retro"}
"""What may be done beside one: a reminder to oneself, an addendum, a dossier, a retrospective proposed."""


def test_what_is_written_in_the_thread_is_kept_and_moves_nothing(
    stage: tuple[MatrixHouse, Snapshot],
) -> None:
    """A channel's members talk under a card, whoever they are; no right comes of it, and no step is taken."""
    house, snapshot = stage
    number = Number(house.tickets["tech", "new"])
    posted = {"channel_id": CHANNEL, "message_ts": "111.1"}
    with house.database.writing(JOBS) as connection:
        connection.execute(
            cards.update()
            .where(cards.c.number_key == key_of(number), cards.c.department == "tech")
            .values(posted)
        )
    for who in IN_TECH.values():
        version = len(_kinds(house, number))
        house.send(said_in_thread(house, who, "111.1"))
        assert _kinds(house, number)[version:] == ["Said"], who
    with house.trial.desk.records.read() as unit:
        ticket = unit.tickets.get(number)
    assert (ticket.status, ticket.assignee) == (Status.NEW, IN_TECH["assignee"])
    snapshot.put_back()
    assert snapshot.is_whole()


SAMPLE = 300


def test_a_sample_of_cells_on_postgresql(postgres: Cluster, vault: Vault) -> None:
    """As many cells drawn with a seed; of those that change a ticket each has a ticket of its own."""
    database = open_database(fresh_url(postgres), readers=4)
    records = SqlRecords(database=database, vault=vault, fold_text=str)
    with structlog.testing.capture_logs(), closing_database(database):
        house = open_house(records, database)
        fill(house)
        snapshot = PostgresSnapshot(database)
        tried = drawn()
        wrong = {
            f"{way.name} {kind} {column}": found
            for way, kind, column in tried
            if (found := cell(house, snapshot, way, kind, column))
        }

    assert len(tried) == SAMPLE
    assert wrong == {}


def drawn() -> list[tuple[Way, str, str]]:
    """Draw the sample: first what changes nothing, then what does."""
    chance = Random(20250922)
    cells = [(w, k, c) for w in ABOUT_A_TICKET for k in KINDS for c in (*COLUMNS, *OUTSIDE)]
    chance.shuffle(cells)
    quiet, changing, used = [], [], set()
    for way, kind, column in cells:
        refused = mark(way.row, column, high_risk=kind == "high_risk") == "."
        if refused or way.comes.startswith("view:") or way.row == "see":
            quiet.append((way, kind, column))
        elif way.row != "meet" and (kind, way.status) not in used:
            used.add((kind, way.status))
            changing.append((way, kind, column))
    return [*quiet[: SAMPLE - len(changing)], *changing]


@contextmanager
def closing_database(database: Database) -> Iterator[None]:
    """Let the server's connections go."""
    try:
        yield
    finally:
        database.dispose()


def test_what_stands_at_home_is_by_role(stage: tuple[MatrixHouse, Snapshot]) -> None:
    """Work for those who work, figures without lists for an analyst, a word for everybody else."""
    house, _ = stage
    shown = {}
    for column, who in IN_TECH.items():
        house.slack.calls.clear()
        house.send(home_opened(house, who))
        (view,) = [given["view"] for name, given in house.slack.calls if name == "views.publish"]
        shown[column] = frozenset(
            name
            for name in ("mine", "glance", "lists", "list.scope", "menu.new")
            if f'"{name}' in json.dumps(view, default=str)
        )

    assert not any(shown[column] for column in (*OUTSIDE, "admin", "librarian"))
    assert shown["analyst"] == {"glance"}
    workers = ("logger", "agent", "assignee", "colleague", "member", "helper", "lead")
    assert all({"menu.new", "list.scope"} <= shown[column] for column in workers)
    assert not any("glance" in shown[column] for column in workers)
    assert all("glance" in shown[column] for column in ("supervisor", "director", "auditor"))


def test_every_route_is_tried_or_asks_for_no_right() -> None:
    tried = {way.name.partition(":")[2] for way in (*ABOUT_A_TICKET, *ABOUT_NONE)}
    buttons = {str(action) for action in routes.ACTIONS}
    forms = {str(callback) for callback in routes.FORMS}

    left = (buttons | forms) - tried - ELSEWHERE
    assert left == set()


ELSEWHERE = frozenset(
    {
        "menu.help",  # says how the desk works
        "form.category",  # these only redraw a form somebody is filling in
        "form.phone",
        "form.second",
        "form.urgency",
        "form.emotion",
        "kb.submit",  # of a draft, which others do not see; tests/handlers/test_articles.py
        "form.email",
        "form.opening",
        "form.link",
        "form.merge",
        "form.new_case",
        "correct.field",
        "score.picked",
        "modal.meeting_solved",  # a blocker's; tests/handlers/test_meeting.py
        "form.resend",  # opens the form to tell the customer, as its button does
        "modal.fast_lane",  # only for a VIP; tests/tickets/desk/test_fast_lane.py
        "ticket.fill_in",  # only where fields are owed; likewise
        "modal.fill_in",
        "home.page",  # a page of what stands at home
        "home.before",
    }
)
