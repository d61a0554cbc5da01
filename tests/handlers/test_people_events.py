"""The directory, kept by Slack's events, and what follows from it."""

from tests.handlers.stage import AGENT, ENG, Stage


def channel_id(stage: Stage, name: str = "tech") -> str:
    return str(stage.slack.look(lambda: stage.slack.sandbox.workspace.channel_named(name).id))


def test_a_new_language_is_spoken_at_once(stage: Stage) -> None:
    stage.slack.admin("set_locale", user=AGENT, locale="en-GB")
    stage.settle()
    stage.person(AGENT).wait_for(lambda: _member(stage, AGENT).language == "en")

    stage.person(AGENT).command("/ticket", "help")

    assert "help" in stage.told(AGENT)


def test_who_leaves_a_channel_is_not_called_there(stage: Stage) -> None:
    tech = channel_id(stage)
    stage.slack.admin("remove", channel=tech, user=ENG)
    stage.settle()

    number = stage.log()

    channel, card = stage.card(number)
    replies = stage.slack.messages(channel, card["ts"])[1:]
    assert all(f"<@{ENG}>" not in reply["text"] for reply in replies)


def test_channels_are_known_by_their_new_names_and_states(stage: Stage) -> None:
    tech = channel_id(stage)

    stage.slack.admin("rename_channel", channel=tech, name="engineers")
    stage.settle()
    renamed = _channel(stage, tech).name
    stage.slack.admin("archive_channel", channel=tech)
    stage.settle()
    archived = _channel(stage, tech).is_archived
    stage.slack.admin("unarchive_channel", channel=tech)
    stage.settle()

    assert (renamed, archived) == ("engineers", True)
    assert not _channel(stage, tech).is_archived


def test_a_bot_that_was_removed_and_invited_again_is_known(stage: Stage) -> None:
    tech = channel_id(stage)

    stage.slack.admin("kick_bot", channel=tech)
    stage.settle()
    removed = _channel(stage, tech).has_bot
    stage.slack.admin("invite_bot", channel=tech)
    stage.settle()

    assert not removed
    stage.person(AGENT).wait_for(lambda: _channel(stage, tech).has_bot)


def _channel(stage: Stage, channel: str):  # type: ignore[no-untyped-def]
    with stage.bot.desk.records.read() as unit:
        return unit.directory.channel(channel)


def _member(stage: Stage, who: str):  # type: ignore[no-untyped-def]
    with stage.bot.desk.records.read() as unit:
        return unit.directory.person(who)  # type: ignore[arg-type]
