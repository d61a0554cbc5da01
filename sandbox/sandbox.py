"""The stand-in put together: one object that holds every part."""

from dataclasses import dataclass

from sandbox.app_events import AppEvents
from sandbox.blueprint import build
from sandbox.delivery import Delivery
from sandbox.faults import Faults
from sandbox.http_mode import HttpMode
from sandbox.rooms import Rooms
from sandbox.settings import Settings
from sandbox.socket_mode import SocketMode
from sandbox.stream import Stream
from sandbox.traffic import Traffic
from sandbox.triggers import Triggers
from sandbox.view_stacks import ViewStacks
from sandbox.web_api.rates import Rates
from sandbox.wire import Json
from sandbox.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Sandbox:
    """All parts of one stand-in workspace."""

    workspace: Workspace
    settings: Settings
    stream: Stream
    traffic: Traffic
    faults: Faults
    sockets: SocketMode
    delivery: Delivery
    events: AppEvents
    rooms: Rooms
    views: ViewStacks
    triggers: Triggers
    rates: Rates

    @property
    def address(self) -> str:
        """Give the address it is served at, without a slash at the end."""
        return self.triggers.address

    def serve_at(self, address: str) -> None:
        """Note the address that URLs handed out begin with."""
        self.triggers.address = address


def assemble(plan: Json, settings: Settings | None = None) -> Sandbox:
    """Build a stand-in for the workspace that `plan` (page_api.md) describes."""
    settings = settings or Settings()
    workspace = build(plan)
    stream = Stream()
    traffic = Traffic(stream)
    sockets = SocketMode(workspace, traffic, stream)
    delivery = Delivery(workspace, settings, traffic, sockets, HttpMode(workspace))
    events = AppEvents(workspace, delivery)
    return Sandbox(
        workspace=workspace,
        settings=settings,
        stream=stream,
        traffic=traffic,
        faults=Faults(),
        sockets=sockets,
        delivery=delivery,
        events=events,
        rooms=Rooms(workspace, events, stream),
        views=ViewStacks(workspace, stream),
        triggers=Triggers(workspace, settings),
        rates=Rates(workspace.clock, settings),
    )
