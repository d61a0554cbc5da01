"""Addresses: where robots and webhooks are, out of the environment; every part of it is a secret."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import SecretStr

from tickets.notices import Place, PlaceKind


@dataclass(frozen=True, slots=True)
class Address:
    """A destination's URL and what its messages are signed with; several while one is replaced."""

    url: str = field(repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)


def variable(place: Place, part: str) -> str:
    """Name the variable of a destination: ROBOT_OPS_URL, WEBHOOK_CRM_SECRET."""
    kind = "ROBOT" if place.kind is PlaceKind.ROBOT else "WEBHOOK"
    return f"{kind}_{place.key.upper()}_{part}"


@dataclass(frozen=True, slots=True)
class Addresses:
    """What the environment says, by variable."""

    known: Mapping[str, SecretStr] = field(default_factory=dict)

    def of(self, place: Place, *, in_desk_file: str | None = None) -> Address | None:
        """Give a destination's address; None where neither the environment nor the desk file has one."""
        url = self._value(variable(place, "URL")) or in_desk_file
        if not url:
            return None
        secrets = re.split(r"[\s,]+", self._value(variable(place, "SECRET")))
        return Address(url, tuple(filter(None, secrets)))

    def _value(self, name: str) -> str:
        secret = self.known.get(name)
        return secret.get_secret_value().strip() if secret else ""
