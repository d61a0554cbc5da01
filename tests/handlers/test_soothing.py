"""The type of a complaint, and the words to soothe with: shown by how the customer feels, never sent (R25, R28)."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import structlog

import bot.delivery
from scheduler.pace import Pace
from tests.handlers.stage import (
    AGENT2,
    AIR_CONDITIONER,
    ROOT,
    SUPER,
    Json,
    Stage,
    staged,
    words_of,
)

PRESET = (ROOT / "presets" / "sandbox.yml").read_text(encoding="utf-8")
OWN = """
templates:
  soothe_angry: {zh: "您先消消气，{company}一定负责到底", en: "Take a breath, {company} will see to it"}
"""


def squeezed(thing: object) -> str:
    return "".join(words_of(thing).split())


def shows(stage: Stage, who: str, text: str) -> Json:
    """Wait until somebody's topmost view says this."""
    views = stage.slack.sandbox.views

    def found() -> Json | None:
        top = [dict(view.body) for view in views.stack(who)[-1:]]
        return top[0] if top and text in squeezed(top[0]["blocks"]) else None

    shown: Json = stage.person(who).wait_for(found)
    return shown


def log_angry(stage: Stage, who: str = SUPER) -> str:
    acting = stage.person(who)
    acting.command("/ticket", "new")
    acting.click(acting.modal("form"), "form.category", value="complaint")
    stage.shows(who, "form.complaint_type")
    acting.click(acting.modal("form"), "form.emotion", value="angry")
    form = shows(stage, who, "添了这么大的麻烦")
    values = {key: said for key, said in AIR_CONDITIONER.items() if "after_sales" not in key}
    values |= {
        "form.category.complaint": "complaint/product_defect",
        "form.complaint_type": "attitude",
        "form.emotion": "angry",
    }
    sent = acting.submit(form, values)
    assert not sent.errors, sent.errors
    for view in sent.views[-1:]:
        acting.close(view, everything=True)
    stage.settle()
    return stage.numbers()[-1]


@pytest.mark.requirement(14, 25, 28)
def test_an_angry_customer_is_soothed_when_logged_and_when_told(stage: Stage) -> None:
    number = log_angry(stage)

    assert stage.ticket(number).intake.complaint_type == "attitude"
    stage.press(SUPER, "ticket.details", number)
    stage.person(SUPER).close(shows(stage, SUPER, "投诉类型：服务态度"), everything=True)
    stage.press(SUPER, "ticket.accept", number)
    stage.fill(SUPER, "ticket.resolve", number, result="道歉并更换", judged="upheld")
    stage.press(SUPER, "ticket.tell", number)
    shows(stage, SUPER, "添了这么大的麻烦")
    posts = stage.slack.messages(stage.card(number)[0])
    assert "添了这么大的麻烦" not in words_of([one["blocks"] for one in posts])


@pytest.mark.requirement(25)
def test_the_type_is_put_right_from_what_to_what(stage: Stage) -> None:
    number = log_angry(stage)

    stage.press(SUPER, "ticket.correct", number)
    acting = stage.person(SUPER)
    acting.click(acting.modal("modal.correct"), "correct.field", value="complaint_type")
    stage.shows(SUPER, "correction.complaint_type")
    sent = acting.submit(
        acting.modal("modal.correct"),
        {"field": "complaint_type", "correction.complaint_type": "timeliness"},
    )
    assert not sent.errors
    stage.settle()

    assert stage.ticket(number).intake.complaint_type == "timeliness"
    stage.press(SUPER, "ticket.history", number)
    shows(stage, SUPER, "处理时效")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A desk with words of its own."""
    file = tmp_path / "desk.yml"
    start, end = PRESET.index("\ntemplates:"), PRESET.index("\nprivacy:")
    file.write_text(f"{PRESET[:start]}{OWN}\n{PRESET[end:]}", encoding="utf-8")
    monkeypatch.setattr(bot.delivery, "Pace", partial(Pace, every=timedelta(milliseconds=1)))
    with structlog.testing.capture_logs(), staged(tmp_path, desk_file=file) as opened:
        yield opened


def test_a_desk_soothes_in_its_own_words_and_each_reader_in_their_language(own: Stage) -> None:
    for who, text in (
        (SUPER, "您先消消气，客户服务中心一定负责到底"),
        (AGENT2, "Takeabreath,Servicedesk"),
    ):
        acting = own.person(who)
        acting.command("/ticket", "new")
        acting.click(acting.modal("form"), "form.emotion", value="angry")
        shows(own, who, text)
