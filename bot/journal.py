"""The bot's own log: structlog over everything, without secrets, names or numbers of people (X24, X25)."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from tickets.people.privacy import redact
from tickets.people.secrets import without_secrets

_HIDDEN = "[hidden]"
_MASKED = re.compile(r"\*{4}[0-9Xx]{0,4}|\S?\*{3}@[A-Za-z0-9.-]+")  # not even what a mask leaves
_OURS = frozenset({"timestamp", "level", "logger"})  # made here, of nobody's words
_TRACES = frozenset({"exception", "stack"})
_INDENT = "\n    | "  # a line that somebody smuggled into an exception cannot look like one of ours
_BREAKS = re.compile("\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CHATTY = ("httpx", "httpcore")  # a line for each look at the sandbox's clock, four times a second
_LIBRARIES = ("slack_sdk", "slack_bolt", "urllib3", "apscheduler", "sqlalchemy", "alembic")


def start_journal(*, level: str, style: str) -> None:
    """Send every log line, the libraries' too, through one chain; `style` is text or json."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _hide_secrets,
                _renderer(style),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    caps = _caps(root.level)
    for name, cap in caps.items():
        logging.getLogger(name).setLevel(cap)
    # Bolt gives its own loggers the root's level, so the handler holds the caps as well.
    handler.addFilter(lambda record: record.levelno >= caps.get(_library(record), 0))


def calm_journal() -> None:
    """Write warnings alone, for somebody who only tries the desk; what was made is told otherwise."""
    logging.getLogger().setLevel(logging.WARNING)
    logging.getLogger("bot.foundation").setLevel(logging.ERROR)


def _caps(level: int) -> dict[str, int]:
    """Say from which level on each library is heard: never DEBUG, where the SDK prints whole payloads."""
    for_libraries = logging.INFO if level == logging.DEBUG else logging.WARNING
    caps = dict.fromkeys(_LIBRARIES, for_libraries) | dict.fromkeys(_CHATTY, logging.WARNING)
    return {name: max(cap, level) for name, cap in caps.items()}


def _library(record: logging.LogRecord) -> str:
    return record.name.partition(".")[0]


def _renderer(style: str) -> structlog.types.Processor:
    if style == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )


def _hide_secrets(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Hide secrets and people's numbers wherever they stand, and keep a line one line."""
    return {key: value if key in _OURS else _clean(value, key) for key, value in event.items()}


def _clean(value: Any, key: str = "") -> Any:
    """Clean what is logged, however deep; what holds nothing to hide stays as it is."""
    match value:
        case None | bool() | float():
            return value
        case str():
            return _clean_text(value, _INDENT if key in _TRACES else "⏎")
        case dict():
            return {_clean(name): _clean(inner) for name, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_clean(inner) for inner in value]
        case _:
            shown = repr(value)
            cleaned = _clean_text(shown, "⏎")
            return value if cleaned == shown else cleaned


def _clean_text(text: str, line_break: str) -> str:
    told = _MASKED.sub(_HIDDEN, redact(without_secrets(text, _HIDDEN)))
    return line_break.join(_CONTROLS.sub(_as_code, line) for line in _BREAKS.split(told))


def _as_code(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()
