"""The bot's own log: structlog over everything, without secrets, names or numbers of people (X24, X25)."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_SECRETS = re.compile(
    r"xox[a-z]-[A-Za-z0-9-]+|xapp-[A-Za-z0-9-]+|Bearer\s+\S+|https://hooks\.\S+|"
    r"whsec_\S+|\bSEC[0-9a-f]{16,}|(?:access_token|key|sign|token|secret)=[^\s&'\"]+|"
    r"/bot/v2/hook/[^\s'\"]+|"  # addresses of group robots are their passwords
    r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)"
)
_HIDDEN = "[hidden]"
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
    """Hide tokens and numbers wherever they stand, and keep a line one line."""
    return {key: _clean(value) for key, value in event.items()}


def _clean(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = _SECRETS.sub(_HIDDEN, value)
    return (
        text
        if "\n" not in text or "Traceback" in text
        else text.replace("\r", "⏎").replace("\n", "⏎")
    )
