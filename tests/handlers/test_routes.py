"""The table of contents against the manifest, the ids of the views, and what Bolt can fill in."""

from collections.abc import Callable, Iterator
from inspect import getfullargspec, unwrap
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from slack_bolt.kwargs_injection.args import Args

from handlers import commands, menu, routes, unknown
from handlers.middleware import PROVIDED
from handlers.views.ids import ActionId, CallbackId
from handlers.words import CommandWord
from sandbox.scopes import EVENTS

MANIFEST = YAML(typ="safe").load(Path("manifest.yml").read_text(encoding="utf-8"))
BOLTS_OWN = frozenset(Args.__annotations__) | {"next_"}
WITH_A_LINE = frozenset({"line"})  # commands.by_word provides it

# What the bot calls: SLACK.md 2.3, scopes. chat:write also opens views' confirmations.
SCOPES_OF_CALLS = {
    "chat:write",
    "users:read",
    "users:read.email",
    "usergroups:read",
    "channels:read",
    "groups:read",
    "im:read",
    "im:write",
    "channels:history",
    "groups:history",
    "im:history",
    "files:read",
    "files:write",
    "commands",
    "app_mentions:read",
}


def functions() -> Iterator[Callable[..., Any]]:
    tables = (routes.WORDS, routes.ACTIONS, routes.FORMS, routes.MESSAGES, routes.EVENTS)
    listeners = [one for table in tables for one in table.values()]
    listeners += [menu.show_menu, commands.unknown_word]
    listeners += [unknown.button, unknown.form, unknown.command, unknown.nothing]
    for listener in listeners:
        yield listener
        if "does" in vars(listener):
            yield vars(listener)["does"]


@pytest.mark.parametrize("function", list(functions()))
def test_bolt_can_fill_in_every_parameter(function: Callable[..., Any]) -> None:
    spec = getfullargspec(unwrap(function))

    assert set(spec.args) <= BOLTS_OWN | PROVIDED | WITH_A_LINE
    assert spec.kwonlyargs == []


@pytest.mark.parametrize("function", list(functions()))
def test_a_button_never_asks_for_the_view_that_bolt_gives_to_forms_alone(
    function: Callable[..., Any],
) -> None:
    args = set(getfullargspec(unwrap(function)).args)

    assert not {"view", "action"} <= args


def test_every_button_has_a_route() -> None:
    assert set(routes.ACTIONS) == set(ActionId)


def test_every_view_that_is_sent_has_a_route() -> None:
    assert set(routes.FORMS) | routes.ONLY_SHOWN == set(CallbackId)
    assert not set(routes.FORMS) & routes.ONLY_SHOWN


def test_every_command_word_is_served_or_answered_honestly() -> None:
    assert set(routes.WORDS) == set(CommandWord)


def test_the_manifest_subscribes_to_what_the_routes_answer() -> None:
    subscribed = set(MANIFEST["settings"]["event_subscriptions"]["bot_events"])
    messages = {name for name in subscribed if name.startswith("message.")}

    assert subscribed - messages == set(routes.EVENTS)
    assert messages == {"message.channels", "message.groups", "message.im"}


def test_the_manifest_asks_for_the_scopes_that_are_used_and_no_other() -> None:
    asked = set(MANIFEST["oauth_config"]["scopes"]["bot"])
    subscribed = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    for_events = {scope for event in subscribed if (scope := EVENTS[event])}

    assert for_events <= asked
    assert asked == SCOPES_OF_CALLS


def test_the_manifest_brings_the_command_people_as_ids_and_the_socket() -> None:
    (command,) = MANIFEST["features"]["slash_commands"]
    settings = MANIFEST["settings"]

    assert command["command"] == routes.COMMAND
    assert command["should_escape"] is True
    assert settings["interactivity"]["is_enabled"] is True
    assert settings["socket_mode_enabled"] is True
    assert MANIFEST["features"]["app_home"]["home_tab_enabled"] is True
