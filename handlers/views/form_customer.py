"""The form's part on who calls: name, ways to reach them, what kind of customer (R5–R7)."""

from collections.abc import Iterator

from slack_sdk.models.blocks import (
    Block,
    EmailInputElement,
    InputBlock,
    RadioButtonsElement,
    StaticSelectElement,
)
from slack_sdk.models.blocks.basic_components import DispatchActionConfig

from handlers.views.customer import CUSTOMER_LIMIT
from handlers.views.form_fields import FIELD_BLOCKS, TICKED
from handlers.views.ids import ActionId
from handlers.views.inputs import field, fitting, line, option, radio, select, ticks
from handlers.views.rich import lines, weave
from handlers.views.text import clip, one_line
from tickets.case.intake import Intake
from tickets.case.values import ContactChannel, CustomerType, Salutation
from tickets.tongue import Tongue

_ON_ENTER = DispatchActionConfig(trigger_actions_on=["on_enter_pressed"])


def carried_customer(carried: str, tongue: Tongue) -> Block:
    """Say whose case this is when the customer of the case before is carried over."""
    shown = clip(one_line(carried), CUSTOMER_LIMIT)
    return lines(weave(tongue, "form.carried", customer=shown))


def customer_fields(values: Intake, tongue: Tongue) -> Iterator[Block]:
    """Ask who calls; phone and mail look for an earlier case as soon as Enter is pressed."""
    yield field(
        FIELD_BLOCKS["name"], tongue("form.name"), line(values.name), hint=tongue("form.name_hint")
    )
    yield field(FIELD_BLOCKS["salutation"], tongue("form.salutation"), _salutations(values, tongue))
    yield _phone(values, tongue)
    yield _email(values, tongue)
    yield field(
        FIELD_BLOCKS["preferred_channel"],
        tongue("form.preferred_channel"),
        channels(values.preferred_channel or "", tongue),
    )
    yield tick("anonymous", ticked=values.anonymous, tongue=tongue)
    yield tick("withholds_contact", ticked=values.withholds_contact, tongue=tongue)
    yield field(FIELD_BLOCKS["customer_type"], tongue("form.customer_type"), _types(values, tongue))
    yield field(
        FIELD_BLOCKS["customer_level"],
        tongue("form.customer_level"),
        line(values.customer_level, placeholder=tongue("form.customer_level_example")),
    )
    yield tick("elderly", ticked=values.elderly, tongue=tongue)


def channels(chosen: str, tongue: Tongue) -> StaticSelectElement:
    """Offer every way of reaching each other (R9)."""
    offered = [option(one, tongue(f"contact_channel.{one}")) for one in ContactChannel]
    return select(offered, chosen)


def tick(name: str, *, ticked: bool, tongue: Tongue) -> InputBlock:
    """Make one box to tick, with a label over it and what ticking says beside it."""
    box = option(TICKED, tongue(f"form.{name}_tick"))
    return field(
        FIELD_BLOCKS[name], tongue(f"form.{name}"), ticks([box], [TICKED] if ticked else [])
    )


def _salutations(values: Intake, tongue: Tongue) -> RadioButtonsElement:
    offered = [option(one, tongue(f"salutation.{one}")) for one in Salutation]
    return radio(offered, values.salutation)


def _types(values: Intake, tongue: Tongue) -> StaticSelectElement:
    offered = [option(one, tongue(f"customer_type.{one}")) for one in CustomerType]
    return select(
        offered, values.customer_type or "", placeholder=tongue("form.customer_type_derived")
    )


def _phone(values: Intake, tongue: Tongue) -> InputBlock:
    element = line(values.phone, action_id=ActionId.FORM_PHONE)
    element.dispatch_action_config = _ON_ENTER
    return field(
        FIELD_BLOCKS["phone"],
        tongue("form.phone"),
        element,
        hint=tongue("form.phone_hint"),
        dispatch=True,
    )


def _email(values: Intake, tongue: Tongue) -> InputBlock:
    element = EmailInputElement(
        action_id=ActionId.FORM_EMAIL,
        initial_value=fitting(values.email),
        dispatch_action_config=_ON_ENTER,
    )
    return field(FIELD_BLOCKS["email"], tongue("form.email"), element, dispatch=True)
