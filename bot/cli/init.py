"""`deskbot init`: writes a desk file to start from."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.trouble import WRONG_USE, fail, told


def init(
    preset: Annotated[str, typer.Option(help="Which desk to start from.")] = "sandbox",
    file: Annotated[Path, typer.Option(help="Where to write it.")] = Path("desk.yml"),
) -> None:
    """Write a commented desk.yml; an existing file is never overwritten."""
    with told():
        from bot.trial.desk import PRESET

        presets = {path.stem: path for path in PRESET.parent.glob("*.yml") if "." not in path.stem}
        if preset not in presets:
            fail(
                f"deskbot: no preset '{preset}'; there are: {', '.join(sorted(presets))}",
                status=WRONG_USE,
            )
        if file.exists():
            fail(f"deskbot: {file} exists already; nothing was written")
        text = presets[preset].read_text(encoding="utf-8")
        file.write_text(
            text.replace("$schema=desk.schema.json", "$schema=presets/desk.schema.json"),
            encoding="utf-8",
        )
        typer.echo(
            f"{file} written. Next: put in your people and channels, then run `deskbot check`."
        )
