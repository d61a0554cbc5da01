"""What can go wrong in a way that a person may be told."""

from collections.abc import Mapping

from tickets.message import Message, Param, say


class DeskError(Exception):
    """Something a person may be told about, in a sentence of theirs."""

    def __init__(self, message_id: str, /, **params: Param) -> None:
        super().__init__(message_id)
        self.message: Message = say(message_id, **params)


class NotFound(DeskError):
    """There is no such ticket, customer or person."""


class IllegalMove(DeskError):
    """The present status does not allow this step; the sentence says what is possible (DESK.md 2)."""


class Refused(DeskError):
    """This person may not do this here; nothing changed but the audit log (DESK.md 7)."""


class Conflict(DeskError):
    """Somebody else was faster; nothing of this attempt was kept."""


class HandledMeanwhile(Conflict):
    """The same delivery was handled at the same moment: its receipt is there now."""


class Busy(DeskError):
    """The records could not be written in time; trying again is safe."""


class Full(Busy):
    """There is no room left to write; it passes once somebody makes room."""


class Unsure(Busy):
    """The records broke off just as this was being kept: done or not, its receipt tells."""


class Incomplete(DeskError):
    """Fields of a form that must be mended, each with its own sentence."""

    def __init__(self, problems: Mapping[str, Message]) -> None:
        super().__init__("form.incomplete", fields=", ".join(problems))
        self.problems: Mapping[str, Message] = dict(problems)
