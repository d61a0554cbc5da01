"""The forms that add to a case, as facts."""

import hashlib
import re

from handlers.forms import Fields, tampered
from handlers.forms_work import must_say
from handlers.payloads import Json
from handlers.typed import whole
from handlers.views.ids import FieldId as F
from tickets.case import facts as f
from tickets.case.copies import LINK
from tickets.case.corrections import CORRECTABLE
from tickets.case.values import Text
from tickets.errors import Incomplete
from tickets.message import say

_MIMETYPE = re.compile(r"[a-z]{1,20}/[A-Za-z0-9.+-]{1,80}")


def evidence(fields: Fields) -> tuple[f.EvidenceAdded, ...]:
    """Read files and a link; one of them must be there."""
    found = [evidence_file(one) for one in fields.files(F.EVIDENCE)]
    link = fields.text(F.LINK).strip()
    if link:
        # A link has no id of Slack's; its own digest keeps it on record once.
        key = hashlib.sha256(link.encode()).hexdigest()[:32]
        found.append(f.EvidenceAdded(file_id=f"{LINK}{key}", name=Text(link), link=Text(link)))
    if not found:
        raise Incomplete({F.LINK: say("evidence.missing")})
    return tuple(found)


def evidence_file(one: Json) -> f.EvidenceAdded:
    """Read Slack's file object."""
    size, kind = one.get("size"), str(one.get("mimetype") or "")
    return f.EvidenceAdded(
        file_id=str(one["id"]),
        name=Text(whole(str(one.get("name") or one.get("title") or one["id"]))),
        mimetype=kind if _MIMETYPE.fullmatch(kind) else "",  # kept open: no place for words
        size=size if isinstance(size, int) else 0,
    )


def promised(fields: Fields) -> f.Promised:
    """Read a promise; its date must be set."""
    return f.Promised(
        what=must_say(fields, F.PROMISE),
        due_at=fields.must_be_set(F.UNTIL),
        instead_of=fields.picked(F.INSTEAD_OF) or "",
    )


def promised_with_it(fields: Fields) -> f.Promised | None:
    """Read what was promised while the customer was reached; nothing is no promise, half of one is asked for."""
    if fields.moment(F.PROMISED_UNTIL) is None and not fields.text(F.PROMISE).strip():
        return None
    return f.Promised(what=must_say(fields, F.PROMISE), due_at=fields.must_be_set(F.PROMISED_UNTIL))


def correction(fields: Fields) -> tuple[str, str]:
    """Read which field is put right and what it says now; a choice comes as its value."""
    field = fields.picked(F.FIELD)
    if field is None:
        raise Incomplete({F.FIELD: say("field.pick_one")})
    if field not in CORRECTABLE:
        raise tampered()
    block = f"{F.CORRECTION}.{field}"
    return field, fields.text(block) or fields.picked(block) or ""
