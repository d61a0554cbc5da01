"""The form that keeps a customer's profile: groups, products, wishes, tags, the trade's own fields."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, ContextBlock, DatePickerElement, InputBlock
from slack_sdk.models.views import View

from handlers.views.customer import masked_contact, masked_name
from handlers.views.form_customer import channels
from handlers.views.form_fields import TICKED
from handlers.views.ids import VALUE, CallbackId
from handlers.views.inputs import field, line, option, paragraph, select, ticks
from handlers.views.meta import pack
from handlers.views.modal import TITLE_LIMIT
from handlers.views.text import one_line, plain
from tickets.case.values import CustomerType
from tickets.desk.profile import Known
from tickets.handbook import CustomerField, Handbook
from tickets.people.customers import ELDERLY
from tickets.people.own_fields import EMPTY
from tickets.people.profile import as_lines
from tickets.tongue import Tongue

CHANNEL, VIP, IS_ELDERLY = "profile.preferred_channel", "profile.vip", "profile.elderly"
TEXTS = ("level", "contribution", "products", "preferences", "tags")


def block_of(name: str) -> str:
    """Name the block of a part of the profile."""
    return f"profile.{name}"


def own_block(key: str) -> str:
    """Name the block of one of the trade's own fields."""
    return f"own.{key}"


def profile_form(known: Known, *, handbook: Handbook, tongue: Tongue) -> View:
    """Ask for what the desk keeps of a customer; which parts were shown redacted is remembered."""
    head = f"{known.seen.code} · {masked_name(known.seen, tongue)} {masked_contact(known.seen)}"
    blocks: list[Block] = [
        ContextBlock(elements=[plain(one_line(head))]),
        _tick(VIP, known.type is CustomerType.VIP, tongue),
        *(_text(name, known, tongue) for name in TEXTS[:2]),
        _tick(IS_ELDERLY, ELDERLY in known.seen.groups, tongue),
        field(CHANNEL, tongue(CHANNEL), channels(known.preferred_channel or "", tongue)),
        *(_text(name, known, tongue) for name in TEXTS[2:]),
        *_own(known, handbook, tongue),
    ]
    return View(
        type="modal",
        callback_id=CallbackId.PROFILE_EDIT,
        title=plain(tongue("profile.edit"), TITLE_LIMIT),
        submit=plain(tongue("modals.save"), TITLE_LIMIT),
        close=plain(tongue("button.cancel"), TITLE_LIMIT),
        private_metadata=pack(c=known.id, kept=",".join(sorted(known.masked))),
        blocks=blocks,
    )


def _tick(name: str, ticked: bool, tongue: Tongue) -> InputBlock:
    box = option(TICKED, tongue(f"{name}_tick"))
    return field(name, tongue(name), ticks([box], [TICKED] if ticked else []))


def _text(name: str, known: Known, tongue: Tongue) -> InputBlock:
    block_id = block_of(name)
    kept = {
        "level": known.level,
        "contribution": known.profile.contribution,
        "products": as_lines(known.profile.products),
        "preferences": known.profile.preferences,
        "tags": ", ".join(known.profile.tags),
    }[name]
    hidden = name in known.masked
    typed = "" if hidden else kept
    hint = tongue("profile.kept_hidden") if hidden else tongue(f"{block_id}_hint")
    element = line(typed) if name in {"level", "tags"} else paragraph(typed)
    return field(block_id, tongue(block_id), element, hint=hint)


def _own(known: Known, handbook: Handbook, tongue: Tongue) -> Iterator[InputBlock]:
    for one in handbook.customer_fields:
        value = "" if one.key in known.masked else known.profile.fields.get(one.key, "")
        hint = ""
        if one.key in known.hidden or one.key in known.masked:
            hint = tongue("profile.private_hint", empty=EMPTY)
        yield _own_field(one, value, hint, tongue)


def _own_field(one: CustomerField, value: str, hint: str, tongue: Tongue) -> InputBlock:
    label, block_id = one_line(one.name.in_(tongue.language)), own_block(one.key)
    match one.type:
        case "date" if not one.private:
            picker = DatePickerElement(action_id=VALUE, initial_date=value or None)
            return field(block_id, label, picker, hint=hint)
        case "choice" if not one.private:
            offered = [
                option(key, words.in_(tongue.language)) for key, words in one.choices.items()
            ]
            return field(block_id, label, select(offered, value), hint=hint)
        case "choice":
            offered = [
                option(key, words.in_(tongue.language)) for key, words in one.choices.items()
            ]
            offered.append(option(EMPTY, tongue("profile.empty_it")))
            return field(block_id, label, select(offered, value), hint=hint)
        case "date":
            return field(block_id, label, line(value, placeholder="2026-12-31"), hint=hint)
        case _:
            return field(block_id, label, line(value), hint=hint)
