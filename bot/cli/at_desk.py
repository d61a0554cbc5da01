"""A desk for one command of the operator: the records opened, the desk file read, nothing running."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.calendars import Calendars
from bot.cli.preset import PRESETS, preset_file
from bot.cli.run import desk_file
from bot.cli.trouble import fail
from bot.clock import SystemClock
from bot.desk_config.load import load_handbook, read_handbook
from bot.foundation import Simplified, database_file, vault_of
from bot.ids import new_id
from bot.phones import NumberingPlans
from bot.readers import Readers
from bot.settings import Settings, read_settings
from bot.speech import speech
from storage.canary import prove_keys
from storage.database import JOBS, open_database
from storage.records import SqlRecords
from storage.revisions import SqlRevisions
from storage.schema import require_current
from tickets.desk.context import Desk
from tickets.errors import DeskError
from tickets.handbook import Handbook
from tickets.message import Message
from tickets.ports import Clock, Revisions

READERS = 4
PAGES_MIB = 64  # an import writes all over a file that may be large, and ends


@dataclass(frozen=True, slots=True)
class AtDesk:
    """The desk, and how it speaks."""

    desk: Desk
    readers: Readers

    def english(self, refusal: DeskError) -> str:
        """Say a refusal to the operator."""
        return self.in_english(refusal.message)

    def in_english(self, message: Message) -> str:
        """Say a sentence to the operator."""
        with self.desk.records.read() as unit:
            return self.readers.english(unit.directory).of(message)


def _of_a_preset(missing: Path) -> str:
    """Say how a ready desk that was tried out here is reached: its records have a name of their own."""
    tried = [one for one in PRESETS if missing.with_name(f"{one}.db").exists()]
    if not tried:
        return ""
    return (
        f"; the desk of `deskbot sandbox --preset {tried[0]}` is reached by"
        f" DATABASE_URL=sqlite:///{missing.with_name(tried[0])}.db DESK_CONFIG={preset_file(tried[0])}"
    )


def _in_force(settings: Settings, revisions: Revisions, clock: Clock) -> Handbook:
    """Read the desk file that the bot goes by; before it was started for the first time, the one that is there."""
    adopted, today = revisions.newest(), clock.now().date()
    if adopted:
        name = f"revision {adopted.revision}"
        return read_handbook(adopted.source, file=name, today=today, lookup=None).handbook
    return load_handbook(desk_file(settings), today=today, lookup=None).handbook


@contextmanager
def at_desk() -> Iterator[AtDesk]:
    """Open the desk of this environment. Raises what opening its records and its desk file raises."""
    settings = read_settings()
    embedded = database_file(settings)
    if embedded and not embedded.exists():
        fail(f"deskbot: there is no desk here: {embedded} does not exist{_of_a_preset(embedded)}")
    clock = SystemClock()
    vault = vault_of(settings)
    database = open_database(settings.database_url, readers=READERS, pages_mib=PAGES_MIB)
    try:
        require_current(database)
        prove_keys(database, vault)
        handbook = _in_force(settings, SqlRevisions(database, vault, clock), clock)
        records = SqlRecords(
            database=database, vault=vault, fold_text=Simplified().fold, patience=JOBS
        )
        desk = Desk(
            records=records,
            clock=clock,
            handbook=lambda: handbook,
            calendar=Calendars(lambda: handbook).in_force,
            phones=NumberingPlans(),
            new_id=new_id,
            wake=lambda: None,  # the bot's own beat finds what was planned
        )
        yield AtDesk(desk, Readers(speech(clock), lambda: handbook))
    finally:
        database.dispose()
