"""What a view or a button remembers: opaque ids as JSON, never personal data, never a right (X04, X05)."""

import json

LIMIT = 2000  # of a button's value; private_metadata may hold 3,000

Opaque = str | int


def pack(**ids: Opaque | None) -> str:
    """Pack ids; those that are None or empty are left out. Raises ValueError past Slack's limit."""
    kept = {name: value for name, value in ids.items() if value not in (None, "")}
    packed = json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    if len(packed) > LIMIT:
        raise ValueError(f"{len(packed)} characters do not fit into a view's memory")
    return packed


def unpack(packed: str) -> dict[str, Opaque]:
    """Unpack ids; anything that is not what `pack` makes gives nothing, whoever sent it."""
    if len(packed) > LIMIT:
        return {}
    try:
        given = json.loads(packed)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(given, dict):
        return {}
    return {name: value for name, value in given.items() if type(value) in {str, int}}
