"""Who works at a new desk: taken from the options of `deskbot init`, asked for at a terminal, or found missing."""

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import NoReturn

import typer

from bot.cli.trouble import WRONG_USE, fail
from bot.desk_config.filling import NEEDED, Places, Staff, filled, places_of
from bot.desk_config.misfit import Misfit
from bot.desk_config.references import parse_channel, parse_people, parse_person

ROLE_WORDS = {
    "agents": "agents 客服专员",
    "supervisors": "supervisors 客服主管",
    "directors": "directors 服务总监",
    "admins": "admins 系统管理员",
    "auditors": "auditors 审计员",
    "librarians": "librarians 知识库管理员",
    "analysts": "analysts 数据分析专员",
}

Read = Callable[[str], tuple[str, ...]]


def staffed(
    text: str,
    *,
    people: Sequence[str],
    departments: Sequence[str],
    channels: Sequence[str],
) -> str:
    """Put a team into a ready desk's text, or end the command naming who is missing."""
    places = places_of(text)
    named = {name.lstrip("#"): name for name in places.channels}
    renamed = _pairs("--channel", [one.lstrip("#") for one in channels], channel, known=named)
    staff = Staff(
        roles=_pairs("--people", people, several, known=places.roles),
        departments=_pairs("--department", departments, of_department, known=places.departments),
        channels={named[key]: new[0] for key, new in renamed.items()},
    )
    if at_a_terminal():
        staff = _asked(places, staff)
    if missing := places.missing(staff):
        _refuse(places, missing)
    return filled(text, _also_there(staff))


def at_a_terminal() -> bool:
    """Tell whether somebody can be asked."""
    return sys.stdin.isatty()


def several(raw: str) -> tuple[str, ...]:
    """Read people or user groups. Raises Misfit."""
    return tuple(parse_people(one.strip()) for one in raw.split(",") if one.strip())


def of_department(raw: str) -> tuple[str, ...]:
    """Read a department's people, the lead first, who is one person. Raises Misfit."""
    people = several(raw)
    if people:
        parse_person(people[0])
    return people


def channel(raw: str) -> tuple[str, ...]:
    """Read a channel. Raises Misfit."""
    return (parse_channel(raw.strip()),) if raw.strip() else ()


def _option(name: str, raw: str, read: Read) -> tuple[str, ...]:
    try:
        return read(raw)
    except Misfit as wrong:
        return fail(f"deskbot: {name}: {wrong}", status=WRONG_USE)


def _pairs(
    name: str, raw: Iterable[str], read: Read, *, known: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Read `key=value` options; a key that the preset does not have is told with those it has."""
    keys, pairs = tuple(known), {}
    for one in raw:
        key, _, value = one.partition("=")
        if key not in keys or not value:
            example = f"{keys[0]}=…"
            there = ", ".join(keys)
            fail(f"deskbot: {name}: expected {example} of {there}, got '{one}'", status=WRONG_USE)
        pairs[key] = _option(f"{name} {key}", value, read)
    return pairs


def _asked(places: Places, staff: Staff) -> Staff:
    """Ask for everybody and every channel that no option gave; Enter leaves it as it is."""
    typer.echo(
        "People: member ids (U…), user groups (S…) or e-mail addresses, a comma between them."
    )
    roles = {
        role: staff.roles.get(role) or _ask(_role(role), several, needed=role in NEEDED)
        for role in places.roles
    }
    departments = {
        key: staff.departments.get(key)
        or _ask(f"department {key} {name}, the lead first", of_department, needed=True)
        for key, name in places.departments.items()
    }
    channels = {
        name: staff.channels.get(name) or _ask("channel", channel, needed=True, usual=name)[0]
        for name in places.channels
    }
    return Staff({**staff.roles, **roles}, departments, channels)


def _role(role: str) -> str:
    return ROLE_WORDS[role] if role in NEEDED else f"{ROLE_WORDS[role]} (Enter: nobody yet)"


def _ask(what: str, read: Read, *, needed: bool = False, usual: str = "") -> tuple[str, ...]:
    def taken(raw: str) -> tuple[str, ...]:
        try:
            answer = read(raw)
        except Misfit as wrong:
            raise typer.BadParameter(str(wrong)) from None
        if needed and not answer:
            raise typer.BadParameter("somebody is needed here: a member id or an e-mail address")
        return answer

    asked: tuple[str, ...] = typer.prompt(
        what, default=usual, show_default=bool(usual), value_proc=taken
    )
    return asked


def _refuse(places: Places, missing: Sequence[str]) -> NoReturn:
    flags = [
        f"--department {one}=LEAD,MEMBER  ({places.departments[one]})"
        if one in places.departments
        else f"--people {one}=PERSON,PERSON  ({ROLE_WORDS[one].partition(' ')[2]})"
        for one in missing
    ]
    lines = "\n".join(f"  {flag}" for flag in flags)
    fail(
        f"deskbot: people are missing; nothing was written. Give them, or run it at a terminal to be asked:\n{lines}\n"
        "or keep the made-up ones for a trial: --trial",
        status=WRONG_USE,
    )


def _also_there(staff: Staff) -> Staff:
    """A department of one has its lead as its member."""
    departments = {
        key: people if len(people) > 1 else (people[0], people[0])
        for key, people in staff.departments.items()
    }
    return Staff(staff.roles, departments, staff.channels)
