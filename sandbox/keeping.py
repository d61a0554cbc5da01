"""Keeps a sandbox's state in a file: read at the start, written behind, at most once a second."""

import asyncio
import contextlib
import json
import logging
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from sandbox.revival import ForeignStateError, revive
from sandbox.sandbox import Sandbox, assemble
from sandbox.settings import Settings
from sandbox.state import State
from sandbox.wire import Json

EVERY_S = 1.0

log = logging.getLogger("sandbox")


def reopened(plan: Json, settings: Settings | None, address: str, file: Path) -> Sandbox:
    """Build a sandbox for `plan` as the file remembers it; an unusable file is set aside."""
    sandbox = assemble(plan, settings)
    sandbox.serve_at(address)
    if not file.exists():
        return sandbox
    try:
        revive(sandbox, _read(file, address))
    except ForeignStateError as why:
        _set_aside(file, str(why))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as trouble:
        _set_aside(file, f"it is damaged, {type(trouble).__name__}: {trouble}")
    else:
        return sandbox
    fresh = assemble(plan, settings)
    fresh.serve_at(address)
    return fresh


@dataclass(slots=True)
class Keeper:
    """Writes one sandbox's state while it is served."""

    file: Path
    state: State
    _trouble: str = ""

    @contextlib.asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Write behind until the end, and once more then."""
        if self.file.exists():
            self.state.renewed()  # what was just read need not be written
        stop = asyncio.Event()
        working = asyncio.create_task(self._work(stop))
        try:
            yield
        finally:
            stop.set()
            await working

    async def _work(self, stop: asyncio.Event) -> None:
        wrote = False
        while not await _rung(stop):
            if parts := self.state.renewed():
                wrote = True
                await asyncio.to_thread(self._write, parts)
        # A sandbox that changed nothing must not overwrite one that did.
        if wrote or self.state.renewed():
            self._write(self.state.whole())

    def _write(self, parts: list[str]) -> None:
        try:
            _replace(self.file, parts)
        except OSError as trouble:
            self.state.lost()
            self._complain(str(trouble))
        else:
            self._trouble = ""

    def _complain(self, trouble: str) -> None:
        if trouble != self._trouble:
            log.warning("sandbox: what happens here is not kept: %s", trouble)
        self._trouble = trouble


async def _rung(bell: asyncio.Event) -> bool:
    """Wait for a bell, for one write's distance at most."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(EVERY_S):
            await bell.wait()
    return bell.is_set()


def _replace(file: Path, parts: list[str]) -> None:
    """Write beside it and move over it, so that a reader finds the old state or the new, whole."""
    beside = file.with_name(f"{file.name}.new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.writelines(parts)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)


def _read(file: Path, address: str) -> Json:
    text = file.read_text("utf-8")
    state: Json = json.loads(text)
    before = str(state["workspace"]["address"])
    if before != address:  # links to messages and files follow the sandbox to its new port
        state = json.loads(text.replace(f"{before}/", f"{address}/"))
    return state


def _set_aside(file: Path, why: str) -> None:
    aside = file.with_name(f"{file.name}.broken")
    with contextlib.suppress(OSError):
        file.replace(aside)
    log.warning(
        "sandbox: %s cannot be used (%s); it is now %s, and the workspace starts afresh",
        file,
        why,
        aside.name,
    )
