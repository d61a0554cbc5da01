"""Evidence outlives its message in Slack: copied, sealed, handed over under a name of the desk's own (R18, X32)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256

import httpx
import pytest

from bot.evidence import EvidenceKeeper
from tests.handlers.stage import ENG, Stage, words_of
from tickets.case.copies import LARGEST, WAITS, CopyState
from tickets.case.values import Number
from tickets.ports import Clock

pytestmark = [pytest.mark.proves("X32"), pytest.mark.requirement(18)]
JPEG, SVG = b"\xff\xd8\xff\xe0 photo of the outlet", b"<svg onload=alert(1)/>"
EVIL = (
    "../../etc/passwd",
    "invoice.pdf.exe",
    "<!channel>.svg",
    "a\r\nb.jpg",
    "=cmd|x.xlsx",
    "\u202egpj.exe",
)


def keeper(stage: Stage, **other: object) -> EvidenceKeeper:
    known = {"client": stage.bot.app.client, "records": stage.bot.desk.records}
    return EvidenceKeeper(**{**known, "clock": stage.bot.desk.clock, **other})  # type: ignore[arg-type]


def handed_in(stage: Stage, files: dict[str, bytes]) -> str:
    """Log a case and put files into its thread."""
    number = stage.log()
    channel, card = stage.card(number)
    stage.person(ENG).post(channel, "照片", thread_ts=card["ts"], files=files)
    stage.settle()
    return number


def _refusing(asked: list[httpx.Request]) -> Callable[[httpx.Request], httpx.Response]:
    def refuse(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(500)

    return refuse


def copies(stage: Stage, number: str) -> list[CopyState]:
    with stage.bot.desk.records.read() as unit:
        return [one.state for one in unit.evidence.of(Number(number))]


def posted_files(stage: Stage, who: str) -> list[dict[str, str]]:
    workspace = stage.slack.sandbox.workspace
    direct = stage.slack.messages(workspace.direct(who).id)
    return [file for message in direct for file in message.get("files") or ()]


def test_a_copy_stands_after_the_message_was_taken_back(stage: Stage) -> None:
    number = handed_in(stage, {"出风口.jpg": JPEG, "x.svg": SVG})
    assert copies(stage, number) == [CopyState.WAITING] * 2
    keeper(stage)()
    channel, card = stage.card(number)
    said = next(m for m in stage.slack.messages(channel, card["ts"]) if m.get("files"))
    stage.person(ENG).delete(said, channel=channel)
    stage.slack.look(stage.slack.sandbox.workspace.files.clear)
    stage.press(ENG, "ticket.accept", number)

    sent = stage.fill(ENG, "ticket.reveal", number, reason="核对照片", with_evidence=["yes"])
    stage.settle()

    assert "2 份证据副本" in words_of(sent.views[-1])
    names = sorted(file["name"] for file in posted_files(stage, ENG))
    assert [name.rpartition(".")[2] for name in names] == ["jpg", "bin"]
    assert all(name.startswith(f"evidence-{number}-") for name in names)
    kept = {
        file.content
        for file in stage.slack.look(lambda: list(stage.slack.sandbox.workspace.files.values()))
    }
    assert kept >= {JPEG, SVG}


def test_without_the_box_no_copy_is_sent(stage: Stage) -> None:
    number = handed_in(stage, {"a.jpg": JPEG})
    keeper(stage)()

    stage.fill(ENG, "ticket.reveal", number, reason="核对电话")

    assert posted_files(stage, ENG) == []


def test_a_copy_is_sealed_and_its_hash_stands_in_the_dossier(stage: Stage) -> None:
    number = handed_in(stage, {"a.jpg": JPEG})
    keeper(stage)()

    with stage.foundation.database.reading() as connection:
        (sealed,) = connection.exec_driver_sql("SELECT content FROM evidence_copies").one()
    assert JPEG not in bytes(sealed)
    with stage.bot.desk.records.read() as unit:
        (copy,) = unit.evidence.of(Number(number))
        assert unit.evidence.content(Number(number), copy.file_id) == JPEG
    assert (copy.sha256, copy.size) == (sha256(JPEG).hexdigest(), len(JPEG))


def test_a_files_name_is_words_and_decides_nothing(stage: Stage) -> None:
    number = handed_in(stage, dict.fromkeys(EVIL, b"PK\x03\x04<svg/>"))
    for _ in range(2):
        keeper(stage)()

    assert sorted(one.name for one in stage.ticket(number).evidence) == sorted(EVIL)
    assert copies(stage, number) == [CopyState.KEPT] * len(EVIL)
    stage.press(ENG, "ticket.details", number)
    assert "\u202e" not in words_of(stage.person(ENG).modal("modal.shown"))


def test_what_is_gone_too_large_or_elsewhere_says_so(stage: Stage) -> None:
    number = handed_in(stage, {"a.jpg": JPEG, "b.jpg": JPEG, "c.jpg": JPEG})
    files = stage.slack.sandbox.workspace.files
    gone, large, elsewhere = sorted(one.file_id for one in stage.ticket(number).evidence)

    def change() -> None:
        del files[gone]
        files[large].body["size"] = LARGEST + 1
        files[elsewhere].body["url_private_download"] = "http://169.254.169.254/latest/meta-data"

    stage.slack.look(change)
    asked: list[httpx.Request] = []
    deaf = httpx.MockTransport(_refusing(asked))
    keeper(stage, transport=deaf)()

    assert copies(stage, number) == [CopyState.GONE, CopyState.TOO_LARGE, CopyState.ELSEWHERE]
    assert asked == []


def test_what_is_larger_than_slack_says_is_not_read_to_its_end_and_its_size_is_on_record(
    stage: Stage,
) -> None:
    number = handed_in(stage, {"a.jpg": JPEG})
    sent: list[int] = []

    def endless(_: httpx.Request) -> httpx.Response:
        def chunks() -> Iterator[bytes]:
            while True:
                sent.append(1 << 20)
                yield bytes(1 << 20)

        return httpx.Response(200, content=chunks())

    keeper(stage, transport=httpx.MockTransport(endless))()

    with stage.bot.desk.records.read() as unit:
        (copy,) = unit.evidence.of(Number(number))
    assert copy.state is CopyState.TOO_LARGE
    assert copy.size and LARGEST < copy.size <= sum(sent) < 2 * LARGEST
    assert not copy.sha256


def test_a_page_to_sign_in_is_no_evidence(stage: Stage) -> None:
    number = handed_in(stage, {"a.jpg": JPEG})
    page = "<!DOCTYPE html><title>Sign in</title>"
    shown = httpx.MockTransport(lambda _: httpx.Response(200, html=page))

    keeper(stage, transport=shown)()

    assert copies(stage, number) == [CopyState.WAITING]
    keeper(stage, clock=Ahead(stage.bot.desk.clock, WAITS[0]))()
    assert copies(stage, number) == [CopyState.KEPT]


def test_it_is_tried_again_and_in_the_end_given_up(stage: Stage) -> None:
    number = handed_in(stage, {"a.jpg": JPEG})
    broken = httpx.MockTransport(lambda _: httpx.Response(503))
    ahead = Ahead(stage.bot.desk.clock)
    for wait in (*WAITS, timedelta()):
        keeper(stage, transport=broken, clock=ahead)()
        keeper(stage, transport=broken, clock=ahead)()  # not due yet: changes nothing
        ahead.by += wait

    assert copies(stage, number) == [CopyState.UNREACHABLE]


class Ahead:
    """A clock that is ahead."""

    def __init__(self, clock: Clock, by: timedelta = timedelta()) -> None:
        self.clock, self.by = clock, by

    def now(self):  # type: ignore[no-untyped-def]
        return self.clock.now() + self.by


def test_a_copy_ends_with_the_words_of_its_case(stage: Stage) -> None:
    number = handed_in(stage, {"a.jpg": JPEG})
    keeper(stage)()
    with stage.bot.desk.records.write() as unit:
        unit.evidence.forget(Number(number))

    assert copies(stage, number) == []
