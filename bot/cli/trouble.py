"""How commands fail: one clear sentence on stderr and exit status 1 (the thing asked failed) or 2 (wrong use)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

FAILED, WRONG_USE = 1, 2


def fail(text: str, *, status: int = FAILED) -> NoReturn:
    """End the command with a sentence."""
    typer.echo(text, err=True)
    raise typer.Exit(status)


@contextmanager
def told() -> Iterator[None]:
    """Turn the troubles an operator can mend into their sentences."""
    from slack_sdk.errors import SlackApiError

    from bot.desk_config.problems import DeskFileError
    from bot.settings import SettingsError
    from bot.trial.process import SandboxFailed
    from storage.trouble import RecordsUnusable

    try:
        yield
    except (DeskFileError, SettingsError) as trouble:
        fail(str(trouble))
    except (RecordsUnusable, SandboxFailed) as trouble:
        fail(f"deskbot: {trouble}")
    except SlackApiError as refusal:
        fail(f"deskbot: Slack refused: {refusal.response.get('error', refusal)}")
    except OSError as trouble:
        what = trouble.strerror if trouble.strerror and trouble.filename else ""
        fail(f"deskbot: {trouble.filename}: {what}" if what else f"deskbot: {trouble}")
