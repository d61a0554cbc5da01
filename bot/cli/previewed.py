"""What a digest would post, drawn by the renderers of the real posts and printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.calendars import Calendars
from bot.cli.drawing import Drawing, Message
from bot.cli.preview_tables import tables_of
from bot.clock import SystemClock
from bot.desk_config.load import load_handbook
from bot.foundation import database_file, vault_of
from bot.phones import NumberingPlans
from bot.readers import Readers
from bot.settings import Settings
from bot.speech import speech
from storage.canary import prove_keys
from storage.database import open_database
from storage.operator import note_operator
from storage.records import SqlRecords
from storage.schema import require_current
from tickets.desk.context import Desk
from tickets.notices import Notice
from tickets.ports import Unit
from tickets.time.periods import Period
from tickets.tongue import Tongue
from tickets.watch.preview import look_at, period_for

WIDTH = 100


class NoRecords(Exception):
    """There is no database to look into."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A digest as it would be posted."""

    period: Period
    messages: Sequence[Message]
    figures: Mapping[str, Any]
    tongue: Tongue

    def as_data(self) -> dict[str, Any]:
        """Give it for scripts."""
        period = self.period
        return {
            "digest": period.job,
            "period": period.key,
            "due_at": period.due_at.isoformat(),
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
            "figures": dict(self.figures),
            "messages": [
                {
                    "place": one.where,
                    "in_thread": one.in_thread,
                    "text": one.text,
                    "blocks": list(one.blocks),
                }
                for one in self.messages
            ],
        }

    def print(self) -> None:
        """Print it for people, tables first."""
        console = Console(width=None if Console().is_terminal else WIDTH, highlight=False)
        for table in tables_of(self.period, self.figures, self.tongue):
            console.print(table)
        if not self.messages:
            console.print(self.tongue("digest.no_message"))
        for one in self.messages:
            title = f"{one.where} ↳" if one.in_thread else one.where
            console.print(Panel(Text(one.shown), title=Text(title), title_align="left"))


def take_preview(
    settings: Settings, file: Path, kind: str, key: str | None, *, lang: str
) -> Preview:
    """Draw a digest out of the records. Raises DeskError, NoRecords and what opening them raises."""
    embedded = database_file(settings)
    if embedded and not embedded.exists():
        raise NoRecords(f"there is no database at {embedded} yet, so there is nothing to show")
    vault = vault_of(settings)
    database = open_database(settings.database_url, readers=4)
    try:
        require_current(database)
        prove_keys(database, vault)
        records = SqlRecords(database=database, vault=vault, fold_text=str)
        preview = _draw(_desk(records, file), kind, key, lang=lang)
        seen = {"digest": preview.period.job, "period": preview.period.key}
        note_operator(database, vault.signer, "preview", at=SystemClock().now(), **seen)
        return preview
    finally:
        database.dispose()


def _desk(records: SqlRecords, file: Path) -> Desk:
    clock = SystemClock()
    handbook = load_handbook(file, today=clock.now().date(), lookup=None).handbook
    calendars = Calendars(lambda: handbook)
    return Desk(
        records=records,
        clock=clock,
        handbook=lambda: handbook,
        calendar=calendars.in_force,
        phones=NumberingPlans(),
        new_id=lambda: "",
        wake=lambda: None,
    )


def _draw(desk: Desk, kind: str, key: str | None, *, lang: str) -> Preview:
    period = period_for(desk, kind, key)
    drawing = Drawing(desk, Readers(speech(desk.clock), desk.handbook), lang)

    def show(unit: Unit, notices: tuple[Notice, ...]) -> Preview:
        settled = unit.periods.find(period.job, period.key)
        return Preview(
            period=period,
            messages=list(drawing.messages(unit, notices)),
            figures=settled.figures if settled else {},
            tongue=drawing.tongue(unit, None),
        )

    return look_at(desk, period, show)
