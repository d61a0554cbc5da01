"""A table of steps: which function follows which fact."""

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from tickets.case.facts import Fact
from tickets.case.log import Event
from tickets.case.ticket import Ticket

__all__ = ["Step", "Steps", "replace"]

if TYPE_CHECKING:
    from dataclasses import replace  # every field's name and type is checked
else:

    def replace(one, /, **changes):
        """As `dataclasses.replace`; a ticket, which has some seventy fields, is copied at once.

        A fold is little else than this: it takes a twentieth of the time.
        """
        if type(one) is not Ticket:
            return dataclasses.replace(one, **changes)
        made = object.__new__(Ticket)
        made.__dict__.update(one.__dict__, **changes)
        return made


F = TypeVar("F", bound=Fact)
Step = Callable[[Ticket, Fact, Event], Ticket]


class Steps(dict[type[Fact], Step]):
    """Filled by its `on` while a chapter of steps is read."""

    def on(self, kind: type[F]) -> Callable[[Callable[[Ticket, F, Event], Ticket]], None]:
        """Note that this function follows facts of this kind."""

        def keep(step: Callable[[Ticket, F, Event], Ticket]) -> None:
            self[kind] = cast(Step, step)

        return keep
