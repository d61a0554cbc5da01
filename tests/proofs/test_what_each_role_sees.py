"""What each role sees comes from one place, masked for everybody: no outlet names a customer but the reveal (X06, X05, X19).

A high-risk case (DESK.md 4) is told whole to its own people alone; a channel, a list, a search and a
digest say number, priority and assignee.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import structlog

from handlers.views.ids import ActionId as A
from handlers.views.meta import pack
from storage.vault import Vault
from tests.proofs.matrix.house import IN_TECH, SECRETS, MatrixHouse, on_file, open_house
from tests.proofs.matrix.lives import fill
from tests.proofs.matrix.table import COLUMNS
from tests.proofs.matrix.ways import Way, click, ways, ways_about_none

pytestmark = [pytest.mark.proves("X06", "X05"), pytest.mark.requirement(110, 111)]
HANDING = {f"home:{A.HANDOVER}", f"home:{A.REST}"}
LOOKS = tuple(
    way
    for way in (*ways(), *ways_about_none())
    if way.row in {"see", "list", "figures"} and way.name not in HANDING
)
WORDS = ("制冷", "出风口", "上门检修", "客厅")  # of the description, where, wish
RISKY_LOOKS = {"logger", "assignee", "helper", "supervisor", "director", "auditor"}


@pytest.fixture(scope="module")
def house(empty_desk: Path, vault: Vault) -> Iterator[MatrixHouse]:
    """The desk of the matrix, only looked at."""
    with ExitStack() as until:
        folder = Path(until.enter_context(TemporaryDirectory()))
        until.enter_context(structlog.testing.capture_logs())
        records, database, _ = on_file(folder, empty_desk, vault)
        until.callback(database.dispose)
        made = open_house(records, database)
        fill(made)
        yield made


def shown(house: MatrixHouse, body: dict[str, Any]) -> str:
    """Everything that went to Slack for one delivery."""
    house.slack.calls.clear()
    answer = house.send(body)
    calls = [json.dumps(given, default=str, ensure_ascii=False) for _, given in house.slack.calls]
    answered = json.dumps(json.loads(answer.body or '""'), ensure_ascii=False)  # a text or a view
    return "\n".join([*calls, answered])


@pytest.mark.parametrize("kind", ["tech", "high_risk"])
@pytest.mark.parametrize("way", LOOKS, ids=lambda way: way.name)
def test_no_look_names_the_customer(house: MatrixHouse, way: Way, kind: str) -> None:
    number = house.tickets[kind, "working"]
    for column, who in IN_TECH.items():
        said = shown(house, way.body(house, number, who))
        assert not [secret for secret in SECRETS if secret in said], column


@pytest.mark.requirement(30)
@pytest.mark.parametrize("column", COLUMNS)
def test_a_high_risk_case_is_read_by_its_own_people(house: MatrixHouse, column: str) -> None:
    """Its words open for whoever may see it, and stay out of lists, searches and the home of all others."""
    who, number = IN_TECH[column], house.tickets["high_risk", "working"]
    details = shown(house, click(house, who, A.DETAILS, number, "card"))
    page = shown(house, click(house, who, A.PAGE, pack(scope="all", page=1), "card"))

    assert any(word in details for word in WORDS) is (column in RISKY_LOOKS)
    rows = [line for line in page.split('"type"') if number in line]
    assert not [row for row in rows if any(word in row for word in WORDS)]


@pytest.mark.requirement(30)
@pytest.mark.parametrize("kind", ["tech", "high_risk"])
def test_the_reveal_alone_names_the_customer_and_only_to_who_asked(
    house: MatrixHouse, kind: str
) -> None:
    (way,) = [one for one in ways() if one.name == "form:modal.reveal"]
    number = house.tickets[kind, "working"]
    for column, who in IN_TECH.items():
        house.slack.calls.clear()
        answer = str(house.send(way.body(house, number, who)).body)
        assert ("13812345678" in answer) is (column in {"assignee", "supervisor"})
        assert house.slack.calls == []  # an answer to the form, nothing said anywhere
