"""Reads the whole audit log against its chain, and names what does not fit (F65)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, func, select

from storage.audit_findings import Finding, Trouble
from storage.audit_heads import BACKED_UP, Head
from storage.audit_rows import as_text, raw_columns, raw_seals, stamp_of
from storage.audit_walk import Walk
from storage.signing import Signer
from storage.tables import audit, audit_seals, audit_waiting

_BATCH = 2_000
Tell = Callable[[int], None]


@dataclass(slots=True)
class Verdict:
    """What came of reading the log."""

    sealed: int = 0
    unsealed: int = 0
    unsealed_since: str = ""
    heads: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Tell whether everything fits; a short tail that waits for the next tick does."""
        return not self.findings


def verify(
    connection: Connection,
    signer: Signer,
    heads: Iterable[Head] = (),
    *,
    tell: Tell = lambda _count: None,
) -> Verdict:
    """Read every row and every seal; `tell` hears how many were read."""
    held = tuple(heads)
    wanted = {head.seq for head in held}
    walk = Walk(signer)
    for row in _sealed_rows(connection):
        walk.step(row)
        if row.seq in wanted:
            walk.at_head[row.seq] = row.mac
        tell(1)
    noted = sum(head.what != BACKED_UP for head in held)
    verdict = Verdict(sealed=walk.count, heads=noted)
    verdict.findings += walk.findings()
    verdict.findings += _repeated(connection)
    _read_tail(connection, signer, walk, verdict)
    verdict.findings += _compared(held, walk)
    return verdict


def _sealed_rows(connection: Connection) -> Iterator[Row[*tuple[Any, ...]]]:
    dialect = connection.dialect.name
    asked = (
        select(*raw_seals(dialect), *raw_columns(dialect))
        .join_from(audit_seals, audit, audit.c.id == audit_seals.c.audit_id, isouter=True)
        .order_by(audit_seals.c.seq)
    )
    yield from connection.execute(
        asked, execution_options={"stream_results": True, "yield_per": _BATCH}
    )


def _repeated(connection: Connection) -> list[Finding]:
    """A copy of a row has its signature too; the desk gives none twice."""
    asked = (
        select(func.max(audit.c.id))
        .where(audit.c.signature.is_not(None))
        .group_by(audit.c.signature)
        .having(func.count() > 1)
        .order_by(func.max(audit.c.id))
    )
    return [
        Finding(trouble=Trouble.INSERTED, row=one, detail="a copy of another row")
        for one in connection.execute(asked).scalars()
    ]


def _read_tail(connection: Connection, signer: Signer, walk: Walk, verdict: Verdict) -> None:
    """Look at what no seal stands for yet."""
    asked = (
        select(*raw_columns(connection.dialect.name), audit_waiting.c.audit_id.label("waits"))
        .join_from(audit, audit_seals, audit.c.id == audit_seals.c.audit_id, isouter=True)
        .join(audit_waiting, audit.c.id == audit_waiting.c.audit_id, isouter=True)
        .where(audit_seals.c.seq.is_(None))
        .order_by(audit.c.id)
    )
    rows = connection.execute(asked).all()
    moments = [_moment(row.at) for row in rows]
    verdict.unsealed, verdict.unsealed_since = len(rows), min(moments, default="")
    for row, at in zip(rows, moments, strict=True):
        if row.signature is None and not walk.count:
            continue  # of a program that knew no chain; the first tick begins it
        stamp = stamp_of(row.signature)
        if stamp and not signer.holds(stamp.key_id):
            verdict.findings.append(
                Finding(trouble=Trouble.KEY_MISSING, row=row.id, detail=stamp.key_id)
            )
        elif not walk.is_ours(row):
            verdict.findings.append(Finding(trouble=Trouble.INSERTED, row=row.id))
        elif row.waits is None:
            verdict.findings.append(Finding(trouble=Trouble.PASSED_OVER, row=row.id, detail=at))


def _compared(heads: Iterable[Head], walk: Walk) -> Iterator[Finding]:
    for head in sorted(heads, key=lambda one: one.seq):
        if head.seq == 0:
            continue
        mac = walk.at_head.get(head.seq)
        where = "in the backup of" if head.what == BACKED_UP else "noted at"
        if mac is None:
            told = f"{head.seq} rows were {where} {head.at}, {walk.seq} are there"
            yield Finding(trouble=Trouble.CUT, seq=walk.seq + 1, detail=told)
        elif not isinstance(mac, bytes) or mac.hex() != head.mac:
            told = f"the chain {where} {head.at} was another"
            yield Finding(trouble=Trouble.REWRITTEN, seq=head.seq, detail=told)


def _moment(at: object) -> str:
    return str(as_text(at))
