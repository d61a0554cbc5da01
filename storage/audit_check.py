"""Reads the whole audit log against its chain, and names what does not fit (F65)."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, func, select

from storage.audit_chain import CHAIN, START, mac_of, signed_content
from storage.audit_heads import Head
from storage.audit_rows import as_text, content_in, is_genuine, raw_columns, raw_seals, stamp_of
from storage.signing import Signer
from storage.tables import audit, audit_seals, audit_waiting
from tickets.case.log import DESK

_BATCH = 2_000
Tell = Callable[[int], None]


class Trouble(StrEnum):
    """What can be wrong with a row, a seal or a head."""

    EDITED = "edited"  # the row says something else than when it was sealed
    REMOVED = "removed"  # the row or its seal is gone
    MOVED = "moved"  # the row is the desk's own, at another place than it was sealed at
    INSERTED = "inserted"  # the desk did not write this row
    REKEYED = "rekeyed"  # the chain begins, or changes its key, without saying so
    KEY_MISSING = "key_missing"
    WRONG_KEY = "wrong_key"  # nothing under it can be confirmed
    PASSED_OVER = "passed_over"  # neither sealed nor waiting to be: it was taken out of the queue
    CUT = "cut"  # the chain was longer once
    REWRITTEN = "rewritten"  # the chain was another once
    HEAD_CHANGED = "head_changed"  # a line of the heads' file is not the desk's


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that does not fit, and where."""

    trouble: Trouble
    seq: int | None = None  # its place in the chain
    row: object = None  # its id on the log
    detail: str = ""


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
    walk = _Walk(signer)
    for row in _sealed_rows(connection):
        walk.step(row)
        if row.seq in wanted:
            walk.at_head[row.seq] = row.mac
        tell(1)
    verdict = Verdict(sealed=walk.count, heads=len(held))
    verdict.findings += walk.findings()
    verdict.findings += _repeated(connection)
    _read_tail(connection, signer, walk, verdict)
    verdict.findings += _compared(held, walk)
    return verdict


@dataclass(slots=True)
class _Walk:
    """Walks along the chain; a seal is held against the one before it as that stands there."""

    signer: Signer
    count: int = 0
    seq: int = 0
    before: bytes | None = START  # None: the one before is gone
    key_id: str = ""
    unsigned: int = 0
    unsigned_to: int = 0
    at_head: dict[int, object] = field(default_factory=dict)
    good: Counter[str] = field(default_factory=Counter)
    bad: Counter[str] = field(default_factory=Counter)
    missing: set[str] = field(default_factory=set)
    found: list[tuple[str, Finding]] = field(default_factory=list)

    def step(self, row: Row[*tuple[Any, ...]]) -> None:
        """Look at the next seal and its row."""
        self.count += 1
        if row.seq != self.seq + 1:
            gone = f"{self.seq + 1}" if row.seq == self.seq + 2 else f"{self.seq + 1}–{row.seq - 1}"
            self._find(Trouble.REMOVED, row, f"seals {gone} are gone", of_row=False)
            self.before = None
        self.seq = row.seq
        if not self.signer.holds(row.key_id):
            self._miss(str(row.key_id), row)
        elif row.id is None:
            self._find(Trouble.REMOVED, row, "the row is gone")
        else:
            self._judge(row)
        self.before = row.mac if isinstance(row.mac, bytes) else None
        self.key_id = row.key_id

    def findings(self) -> list[Finding]:
        """Give what was found; where nothing under a key fits, the key itself is the trouble."""
        wrong = {key for key, count in self.bad.items() if count > 1 and not self.good[key]}
        named = [
            Finding(trouble=Trouble.WRONG_KEY, detail=f"{key}: none of {self.bad[key]} rows fits")
            for key in sorted(wrong)
        ]
        return named + [one for key, one in self.found if key not in wrong]

    def is_ours(self, row: Row[*tuple[Any, ...]]) -> bool:
        """Tell whether the desk wrote a row as it stands, or it is older than signatures."""
        stamp = stamp_of(row.signature)
        if stamp is None:
            return row.signature is None and isinstance(row.id, int) and row.id <= self.unsigned_to
        if not self.signer.holds(stamp.key_id):
            return False
        return is_genuine(content_in(row), stamp, self.signer)

    def _judge(self, row: Row[*tuple[Any, ...]]) -> None:
        fits = self.before is None or self._fits(row)
        self.good[row.key_id] += fits
        self.bad[row.key_id] += not fits
        if fits and self.before is not None:
            self._note_key(row)
        if not self.is_ours(row):
            trouble = Trouble.INSERTED if fits and self.before is not None else Trouble.EDITED
            self._find(trouble, row)
        elif not fits:
            self._find(Trouble.MOVED, row)
        if row.signature is None and row.audit_id <= self.unsigned_to:
            self.unsigned -= 1
            if self.unsigned == -1:
                self._find(Trouble.INSERTED, row, "more rows without a signature than there were")

    def _fits(self, row: Row[*tuple[Any, ...]]) -> bool:
        said = mac_of(
            signed_content(row),
            audit_id=row.audit_id,
            seq=row.seq,
            before=self.before or b"",
            key_id=row.key_id,
            at=_moment(row.sealed_at),
        )
        return self.signer.is_signed(said, row.mac, row.key_id)

    def _note_key(self, row: Row[*tuple[Any, ...]]) -> None:
        """The chain's first row and each change of key say so on the log, and only in one direction."""
        if row.key_id == self.key_id:
            return
        detail = content_in(row)["detail"]
        is_told = row.action == CHAIN and row.actor == DESK and isinstance(detail, dict)
        if not (isinstance(detail, dict) and is_told and detail.get("key") == row.key_id):
            self._find(Trouble.REKEYED, row)
        elif not self.key_id:
            self.unsigned, self.unsigned_to = detail["unsigned"], detail["unsigned_to"]
        elif detail.get("was") != self.key_id or self.signer.is_newer(self.key_id, row.key_id):
            self._find(Trouble.REKEYED, row)

    def _miss(self, key_id: str, row: Row[*tuple[Any, ...]]) -> None:
        if key_id not in self.missing:
            self.missing.add(key_id)
            self._find(Trouble.KEY_MISSING, row, key_id)

    def _find(
        self, trouble: Trouble, row: Row[*tuple[Any, ...]], detail: str = "", *, of_row: bool = True
    ) -> None:
        finding = Finding(
            trouble=trouble, seq=row.seq, row=row.audit_id if of_row else None, detail=detail
        )
        self.found.append((row.key_id if trouble in _BY_KEY else "", finding))


_BY_KEY = frozenset({Trouble.EDITED, Trouble.MOVED, Trouble.INSERTED})


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


def _read_tail(connection: Connection, signer: Signer, walk: _Walk, verdict: Verdict) -> None:
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


def _compared(heads: Iterable[Head], walk: _Walk) -> Iterator[Finding]:
    for head in sorted(heads, key=lambda one: one.seq):
        if head.seq == 0:
            continue
        mac = walk.at_head.get(head.seq)
        if mac is None:
            told = f"{head.seq} rows were noted at {head.at}, {walk.seq} are there"
            yield Finding(trouble=Trouble.CUT, seq=walk.seq + 1, detail=told)
        elif not isinstance(mac, bytes) or mac.hex() != head.mac:
            told = f"the chain noted at {head.at} was another"
            yield Finding(trouble=Trouble.REWRITTEN, seq=head.seq, detail=told)


def _moment(at: object) -> str:
    return str(as_text(at))
