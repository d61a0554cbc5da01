"""The environment as settings: the only place that reads it, and `.env` beside it."""

import base64
import binascii
import os
import re
import stat
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from dotenv import dotenv_values
from pydantic import (
    BeforeValidator,
    Field,
    PlainValidator,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

KEY_BYTES = 32  # AES-256
OUTSIDE = re.compile(r"(ROBOT|WEBHOOK)_[A-Z0-9_]+_(URL|SECRET)")
SECRET_NAMES = re.compile(rf"SLACK_\w+_(TOKEN|SECRET)|DESK_KEYS|DATABASE_URL|{OUTSIDE.pattern}")
ENV_FILE = Path(".env")
KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,32}")

TOKENS = {
    "xoxb-": "a bot token, for SLACK_BOT_TOKEN",
    "xapp-": "an app-level token, for SLACK_APP_TOKEN",
    "xoxp-": "a user token, which deskbot never needs",
    "xoxe": "a configuration token, which deskbot never needs",
}

EXPECTED = {
    "PORT": "a port number from 1 to 65535",
    "LOG_LEVEL": "one of DEBUG, INFO, WARNING, ERROR, CRITICAL",
    "LOG_FORMAT": "text or json",
    "BACKUP_KEEP": "a number of backups from 1 to 10000",
}


class SettingsError(Exception):
    """The environment cannot be used; its text says which variables and what was expected."""


class Connection(StrEnum):
    """How the bot is connected."""

    SANDBOX = "sandbox"
    SOCKET = "socket"
    HTTP = "http"


@dataclass(frozen=True, slots=True)
class DeskKey:
    """One encryption key of the desk; the secret never shows in logs."""

    id: str
    secret: bytes = field(repr=False)


def wrong(text: str) -> PydanticCustomError:
    """Make an error whose text is shown as it is, so it never holds a secret."""
    return PydanticCustomError("setting", "{wrong}", {"wrong": text})


def _token_of_kind(prefix: str, raw: Any) -> str:
    text = str(raw).strip()
    if text.startswith(prefix):
        return text
    other = next((kind for start, kind in TOKENS.items() if text.startswith(start)), "")
    hint = f"; this is {other}" if other else ""
    raise wrong(f"expected a token that starts with {prefix}{hint}")


def _bot_token(raw: Any) -> str:
    return _token_of_kind("xoxb-", raw)


def _app_token(raw: Any) -> str:
    return _token_of_kind("xapp-", raw)


def _signing_secret(raw: Any) -> str:
    text = str(raw).strip()
    for start, kind in TOKENS.items():
        if text.startswith(start):
            raise wrong(f"expected the signing secret from 'Basic Information'; this is {kind}")
    return text


def _api_url(raw: Any) -> str:
    text = str(raw).strip()
    if not re.fullmatch(r"https?://\S+", text):
        raise wrong("expected an address such as https://slack.com/api/")
    return text if text.endswith("/") else text + "/"


def _database_url(raw: Any) -> str:
    text = str(raw).strip()
    if text.startswith("sqlite:"):
        return text
    scheme, mark, rest = text.partition("://")
    if mark and scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
        return f"postgresql+psycopg://{rest}"
    raise wrong("expected sqlite:///path/to/desk.db or postgresql://user:password@host/name")


def parse_keys(raw: Any) -> tuple[DeskKey, ...]:
    """Read `id:base64` keys of 32 bytes, comma separated, the newest first."""
    if raw == ():
        return ()
    keys = tuple(_key(place, part) for place, part in enumerate(str(raw).split(","), start=1))
    if len({key.id for key in keys}) < len(keys):
        raise wrong("expected a different id for each key")
    return keys


