from collections.abc import Iterator

import pytest

from bot.directory import DirectoryRefresh, SlackLookup, channel_of, language_of, member_of
from tests.bot.voice.workplace import ANN, BEN, EVE, LEE, Workplace, a_workplace


@pytest.fixture
def desk() -> Iterator[Workplace]:
    with a_workplace(tech=[ANN, LEE]) as workplace:
        yield workplace


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("zh-CN", "zh-Hans"),
        ("zh_CN", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant"),
        ("en-US", "en"),
        ("en-GB", "en"),
        ("ja-JP", "en"),
        ("", "en"),
    ],
)
def test_slacks_locales_become_the_desks_languages(locale: str, language: str) -> None:
    assert language_of(locale) == language


def test_a_member_without_a_display_name_has_the_real_one() -> None:
    member = member_of(
        {"id": "U1", "name": "ann.lin", "profile": {"display_name": "", "real_name": "Ann Lin"}}
    )

    assert member.name == "Ann Lin"
    assert member.is_active


def test_those_who_left_guests_and_bots_are_known_as_such() -> None:
    left = member_of({"id": "U1", "name": "a", "deleted": True})
    guest = member_of({"id": "U2", "name": "b", "is_ultra_restricted": True})
    bot = member_of({"id": "USLACKBOT", "name": "slackbot"})

    assert not left.is_active
    assert guest.is_guest
    assert bot.is_bot


def test_a_channel_is_read_with_its_members() -> None:
    channel = channel_of({"id": "C1", "name": "tech", "is_member": True}, ["U1", "U2"])

    assert channel.has_bot
    assert channel.members == {"U1", "U2"}


def test_a_refresh_brings_people_channels_and_memberships(desk: Workplace) -> None:
    directory = desk.unit.directory

    assert directory.person(EVE).language == "zh-Hans"
    assert directory.person(LEE).language == "zh-Hant"
    assert directory.person(EVE).timezone == "Asia/Shanghai"
    assert {ANN, LEE} < directory.channel("#tech").members
    assert EVE not in directory.channel("#tech").members
    assert directory.channel("#tech").has_bot


def test_a_refresh_notices_what_changed(desk: Workplace) -> None:
    desk.slack.admin("deactivate_user", user=BEN)
    desk.slack.admin("invite", channel="C0TECH", user=EVE)

    desk.refresh()

    assert not desk.unit.directory.person(BEN).is_active
    assert EVE in desk.unit.directory.channel("#tech").members


def test_one_person_is_asked_for_alone(desk: Workplace) -> None:
    desk.slack.admin("set_locale", user=EVE, locale="en-US")
    refresh = DirectoryRefresh(desk.wire.client, desk.desk.records, desk.desk.handbook)

    refresh.person(EVE)

    assert desk.unit.directory.person(EVE).language == "en"


def test_addresses_and_groups_are_looked_up(desk: Workplace) -> None:
    desk.slack.look(
        lambda: desk.slack.sandbox.workspace.groups.update(
            {"S1": {"id": "S1", "handle": "eng", "users": [EVE, BEN]}}
        )
    )
    lookup = SlackLookup(desk.wire.client)

    assert lookup.by_email("ann@example.com") == ANN
    assert lookup.by_email("nobody@example.com") is None
    assert lookup.group("S1") == (EVE, BEN)
    assert lookup.group("S2") is None
