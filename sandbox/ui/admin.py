"""What an administrator of the workspace, or misfortune, does: /ui/admin."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.blueprint import person_from
from sandbox.faults import Fault, FaultKind
from sandbox.sandbox import Sandbox
from sandbox.wire import Json, RefusalError
from sandbox.workspace import Channel, Kind


@dataclass(frozen=True, slots=True)
class Admin:
    """Does one thing by its name in page_api.md."""

    sandbox: Sandbox

    async def do(self, order: Json) -> Json:
        """Carry out an order; raises `unknown_order`."""
        if order.get("do") == "refresh_sockets":
            count, warn_s = order.get("count"), float(order.get("warn_s", 0))
            await self.sandbox.sockets.refresh(count=count, warn_s=warn_s)
            return {}
        table: dict[str, Callable[[Json], Json | None]] = {
            **self._channel_orders(),
            **self._people_orders(),
            **self._app_orders(),
        }
        if (carry_out := table.get(str(order.get("do")))) is None:
            raise RefusalError("unknown_order")
        try:
            done = carry_out(order)
        except (KeyError, TypeError, ValueError) as trouble:
            raise RefusalError("invalid_arguments", detail=repr(trouble)) from None
        self.sandbox.stream.tell({"type": "state"})
        return done or {}

    def _channel_orders(self) -> dict[str, Callable[[Json], Json | None]]:
        rooms, bot = self.sandbox.rooms, self.sandbox.workspace.app.user_id
        return {
            "kick_bot": lambda o: rooms.leave(self._channel(o), bot),
            "invite_bot": lambda o: rooms.join(self._channel(o), bot, inviter=o.get("as")),
            "invite": lambda o: rooms.join(self._channel(o), o["user"], inviter=o.get("as")),
            "remove": lambda o: rooms.leave(self._channel(o), o["user"]),
            "archive_channel": self._archive,
            "unarchive_channel": self._unarchive,
            "delete_channel": self._delete,
            "rename_channel": self._rename,
            "create_channel": self._create,
        }

    def _people_orders(self) -> dict[str, Callable[[Json], Json | None]]:
        return {
            "deactivate_user": lambda o: self._set_person(o, deleted=True),
            "reactivate_user": lambda o: self._set_person(o, deleted=False),
            "rename_user": lambda o: self._set_person(o, real_name=o["real_name"]),
            "set_locale": lambda o: self._set_person(o, locale=o["locale"]),
            "add_user": self._add_user,
        }

    def _app_orders(self) -> dict[str, Callable[[Json], Json | None]]:
        app = self.sandbox.workspace.app
        return {
            "set_scopes": lambda o: setattr(app, "scopes", list(o["scopes"])),
            "revoke_token": lambda _: setattr(app, "revoked", True),
            "restore_token": lambda _: setattr(app, "revoked", False),
            "drop_sockets": self._drop,
            "fault": self._fault,
            "clear_faults": lambda _: self.sandbox.faults.clear(),
        }

    def _drop(self, order: Json) -> None:
        silent, after = order.get("how") == "silent", float(order.get("noticed_after_s", 10))
        sockets = self.sandbox.sockets
        sockets.drop(silent=silent, count=order.get("count"), noticed_after_s=after)

    def _channel(self, order: Json) -> Channel:
        return self.sandbox.workspace.channel(order["channel"])

    def _archive(self, order: Json) -> None:
        channel = self._channel(order)
        channel.is_archived = True
        self.sandbox.events.channel(channel, "archive", user=order.get("as"))

    def _unarchive(self, order: Json) -> None:
        channel = self._channel(order)
        channel.is_archived = False
        self.sandbox.events.channel(channel, "unarchive", user=order.get("as"))

    def _delete(self, order: Json) -> None:
        channel = self._channel(order)
        self.sandbox.events.channel(channel, "deleted", actor_id=order.get("as"))
        del self.sandbox.workspace.channels[channel.id]

    def _rename(self, order: Json) -> None:
        channel = self._channel(order)
        channel.name = order["name"].removeprefix("#")
        body = {"id": channel.id, "name": channel.name, "created": channel.created}
        self.sandbox.events.channel(channel, "rename", channel=body)

    def _create(self, order: Json) -> Json:
        kind = Kind.PRIVATE if order.get("is_private") else Kind.PUBLIC
        workspace = self.sandbox.workspace
        name = order["name"].removeprefix("#")
        members = list(order.get("members", []))
        channel = workspace.add_channel(Channel(workspace.ids.next("C"), name, kind, members, 0))
        return {"channel": channel.id}

    def _set_person(self, order: Json, **changes: object) -> None:
        person = self.sandbox.workspace.person(order["user"])
        for name, value in changes.items():
            setattr(person, name, value)
        if "deleted" in changes:
            self.sandbox.workspace.direct(person.id).is_archived = person.deleted
        self.sandbox.events.person("user_change", person)

    def _add_user(self, order: Json) -> None:
        person = self.sandbox.workspace.add_person(person_from(order["user"]))
        self.sandbox.workspace.direct(person.id)
        self.sandbox.events.person("team_join", person)

    def _fault(self, order: Json) -> Json:
        given = {
            key: value for key, value in order.items() if key not in {"do", "as", "kind", "until"}
        }
        fault = Fault(kind=FaultKind(order["kind"]), **given)
        return {"id": self.sandbox.faults.add(fault).id}
