"""Requests to end what is kept of people, what is past its age, and a customer's record emptied."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from storage.numbers import make_key
from storage.tables import customer_keys, customers, disposal_requests, disposals, tickets
from storage.vault import Spot, TransactionVault
from tickets.case.values import CustomerId, Number, Status, Text
from tickets.errors import Conflict, NotFound
from tickets.people.disposal import Occasion, Request, Standing

_R, _T, _C = disposal_requests.c, tickets.c, customers.c
_GET = select(disposal_requests).where(_R.id == bindparam("of_id"))
_ENDED = (Status.ARCHIVED, Status.MERGED)
_UNDER_WAY = (Standing.PROPOSED, Standing.ASKED, Standing.APPROVED, Standing.RUNNING)
_IDENTITY = ("name", "phone", "email", "address", "level", "profile")
_HASHES = ("phone_hash", "email_hash", "phone_hash_next", "email_hash_next")


def _has_words() -> ColumnElement[bool]:
    return ~exists().where(disposals.c.number == _T.number)


@dataclass(frozen=True, slots=True)
class SqlDisposals:
    """Satisfies tickets.ports.Disposals."""

    connection: Connection
    vault: TransactionVault

    def add(self, request: Request) -> None:
        """Keep a new request."""
        # The reason outlives the customer's key: it is sealed with the desk's.
        sealed = self.vault.seal(request.reason, _spot(request.id), subject=None)
        row = {
            "id": request.id,
            "occasion": request.occasion,
            "customer": request.customers[0] if request.occasion is Occasion.ERASURE else None,
            "reason": sealed,
            "made_at": request.made_at,
            **_moving(request),
        }
        self.connection.execute(insert(disposal_requests), row)

    def get(self, request_id: str) -> Request:
        """Give a request. Raises NotFound."""
        row = self.connection.execute(_GET, {"of_id": request_id}).first()
        if row is None:
            raise NotFound("rights.no_request")
        return self._request(row)

    def save(self, request: Request, *, was: Standing) -> None:
        """Keep how far a request has come. Raises Conflict: somebody was faster."""
        where = (_R.id == request.id, _R.standing == was)
        changing = update(disposal_requests).where(*where).values(_moving(request))
        if self.connection.execute(changing).rowcount != 1:
            raise Conflict("rights.decided_meanwhile")

    def standing(self, *standings: Standing) -> Sequence[Request]:
        """List the requests that have come so far, the oldest first."""
        return self._all(_R.standing.in_(standings))

    def of_customer(self, customer: CustomerId) -> Sequence[Request]:
        """List the erasures that were asked for a customer, the newest first."""
        return self._all(_R.customer == customer)[::-1]

    def is_open(self, occasion: Occasion) -> bool:
        """Tell whether a request of this kind is still under way."""
        looking = select(_R.id).where(_R.occasion == occasion, _R.standing.in_(_UNDER_WAY))
        return self.connection.execute(looking.limit(1)).first() is not None

    def past(self, before: datetime, *, limit: int) -> Sequence[Number]:
        """List ended tickets that ended before then and still hold words, the oldest first."""
        # Numbers begin with their day: what is younger is not even looked at.
        youngest = make_key((before.astimezone(UTC) + timedelta(days=2)).date(), 0)
        looking = (
            select(_T.number)
            .where(
                _T.number_key < youngest,
                _T.status.in_(_ENDED),
                func.coalesce(_T.closed_at, _T.changed_at) < before,
                _has_words(),
            )
            .order_by(_T.number_key)
            .limit(limit)
        )
        return tuple(Number(one) for one in self.connection.execute(looking).scalars())

    def left_behind(
        self, before: datetime, without: Collection[Number], *, limit: int
    ) -> Sequence[CustomerId]:
        """List customers known since before then, of whom no ticket but these still holds words."""
        speaks = exists().where(
            _T.customer_id == _C.id, _T.number.not_in(sorted(without)), _has_words()
        )
        known = or_(*(_C[name].is_not(None) for name in _IDENTITY))
        looking = (
            select(_C.id)
            .where(_C.created_at < before, known, ~speaks)
            .order_by(_C.created_at)
            .limit(limit)
        )
        return tuple(CustomerId(one) for one in self.connection.execute(looking).scalars())

    def undone(self, *, limit: int) -> Sequence[CustomerId]:
        """List erased customers of whom tickets hold words again: an older backup was restored."""
        looking = (
            select(customer_keys.c.customer_id)
            .where(
                customer_keys.c.destroyed_at.is_not(None),
                exists().where(_T.customer_id == customer_keys.c.customer_id, _has_words()),
            )
            .order_by(customer_keys.c.customer_id)
            .limit(limit)
        )
        return tuple(CustomerId(one) for one in self.connection.execute(looking).scalars())

    def undisposed(self, numbers: Sequence[Number]) -> Sequence[Number]:
        """Sort out those tickets that still hold words."""
        asked = select(disposals.c.number).where(disposals.c.number.in_(numbers))
        ended = set(self.connection.execute(asked).scalars())
        return tuple(number for number in numbers if number not in ended)

    def forget(self, customer: CustomerId) -> None:
        """Empty a customer's identity: columns and look-up hashes; what statistics count stays."""
        empty = dict.fromkeys((*_IDENTITY, *_HASHES, "code"))
        self.connection.execute(update(customers).where(_C.id == customer).values(empty))

    def _all(self, which: ColumnElement[bool]) -> list[Request]:
        looking = select(disposal_requests).where(which).order_by(_R.made_at, _R.id)
        return [self._request(row) for row in self.connection.execute(looking)]

    def _request(self, row: Row[*tuple[Any, ...]]) -> Request:
        return Request(
            id=row.id,
            occasion=Occasion(row.occasion),
            standing=Standing(row.standing),
            reason=Text(self.vault.open(row.reason, _spot(row.id), subject=None)),
            numbers=tuple(Number(one) for one in row.about["numbers"]),
            customers=tuple(CustomerId(one) for one in row.about["customers"]),
            made_at=row.made_at,
            since=row.since,
            asked_by=row.asked_by,
            decided_by=row.decided_by,
            run_by=row.run_by,
            report=row.report,
        )


def _moving(request: Request) -> dict[str, object]:
    return {
        "standing": request.standing,
        "about": {"numbers": list(request.numbers), "customers": list(request.customers)},
        "report": dict(request.report),
        "since": request.since,
        "asked_by": request.asked_by,
        "decided_by": request.decided_by,
        "run_by": request.run_by,
    }


def _spot(request_id: str) -> Spot:
    return Spot("disposal_requests", request_id, "reason")
