"""The new-ticket form shown again with what was typed: another category, a repeat found, words unfolded."""

from collections.abc import Callable
from dataclasses import replace

from slack_bolt import BoltRequest
from slack_sdk.models.views import View

from handlers.card_actions import form_of
from handlers.forms_case import (
    intake_of,
    number_remembered,
    opened_at,
    remembered,
    used_in,
)
from handlers.numbers import number_in
from handlers.offering import helpful, words_of
from handlers.opening import present, redraw_view
from handlers.payloads import Json, value_of
from handlers.views.customer import masked_contact, masked_name
from handlers.views.form import Around, form
from handlers.views.form_repeat import Repeat
from handlers.views.ids import ActionId
from handlers.views.inputs import anew
from tickets.case.intake import Intake
from tickets.case.lifecycle import Move, is_possible
from tickets.case.values import Number
from tickets.desk.articles import spoken
from tickets.desk.context import Desk
from tickets.desk.look import show
from tickets.desk.profile import Known, known_caller
from tickets.desk.repeats import find_repeat, was_told
from tickets.knowledge.shelves import Suggestion
from tickets.knowledge.suggesting import joined
from tickets.message import PersonId
from tickets.tongue import Tongue


def first_form(
    desk: Desk, person: PersonId, tongue: Tongue, *, text: str = "", draft_id: str = ""
) -> View:
    """Make the form as it opens, with what was typed after the command."""
    now = desk.clock.now()
    values = Intake(received_at=now, description=text)
    around = Around(by=person, opened_at=now, draft_id=draft_id)
    return form(values, around, handbook=spoken(desk), tongue=tongue)


def form_for_same_customer(
    number: Number,
    desk: Desk,
    person: PersonId,
    tongue: Tongue,
    *,
    linked_to: Number | None = None,
) -> View:
    """Make the form of another case of the same customer, linked to an earlier one or not. Raises Refused or NotFound."""
    now = desk.clock.now()
    around = Around(
        by=person,
        opened_at=now,
        carried_from=number,
        carried=_carried(number, desk, person, tongue),
        linked_to=linked_to,
    )
    return form(Intake(received_at=now), around, handbook=spoken(desk), tongue=tongue)


