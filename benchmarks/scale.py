"""How much is measured: in full, or just enough to see that every benchmark runs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Sizes of all benchmarks; everything is per round unless it says otherwise."""

    tickets: int  # stored before anything is measured, once a run
    rounds: int
    created: int  # tickets by one writer
    created_each: int  # tickets by each of the eight writers
    acknowledged: int  # deliveries by one caller
    acknowledged_each: int  # deliveries by each of the eight callers
    pause_s: float  # of the one caller, in which the courier works; the eight have none
    repeated: int  # deliveries that were handled already
    burst: int
    slow_call_s: float
    pages: int  # of each list or search
    articles: int  # of the knowledge base
    reads: int  # tickets with their newest events
    sums: int  # additions and differences of working time
    scanned: int  # open tickets that other desks look through
    watched: int  # tickets stored when what is due is looked for
    open_watched: int  # open tickets under a tick
    due_at_once: int
    reckoned: int  # open tickets under a changed calendar
    meeting_tickets: int  # stored when the weekly meeting is planned
    meeting_rows: int  # of them overdue
    figured: int  # stored when figures are asked for
    brought: int  # rows of a sheet that `deskbot import` takes in
    starts: int  # of the command line
    settle_s: float  # how long the idle bot is left alone before its memory is read
    masked: int  # characters of one text
    postgres: str = ""  # an empty database of the other engine, where one is asked for


FULL = Scale(
    tickets=100_000,
    rounds=5,
    created=150,
    created_each=25,
    acknowledged=40,
    acknowledged_each=20,
    pause_s=0.04,
    repeated=100,
    burst=40,
    slow_call_s=1.0,
    pages=15,
    articles=5_000,
    reads=200,
    sums=20_000,
    scanned=100_000,
    watched=1_000_000,
    open_watched=100_000,
    due_at_once=1_000,
    reckoned=10_000,
    meeting_tickets=1_000_000,
    meeting_rows=20_000,
    figured=1_000_000,
    brought=20_000,
    starts=2,
    settle_s=5.0,
    masked=1_000_000,
)

TINY = Scale(
    tickets=600,
    rounds=1,
    created=3,
    created_each=1,
    acknowledged=2,
    acknowledged_each=1,
    pause_s=0.0,
    repeated=2,
    burst=4,
    slow_call_s=0.1,
    pages=1,
    articles=40,
    reads=3,
    sums=20,
    scanned=50,
    watched=1_000,
    open_watched=200,
    due_at_once=20,
    reckoned=10,
    meeting_tickets=2_000,
    meeting_rows=100,
    figured=2_000,
    brought=50,
    starts=1,
    settle_s=0.1,
    masked=1_000,
)
