"""Proves at each start that the keys at hand open what is stored (RELIABILITY.md F57)."""

from datetime import timedelta

from sqlalchemy import Connection, func, select

from storage.customer_keys import unwrap
from storage.database import JOBS, Database
from storage.desk_keys import told_missing
from storage.tables import canaries, customer_keys, customers
from storage.trouble import KeyLost, SealBroken
from storage.upsert import make_insert
from storage.vault import Spot, Vault

_SONG = "this key is the right one"
_K = customer_keys.c
_WRAPPERS = select(_K.key_id).where(_K.key_id.is_not(None)).distinct()
_ONE_OF = select(_K.customer_id, _K.wrapped)
_LOST = (
    select(func.count())
    .select_from(customers)
    .where(~select(_K.customer_id).where(_K.customer_id == customers.c.id).exists())
)


def prove_keys(database: Database, vault: Vault, *, patience: timedelta = JOBS) -> None:
    """Open every canary, and a customer's key of each key that wraps any; a new desk gets its first canary.

    Raises KeyLost: then nothing may be served, and nothing was changed.
    """
    with database.writing(patience) as connection:
        are_there = hear_canaries(connection, vault)
        _prove_customers(connection, vault)
        if not are_there:
            leave_canary(connection, vault, vault.newest_key_id)


def hear_canaries(connection: Connection, vault: Vault) -> bool:
    """Open every canary, changing nothing; tell whether there is one. Raises KeyLost."""
    vault.desk.look_now(connection)
    sealed = {row.key_id: row.sealed for row in connection.execute(select(canaries))}
    for key_id, song in sealed.items():
        _listen(vault, key_id, song)
    return bool(sealed)


def leave_canary(connection: Connection, vault: Vault, key_id: str) -> None:
    """Put a key of the ring to use: whoever starts has to have it from now on. Raises KeyLost."""
    song = vault.seal_with(key_id, _SONG, _spot(key_id))
    adding = make_insert(connection.dialect.name, canaries).values(key_id=key_id, sealed=song)
    connection.execute(adding.on_conflict_do_nothing(index_elements=["key_id"]))
    vault.desk.look_now(connection)


def _listen(vault: Vault, key_id: str, song: bytes) -> None:
    try:
        heard = vault.open(song, _spot(key_id), subject=None)
    except SealBroken as trouble:
        raise KeyLost(_told_wrong(vault, key_id)) from trouble
    if heard != _SONG:
        msg = f"the encryption key {key_id} opens something unexpected; nothing was changed"
        raise KeyLost(msg)


def _prove_customers(connection: Connection, vault: Vault) -> None:
    for key_id in connection.execute(_WRAPPERS).scalars().all():
        if vault.desk.find(key_id) is None:
            raise KeyLost(told_missing(frozenset({key_id}), vault.desk.ring))
        row = connection.execute(_ONE_OF.where(_K.key_id == key_id).limit(1)).one()
        try:
            unwrap(vault.desk, row.customer_id, key_id, row.wrapped)
        except SealBroken as trouble:
            raise KeyLost(_told_wrong(vault, key_id)) from trouble
    lost = connection.execute(_LOST).scalar_one()
    if lost:
        msg = (
            f"the keys of {lost} customers are missing from the database (table customer_keys): what was"
            " sealed for them cannot be read. Put the newest customer-keys.deskbackup back together with"
            " the records (`deskbot restore … --keys …`); nothing was changed"
        )
        raise KeyLost(msg)


def _told_wrong(vault: Vault, key_id: str) -> str:
    return (
        f"{vault.desk.ring.source} holds a key named {key_id}, but it is another one than that which sealed"
        f" this database. Put the right {key_id} back (the copy that was kept elsewhere), and start again;"
        " nothing was changed"
    )


def _spot(key_id: str) -> Spot:
    return Spot("canaries", key_id, "sealed")
