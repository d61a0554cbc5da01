"""Files stay in Slack: the desk keeps an id, a name as words, a type and a size, and never opens or stores one (X32)."""

import pytest

from tests.handlers.stage import ENG, Stage, words_of

EVIL = (
    "../../etc/passwd",
    "invoice.pdf.exe",
    "<!channel>.svg",
    "a\r\nb.jpg",
    "=cmd|x.xlsx",
    "\u202egpj.exe",
)


@pytest.mark.proves("X32")
def test_a_files_name_is_words_and_its_bytes_are_never_asked_for(stage: Stage) -> None:
    number = stage.log()
    channel, card = stage.card(number)

    stage.person(ENG).post(
        channel, "照片", thread_ts=card["ts"], files=dict.fromkeys(EVIL, b"PK\x03\x04<svg/>")
    )
    stage.settle()

    kept = stage.ticket(number).evidence
    assert sorted(one.name for one in kept) == sorted(EVIL)
    assert not [e.name for e in stage.slack.traffic() if e.name.startswith("files.")]
    stage.press(ENG, "ticket.details", number)
    shown = words_of(stage.person(ENG).modal("modal.shown"))
    assert "\u202e" not in shown
