"""What is reached outside Slack, put together of the settings."""

from bot.readers import Readers
from bot.settings import Settings
from bot.speech import Speech
from bot.voice.outside.addresses import Addresses
from bot.voice.outside.guard import Guard
from bot.voice.outside.letters import Letters
from bot.voice.outside.reach import Reach
from bot.voice.outside.sender import OutsideVoice
from bot.voice.scene import SceneReader
from tickets.desk.context import Desk
from tickets.ports import Clock


def make_outside(
    settings: Settings, desk: Desk, spoken: Speech, *, real: Clock, workspace_url: str
) -> OutsideVoice:
    """Put the voice of robots and webhooks together; the guard takes its hosts from the desk file in force."""
    proxy = settings.outside_proxy
    letters = Letters(
        desk=desk,
        scenes=SceneReader(desk, Readers(spoken, desk.handbook)),
        addresses=Addresses(settings.outside),
        real=real,
        workspace_url=workspace_url,
    )
    reach = Reach(guard=Guard(), proxy=proxy.get_secret_value() if proxy else None)
    return OutsideVoice(letters=letters, reach=reach)
