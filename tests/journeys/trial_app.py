"""A tiny Bolt app that opens every input, posts every block and answers in every way a form can."""

import re
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from tests.journeys.every_element import (
    BLOCKS,
    CALLBACK,
    after_category,
    card,
    every_input,
    home,
    modal,
    ticket_options,
)

Json = dict[str, Any]


@dataclass(slots=True)
class Heard:
    """What reached the app, for the tests to look at."""

    submissions: list[Json] = field(default_factory=list)
    actions: list[Json] = field(default_factory=list)
    messages: list[Json] = field(default_factory=list)
    commands: list[Json] = field(default_factory=list)
    closed: Event = field(default_factory=Event)

    def last_values(self) -> Json:
        """Give the values of the last form: block_id to the value of its only element."""
        values = self.submissions[-1]["view"]["state"]["values"]
        return {block: next(iter(actions.values())) for block, actions in values.items()}


def trial_app(client: WebClient, secret: str) -> tuple[App, Heard]:
    """Build the app and what it hears."""
    app = App(client=client, signing_secret=secret, token_verification_enabled=False)
    heard = Heard()
    _commands(app, heard)
    _forms(app, heard)
    _actions(app, heard)
    return app, heard


POSTS: dict[str, Json] = {
    "blocks": {"text": "Every block", "blocks": BLOCKS},
    "card": {"text": "A card", "blocks": card("New")},
}


def _commands(app: App, heard: Heard) -> None:
    @app.command("/trial")
    def trial(ack: Ack, command: Json, client: WebClient, respond: Respond) -> None:
        word, _, rest = command["text"].partition(" ")
        heard.commands.append(command)
        if word == "silent":
            return
        ack()
        if word == "form":
            view = modal("Every input", every_input())
            client.views_open(trigger_id=command["trigger_id"], view=view)
        elif word in POSTS:
            client.chat_postMessage(channel=command["channel_id"], **POSTS[word])
        else:
            respond(text=rest)

    @app.event("message")
    def message(event: Json) -> None:
        heard.messages.append(event)

    @app.event("app_home_opened")
    def opened(event: Json, client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view=home())


def _forms(app: App, heard: Heard) -> None:
    @app.view(CALLBACK)
    def submitted(ack: Ack, body: Json) -> None:
        heard.submissions.append(body)
        text = body["view"]["state"]["values"]["text"]["text"]["value"]
        if "vague" in text:
            ack(response_action="errors", errors={"text": "“vague” is vague. Write the figure."})
        elif "next" in text:
            ack(response_action="push", view=modal("Second step", every_input()[:2]))
        elif "silence" not in text:
            ack()

    @app.view_closed(CALLBACK)
    def closed(ack: Ack) -> None:
        ack()
        heard.closed.set()

    @app.action("category")
    def category(ack: Ack, action: Json, body: Json, client: WebClient) -> None:
        ack()
        heard.actions.append(action)
        view = modal("Every input", after_category(action["selected_option"]["text"]["text"]))
        client.views_update(view_id=body["view"]["id"], view=view)

    @app.options("external")
    def options(ack: Ack, payload: Json) -> None:
        ack(options=ticket_options(payload["value"]))


def _actions(app: App, heard: Heard) -> None:
    @app.action("accept")
    def accept(ack: Ack, body: Json, action: Json, client: WebClient) -> None:
        heard.actions.append(action)
        ack()
        client.chat_update(
            channel=body["channel"]["id"],
            ts=body["message"]["ts"],
            text="A card",
            blocks=card("Accepted"),
        )

    @app.action("stuck")
    def stuck(action: Json) -> None:
        heard.actions.append(action)

    @app.action(re.compile("."))
    def other(ack: Ack, action: Json) -> None:
        ack()
        heard.actions.append(action)
