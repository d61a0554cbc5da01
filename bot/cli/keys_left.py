"""What a rotation leaves: which older keys may go, and what still needs the others."""

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from storage.key_needs import Needs

_NAMES = {
    "events.words": "texts of cases from before customers had keys of their own, or written of erased ones",
    "decisions.text": "decisions of meetings",
    "decisions.help": "decisions of meetings",
    "disposals.reason": "reasons of disposals",
    "audit": "entries of the audit log",
    "audit_seals": "links of the audit log's chain",
    "archived_days": "sealed days of the archive",
}


def tell(to: str, needs: Mapping[str, "Needs"], dropped: list[str], *, as_json: bool) -> None:
    """Say which key everything is under now, and of each older one whether it may be dropped."""
    if as_json:
        left = {
            key_id: {"opens": dict(one.opens), "proves": dict(one.proves)}
            for key_id, one in needs.items()
        }
        free = [key_id for key_id, one in needs.items() if one.is_none]
        typer.echo(
            json.dumps({"key": to, "may_be_dropped": free, "dropped": dropped, "older": left})
        )
        return
    typer.echo(f"everything that can be is under {to} now: keep a copy of it elsewhere")
    for key_id, one in needs.items():
        for line in _lines(key_id, one, is_dropped=key_id in dropped):
            typer.echo(line)
    typer.echo(
        "Make a backup now (`deskbot backup`): those from before open with the older key alone."
    )


def _lines(key_id: str, needs: "Needs", *, is_dropped: bool) -> Iterator[str]:
    opened, proved = _counted(needs.opens), _counted(needs.proves)
    if needs.opens:
        yield f"{key_id} is still needed: it alone opens what is never rewritten: {opened}"
    if needs.proves:
        yield f"{key_id} is still needed to tell whether these were changed: {proved}"
    if needs.proves and not needs.opens:
        yield f"  the desk starts without {key_id}, but `deskbot audit verify` then misses it"
    if is_dropped:
        yield f"{key_id} was taken out of the key file; backups from before today need it"
    elif needs.is_none:
        yield f"{key_id} may be dropped: nothing here needs it, only backups from before today"


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {_NAMES.get(name, name)}" for name, count in counts.items())
