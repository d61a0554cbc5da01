"""auth.test, api.test, apps.connections.open, team.info, bots.info."""

from sandbox.faces import bot_profile
from sandbox.web_api.call import Call
from sandbox.wire import Json, RefusalError


async def api_test(call: Call) -> Json:
    """Answer what was sent, or the error that was asked for."""
    if error := call.maybe("error"):
        raise RefusalError(error)
    return {"args": call.args}


async def auth_test(call: Call) -> Json:
    """Say who the token belongs to."""
    team, app = call.workspace.team, call.workspace.app
    return {
        "url": f"https://{team['domain']}.slack.com/",
        "team": team["name"],
        "user": app.name,
        "team_id": team["id"],
        "user_id": app.user_id,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


async def connections_open(call: Call) -> Json:
    """Give an address for one websocket."""
    sandbox = call.sandbox
    app_id = call.workspace.app.app_id
    address = sandbox.address.replace("http", "ws", 1)
    return {"url": f"{address}/socket/?ticket={sandbox.sockets.ticket()}&app_id={app_id}"}


async def team_info(call: Call) -> Json:
    """Describe the workspace."""
    team = call.workspace.team
    return {
        "team": {
            "id": team["id"],
            "name": team["name"],
            "domain": team["domain"],
            "url": f"https://{team['domain']}.slack.com/",
            "email_domain": "",
            "icon": {"image_default": True},
        }
    }


async def bots_info(call: Call) -> Json:
    """Describe the app's bot."""
    bot = call.maybe("bot")
    if bot not in {None, call.workspace.app.bot_id}:
        raise RefusalError("bot_not_found")
    return {"bot": bot_profile(call.workspace)}
