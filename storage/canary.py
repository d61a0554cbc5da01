"""Proves at each start that the keys at hand open what is stored (RELIABILITY.md F57)."""

from datetime import timedelta

from sqlalchemy import Connection, insert, select

from storage.database import JOBS, Database
from storage.tables import canaries
from storage.trouble import KeyLost, SealBroken
from storage.vault import Spot, Vault

_SONG = "this key is the right one"


def prove_keys(database: Database, vault: Vault, *, patience: timedelta = JOBS) -> None:
    """Open every key's canary and leave one of the newest key. Raises KeyLost: then nothing may be served."""
    with database.writing(patience) as connection:
        sealed = {row.key_id: row.sealed for row in connection.execute(select(canaries))}
        for key_id, song in sealed.items():
            _listen(vault, key_id, song)
        if vault.newest_key_id not in sealed:
            _leave(connection, vault)


def _listen(vault: Vault, key_id: str, song: bytes) -> None:
    try:
        heard = vault.open(song, _spot(key_id), subject=None)
    except (KeyLost, SealBroken) as trouble:
        msg = (
            f"the encryption key {key_id} is missing or another one has its name: without it customers "
            "and texts cannot be read. Put it back into DESK_KEYS or the key file; nothing was changed"
        )
        raise KeyLost(msg) from trouble
    if heard != _SONG:
        msg = f"the encryption key {key_id} opens something unexpected; nothing was changed"
        raise KeyLost(msg)


def _leave(connection: Connection, vault: Vault) -> None:
    key_id = vault.newest_key_id
    song = vault.seal(_SONG, _spot(key_id), subject=None)
    connection.execute(insert(canaries), {"key_id": key_id, "sealed": song})


def _spot(key_id: str) -> Spot:
    return Spot("canaries", key_id, "sealed")
