"""What listeners stand on, put together once by the bot."""

from collections.abc import Callable
from dataclasses import dataclass

from slack_sdk import WebClient

from handlers.flood import Flood
from handlers.turns import Turns
from tickets.desk.context import Desk
from tickets.message import PersonId
from tickets.ports import Member
from tickets.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """The desk, its languages, the workspace it belongs to, and who is asking too much."""

    desk: Desk
    speak: Callable[[Member | None], Tongue]  # None: the desk's own language and zone
    refresh_person: Callable[[PersonId], None]  # ask Slack who this is (users.info)
    refresh_all: Callable[
        [], None
    ]  # read people and channels again; neither before an acknowledgement
    team_id: str
    enterprise_id: str | None
    flood: Flood
    turns: Turns  # of background work
    client: WebClient  # ends the turn of whoever calls
    app_id: str | None = None  # of Socket Mode's token; over HTTP the secret is the app's own
