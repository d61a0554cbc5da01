"""A short name for what a desk file says, the same as long as it says the same."""

import json
from hashlib import sha256

from bot.desk_config.tree import Tree


def revision_of(content: Tree) -> str:
    """Give 12 hexadecimal digits of the content; comments and quoting do not count, order does.

    The order of categories is the order in the form, so moving one is a change.
    """
    canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()[:12]
