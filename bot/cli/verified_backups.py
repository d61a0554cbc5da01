"""What the backups know of the audit log's chain (`deskbot audit verify`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.audit_heads import Head, Noted, was_given_up
from storage.backups.backup import backups_in
from storage.backups.chain import chain_of
from storage.signing import Signer
from storage.trouble import RecordsUnusable


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupHeads:
    """The heads that the backups of a folder bear and that must still stand."""

    folder: Path | None
    heads: tuple[Head, ...] = ()  # the oldest first
    left_out: tuple[str, ...] = ()  # which say nothing, and why

    def as_data(self) -> dict[str, Any]:
        """Give it for scripts."""
        return {
            "folder": str(self.folder) if self.folder else None,
            "held_against": len(self.heads),
            "newest": self.heads[-1].at if self.heads else None,
            "left_out": list(self.left_out),
        }

    def lines(self) -> Iterator[str]:
        """Say it for people."""
        if self.folder is None:
            yield "backups: none to hold the log against, as no folder is named (BACKUP_FOLDER)"
        elif self.heads:
            newest = self.heads[-1]
            known = f"the newest, of {newest.at}, knows {newest.seq:,} rows"
            yield f"backups: the log was held against {len(self.heads):,} in {self.folder}; {known}"
        else:
            yield f"backups: none in {self.folder} to hold the log against"
        yield from self.left_out


def heads_of_backups(folder: Path | None, noted: list[Noted], signer: Signer) -> BackupHeads:
    """Read what each backup of a folder bears; what a restoration gave up since need not stand."""
    heads, left_out = list[Head](), list[str]()
    for path in backups_in(folder) if folder else ():
        try:
            heads.append(chain_of(path, signer))
        except (RecordsUnusable, OSError) as trouble:
            left_out.append(f"{path.name} was left out: {trouble}")
    return BackupHeads(
        folder=folder,
        heads=tuple(one for one in heads if not was_given_up(one, noted)),
        left_out=tuple(left_out),
    )
