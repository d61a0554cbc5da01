"""The trial workspace: every person and channel of a desk file, as the sandbox takes them."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tickets.handbook import Handbook
from tickets.message import PersonId

BOT_TOKEN = "xoxb-sandbox"  # noqa: S105  the sandbox's own, opens nothing else
APP_TOKEN = "xapp-sandbox"  # noqa: S105
SIGNING_SECRET = "sandbox-signing-secret"  # noqa: S105
PEOPLE_FILE = Path(__file__).parents[2] / "presets" / "sandbox.people.yml"

_LOCALES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en-US"}

Described = dict[str, Any]


def workspace_of(handbook: Handbook, manifest: Mapping[str, Any]) -> Described:
    """Describe the workspace; scopes, events and the command are those the manifest asks for."""
    settings = manifest["settings"]["event_subscriptions"]["bot_events"]
    return {
        "team": {"id": "T0DESK", "name": handbook.name.in_(handbook.language), "domain": "desk"},
        "bot": {
            "user_id": "U0DESKBOT",
            "bot_id": "B0DESKBOT",
            "app_id": "A0DESK",
            "name": manifest["features"]["bot_user"]["display_name"],
            "scopes": manifest["oauth_config"]["scopes"]["bot"],
            "events": settings,
        },
        "tokens": {"bot": BOT_TOKEN, "app": APP_TOKEN, "signing_secret": SIGNING_SECRET},
        "users": [_user(person, handbook) for person in _agents_first(handbook)],
        "channels": [_channel(name, handbook) for name in _channels(handbook)],
        "commands": manifest["features"]["slash_commands"],
    }


def _people(handbook: Handbook) -> set[PersonId]:
    people = handbook.people
    named = set().union(
        people.agents,
        people.supervisors,
        people.directors,
        people.admins,
        people.auditors,
        people.librarians,
        people.analysts,
        people.deputies.values(),
    )
    for department in handbook.departments.values():
        named |= {department.lead, *department.members}
    return named


def _agents_first(handbook: Handbook) -> list[PersonId]:
    """The page opens as the first of them, and only an agent can begin a case."""
    return sorted(_people(handbook), key=lambda one: (one not in handbook.people.agents, one))


def _user(person: PersonId, handbook: Handbook) -> Described:
    described = {
        "name": person.lower(),
        "real_name": person,
        "locale": _LOCALES[handbook.language],
        **_described().get(person, {}),
    }
    return {
        "id": person,
        "tz": handbook.timezone,
        "is_admin": person in handbook.people.admins,
        **described,
    }


@cache
def _described() -> Mapping[str, Described]:
    known: Mapping[str, Described] = YAML(typ="safe").load(PEOPLE_FILE.read_text(encoding="utf-8"))
    return known


def _channels(handbook: Handbook) -> list[str]:
    named = [handbook.channel, *(d.channel for d in handbook.departments.values())]
    named += [digest.channel for digest in handbook.digests.values() if digest.channel]
    return list(dict.fromkeys(named))


def _channel(name: str, handbook: Handbook) -> Described:
    return {
        "id": name if name.startswith("C") else _id_of(name.lstrip("#").lower()),
        "name": name.lstrip("#").lower(),
        "members": sorted(_people(handbook)),
        "bot_is_member": True,
    }


def _id_of(channel: str) -> str:
    """Derive it from the name, not the place in the file: cards are found by it after the file changed."""
    return f"C0{sha256(channel.encode()).hexdigest()[:9].upper()}"
