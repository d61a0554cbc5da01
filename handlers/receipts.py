"""Receipt keys: the same delivery always gives the same key, another one never does (DESIGN.md)."""

from handlers.payloads import Json

_EDITED, _DELETED = "message_changed", "message_deleted"


def receipt_of(body: Json) -> str:
    """Give the key under which this delivery's effect is kept."""
    if "event" in body:
        return _of_event(body)
    kind = body.get("type")
    if kind in {"view_submission", "view_closed"}:
        view = body["view"]
        return f"{kind}:{view['id']}:{view['callback_id']}"
    if kind == "block_actions":
        return _of_click(body)
    return f"command:{body.get('trigger_id', '')}"


def _of_event(body: Json) -> str:
    event = body["event"]
    channel, subtype = event.get("channel"), event.get("subtype")
    if event["type"] not in {"message", "app_mention"}:
        return f"event:{body.get('event_id')}"
    if subtype == _EDITED:
        edited = event["message"].get("edited", {}).get("ts") or event.get("event_ts")
        return f"edit:{channel}:{event['message']['ts']}:{edited}"
    if subtype == _DELETED:
        return f"deleted:{channel}:{event.get('deleted_ts')}"
    return f"message:{channel}:{event.get('ts')}"  # also of the app_mention beside it (F14)


def _of_click(body: Json) -> str:
    container = body.get("container") or {}
    place = (
        container.get("view_id") or f"{container.get('channel_id')}:{container.get('message_ts')}"
    )
    action = body["actions"][0]
    return f"click:{place}:{action['action_id']}:{body['user']['id']}:{action.get('action_ts')}"
