"""A profile as one text, which the vault seals; an empty one is none."""

import json
from typing import Any

from tickets.people.profile import Owned, Profile


def write_profile(profile: Profile) -> str:
    """Write what there is of a profile."""
    parts = {
        "contribution": profile.contribution,
        "products": [[one.product, one.serial] for one in profile.products],
        "preferences": profile.preferences,
        "tags": list(profile.tags),
        "fields": dict(profile.fields),
    }
    kept = {name: part for name, part in parts.items() if part}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True) if kept else ""


def read_profile(text: str) -> Profile:
    """Read a profile as it was written."""
    parts: dict[str, Any] = json.loads(text) if text else {}
    return Profile(
        contribution=parts.get("contribution", ""),
        products=tuple(Owned(*one) for one in parts.get("products", ())),
        preferences=parts.get("preferences", ""),
        tags=tuple(parts.get("tags", ())),
        fields=parts.get("fields", {}),
    )
