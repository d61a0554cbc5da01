"""views.*: opening, pushing, updating modals and publishing the home page."""

from sandbox.limits.views import checked_view
from sandbox.normal import with_ids
from sandbox.web_api.call import Call
from sandbox.wire import Json


async def open_modal(call: Call) -> Json:
    """Open a modal for the person behind a trigger."""
    view = _view(call, "modal")
    trigger = call.sandbox.triggers.exchange(call.maybe("trigger_id"))
    return {"view": call.sandbox.views.open(trigger.user_id, view).body}


async def push(call: Call) -> Json:
    """Put a modal on top of the one that the trigger came from."""
    view = _view(call, "modal")
    trigger = call.sandbox.triggers.exchange(call.maybe("trigger_id"))
    return {"view": call.sandbox.views.push(trigger.user_id, view).body}


async def update(call: Call) -> Json:
    """Re-render a view that is open."""
    view = call.sandbox.views.find_any(call.maybe("view_id"), call.maybe("external_id"))
    given = _view(call, view.body["type"])
    return {"view": call.sandbox.views.update(view, given, call.maybe("hash")).body}


async def publish(call: Call) -> Json:
    """Set a person's home page."""
    given = _view(call, "home")
    user_id, given_hash = call.text("user_id"), call.maybe("hash")
    return {"view": call.sandbox.views.publish(user_id, given, given_hash).body}


def _view(call: Call, kind: str) -> Json:
    view = checked_view(call.args.get("view"), kind)
    return view | {"blocks": with_ids(call.workspace.ids, view["blocks"])}
