"""`deskbot init`: writes a desk file to start from, with the people and channels that are given or asked for."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.preset import preset_file
from bot.cli.trouble import fail, told


def init(
    *,
    preset: Annotated[str, typer.Option(help="Which desk to start from.")] = "sandbox",
    file: Annotated[Path, typer.Option(help="Where to write it.")] = Path("desk.yml"),
    trial: Annotated[
        bool, typer.Option("--trial", help="Keep the made-up people and channels.")
    ] = False,
    people: Annotated[
        list[str] | None,
        typer.Option(help="Who has a role: agents=U012AB3CD,ann@example.com."),
    ] = None,
    department: Annotated[
        list[str] | None,
        typer.Option(help="A department's people, the lead first: tech=U012AB3CD,U034EF5GH."),
    ] = None,
    channel: Annotated[
        list[str] | None,
        typer.Option(help="A channel of yours for one of the preset's: tech=#repairs."),
    ] = None,
) -> None:
    """Write a commented desk.yml; an existing file is never overwritten.

    Who is not given by an option is asked for at a terminal.
    """
    given = bool(people or department or channel)
    with told():
        text = preset_file(preset).read_text(encoding="utf-8")
        if file.exists():
            fail(f"deskbot: {file} exists already; nothing was written")
        made_up = trial or (preset == "sandbox" and not given)
        if not made_up:
            from bot.cli.staffing import staffed

            text = staffed(
                text, people=people or (), departments=department or (), channels=channel or ()
            )
        _write(file, text.replace("$schema=desk.schema.json", "$schema=presets/desk.schema.json"))
    ahead = "put in your people and channels, then run" if made_up else "run"
    typer.echo(f"{file} written. Next: {ahead} `deskbot check`.")


def _write(file: Path, text: str) -> None:
    """Write what can be used, and only where nothing is."""
    from bot.clock import SystemClock
    from bot.desk_config.load import read_handbook

    read_handbook(text, file=str(file), today=SystemClock().now().date(), lookup=None)
    with file.open("x", encoding="utf-8") as written:
        written.write(text)
