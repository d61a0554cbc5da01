"""How far the audit log's chain went when a backup was made: a log cut back since then is shorter than that (X27)."""

from pathlib import Path

from storage.audit_heads import Head, read_line
from storage.backups.backup import RECORDS, head_of, require
from storage.signing import Signer
from storage.trouble import BackupUnreadable, KeyLost


def chain_of(path: Path, signer: Signer) -> Head:
    """Read the head that a backup of the records bears. Raises BackupUnreadable, KeyLost or OSError."""
    require(path, RECORDS)
    line = head_of(path).get("audit_head", "")
    if not line:
        msg = "it was made by a program that did not note the audit log's head"
        raise BackupUnreadable(msg)
    noted = read_line(0, line, signer)
    if noted.missing_key:
        msg = (
            f"its head was signed with the encryption key {noted.missing_key}, which is not at hand"
        )
        raise KeyLost(msg)
    if noted.head is None:
        msg = "the head on it is not the desk's"
        raise BackupUnreadable(msg)
    return noted.head
