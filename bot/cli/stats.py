"""`deskbot stats`: the before/after report of a trial run (R108), and the list of what is to be made better (R131)."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.trouble import WRONG_USE, fail, told

if TYPE_CHECKING:
    from tickets.insight.compare import Change, Comparison

group = typer.Typer(
    help="Figures: two periods side by side, the list of improvements.", no_args_is_help=True
)


@group.callback()
def stats() -> None:
    """Look at figures."""


@group.command("compare")
def compare(
    before: Annotated[str, typer.Argument(help="2026-09, 2026-W40, 2026-09-01..2026-09-15, 2026.")],
    after: Annotated[str, typer.Argument(help="Likewise.")],
    *,
    by: Annotated[
        str, typer.Option("--by", help="department, category, kind, person, band …")
    ] = "",
    lang: Annotated[str, typer.Option(help="zh-Hans, zh-Hant or en.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="For scripts.")] = False,
) -> None:
    """Compare two periods: n, mean, median and change of each figure, against its goal."""
    with told():
        found, lines = _compared(before, after, by, lang)
    if as_json:
        typer.echo(json.dumps(_data(found), ensure_ascii=False))
    else:
        typer.echo("\n".join(lines))


@group.command("improvements")
def improvements(
    file: Annotated[Path, typer.Argument(help="An xlsx that is not there yet.")],
    *,
    lang: Annotated[str, typer.Option(help="zh-Hans, zh-Hant or en.")] = "zh-Hans",
) -> None:
    """Write the list of improvements 《客户服务优化需求清单》; personal data in its words is taken out."""
    _require_language(lang)
    if file.suffix != ".xlsx" or file.exists():
        fail(f"deskbot: {file}: expected the name of a new .xlsx file", status=WRONG_USE)
    with told():
        count = _improvements(file, lang)
    typer.echo(f"{count} items written to {file}")


def _improvements(file: Path, lang: str) -> int:
    from bot.cli.at_desk import at_desk
    from bot.papers.fonts import has_papers
    from bot.papers.improvements import improvements_sheet
    from tickets.desk.improve import all_for_operator

    if not has_papers():
        fail("deskbot: writing xlsx needs the extra 'reports': pip install 'deskbot[reports]'")
    with at_desk() as here:
        items = all_for_operator(here.desk)
        with here.desk.records.read() as unit:
            tongue = here.readers.channel(unit.directory, language=lang)
            handbook, now = here.desk.handbook(), here.desk.clock.now()
            return improvements_sheet(file, items, handbook=handbook, tongue=tongue, now=now)


def _require_language(lang: str) -> None:
    if lang not in {"zh-Hans", "zh-Hant", "en"}:
        fail(f"deskbot: --lang {lang}: expected zh-Hans, zh-Hant, en", status=WRONG_USE)


def _compared(before: str, after: str, by: str, lang: str) -> "tuple[Comparison, list[str]]":
    from bot.cli.at_desk import at_desk
    from handlers.views.stats_compare import line
    from tickets.desk.comparing import compare_all
    from tickets.errors import DeskError
    from tickets.insight.figures import By
    from tickets.insight.spans import span_of

    if by and by not in set(By):
        fail(f"deskbot: --by {by}: expected one of {', '.join(By)}", status=WRONG_USE)
    _require_language(lang)
    with at_desk() as here:
        spans = [span_of(key, here.desk.calendar()) for key in (before, after)]
        then, since = spans
        if then is None or since is None:
            wrong = before if then is None else after
            fail(
                f"deskbot: {wrong!r} is no period; write 2026-09, 2026-W40, 2026-09-01..2026-09-15 or 2026",
                status=WRONG_USE,
            )
        try:
            found = compare_all(here.desk, then, since, By(by) if by else None)
        except DeskError as refusal:
            fail(f"deskbot: {here.english(refusal)}", status=WRONG_USE)
        with here.desk.records.read() as unit:
            tongue = here.readers.channel(unit.directory, language=lang)
        return found, [line(one, tongue) for one in found.whole]


def _data(found: "Comparison") -> dict[str, Any]:
    return {
        "before": found.before.key,
        "after": found.after.key,
        "by": found.by,
        "whole": [_change(one) for one in found.whole],
        "groups": {name: [_change(one) for one in changes] for name, changes in found.groups},
    }


def _change(one: "Change") -> dict[str, Any]:
    from dataclasses import asdict

    from tickets.insight.compare import Longer, Numbered, Shared

    match one:
        case Numbered():
            derived: dict[str, Any] = {}
        case Shared():
            shares = {"before_percent": one.before.percent, "after_percent": one.after.percent}
            derived = {**shares, "is_reached": one.is_reached}
        case Longer():
            derived = {"median_change": one.median_change, "is_reached": one.is_reached}
    return {**asdict(one), "change": one.change, **derived}
