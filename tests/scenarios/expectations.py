"""What a case file says must be seen, looked at on screen and, for clocks, in the records."""

from bot.trial.cases import See
from bot.trial.play import Stage
from bot.trial.screens import button_of, buttons_of, words_of
from handlers.views.ids import ActionId, CallbackId
from tests.scenarios.house import CAST, House
from tickets.case.ticket import Ticket
from tickets.desk.look import CaseView, show
from tickets.message import PersonId

SUE = PersonId(CAST["sue"])  # the supervisor sees every case


def require_seen(see: See, stage: Stage, house: House) -> None:
    """Compare everything the step names."""
    view = case_of(house, stage)
    _require_state(see, view.ticket, stage)
    _require_clocks(see, view, stage, house)
    _require_card(see, stage)
    for name, words in see.told.items():
        stage.newly_told(name, words)
    if see.timeline:
        _require_in_order(see.timeline, timeline(stage))
    if see.thread:
        said = "\n".join(words_of(one) for one in stage.thread())
        assert [words for words in see.thread if words not in said] == []


def timeline(stage: Stage) -> str:
    """Read the whole timeline as the supervisor, page after page."""
    card, channel = stage.card()
    sue = stage.person("sue")
    sue.put_away()
    sue.press(card, ActionId.MORE, channel=channel)
    sue.press(sue.view(CallbackId.SHOWN), ActionId.HISTORY)
    view = stage.player.wait_for(lambda: sue.views()[1:], "the timeline")[-1]
    read = words_of(view)
    while forward := button_of(view, "下一页 ▶"):
        sue.press(view, forward.words)
        view = sue.view(besides=view["hash"])
        read += words_of(view)
    sue.put_away()
    return read


def _require_in_order(wanted: list[str], read: str) -> None:
    rest = read
    for words in wanted:
        assert words in rest, f"{words} after what came before, in: {read}"
        rest = rest.partition(words)[2]


def case_of(house: House, stage: Stage) -> CaseView:
    """Look the case up as the supervisor."""
    return show(house.desk, stage.number, by=SUE)[0]


def _require_state(see: See, ticket: Ticket, stage: Stage) -> None:
    if see.number:
        assert ticket.number == see.number
    if see.status:
        assert ticket.status is see.status
    if see.priority:
        assert ticket.priority is see.priority
    if see.assignee:
        assert ticket.assignee == CAST[see.assignee]
    if see.called:
        assert ticket.assignee == stage.assignee, "the one who has it is the one who is called"


def _require_clocks(see: See, view: CaseView, stage: Stage, house: House) -> None:
    owed = {one.kind: one.due_at for one in view.deadlines if one.is_owed and one.due_at}
    if see.owed is not None:
        assert owed == {kind: stage.moment(printed) for kind, printed in see.owed.items()}
    stopped = [one.kind for one in view.deadlines if one.is_owed and one.due_at is None]
    assert set(stopped) == set(see.stopped)
    now = house.desk.clock.now()
    breached = {one.kind for one in view.deadlines if one.is_breached(now)}
    assert breached == set(see.breached)


def _require_card(see: See, stage: Stage) -> None:
    """The courier brings the card up to date a moment after the click."""

    def missing() -> list[str]:
        card = words_of(stage.card()[0])
        return [words for words in see.card if words not in card]

    stage.player.wait_for(lambda: not missing(), f"{see.card} on the card") if see.card else None
    card, _ = stage.card()
    assert [words for words in see.not_on_card if words in words_of(card)] == []
    if see.buttons:
        wanted = [f"ticket.{name}" for name in see.buttons]
        stage.player.wait_for(
            lambda: [one.action_id for one in buttons_of(stage.card()[0])] == wanted,
            f"buttons {see.buttons}, not {[one.action_id for one in buttons_of(card)]}",
        )
