"""A real Bolt app over Socket Mode: the whole way of a ticket, and what goes wrong on it."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import App

from sandbox.running import RunningSandbox
from sandbox.settings import Settings
from sandbox.traffic import Kind
from sandbox.wire import RefusalError

Json = dict[str, Any]
Join = Callable[[], None]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def field(block_id: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id),
        "element": {"action_id": "value", **element},
        **more,
    }


def modal(*blocks: Json, callback_id: str = "new", **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain("Title"),
        "submit": plain("Send"),
        "blocks": list(blocks) or [field("what", {"type": "plain_text_input"})],
        **more,
    }


def button(action_id: str, value: str = "1") -> Json:
    element = {"type": "button", "action_id": action_id, "text": plain("Go"), "value": value}
    return {"type": "actions", "block_id": "buttons", "elements": [element]}


def test_a_ticket_goes_from_command_to_form_to_card_to_button(
    slack: RunningSandbox, bolt: App, join: Join
):
    @bolt.command("/ticket")
    def show_form(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(private_metadata=body["text"]))

    @bolt.view("new")
    def submit_form(ack: Any, view: Json, client: Any) -> None:
        what = view["state"]["values"]["what"]["value"]["value"]
        blocks = [{"type": "section", "text": plain(what)}, button("accept", "7")]
        client.chat_postMessage(channel="C0TECH", text="card", blocks=blocks)
        ack()

    @bolt.action("accept")
    def accept(ack: Any, body: Json, client: Any) -> None:
        value = body["actions"][0]["value"]
        target = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        client.chat_update(**target, text=f"{body['user']['id']} took {value}")
        ack()

    join()
    ann = slack.person("U0ANN")

    ann.command("/ticket", "new @eve", channel="tech")
    form = ann.modal("new")
    done = ann.submit(form, {"what": "too hot <!channel>"})
    card = slack.messages("tech")[-1]
    slack.person("U0EVE").click(card, "accept", channel="tech")

    assert form["private_metadata"] == "new <@U0EVE|eve>"
    assert (done.errors, done.views, ann.modals()) == ({}, [], [])
    assert card["blocks"][0]["text"]["text"] == "too hot <!channel>"
    assert slack.messages("tech")[-1]["text"] == "U0EVE took 7"


def test_an_acknowledgement_with_text_is_shown_to_the_person_alone(
    slack: RunningSandbox, bolt: App, join: Join
):
    @bolt.command("/ticket")
    def answer(ack: Any) -> None:
        ack("only you")

    join()
    slack.person("U0ANN").command("/ticket", channel="tech")

    assert [m["text"] for m in slack.person("U0ANN").whispers("tech")] == ["only you"]
    assert slack.person("U0EVE").whispers("tech") == []
    assert slack.messages("tech") == []


def test_a_command_without_a_connected_bot_fails_at_once(slack: RunningSandbox):
    with pytest.raises(RefusalError, match="dispatch_failed"):
        slack.person("U0ANN").command("/ticket")


def test_a_command_that_nobody_acknowledges_times_out_and_is_not_repeated(
    plan: Json, slack: RunningSandbox, bolt: App, join: Join
):
    calls: list[str] = []

    @bolt.command("/ticket")
    def silent(body: Json) -> None:
        calls.append(body["trigger_id"])

    slack.sandbox.settings.ack_limit_s = 0.1
    join()

    with pytest.raises(RefusalError, match="operation_timeout"):
        slack.person("U0ANN").command("/ticket")
    assert len(calls) == 1


def test_a_late_acknowledgement_is_noticed_and_changes_nothing(
    slack: RunningSandbox, bolt: App, join: Join
):
    told = threading.Event()

    @bolt.command("/ticket")
    def late(ack: Any) -> None:
        told.wait(5)
        ack("late")

    slack.sandbox.settings.ack_limit_s = 0.1
    join()

    with pytest.raises(RefusalError, match="operation_timeout"):
        slack.person("U0ANN").command("/ticket")
    told.set()
    traffic = slack.sandbox.traffic
    slack.wait_until(lambda: [e for e in traffic if e.error == "late_or_unknown"])
    assert slack.person("U0ANN").whispers() == []


def test_an_error_under_a_field_keeps_the_form_open(slack: RunningSandbox, bolt: App, join: Join):
    @bolt.command("/ticket")
    def show_form(ack: Any, body: Json, client: Any) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal())
        ack()

    @bolt.view("new")
    def submit_form(ack: Any) -> None:
        ack(response_action="errors", errors={"what": "'大概' is vague."})

    join()
    ann = slack.person("U0ANN")
    ann.command("/ticket")

    done = ann.submit(ann.modal(), {"what": "大概"})

    assert done.errors == {"what": "'大概' is vague."}
    assert [v["callback_id"] for v in ann.modals()] == ["new"]
    assert ann.modals()[0]["state"]["values"]["what"]["value"]["value"] == "大概"


def test_errors_for_a_block_that_is_no_input_are_a_failure(
    slack: RunningSandbox, bolt: App, join: Join
):
    @bolt.command("/ticket")
    def show_form(ack: Any, body: Json, client: Any) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal())
        ack()

    @bolt.view("new")
    def submit_form(ack: Any) -> None:
        ack(response_action="errors", errors={"elsewhere": "x"})

    join()
    ann = slack.person("U0ANN")
    ann.command("/ticket")

    with pytest.raises(RefusalError, match="dispatch_failed"):
        ann.submit(ann.modal(), {"what": "x"})


def test_forms_stack_three_deep_and_clear_together(slack: RunningSandbox, bolt: App, join: Join):
    closed: list[tuple[str, bool]] = []

    @bolt.command("/ticket")
    def show_form(ack: Any, body: Json, client: Any) -> None:
        ack()
        first = modal(callback_id="1", notify_on_close=True)
        client.views_open(trigger_id=body["trigger_id"], view=first)

    @bolt.view("1")
    def second(ack: Any) -> None:
        ack(response_action="push", view=modal(callback_id="2"))

    @bolt.view("2")
    def third(ack: Any) -> None:
        ack(response_action="push", view=modal(callback_id="3"))

    @bolt.view("3")
    def fourth(ack: Any) -> None:
        ack(response_action="push", view=modal(callback_id="4"))

    @bolt.view_closed("1")
    def gone(ack: Any, body: Json) -> None:
        closed.append((body["view"]["callback_id"], body["is_cleared"]))
        ack()

    join()
    ann = slack.person("U0ANN")
    ann.command("/ticket")
    assert ann.submit(ann.modal("1"), {"what": "x"}).action == "push"
    assert ann.submit(ann.modal("2"), {"what": "x"}).action == "push"

    with pytest.raises(RefusalError) as refusal:
        ann.submit(ann.modal("3"), {"what": "x"})
    stack = ann.modals()
    ann.close(stack[-1])
    top = ann.modal("2")
    ann.close(top, everything=True)

    assert refusal.value.details["detail"] == "push_limit_reached"
    assert [view["callback_id"] for view in stack] == ["1", "2", "3"]
    assert stack[2]["previous_view_id"] == stack[1]["id"]
    assert {view["root_view_id"] for view in stack} == {stack[0]["id"]}
    assert (ann.modals(), closed) == ([], [("1", True)])


def test_a_view_that_slack_would_refuse_fails_the_answer(
    slack: RunningSandbox, bolt: App, join: Join
):
    @bolt.command("/ticket")
    def show_form(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal())

    @bolt.view("new")
    def submit_form(ack: Any) -> None:
        ack(response_action="update", view=modal(title=plain("x" * 25)))

    join()
    ann = slack.person("U0ANN")
    ann.command("/ticket")

    with pytest.raises(RefusalError, match="dispatch_failed"):
        ann.submit(ann.modal(), {"what": "x"})


CATEGORIES = [{"text": plain(name), "value": name} for name in ("fault", "return")]


def second_level(name: str) -> Json:
    options = [{"text": plain(f"{name} {n}"), "value": f"{name}{n}"} for n in range(2)]
    return field(f"sub_{name}", {"type": "static_select", "options": options})


def test_a_re_render_keeps_what_was_typed(slack: RunningSandbox, bolt: App, join: Join):
    what = field("what", {"type": "plain_text_input"})
    category = field(
        "category", {"type": "static_select", "options": CATEGORIES}, dispatch_action=True
    )

    @bolt.command("/ticket")
    def show_form(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(what, category))

    @bolt.action("value")
    def chosen(ack: Any, body: Json, action: Json, client: Any) -> None:
        ack()
        sub = second_level(action["selected_option"]["value"])
        view = body["view"]
        body = modal(what, category, sub)
        client.views_update(view_id=view["id"], hash=view["hash"], view=body)

    join()
    ann = slack.person("U0ANN")
    ann.command("/ticket")
    form = ann.modal()
    ann.click(form, "value", block_id="category", value="fault", values={"what": "hot"})
    values = ann.wait_for(lambda: _values_with(slack, "U0ANN", "sub_fault"))

    assert values["what"]["value"]["value"] == "hot"
    assert values["category"]["value"]["selected_option"]["value"] == "fault"
    assert values["sub_fault"]["value"]["selected_option"] is None


def _values_with(slack: RunningSandbox, user_id: str, block_id: str) -> Json | None:
    values = slack.sandbox.views.stack(user_id)[-1].values
    return values if block_id in values else None


def test_an_input_without_dispatch_action_sends_nothing(
    slack: RunningSandbox, bolt: App, join: Join
):
    @bolt.command("/ticket")
    def show_form(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal())

    join()
    ann = slack.person("U0ANN")
    ann.command("/ticket")

    with pytest.raises(RefusalError, match="not_dispatched"):
        ann.click(ann.modal(), "value", value="x")


def test_suggestions_come_from_the_bot(slack: RunningSandbox, bolt: App, join: Join):
    @bolt.command("/ticket")
    def show_form(ack: Any, body: Json, client: Any) -> None:
        ack()
        view = modal(field("who", {"type": "external_select"}))
        client.views_open(trigger_id=body["trigger_id"], view=view)

    @bolt.options("value")
    def suggest(ack: Any, payload: Json) -> None:
        ack(options=[{"text": plain(payload["value"] + "!"), "value": "1"}])

    @bolt.view("new")
    def submit_form(ack: Any, view: Json) -> None:
        assert view["state"]["values"]["who"]["value"]["selected_option"]["value"] == "1"
        ack()

    join()
    ann = slack.person("U0ANN")
    ann.command("/ticket")
    form = ann.modal()
    found = ann.options(form, "value", "li")

    assert [option["text"]["text"] for option in found] == ["li!"]
    assert ann.submit(form, {"who": found[0]}).views == []


def test_an_answer_may_replace_and_delete_by_its_response_url(
    slack: RunningSandbox, bolt: App, join: Join
):
    @bolt.command("/ticket")
    def answer(ack: Any, respond: Any) -> None:
        ack()
        respond(text="menu", blocks=[button("pick")])

    @bolt.action("pick")
    def pick(ack: Any, body: Json, respond: Any) -> None:
        ack()
        assert body["container"]["is_ephemeral"]
        assert "message" not in body
        respond(text="picked", replace_original=True)
        for _ in range(4):
            respond(text="again", replace_original=False)
        assert respond(text="once too often").status_code == 404

    join()
    ann = slack.person("U0ANN")
    ann.command("/ticket", channel="tech")
    menu = ann.wait_for(lambda: _first_whisper(slack))
    ann.click(menu, "pick", channel="tech")

    assert [m["text"] for m in ann.whispers("tech")] == ["picked", *["again"] * 4]


def _first_whisper(slack: RunningSandbox) -> Json | None:
    return next(
        (p.body for p in slack.sandbox.workspace.channels["C0TECH"].ephemerals.values()), None
    )


def test_a_response_url_dies_after_thirty_minutes(slack: RunningSandbox, bolt: App, join: Join):
    status: list[int] = []

    @bolt.command("/ticket")
    def answer(ack: Any, respond: Any) -> None:
        ack()
        slack.skip(1_801)
        status.append(respond(text="late").status_code)

    join()
    slack.person("U0ANN").command("/ticket")

    assert status == [404]


def test_a_home_page_is_published_when_it_is_opened(slack: RunningSandbox, bolt: App, join: Join):
    @bolt.event("app_home_opened")
    def draw(event: Json, client: Any) -> None:
        view = {"type": "home", "blocks": [button("refresh")]}
        client.views_publish(user_id=event["user"], view=view)

    @bolt.action("refresh")
    def refresh(ack: Any, body: Json, client: Any) -> None:
        ack()
        view = {"type": "home", "blocks": [{"type": "divider"}]}
        known = {"user_id": body["user"]["id"], "hash": body["view"]["hash"]}
        client.views_publish(**known, view=view)

    join()
    ann = slack.person("U0ANN")
    ann.open_home()
    ann.click(ann.home(), "refresh")

    assert ann.home()["blocks"][0]["type"] == "divider"


def test_two_sockets_share_the_envelopes(slack: RunningSandbox, bolt: App, join: Join):
    @bolt.command("/ticket")
    def answer(ack: Any) -> None:
        ack()

    join()
    join()
    for _ in range(4):
        slack.person("U0ANN").command("/ticket")

    entries = slack.traffic()
    assert [e.name for e in entries if e.kind is Kind.SOCKET] == ["hello", "hello"]
    assert len([e for e in entries if e.kind is Kind.ACK and e.ok]) == 4


def test_a_polite_refresh_leaves_no_gap(slack: RunningSandbox, bolt: App, join: Join):
    @bolt.command("/ticket")
    def answer(ack: Any) -> None:
        ack()

    join()
    slack.admin("refresh_sockets")
    slack.person("U0ANN").command("/ticket")
    sockets = slack.sandbox.sockets
    slack.wait_until(lambda: any(not c.leaving for c in sockets.connections))

    slack.person("U0ANN").command("/ticket")


def test_a_dead_socket_swallows_envelopes_until_it_is_noticed(
    slack: RunningSandbox, bolt: App, join: Join, settings: Settings
):
    @bolt.command("/ticket")
    def answer(ack: Any) -> None:
        ack()

    join()
    settings.ack_limit_s = 0.1
    slack.admin("drop_sockets", how="silent", noticed_after_s=0.3)

    with pytest.raises(RefusalError, match="operation_timeout"):
        slack.person("U0ANN").command("/ticket")
    slack.wait_until(lambda: not slack.sandbox.sockets.connections)


def test_a_cut_socket_is_gone_at_once(slack: RunningSandbox, bolt: App, join: Join):
    join()
    slack.admin("drop_sockets", how="abort")

    with pytest.raises(RefusalError, match="dispatch_failed"):
        slack.person("U0ANN").command("/ticket")
