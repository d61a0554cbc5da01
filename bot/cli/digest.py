"""`deskbot digest preview`: any scheduled post of any period, printed instead of posted."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.run import desk_file
from bot.cli.trouble import WRONG_USE, fail, told

if TYPE_CHECKING:
    from bot.cli.previewed import Preview

group = typer.Typer(
    help="Scheduled posts: look at any of them without posting it.", no_args_is_help=True
)

KINDS = ("weekly_meeting", "daily_figures", "archive_check", "callbacks", "monthly_report")
LANGUAGES = ("zh-Hans", "zh-Hant", "en")


@group.callback()
def digests() -> None:
    """Look at scheduled posts."""


@group.command()
def preview(  # one parameter an option
    kind: Annotated[str, typer.Argument(help=f"One of {', '.join(KINDS)}.")] = "weekly_meeting",
    *,
    week: Annotated[str, typer.Option(help="Of a weekly one: 2026-W47.")] = "",
    day: Annotated[str, typer.Option(help="Of a daily one: 2026-11-24.")] = "",
    month: Annotated[str, typer.Option(help="Of a monthly one: 2026-11.")] = "",
    lang: Annotated[
        str, typer.Option(help=f"{', '.join(LANGUAGES)}; else each reader's own.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print messages and figures.")] = False,
) -> None:
    """Print a scheduled post of any period, by default the coming one; nothing is posted, and
    nothing kept but that it was looked at, on the audit log.

    Reports are as of their own moment, work lists as of now; one that was posted is shown as it was.
    """
    key = _key(kind, week=week, day=day, month=month)
    if lang and lang not in LANGUAGES:
        fail(f"deskbot: --lang {lang}: expected {', '.join(LANGUAGES)}", status=WRONG_USE)
    with told():
        seen = _seen(kind, key, lang)
    if as_json:
        typer.echo(json.dumps(seen.as_data(), ensure_ascii=False))
    else:
        seen.print()


def _key(kind: str, *, week: str, day: str, month: str) -> str | None:
    """Take the period's key, of which at most one is given and which must be one. Ends with status 2."""
    from tickets.time.periods import Shape, first_day, shape_of

    if kind not in KINDS:
        fail(f"deskbot: no digest '{kind}'; there are: {', '.join(KINDS)}", status=WRONG_USE)
    given = {Shape.WEEK: week, Shape.DAY: day, Shape.MONTH: month}
    named = [(shape, key.strip()) for shape, key in given.items() if key.strip()]
    if not named:
        return None
    if len(named) > 1:
        fail("deskbot: give one of --week, --day and --month", status=WRONG_USE)
    ((shape, key),) = named
    try:
        is_key = shape_of(key) is shape and bool(first_day(key))
    except ValueError:
        is_key = False
    if not is_key:
        example = {Shape.WEEK: "2026-W47", Shape.DAY: "2026-11-24", Shape.MONTH: "2026-11"}[shape]
        fail(f"deskbot: --{shape} {key}: expected one such as {example}", status=WRONG_USE)
    return key


def _seen(kind: str, key: str | None, lang: str) -> "Preview":
    from bot.cli.previewed import NoRecords, take_preview
    from bot.settings import read_settings
    from tickets.errors import DeskError

    settings = read_settings()
    try:
        return take_preview(settings, desk_file(settings), kind, key, lang=lang)
    except NoRecords as trouble:
        fail(f"deskbot: {trouble}")
    except DeskError as trouble:
        from bot.clock import SystemClock
        from bot.speech import speech

        english = speech(SystemClock()).tongue("en", "UTC", names=str, words=lambda _: None)
        fail(f"deskbot: {english.of(trouble.message)}")
