"""A bot at work: a desk file that cannot be used again changes nothing, and the admins hear of it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.clock import SystemClock
from bot.desk_config.book import Book
from bot.running import Running
from bot.settings import Settings
from tests.handlers.stage import ROOT, Stage, staged, words_of

ADMIN = "U0ADMIN"


@dataclass(slots=True)
class Switchboard:
    """Knows one address, while Slack answers."""

    answers: bool = True

    def by_email(self, address: str) -> str | None:
        if not self.answers:
            refusal = SlackResponse(
                client=None,
                http_verb="POST",
                api_url="users.lookupByEmail",
                req_args={},
                data={"ok": False, "error": "ratelimited"},
                headers={},
                status_code=429,
            )
            raise SlackApiError("ratelimited", refusal)
        return ADMIN if address == "admin@example.com" else None

    def group(self, group_id: str) -> tuple[str, ...] | None:
        return None


@dataclass(frozen=True, slots=True)
class Scene:
    """A running bot, its desk file and whoever answers for people."""

    stage: Stage
    running: Running
    file: Path
    switchboard: Switchboard

    def told(self) -> str:
        """Give what the admins were told."""
        self.stage.settle()
        workspace = self.stage.slack.sandbox.workspace
        posts = workspace.direct(ADMIN).posts.values()
        return " ".join(words_of(post.body["blocks"]) for post in posts)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    file = Path(shutil.copy(ROOT / "presets" / "sandbox.yml", tmp_path / "desk.yml"))
    switchboard = Switchboard()
    with staged(tmp_path) as stage:
        book = Book(file, today=lambda: SystemClock().now().date(), lookup=switchboard)
        bot = replace(stage.bot, book=book)
        running = Running(bot=bot, foundation=stage.foundation, settings=Settings(_env_file=None))
        yield Scene(stage, running, file, switchboard)


def test_a_bad_desk_file_keeps_the_old_one_and_the_admins_are_told_where_it_is_wrong(
    scene: Scene,
) -> None:
    before = scene.running.bot.book.handbook
    text = scene.file.read_text(encoding="utf-8")
    scene.file.write_text(text.replace("timezone:", "timezonee:", 1), encoding="utf-8")

    result = scene.running.reload()

    assert result.problems
    assert scene.running.bot.book.handbook is before
    assert "timezonee" in scene.told()
    assert f"desk.yml:{result.problems[0].mark.line}:" in scene.told()


def test_a_desk_file_that_is_gone_keeps_the_old_one(scene: Scene) -> None:
    scene.file.unlink()

    scene.running.reload()

    assert "desk.yml:1:1" in scene.told()


def test_slack_not_answering_for_people_keeps_the_old_one(scene: Scene) -> None:
    before = scene.running.bot.book.handbook
    text = scene.file.read_text(encoding="utf-8")
    scene.file.write_text(
        text.replace("admins: [", "admins: [admin@example.com, ", 1), encoding="utf-8"
    )
    scene.switchboard.answers = False

    scene.running.reload()

    assert scene.running.bot.book.handbook is before
    assert "ratelimited" in scene.told()


def test_a_good_desk_file_is_in_force_at_once(scene: Scene) -> None:
    text = scene.file.read_text(encoding="utf-8")
    changed = text.replace("admins: [U0ADMIN]", "admins: [U0ADMIN, U0SUPER]", 1)
    assert changed != text
    scene.file.write_text(changed, encoding="utf-8")

    result = scene.running.reload()

    assert result.is_changed
    assert "U0SUPER" in scene.running.bot.book.handbook.people.admins
