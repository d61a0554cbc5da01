"""What an answer of Slack's, or none, means for a notice (RELIABILITY.md 3.1, rule 8)."""

import socket
from collections.abc import Mapping
from datetime import timedelta
from http.client import HTTPException
from urllib.error import URLError

import structlog
from slack_sdk.errors import SlackApiError

from tickets.delivery import Never, NotNow, Unclear

log = structlog.get_logger(__name__)

Trouble = (SlackApiError, OSError, HTTPException, UnicodeDecodeError)
"""What a call can end in besides an answer; anything else is a mistake of ours."""

TOO_OFTEN = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
UNSURE = frozenset(
    {"internal_error", "fatal_error", "request_timeout", "duplicate_message_not_found"}
)
NO_WAY_IN = frozenset(
    {
        "channel_not_found",
        "is_archived",
        "is_inactive",
        "not_in_channel",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_thread_only_channel",
        "restricted_action_non_threadable_channel",
        "user_not_found",
        "users_not_found",
        "user_disabled",
        "user_not_visible",
        "account_inactive",
        "cannot_dm_bot",
        "messages_tab_disabled",
        "cannot_reply_to_message",
        "thread_not_found",
        "message_not_found",
        "cant_update_message",
        "edit_window_closed",
    }
)
"""The place itself refuses: the notice goes another way."""
BAD_CONTENT = frozenset(
    {
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "too_many_attachments",
        "invalid_metadata_format",
        "metadata_too_large",
        "metadata_must_be_sent_from_app",
        "invalid_arguments",
        "invalid_arg_name",
        "invalid_charset",
    }
)
"""Our own fault: only another content could pass."""
LOCKED_OUT = frozenset(
    {
        "token_revoked",
        "token_expired",
        "invalid_auth",
        "not_authed",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "access_denied",
        "ekm_access_denied",
        "org_login_required",
        "team_added_to_org",
        "team_access_not_granted",
        "app_not_installed",
    }
)
"""Nothing can be sent at all (F52): every notice waits, none is dropped."""
LATER = frozenset({"service_unavailable", "accesslimited", "team_not_found"})

UNNAMED_TRIES = 5  # an error we do not know is looked into that often, then given up
LOCKED_OUT_FOR = timedelta(minutes=5)
USUAL_WAIT = timedelta(seconds=30)  # where Slack names none
LONGEST_WAIT = timedelta(seconds=30)


def outcome_of(trouble: Exception, *, attempt: int) -> NotNow | Never | Unclear:
    """Class a failed call: refused for now, refused for good, or unknown."""
    if isinstance(trouble, SlackApiError):
        return _answered(trouble, attempt)
    if isinstance(trouble, URLError) and isinstance(
        trouble.reason, ConnectionRefusedError | socket.gaierror
    ):
        return NotNow(_backoff(attempt), "unreachable")
    return Unclear(type(trouble).__name__)


def error_code(trouble: Exception) -> str:
    """Give Slack's error code, "" where there was no answer to read one from."""
    data = trouble.response.data if isinstance(trouble, SlackApiError) else None
    return str(data.get("error", "")) if isinstance(data, Mapping) else ""


def _answered(trouble: SlackApiError, attempt: int) -> NotNow | Never | Unclear:
    status, code = trouble.response.status_code, error_code(trouble)
    if status == 429 or code in TOO_OFTEN:
        return NotNow(_retry_after(trouble), "ratelimited")
    if status >= 500 or code in UNSURE:
        return Unclear(code if code in UNSURE else f"http {status}")
    if code in LOCKED_OUT:
        log.critical("locked out of slack, all notices wait", error=code)
        return NotNow(LOCKED_OUT_FOR, code)
    if code in LATER:
        return NotNow(_backoff(attempt), code)
    if code in NO_WAY_IN | BAD_CONTENT:
        return Never(code)
    return _unnamed(code, attempt)


def _unnamed(code: str, attempt: int) -> Never | Unclear:
    # Not listed, or no JSON at all: it may have been accepted, until reading back has denied it often.
    known = code if code.replace("_", "").isalnum() else "not json"
    log.error("slack answered something unknown", error=known, attempt=attempt)
    return Never(known) if attempt >= UNNAMED_TRIES else Unclear(known)


def _retry_after(trouble: SlackApiError) -> timedelta:
    headers = {name.lower(): value for name, value in dict(trouble.response.headers).items()}
    seconds = str(headers.get("retry-after", ""))
    return timedelta(seconds=int(seconds)) if seconds.isdigit() else USUAL_WAIT


def _backoff(attempt: int) -> timedelta:
    return min(timedelta(seconds=2 ** min(attempt, 6)), LONGEST_WAIT)
