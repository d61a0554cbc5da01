"""The trial's workspace bears the desk's name as its people read it."""

from dataclasses import replace

from bot.trial.workspace import workspace_of
from tests.bot.desk_config.files import load
from tests.handlers.stage import MANIFEST


def test_the_workspace_is_named_in_the_desks_language() -> None:
    handbook = load().handbook

    named = [
        workspace_of(replace(handbook, language=one), MANIFEST)["team"]["name"]
        for one in ("zh-Hans", "en")
    ]

    assert named == ["客户服务中心", "Service desk"]
