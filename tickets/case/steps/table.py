"""A table of steps: which function follows which fact."""

from collections.abc import Callable
from typing import TypeVar, cast

from tickets.case.facts import Fact
from tickets.case.log import Event
from tickets.case.ticket import Ticket

F = TypeVar("F", bound=Fact)
Step = Callable[[Ticket, Fact, Event], Ticket]


class Steps(dict[type[Fact], Step]):
    """Filled by its `on` while a chapter of steps is read."""

    def on(self, kind: type[F]) -> Callable[[Callable[[Ticket, F, Event], Ticket]], None]:
        """Note that this function follows facts of this kind."""

        def keep(step: Callable[[Ticket, F, Event], Ticket]) -> None:
            self[kind] = cast(Step, step)

        return keep
