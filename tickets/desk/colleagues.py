"""Who of the desk is meant by a name or a staff number that somebody typed."""

from collections.abc import Mapping

from tickets.case.values import PersonId
from tickets.desk.asking import reading
from tickets.desk.context import Desk
from tickets.people.roles import Action
from tickets.sheets.names import everybody
from tickets.sheets.tables import plain


def colleagues_called(desk: Desk, typed: str, *, by: PersonId) -> Mapping[PersonId, str]:
    """Find whom a name or a staff number fits, by id with their names; several where it is not clear.

    Raises Refused for those who may see no list.
    """
    handbook = desk.handbook()
    numbers = handbook.people.staff_no
    wanted = plain(typed, str)
    with reading(desk, by, Action.LIST) as (unit, _):
        numbered = [one for one, number in numbers.items() if plain(number, str) == wanted]
        if wanted and numbered:
            known = {one: unit.directory.person(one) for one in numbered}
            return {one: member.name if member else one for one, member in known.items()}
        return unit.directory.called(typed, among=everybody(handbook))
