"""Requests to take everything out unmasked."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.tables import export_requests
from storage.vault import Spot, TransactionVault
from tickets.case.values import Text
from tickets.errors import Conflict, NotFound
from tickets.people.exports import Request, Standing
from tickets.sheets.wish import read_wish

_R = export_requests.c
_GET = select(export_requests).where(_R.id == bindparam("of_id"))


@dataclass(frozen=True, slots=True)
class SqlExports:
    """Satisfies tickets.ports.exports.Exports."""

    connection: Connection
    vault: TransactionVault

    def add(self, request: Request) -> None:
        """Keep a new request."""
        row = {
            "id": request.id,
            "what": dict(request.wish.plain()),
            "reason": self.vault.seal(request.reason, _spot(request.id), subject=None),
            "asked_by": request.asked_by,
            "asked_at": request.asked_at,
            **_moving(request),
        }
        self.connection.execute(insert(export_requests), row)

    def get(self, request_id: str) -> Request:
        """Give a request. Raises NotFound."""
        row = self.connection.execute(_GET, {"of_id": request_id}).first()
        if row is None:
            raise NotFound("export.no_request")
        return Request(
            id=row.id,
            wish=read_wish(row.what),
            reason=Text(self.vault.open(row.reason, _spot(row.id), subject=None)),
            standing=Standing(row.standing),
            asked_by=row.asked_by,
            asked_at=row.asked_at,
            decided_by=row.decided_by,
            decided_at=row.decided_at,
            used_by=row.used_by,
            used_at=row.used_at,
        )

    def save(self, request: Request, *, was: Standing) -> None:
        """Keep how far a request has come. Raises Conflict: somebody was faster."""
        changing = (
            update(export_requests)
            .where(_R.id == request.id, _R.standing == was)
            .values(_moving(request))
        )
        if self.connection.execute(changing).rowcount != 1:
            raise Conflict("export.decided_meanwhile")


def _moving(request: Request) -> dict[str, object]:
    return {
        "standing": request.standing,
        "decided_by": request.decided_by,
        "decided_at": request.decided_at,
        "used_by": request.used_by,
        "used_at": request.used_at,
    }


def _spot(request_id: str) -> Spot:
    return Spot("export_requests", request_id, "reason")
