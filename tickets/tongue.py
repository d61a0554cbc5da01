"""How the edges turn the rules' sentences into a reader's language; views and renderers are handed one."""

from datetime import date, datetime, timedelta
from typing import Protocol

from tickets.message import Message, Param, PersonId


class Tongue(Protocol):
    """One reader's language, zone and words; made by bot/speech.py with gettext and Babel."""

    @property
    def language(self) -> str:
        """zh-Hans, zh-Hant or en."""
        ...

    @property
    def timezone(self) -> str:
        """The zone moments are shown in where Slack cannot do it."""
        ...

    def __call__(self, message_id: str, /, **params: Param) -> str:
        """Translate a message id; a missing one is an error, never its id on a screen."""
        ...

    def of(self, message: Message) -> str:
        """Translate a sentence of the rules."""
        ...

    def near(self, at: datetime, *, now: datetime) -> str:
        """Say a moment as people do: "tomorrow 09:30", "明天 09:30"; further away with the date."""
        ...

    def month(self, day: date) -> str:
        """Name the month of a day: "October 2026", "2026年10月"."""
        ...

    def span(self, length: timedelta) -> str:
        """Say a length of time: "2 h 40 min", "2 小时 40 分钟"."""
        ...

    def name(self, person: PersonId) -> str:
        """Give a person's display name as plain text."""
        ...
