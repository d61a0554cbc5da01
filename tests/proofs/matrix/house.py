"""A desk for the matrix: one person a column, each kind of ticket at each status, and a Slack that notes what it is asked."""

import itertools
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse
from sqlalchemy import inspect

from bot.readers import Readers
from bot.speech import speech
from handlers import routes
from handlers.flood import Flood
from handlers.turns import Turns
from handlers.wiring import Wiring
from storage.database import Database, open_database
from storage.records import SqlRecords
from storage.vault import Vault
from tests.tickets.desk.desks import Trial, a_desk
from tests.tickets.handbooks import a_handbook
from tickets.handbook import Handbook
from tickets.message import PersonId
from tickets.ports import Member

Json = dict[str, Any]
TEAM, CHANNEL = "T0DESK", "C0TECH"
ANN, BOB, EVE, KEN, HAL, OTTO = (
    PersonId(f"U0{name}") for name in ("ANN", "BOB", "EVE", "KEN", "HAL", "OTTO")
)
LEE, OLGA, SUE, DAI, ADAM, UMA, LIB, NAN = (
    PersonId(f"U0{name}") for name in ("LEE", "OLGA", "SUE", "DAI", "ADAM", "UMA", "LIB", "NAN")
)
STRANGER, GUEST, ROBOT, GONE, CONNECT = (
    PersonId(f"U0{name}") for name in ("STRANGER", "GUEST", "ROBOT", "GONE", "CONNECT")
)
SECRETS = ("李小红", "小红", "13812345678", "138 1234 5678", "li@example.com")

IN_TECH: Mapping[str, PersonId] = {
    "logger": ANN,
    "agent": BOB,
    "assignee": EVE,
    "colleague": KEN,
    "member": OTTO,
    "helper": HAL,
    "lead": LEE,
    "other_lead": OLGA,
    "supervisor": SUE,
    "director": DAI,
    "admin": ADAM,
    "auditor": UMA,
    "librarian": LIB,
    "analyst": NAN,
    "stranger": STRANGER,
    "guest": GUEST,
    "bot": ROBOT,
    "gone": GONE,
    "connect": CONNECT,
}
IN_OPERATIONS: Mapping[str, PersonId] = {
    **IN_TECH,
    "logger": BOB,
    "agent": ANN,
    "assignee": OTTO,
    "colleague": HAL,
    "member": EVE,
    "helper": KEN,
    "lead": OLGA,
    "other_lead": LEE,
}


def cast_in(handbook: Handbook) -> Handbook:
    """Put the cast into the example desk; a guest, a bot and one who left stand in its lists too."""
    people = replace(
        handbook.people,
        agents=frozenset({ANN, BOB, GUEST, ROBOT, GONE}),
        supervisors=frozenset({SUE, GUEST, ROBOT, GONE}),
        directors=frozenset({DAI}),
        admins=frozenset({ADAM, GONE}),
        auditors=frozenset({UMA}),
        librarians=frozenset({LIB}),
        analysts=frozenset({NAN}),
        deputies={},
    )
    departments = {
        key: replace(department, lead=lead, members=members)
        for key, lead, members in (
            ("tech", LEE, (EVE, KEN)),
            ("operations", OLGA, (OTTO, HAL)),
            ("service", SUE, (ANN, BOB)),
        )
        for department in (handbook.departments[key],)
    }
    return replace(handbook, people=people, departments=departments, routing=())


class NotingSlack(WebClient):
    """Answers every call with yes and keeps it."""

    def __init__(self) -> None:
        super().__init__(token="xoxb-matrix")
        self.calls: list[tuple[str, Json]] = []

    def api_call(self, api_method: str, **how: Any) -> SlackResponse:
        given = how.get("json") or how.get("params") or how.get("data") or {}
        self.calls.append((api_method, dict(given)))
        said = {
            "ok": True,
            "team_id": TEAM,
            "user_id": "U0BOT",
            "bot_id": "B0BOT",
            "url": "https://desk.slack.com/",
            "messages": [],
        }
        return SlackResponse(
            client=self,
            http_verb="POST",
            api_url=api_method,
            req_args={},
            data=said,
            headers={},
            status_code=200,
        )


