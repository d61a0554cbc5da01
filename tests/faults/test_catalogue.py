"""Every fault of delivery in the catalogue (RELIABILITY.md 2) is proved by a test that names it."""

from tests.proofs.marks import proofs

DELIVERY = (*range(5, 12), *range(24, 31), 41, *range(49, 57), *range(60, 65))


def test_no_fault_of_delivery_is_without_a_proof() -> None:
    assert {f"F{number:02}" for number in DELIVERY} <= proofs("proves").keys()
