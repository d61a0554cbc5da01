"""Every way in to the figures of a period, and to the cases they are taken of."""

from collections.abc import Callable, Iterator

from handlers.views.ids import ActionId as A
from handlers.views.meta import pack
from tests.proofs.matrix.house import Json, MatrixHouse
from tests.proofs.matrix.ways import Way, click, typed
from tickets.message import PersonId

MONTH = pack(s="2025-09")
CASES = pack(s="2025-09", f="total")


def about_none() -> Iterator[Way]:
    """Figures are for whoever may count; the cases behind them for whoever has lists (an analyst has none)."""

    def press(
        action: A, value: str, place: str = "direct", **more: str
    ) -> Callable[[MatrixHouse, str, PersonId], Json]:
        return lambda house, _number, who: click(house, who, action, value, place, **more)

    yield Way("command:stats", "figures", "", "said", _counted)
    yield Way(f"home:{A.STATS_OPEN}", "figures", "", "said", press(A.STATS_OPEN, "now", "home"))
    for turned in (A.STATS_PAGE, A.STATS_EARLIER, A.STATS_LATER, A.STATS_TOGETHER):
        yield Way(f"direct:{turned}", "figures", "", "said", press(turned, MONTH))
    told_apart = press(A.STATS_BY, "department", block_id=MONTH)
    yield Way(f"direct:{A.STATS_BY}", "figures", "", "said", told_apart)
    yield Way(f"direct:{A.STATS_CASES}", "list", "", "said", press(A.STATS_CASES, CASES))
    picked = press(A.STATS_PICK, "total", block_id=MONTH)
    yield Way(f"direct:{A.STATS_PICK}", "list", "", "said", picked)


def _counted(house: MatrixHouse, _number: str, who: PersonId) -> Json:
    return typed(house, who, "stats 2025-09 按部门")
