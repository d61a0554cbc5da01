"""The words of addenda in the index of their archived case: behind those that the seal covers, which stay (R96)."""

from collections.abc import Mapping

from sqlalchemy import BindParameter, Connection, bindparam, select, update

from storage.search import word_index
from storage.tables import addenda_found
from storage.upsert import upsert

_A = addenda_found.c
_keys: BindParameter[object] = bindparam("keys", expanding=True)
_SEALED = select(_A.number_key, _A.sealed).where(_A.number_key.in_(_keys))
_OF_KEY = _A.number_key == bindparam("of_key")
_TAKEN = update(addenda_found).where(_OF_KEY).values(taking=False)
_ENDED = update(addenda_found).where(_OF_KEY).values(sealed=0)


def find_by_addenda(connection: Connection, key: int, tokens: str) -> None:
    """Let an archived case be found by the words of all its addenda; the database lets its row take them meanwhile."""
    index = word_index(connection)
    kept = connection.execute(
        select(index.table.c.tokens, index.table.c.facets).where(index.key == key)
    ).one()
    sealed = sealed_lengths(connection, [key]).get(key, len(kept.tokens))
    taking = {"number_key": key, "sealed": sealed, "taking": True}
    upsert(connection, addenda_found, [taking])
    index.change(connection, key, f"{kept.tokens[:sealed]} {tokens}".strip(), kept.facets)
    connection.execute(_TAKEN, {"of_key": key})


def sealed_lengths(connection: Connection, keys: list[int]) -> Mapping[int, int]:
    """Tell how much of the words of these cases the seal covers, in characters; of what is not named all."""
    return {row.number_key: row.sealed for row in connection.execute(_SEALED, {"keys": keys})}


def forget_addenda(connection: Connection, key: int) -> None:
    """Note that no word of a case is left: it was disposed of."""
    connection.execute(_ENDED, {"of_key": key})
