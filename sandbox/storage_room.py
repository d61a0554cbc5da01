"""Files: their bytes, their descriptions and where they were shared."""

import mimetypes
import re
from dataclasses import dataclass
from pathlib import PurePath

from sandbox.wire import Json
from sandbox.workspace import StoredFile, Workspace


@dataclass(frozen=True, slots=True)
class StorageRoom:
    """Makes and finds files; addresses begin with `address`."""

    workspace: Workspace
    address: str

    def keep(self, name: str, content: bytes, user_id: str) -> StoredFile:
        """Store a file that nobody else sees yet."""
        file_id = self.workspace.ids.next("F")
        mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
        private = f"{self.address}/files-pri/{file_id}/{_in_address(name)}"
        body: Json = {
            "id": file_id,
            "created": int(self.workspace.clock.now()),
            "timestamp": int(self.workspace.clock.now()),
            "name": name,
            "title": name,
            "mimetype": mimetype,
            "filetype": PurePath(name).suffix.removeprefix(".") or "binary",
            "pretty_type": PurePath(name).suffix.removeprefix(".").upper() or "Binary",
            "user": user_id,
            "user_team": self.workspace.team["id"],
            "editable": False,
            "size": len(content),
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": False,
            "public_url_shared": False,
            "display_as_bot": False,
            "url_private": private,
            "url_private_download": private,
            "permalink": f"{self.address}/ui/file/{file_id}",
            "has_rich_preview": False,
            "file_access": "visible",
        }
        stored = StoredFile(body, content)
        self.workspace.files[file_id] = stored
        return stored

    def bot_may_read(self, stored: StoredFile) -> bool:
        """Tell whether the app sees a file: its own, given in a form, or shared where it is."""
        app = self.workspace.app
        shared = (c for c in self.workspace.channels.values() if c.id in stored.channels)
        own = stored.body["user"] == app.user_id
        return own or stored.given_to_app or any(app.user_id in c.members for c in shared)


def _in_address(name: str) -> str:
    """Write a name as Slack's addresses do: letters, figures, dots, lines; nothing that leads elsewhere."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", name).strip(".") or "file"
