"""A script as it is said: the desk's name and the speaker's staff number in their places (R13, R80)."""

import re
from dataclasses import replace

from handlers.views.text import ELLIPSIS
from tickets.case.values import PersonId
from tickets.handbook import Handbook
from tickets.knowledge.article import Wording
from tickets.knowledge.shelves import Suggestion
from tickets.tongue import Tongue

_PLACES = ("company", "staff_no")
_PLACE = re.compile(rf"\{{({'|'.join(_PLACES)})\}}")


def _cut_places() -> re.Pattern[str]:
    wholes = [f"{{{name}}}" for name in _PLACES]
    ends = "|".join(re.escape(one[at:]) for one in wholes for at in range(1, len(one)))
    begins = "|".join(re.escape(one[:-at]) for one in wholes for at in range(1, len(one)))
    return re.compile(rf"(?<=^{ELLIPSIS})(?:{ends})|(?:{begins})(?={ELLIPSIS}$)")


_CUT = _cut_places()


def said_by(
    text: str, by: PersonId | None, handbook: Handbook, tongue: Tongue, *, language: str = ""
) -> str:
    """Fill in company and staff number; any other brace stays as the desk wrote it.

    `language` is the text's own where it is not the reader's.
    """
    staff_no = handbook.people.staff_no.get(by) if by else None
    places = {
        "company": handbook.name.in_(language or tongue.language),
        "staff_no": staff_no or tongue("form.no_staff_no"),
    }
    return _PLACE.sub(lambda found: places[found[1]], text)


def piece_said_by(text: str, by: PersonId | None, handbook: Handbook, tongue: Tongue) -> str:
    """Fill in a piece of a script; what its ends have cut of a place is left out."""
    return said_by(_CUT.sub("", text), by, handbook, tongue)


def to_say(one: Suggestion, by: PersonId, handbook: Handbook, tongue: Tongue) -> Suggestion:
    """Give an offered article in the words that its reader would say."""
    words = said_by(one.wording.content, by, handbook, tongue)
    return replace(one, wording=Wording(one.wording.title, words))
