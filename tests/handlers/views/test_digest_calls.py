"""The callbacks on screen: one customer's cases stand together, and say once what is the customer's (R60, R88)."""

import pytest

from handlers.views.digest_calls import rows
from handlers.views.ids import ActionId
from handlers.views.notices import Reader
from tests.handlers.views.conftest import NOON
from tickets.case.values import CustomerId, Number
from tickets.handbook import Handbook
from tickets.insight.calls import Call, Need
from tickets.tongue import Tongue

LI, WANG = CustomerId("c1"), CustomerId("c2")


def owed(serial: int, customer: CustomerId) -> Call:
    return Call(
        number=Number(f"20250922{serial:03}"),
        category="after_sales/fault",
        customer=customer,
        need=Need.CALL,
        due_at=NOON,
        attempts=0,
    )


@pytest.mark.requirement(88)
def test_whom_to_call_is_revealed_once_a_customer(handbook: Handbook, english: Tongue) -> None:
    reader = Reader(tongue=english, handbook=handbook, present=frozenset(), now=NOON)
    listed = [owed(1, LI), owed(2, LI), owed(3, WANG)]

    blocks = [one.to_dict() for one in rows(listed, reader, str)]

    offered = [
        [button["action_id"] for button in block["elements"]]
        for block in blocks
        if block["type"] == "actions"
    ]
    assert [ActionId.REVEAL in one for one in offered] == [True, False, True]
    assert all(ActionId.SCORE in one for one in offered)
