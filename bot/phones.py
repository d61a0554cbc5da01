"""Telephone numbers by their real numbering plans (the Phones port), with phonenumbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import phonenumbers

# Seven digits with no more between them than a number is written with: what has none is not looked through.
_MAY_HOLD_ONE = re.compile(
    r"(?:\d[-+x‐-―−ー－／\s\u00ad\u200b\u2060\u3000()（）［］.\[\]/~⁓∼～]{0,5}){6}\d"
)
_DAY = re.compile(
    r"(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d(?!\d)"
)  # 2023-10-01, in every entry of a record


@dataclass(frozen=True, slots=True)
class NumberingPlans:
    """Reads numbers as people of one country write them."""

    country: str = "CN"  # ISO 3166 code; numbers with + are read for any country

    def normalise(self, typed: str) -> str | None:
        """Give E.164 of a valid number, else None; China's 400 and 800 numbers count."""
        try:
            number = phonenumbers.parse(typed, self.country)
        except phonenumbers.NumberParseException:
            return None
        if not phonenumbers.is_valid_number(number):
            return None
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def spans(self, text: str) -> Sequence[tuple[int, int]]:
        """Find telephone numbers in a text: half-open character spans."""
        if not _MAY_HOLD_ONE.search(_DAY.sub("", text)):
            return ()
        matcher = phonenumbers.PhoneNumberMatcher(text, self.country)
        return tuple((match.start, match.end) for match in matcher)
