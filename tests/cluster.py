"""A private PostgreSQL cluster for a test run, started under an unprivileged user (CI is root)."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BINARIES = Path("/usr/lib/postgresql")
UNPRIVILEGED = ("postgres", "nobody")


class NoPostgres(Exception):
    """There is nothing here to start a cluster with; says what is missing."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A server on a socket of its own, which tests may stop and start."""

    home: Path
    binaries: Path
    user: str | None

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self.home / ".s.PGSQL.5432"

    def url(self, database: str) -> str:
        """Give a database's address, as DATABASE_URL has it."""
        return f"postgresql://desk@/{database}?host={self.home}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        # Thousands of small databases: nothing is kept safe from a power cut, none is swept.
        quick = "-c fsync=off -c full_page_writes=off -c autovacuum=off"
        options = f"-k {self.home} -c listen_addresses='' {quick} -c max_connections=200"
        self._control("-w", "-l", self.home / "log", "-o", options, "start")

    def stop(self, how: str = "immediate") -> None:
        """Stop it; `immediate` is as abrupt as a failing machine."""
        self._control("-w", "-m", how, "stop")

    def _control(self, *words: Path | str) -> None:
        _run(self.user, self.binaries / "pg_ctl", "-D", self.home / "data", *words)


@contextmanager
def private_cluster() -> Iterator[Cluster]:
    """Run a cluster. Raises NoPostgres."""
    binaries, user = _binaries(), _user()
    home = Path(tempfile.mkdtemp(prefix="desk-pg-"))  # short: a socket's path holds 107 bytes
    if user:
        shutil.chown(home, user)
    make = ["-D", home / "data", "-U", "desk", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust"]
    _run(user, binaries / "initdb", *make)
    cluster = Cluster(home, binaries, user)
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(home)


def _binaries() -> Path:
    found = sorted(BINARIES.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise NoPostgres(f"no initdb under {BINARIES}: apt-get install postgresql")
    return found[-1].parent


def _user() -> str | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    known = [name for name in UNPRIVILEGED if name in names]
    if not known:
        raise NoPostgres("nobody here may run PostgreSQL: it refuses root")
    return known[0]


def _run(user: str | None, *command: Path | str) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        user=user,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
        text=True,
    )
    if done.returncode != 0:
        raise NoPostgres(f"{command[0]} failed: {done.stderr.strip()}")
