"""Walks along the audit log's chain: each seal is held against the one before it, each row against its seal (F65)."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row

from storage.audit_chain import CHAIN, START, mac_of, signed_content
from storage.audit_findings import Finding, Trouble
from storage.audit_rows import as_text, content_in, is_genuine, stamp_of
from storage.signing import Signer
from tickets.case.log import DESK

_BY_KEY = frozenset({Trouble.EDITED, Trouble.MOVED, Trouble.INSERTED})


@dataclass(slots=True)
class Walk:
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
            at=str(as_text(row.sealed_at)),
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
