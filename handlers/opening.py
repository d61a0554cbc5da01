"""Opening views: from a message or a command, on top of another view, or too late (F20)."""

from slack_bolt import BoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from handlers.errors import is_expired
from handlers.payloads import Json, view_of


def present(request: BoltRequest, view: View) -> None:
    """Open a view, on top of the modal whose button was pressed; the third gives way. Raises SlackApiError."""
    client, body = request.context.client, request.body
    if client is None:
        return
    if is_on_top_of_two(body):
        redraw_view(request, view)
    elif is_in_modal(body):
        client.views_push(trigger_id=body["trigger_id"], view=view)
    else:
        client.views_open(trigger_id=body["trigger_id"], view=view)


def present_in_time(request: BoltRequest, view: View) -> bool:
    """Open a view; False when Slack's 3 seconds were over."""
    try:
        present(request, view)
    except SlackApiError as refusal:
        if is_expired(refusal):
            return False
        raise
    return True


def redraw_view(request: BoltRequest, view: View) -> None:
    """Show the same view anew; what was typed stays where block and input keep their ids."""
    shown, client = view_of(request.body), request.context.client
    if not (shown and client):
        return
    try:
        client.views_update(view_id=shown["id"], view=view)
    except SlackApiError as refusal:
        if (
            refusal.response.get("error") != "not_found"
        ):  # closed in the meantime: nothing is missed
            raise


def is_in_modal(body: Json) -> bool:
    """Tell whether a button stands in a modal."""
    return (view_of(body) or {}).get("type") == "modal"


def is_on_top_of_two(body: Json) -> bool:
    """Tell whether a button stands in the last view Slack stacks: a fourth is refused (SLACK.md 2.1)."""
    shown = view_of(body) or {}
    below = shown.get("previous_view_id")
    return bool(below) and below != shown.get("root_view_id")


def is_at_home(body: Json) -> bool:
    """Tell whether a button stands on the app's page."""
    return (view_of(body) or {}).get("type") == "home"
