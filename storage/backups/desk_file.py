"""The desk file that was in force when a backup was made: `desk.yml` may be lost with the machine (docs/backups.md)."""

from base64 import b64decode
from pathlib import Path

from storage.backups.backup import rows_of
from storage.keys import KeyRing
from storage.revisions import spot_of
from storage.tables import revisions
from storage.trouble import BackupUnreadable
from storage.vault import Vault


def desk_file_in(path: Path, ring: KeyRing) -> str:
    """Read the text of the newest desk file out of a backup of the records. Raises BackupUnreadable or KeyLost."""
    newest: dict[str, str | int] = {}
    for shape, values in rows_of(path, ring):
        if shape.name == revisions.name:
            row = dict(zip((name for name, _ in shape.columns), values, strict=True))
            newest = max(newest, row, key=lambda one: one.get("id", 0))
    if not newest:
        msg = f"{path.name} holds no desk file: the desk had not been started yet when it was made"
        raise BackupUnreadable(msg)
    sealed = b64decode(str(newest["source"]))
    return Vault(ring).open(sealed, spot_of(str(newest["revision"])), subject=None)
