"""A table of notes: which function notes which fact."""

from collections.abc import Callable
from typing import TypeVar, cast

from tickets.case.facts import Fact
from tickets.case.log import Event
from tickets.time.reading import Reading

F = TypeVar("F", bound=Fact)
Note = Callable[[Reading, Fact, Event], None]


class Notes(dict[type[Fact], Note]):
    """Filled by its `on` while a chapter of notes is read."""

    def on(self, kind: type[F]) -> Callable[[Callable[[Reading, F, Event], None]], None]:
        """Note that this function notes facts of this kind."""

        def keep(note: Callable[[Reading, F, Event], None]) -> None:
            self[kind] = cast(Note, note)

        return keep
