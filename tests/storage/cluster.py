"""A private PostgreSQL cluster for a test run, started under an unprivileged user (CI is root)."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BINARIES = Path("/usr/lib/postgresql")
UNPRIVILEGED = ("postgres", "nobody")


class NoPostgres(Exception):
    """There is nothing here to start a cluster with; says what is missing."""


@contextmanager
def private_cluster() -> Iterator[str]:
    """Run a cluster on a socket of its own; gives the URL without a database's name."""
    binaries = _binaries()
    user = _user()
    home = Path(tempfile.mkdtemp(prefix="desk-pg-"))  # short: a socket's path holds 107 bytes
    if user:
        shutil.chown(home, user)
    data = home / "data"
    _run(
        user,
        binaries / "initdb",
        "-D",
        data,
        "-U",
        "desk",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "-A",
        "trust",
    )
    options = f"-k {home} -c listen_addresses='' -c fsync=off -c max_connections=200"
    control = binaries / "pg_ctl"
    _run(user, control, "-D", data, "-w", "-l", home / "log", "-o", options, "start")
    try:
        yield f"postgresql://desk@/{{database}}?host={home}"
    finally:
        _run(user, control, "-D", data, "-m", "immediate", "stop")
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
