"""Lets an endpoint reach its TCP connection, so that faults can break it."""

import asyncio

from starlette.requests import HTTPConnection
from uvicorn.protocols.http.h11_impl import H11Protocol


class ReachableProtocol(H11Protocol):
    """uvicorn's HTTP protocol, with the connection's transport left in the request's state."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Remember the transport where endpoints find it, upgraded websockets included."""
        self.app_state = {**self.app_state, "transport": transport}
        super().connection_made(transport)


def transport_of(connection: HTTPConnection) -> asyncio.Transport:
    """Give the TCP connection a request came over."""
    transport: asyncio.Transport = connection.state.transport
    return transport