class AtOnce(Executor):
    """Runs what is submitted before it returns, so that a cell is over when it is answered."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


@dataclass(slots=True)
class MatrixHouse:
    """The real routes over real records; `send` is a delivery and all that follows from it."""

    trial: Trial
    app: App
    slack: NotingSlack
    database: Database
    tickets: dict[tuple[str, str], str] = field(default_factory=dict)  # kind, status → number
    due: dict[str, int] = field(default_factory=dict)  # number → an owed deadline's due
    _counts: "Iterator[int]" = field(default_factory=lambda: itertools.count(1))

    def send(self, body: Json) -> BoltResponse:
        """Deliver a payload."""
        return self.app.dispatch(BoltRequest(body=body, mode="socket_mode"))

    def fresh(self) -> str:
        """Give an id that no delivery had before."""
        return f"{next(self._counts)}.5"


def open_house(records: SqlRecords, database: Database) -> MatrixHouse:
    """Open the desk with its cast."""
    trial = a_desk(records, cast_in(a_handbook()))
    with records.write() as unit:
        for person in IN_TECH.values():
            unit.directory.keep_person(
                Member(
                    id=person,
                    name=person[2:].title(),
                    timezone="Asia/Shanghai",
                    is_guest=person == GUEST,
                    is_bot=person == ROBOT,
                    is_active=person != GONE,
                )
            )
    slack = NotingSlack()
    app = App(
        client=slack,
        process_before_response=True,
        listener_executor=AtOnce(),
        authorize=lambda: AuthorizeResult(
            enterprise_id=None,
            team_id=TEAM,
            bot_user_id="U0BOT",
            bot_id="B0BOT",
            bot_token="xoxb-matrix",
        ),
        request_verification_enabled=False,
    )
    readers = Readers(speech(trial.clock), trial.desk.handbook)
    routes.register(
        app,
        Wiring(
            desk=trial.desk,
            speak=lambda member: readers.speak(member, records),
            refresh_person=lambda person: None,
            refresh_all=lambda: None,
            team_id=TEAM,
            enterprise_id=None,
            flood=Flood(lambda: 0.0, burst=10**9),
            turns=Turns(),
            client=slack,
        ),
    )
    return MatrixHouse(trial, app, slack, database)


# --- what the records hold ----------------------------------------------------------------------

_LEFT_OUT = ("article_search", "audit", "receipts", "sqlite_", "ticket_search", "touched")
_TOUCH = """
CREATE TRIGGER touch_{table}_{verb} AFTER {verb} ON {table}
BEGIN UPDATE touched SET times = times + 1; END
"""


@dataclass(slots=True)
class Snapshot:
    """An SQLite file that notes whether anything was written, and is put back after a cell that did.

    Triggers count every row that is inserted, changed or removed but in the audit log and among the
    receipts: a write that changes nothing counts too, so this is stricter than comparing the rows.
    """

    file: Path
    pristine: Path
    _connection: sqlite3.Connection = field(init=False)
    _tables: list[str] = field(init=False)
    _before: list[tuple[str, list[Any]]] = field(init=False)

    def __post_init__(self) -> None:
        self._connection = sqlite3.connect(self.file, isolation_level=None)
        found = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        self._tables = [name for (name,) in found if not name.startswith(_LEFT_OUT)]
        self._connection.execute("CREATE TABLE touched (times INTEGER NOT NULL)")
        self._connection.execute("INSERT INTO touched VALUES (0)")
        for table, verb in itertools.product(self._tables, ("INSERT", "UPDATE", "DELETE")):
            self._connection.execute(_TOUCH.format(table=table, verb=verb))
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(self.file, self.pristine)
        self._before = self._contents()

    def is_touched(self) -> bool:
        """Tell whether anything was written since it was put back."""
        (times,) = self._connection.execute("SELECT times FROM touched").fetchone()
        return bool(times)

    def is_whole(self) -> bool:
        """Tell whether every row is what it was."""
        return self._contents() == self._before

    def _contents(self) -> list[tuple[str, list[Any]]]:
        return [
            (name, self._connection.execute(f"SELECT * FROM {name}").fetchall())
            for name in self._tables
        ]

    def last_audit(self) -> int:
        """Give the newest audit entry's id."""
        (newest,) = self._connection.execute("SELECT coalesce(max(id), 0) FROM audit").fetchone()
        return int(newest)

    def audited(self, since: int) -> list[tuple[str, str, str, str]]:
        """Give who, action, outcome, detail of what was audited since."""
        asked = "SELECT actor, action, outcome, detail FROM audit WHERE id > ? ORDER BY id"
        return self._connection.execute(asked, (since,)).fetchall()

    def put_back(self) -> None:
        """Make the records what they were."""
        with closing(sqlite3.connect(self.pristine)) as before:
            before.backup(self._connection)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()


_COUNT = """
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN UPDATE touched SET times = times + 1; RETURN NULL; END $$
"""


@dataclass(slots=True)
class PostgresSnapshot:
    """The same on PostgreSQL, where nothing is put back: what was written so far is what counts as before."""

    database: Database
    _times: int = 0

    def __post_init__(self) -> None:
        with self.database.writers.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE touched (times integer NOT NULL)")
            connection.exec_driver_sql("INSERT INTO touched VALUES (0)")
            connection.exec_driver_sql(_COUNT)
            for table in inspect(connection).get_table_names():
                if not table.startswith(_LEFT_OUT):
                    connection.exec_driver_sql(
                        f"CREATE TRIGGER touch AFTER INSERT OR UPDATE OR DELETE ON {table}"
                        " FOR EACH ROW EXECUTE FUNCTION touch()"
                    )

    def is_touched(self) -> bool:
        """Tell whether anything was written since it was put back."""
        return self._now() != self._times

    def put_back(self) -> None:
        """Take what there is now for what there was."""
        self._times = self._now()

    def last_audit(self) -> int:
        """Give the newest audit entry's id."""
        return int(self._ask("SELECT coalesce(max(id), 0) FROM audit")[0][0])

    def audited(self, since: int) -> list[tuple[str, str, str, str]]:
        """Give who, action, outcome, detail of what was audited since."""
        asked = (
            f"SELECT actor, action, outcome, detail::text FROM audit WHERE id > {since} ORDER BY id"
        )
        return [tuple(row) for row in self._ask(asked)]

    def _now(self) -> int:
        return int(self._ask("SELECT times FROM touched")[0][0])

    def _ask(self, sql: str) -> list[Any]:
        with self.database.readers.connect() as connection:
            return list(connection.exec_driver_sql(sql).all())


class Watched(Protocol):
    """What a cell asks of either."""

    def is_touched(self) -> bool: ...
    def put_back(self) -> None: ...
    def last_audit(self) -> int: ...
    def audited(self, since: int) -> list[tuple[str, str, str, str]]: ...


def on_file(folder: Path, empty_desk: Path, vault: Vault) -> tuple[SqlRecords, Database, Path]:
    """Open empty records on a file."""
    file = folder / "matrix.db"
    shutil.copyfile(empty_desk, file)
    database = open_database(f"sqlite:///{file}", readers=4)
    return SqlRecords(database=database, vault=vault, fold_text=str), database, file
