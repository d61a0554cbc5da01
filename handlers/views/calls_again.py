"""不再回访 on a customer's profile, and the form that takes it back."""

from slack_sdk.models.blocks import ContextBlock, SectionBlock
from slack_sdk.models.views import View

from handlers.views.customer import masked_contact, masked_name
from handlers.views.ids import CallbackId, FieldId
from handlers.views.inputs import field, option, radio
from handlers.views.meta import pack
from handlers.views.modal import TITLE_LIMIT
from handlers.views.text import one_line, plain
from tickets.desk.profile import Known
from tickets.tongue import Tongue

WISH, DECISION = "wish", "decision"


def calls_again(known: Known, *, may_decide: bool, tongue: Tongue) -> View:
    """Ask whether the customer wishes it; supervisors may also decide it themselves."""
    head = f"{known.seen.code} · {masked_name(known.seen, tongue)} {masked_contact(known.seen)}"
    whys = (WISH, DECISION) if may_decide else (WISH,)
    offered = radio([option(one, tongue(f"calls_again.{one}")) for one in whys])
    return View(
        type="modal",
        callback_id=CallbackId.CALLS_AGAIN,
        title=plain(tongue("calls_again.title"), TITLE_LIMIT),
        submit=plain(tongue("modals.save"), TITLE_LIMIT),
        close=plain(tongue("button.cancel"), TITLE_LIMIT),
        private_metadata=pack(c=known.id),
        blocks=[
            ContextBlock(elements=[plain(one_line(head))]),
            SectionBlock(text=plain(tongue("calls_again.says"))),
            field(FieldId.WHY_AGAIN, tongue("calls_again.why"), offered, optional=False),
        ],
    )