def _key(place: int, part: str) -> DeskKey:
    name, mark, encoded = part.strip().partition(":")
    if not mark or not KEY_ID.fullmatch(name):
        raise wrong(f"expected key {place} as id:base64, with an id of letters and digits")
    try:
        # Both alphabets are common; `openssl rand -base64 32` gives the plain one.
        secret = base64.b64decode(encoded.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        raise wrong(f"expected key {place} ('{name}') in base64 after the colon") from None
    if len(secret) != KEY_BYTES:
        raise wrong(f"expected key {place} ('{name}') to be {KEY_BYTES} bytes, got {len(secret)}")
    return DeskKey(name, secret)


def _proxy(raw: Any) -> str:
    text = str(raw).strip()
    if not re.fullmatch(r"https?://[^\s/]+/?", text):
        raise wrong("expected a proxy such as http://proxy.example:3128")
    return text


def _told_apart(raw: Any) -> Any:
    """Take what `read_settings` gathered; a variable of that very name is nobody's of ours."""
    return raw if isinstance(raw, dict) else {}


def _upper(raw: Any) -> Any:
    return raw.strip().upper() if isinstance(raw, str) else raw


def _lower(raw: Any) -> Any:
    return raw.strip().lower() if isinstance(raw, str) else raw


def _never(_raw: Any) -> bool:
    return False


class Settings(BaseSettings):
    """What the environment says (DESIGN.md, the contract); an empty variable is a missing one."""

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    slack_bot_token: Annotated[SecretStr, BeforeValidator(_bot_token)] | None = None
    slack_app_token: Annotated[SecretStr, BeforeValidator(_app_token)] | None = None
    slack_signing_secret: Annotated[SecretStr, BeforeValidator(_signing_secret)] | None = None
    slack_api_url: Annotated[str, BeforeValidator(_api_url)] = "https://slack.com/api/"
    port: Annotated[int, Field(ge=1, le=65535)] = 3000
    database_url: Annotated[str, BeforeValidator(_database_url), Field(repr=False)] = (
        "sqlite:///data/desk.db"
    )
    desk_config: Path = Path("desk.yml")
    desk_keys: Annotated[
        tuple[DeskKey, ...], NoDecode, PlainValidator(parse_keys), Field(repr=False)
    ] = ()
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], BeforeValidator(_upper)
    ] = "INFO"
    backup_folder: Path | None = None
    """Where a backup is written each night; beside an embedded database otherwise."""
    backup_keep: Annotated[int, Field(ge=1, le=10_000)] = 14
    """How many backups of the records are kept."""
    audit_folder: Path | None = None
    """Where the audit log's heads are noted each day; beside the backups otherwise."""
    lc_all: str = ""  # the terminal's language, as POSIX has it
    lc_messages: str = ""
    lang: str = ""
    log_format: Annotated[Literal["text", "json"], BeforeValidator(_lower)] = "text"
    outside_proxy: Annotated[SecretStr, BeforeValidator(_proxy)] | None = None
    """Through which robots and webhooks are reached; the system's own proxy settings are not heeded."""
    outside: Annotated[dict[str, SecretStr], NoDecode, BeforeValidator(_told_apart)] = Field(
        default_factory=dict, repr=False
    )
    """ROBOT_<KEY>_URL, WEBHOOK_<KEY>_SECRET and their like, by variable."""
    tried_out: Annotated[bool, BeforeValidator(_never)] = False
    """The sandbox says so of the desk it started; no variable does."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.slack_bot_token is None:
            for name in ("slack_app_token", "slack_signing_secret"):
                if getattr(self, name) is not None:
                    raise wrong(f"SLACK_BOT_TOKEN is missing although {name.upper()} is set")
        elif self.slack_app_token is None and self.slack_signing_secret is None:
            raise wrong(
                "SLACK_BOT_TOKEN needs a companion: set SLACK_APP_TOKEN for Socket Mode, "
                "or SLACK_SIGNING_SECRET for HTTP"
            )
        return self

    @property
    def connection(self) -> Connection:
        """Tell how the bot is to be connected: Socket Mode wherever there is an app token."""
        if self.slack_bot_token is None:
            return Connection.SANDBOX
        return Connection.SOCKET if self.slack_app_token else Connection.HTTP

    @property
    def is_trial(self) -> bool:
        """Tell whether the desk is only tried out: its records may be deleted, and nothing is kept beside them."""
        return self.tried_out or self.connection is Connection.SANDBOX

    @property
    def app_id(self) -> str | None:
        """Read which app an app-level token is of; None where it does not say."""
        token = self.slack_app_token.get_secret_value() if self.slack_app_token else ""
        named = re.match(r"xapp-\d+-(A[A-Z0-9]+)-", token)
        return named[1] if named else None

    @property
    def backups(self) -> Path | None:
        """Name the folder of backups; None where nobody chose one for a server's database."""
        if self.backup_folder is not None or not self.database_url.startswith("sqlite:"):
            return self.backup_folder
        return Path(self.database_url.removeprefix("sqlite:///")).parent / "backups"

    @property
    def audit_heads(self) -> Path | None:
        """Name the folder of the audit log's heads; None where there is neither one nor backups."""
        return self.audit_folder or self.backups

    @property
    def terminal_language(self) -> str:
        """Give the terminal's language as it is set, e.g. zh_CN.UTF-8; empty where it is not."""
        return self.lc_all or self.lc_messages or self.lang


def read_settings(env_file: Path | None = ENV_FILE) -> Settings:
    """Read the environment, and what it does not set from `.env`.

    Raises SettingsError, one line for each variable, secrets never repeated.
    """
    try:
        return Settings(_env_file=env_file, outside=_outside(env_file))
    except ValidationError as error:
        lines = [_line(detail) for detail in error.errors(include_input=False, include_url=False)]
        raise SettingsError("\n".join(lines)) from None


def open_to_others(env_file: Path = ENV_FILE) -> str:
    """Tell how far a `.env` that holds a secret is open to others, e.g. 0644; "" where it is its owner's alone."""
    if not env_file.exists() or not env_file.stat().st_mode & 0o077:
        return ""
    holds_secrets = any(
        value and SECRET_NAMES.fullmatch(name.upper())
        for name, value in dotenv_values(env_file).items()
    )
    return f"{stat.S_IMODE(env_file.stat().st_mode):04o}" if holds_secrets else ""


def _outside(env_file: Path | None) -> dict[str, SecretStr]:
    """Gather the addresses and secrets of what lies outside Slack; their names depend on desk.yml."""
    in_file = dotenv_values(env_file) if env_file and env_file.exists() else {}
    found = {name.upper(): value for name, value in (in_file | dict(os.environ)).items()}
    return {
        name: SecretStr(value) for name, value in found.items() if value and OUTSIDE.fullmatch(name)
    }


def _line(detail: Any) -> str:
    name = ".".join(str(step) for step in detail["loc"][:1]).upper()
    own = detail["ctx"]["wrong"] if detail["type"] == "setting" else detail["msg"]
    text = f"expected {EXPECTED[name]}" if name in EXPECTED else own
    return f"{name}: {text}" if name else text