def category_picked(
    shown: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """The first level was picked: the second follows, what was typed stays."""
    _redraw(request, shown, desk, person, tongue, look_again=True)


def contact_typed(
    shown: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """A phone or a mail was typed: an earlier case of this customer is offered at once."""
    _redraw(request, shown, desk, person, tongue, look_again=True)


def helped(shown: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """Category and description are there by now: articles that may help are offered."""
    _redraw(request, shown, desk, person, tongue)


def use_in_form(
    article: int,
    shown: Json,
    desk: Desk,
    person: PersonId,
    tongue: Tongue,
    request: BoltRequest,
) -> None:
    """Put an article's words into the answer; its use counts once the case is logged."""
    words = words_of(article, desk, person, tongue)

    def take_over(values: Intake, around: Around) -> tuple[Intake, Around]:
        answer = joined(values.answered_with.strip(), words)
        used = tuple(dict.fromkeys((*around.used, article)))[-MOST_USED:]
        return (
            replace(values, answered_with=answer),
            replace(around, used=used, anew=anew(answer)),
        )

    _redraw(request, shown, desk, person, tongue, change=take_over)


def opening_folded(
    shown: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Show the opening words, or fold them."""

    def fold(_values: Intake, around: Around) -> tuple[Intake, Around]:
        return _values, replace(around, opening_shown=not around.opening_shown)

    _redraw(request, shown, desk, person, tongue, change=fold)


def new_case_chosen(
    shown: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """It is a new case: the repeat is put away."""

    def put_away(values: Intake, around: Around) -> tuple[Intake, Around]:
        return values, replace(around, repeat=None)

    _redraw(request, shown, desk, person, tongue, change=put_away)


def link_chosen(
    shown: Json, action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """The new case will be linked to the earlier one."""
    earlier = number_in(value_of(action))

    def name_it(values: Intake, around: Around) -> tuple[Intake, Around]:
        return values, replace(around, repeat=None, linked_to=earlier, merged_into=None)

    _redraw(request, shown, desk, person, tongue, change=name_it)


def merge_chosen(
    shown: Json, action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """It is the same matter: once it is logged, the new case goes into the earlier one."""
    earlier = number_in(value_of(action))

    def name_it(values: Intake, around: Around) -> tuple[Intake, Around]:
        return values, replace(around, repeat=None, linked_to=None, merged_into=earlier)

    _redraw(request, shown, desk, person, tongue, change=name_it)


def resend_chosen(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Our answer did not arrive: the form to tell the customer (again) opens on top."""
    earlier = number_in(value_of(action))
    step = ActionId.TELL_AGAIN if was_told(desk, earlier, by=person) else ActionId.TELL
    present(request, form_of(step, earlier, desk, person, tongue))


MOST_USED = 20  # articles on one case; a view remembers 2,000 characters

Change = Callable[[Intake, Around], tuple[Intake, Around]]


def _redraw(
    request: BoltRequest,
    view: Json,
    desk: Desk,
    person: PersonId,
    tongue: Tongue,
    *,
    change: Change = lambda values, around: (values, around),
    look_again: bool = False,
) -> None:
    values = intake_of(view, now=desk.clock.now())
    around = _around(view, values, desk, person, tongue, look_again=look_again)
    values, around = change(values, around)
    redraw_view(request, form(values, around, handbook=spoken(desk), tongue=tongue))


def _around(
    view: Json, values: Intake, desk: Desk, person: PersonId, tongue: Tongue, *, look_again: bool
) -> Around:
    kept = remembered(view)
    carried_from = number_remembered(view, "carried")
    was_offered = number_remembered(view, "repeat") is not None
    return Around(
        by=person,
        opened_at=opened_at(view, now=desk.clock.now()),
        carried_from=carried_from,
        carried=_carried(carried_from, desk, person, tongue) if carried_from else "",
        repeat=_repeat(values, desk, person) if look_again or was_offered else None,
        known=_known(values, desk, person) if look_again or kept.get("known") else None,
        linked_to=number_remembered(view, "link"),
        merged_into=number_remembered(view, "merge"),
        opening_shown=bool(kept.get("opening")),
        draft_id=str(kept.get("draft", "")),
        offered=_offered(values, desk, person, tongue),
        used=used_in(view),
        anew=str(kept.get("anew", "")),
    )


def _offered(
    values: Intake, desk: Desk, person: PersonId, tongue: Tongue
) -> tuple[Suggestion, ...]:
    if not (values.category or values.description.strip()):
        return ()
    return helpful(values.description, values.category, desk, person, tongue)


def _known(values: Intake, desk: Desk, person: PersonId) -> Known | None:
    if not (values.phone.strip() or values.email.strip()):
        return None
    return known_caller(desk, phone=values.phone, email=values.email, by=person)


def _repeat(values: Intake, desk: Desk, person: PersonId) -> Repeat | None:
    if not (values.phone.strip() or values.email.strip()):
        return None
    case = find_repeat(
        desk, phone=values.phone, email=values.email, category=values.category, by=person
    )
    if case is None:
        return None
    return Repeat(
        number=case.number,
        category="" if case.is_restricted else case.category,
        received_at=case.received_at,
        told_at=case.customer_told_at,
        may_resend=is_possible(Move.TELL_AGAIN, case),
        may_merge=is_possible(Move.MERGE, case),
    )


def _carried(number: Number, desk: Desk, person: PersonId, tongue: Tongue) -> str:
    case, _ = show(desk, number, by=person)
    return f"{masked_name(case.customer, tongue)} {masked_contact(case.customer)}".strip()
