"""The bot's journal in this process for one test: logging and structlog are afterwards as they were before."""

import contextlib
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog


@contextlib.contextmanager
def own_journal() -> Iterator[None]:
    """Let a test start the journal; no logger keeps it, or the libraries' levels, for the tests after it."""
    root, configure = logging.getLogger(), structlog.configure
    handlers, levels = root.handlers[:], _levels()

    def uncached(**given: Any) -> None:
        configure(**given | {"cache_logger_on_first_use": False})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(structlog, "configure", uncached)
        yield
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    root.handlers = handlers
    for name in _levels():
        logging.getLogger(name).setLevel(levels.get(name, logging.NOTSET))


def _levels() -> dict[str, int]:
    known = logging.getLogger().manager.loggerDict.items()
    made = {name: one.level for name, one in known if isinstance(one, logging.Logger)}
    return {"": logging.getLogger().level, **made}
