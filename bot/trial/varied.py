"""Varied tickets for a desk's own categories: the same seed makes the same ones."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from opencc import OpenCC
from ruamel.yaml import YAML

from tickets.case.intake import Intake
from tickets.case.values import (
    ContactChannel,
    CustomerType,
    Emotion,
    Impact,
    Kind,
    Priority,
    Risk,
    Salutation,
)
from tickets.handbook import Handbook, SubCategory

PHRASES = Path(__file__).parents[2] / "presets" / "varied.yml"
OLDEST = timedelta(days=3)
LONGEST = 3000  # characters a field of a form takes (SLACK.md 2.1)
_PREFIXES = ("138", "139", "136", "158", "186", "177", "199", "151")
_ABROAD = ("+1 202 555 01{:02}", "+44 7911 1234{:02}", "+852 5123 45{:02}", "+886 912 3456{:02}")


def varied(count: int, *, handbook: Handbook, now: datetime, seed: int = 300) -> Iterator[Intake]:
    """Make that many cases as an agent would type them, none of which intake refuses."""
    teller = _Teller(Random(seed), handbook, now)  # noqa: S311  variety, not secrecy
    subs = [sub for first in handbook.categories.values() for sub in first.sub.values()]
    for place in range(count):
        yield teller.case(subs[place % len(subs)])


@cache
def _phrases() -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(PHRASES.read_text(encoding="utf-8"))
    return loaded


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2twp")


@dataclass(frozen=True, slots=True)
class _Teller:
    dice: Random
    handbook: Handbook
    now: datetime
    phrases: dict[str, Any] = field(default_factory=_phrases)

    def case(self, sub: SubCategory) -> Intake:
        language = self.dice.choices(("zh", "zh-Hant", "en"), (6, 2, 3))[0]
        tell = _Tongue(self, language)
        anonymous = sub.kind is not Kind.COMPLAINT and self._one_in(8)
        answered, invalid = self._ending(tell)
        received = self.now - OLDEST * self.dice.random() ** 3
        return Intake(
            **({} if anonymous else self._customer(tell, sub)),
            anonymous=anonymous,
            contact_channel=self.dice.choice(list(ContactChannel)),
            received_at=received,
            category=sub.key,
            description=tell.description(sub.key),
            when=tell.some("moments"),
            where=tell.some("places"),
            expectation=tell.wish(sub.kind),
            expected_by=self.now + timedelta(days=2) if self._one_in(5) else None,
            product=tell.some("products"),
            order_no=self.order() if self._one_in(2) else "",
            urgency=self.dice.choices(list(Priority), (3, 5, 2))[0],
            emotion=self.dice.choice(list(Emotion)),
            risks=frozenset({self.dice.choice(list(Risk))}) if self._one_in(25) else frozenset(),
            impact=self.dice.choices(list(Impact), (20, 3, 1))[0],
            needs_customer=self._one_in(4),
            known_issue=self._one_in(9),
            remarks=tell.one("remarks") if self._one_in(3) else "",
            read_back=not self._one_in(6),
            answered_with=answered,
            invalid_note=invalid,
        )

    def _ending(self, tell: "_Tongue") -> tuple[str, str]:
        if self._one_in(6):
            return tell.one("answers"), ""
        return "", tell.one("invalid") if self._one_in(30) else ""

    def _customer(self, tell: "_Tongue", sub: SubCategory) -> dict[str, Any]:
        withholds = self._one_in(10)
        by_mail = self._one_in(3)
        reachable = not withholds and (sub.kind is Kind.COMPLAINT or not self._one_in(9))
        kind = self.dice.choices((None, *CustomerType), (5, 1, 3, 2))[0]
        return {
            "name": tell.one("names"),
            "salutation": self.dice.choice(list(Salutation)),
            "phone": self._phone() if reachable and not by_mail else "",
            "email": f"customer{self.dice.randrange(10**6)}@example.com"
            if reachable and by_mail
            else "",
            "preferred_channel": self.dice.choice((None, *ContactChannel)),
            "withholds_contact": withholds,
            "customer_type": kind,
            "customer_level": self.dice.choice(("金卡", "银卡", "Gold"))
            if kind is CustomerType.VIP
            else "",
        }

    def _phone(self) -> str:
        if self._one_in(12):
            return self.dice.choice(_ABROAD).format(self.dice.randrange(100))
        return f"{self.dice.choice(_PREFIXES)}{self.dice.randrange(10**8):08}"

    def order(self) -> str:
        return f"DD2026{self.dice.randrange(10**8):08}"

    def _one_in(self, many: int) -> bool:
        return self.dice.randrange(many) == 0


@dataclass(frozen=True, slots=True)
class _Tongue:
    """Tells in one language; Traditional Chinese is converted from Simplified."""

    teller: _Teller
    language: str

    def one(self, of: str) -> str:
        return self._written(self.teller.dice.choice(self._of(self.teller.phrases[of])))

    def some(self, of: str) -> str:
        return self.one(of) if self.teller.dice.random() < 0.7 else ""

    def description(self, category: str) -> str:
        said = self.teller.phrases["said"]
        first = self.teller.dice.choice(self._of(said.get(category, said["other"])))
        more = self._of(self.teller.phrases["more"])
        if self.teller.dice.randrange(50) == 0:
            return self._at_length(first, more)
        following = self.teller.dice.sample(more, self.teller.dice.choice((0, 0, 1, 1, 2, 3)))
        return self._glue.join(self._written(part) for part in (first, *following))

    def _at_length(self, first: str, more: list[str]) -> str:
        """Tell as much as a field takes, in whole sentences."""
        told = self._written(first)
        while (
            len(longer := told + self._glue + self._written(self.teller.dice.choice(more)))
            < LONGEST
        ):
            told = longer
        return told

    def wish(self, kind: Kind) -> str:
        demands = kind in {Kind.COMPLAINT, Kind.AFTER_SALES}
        return self.one("wishes") if demands else self.some("questions")

    @property
    def _glue(self) -> str:
        return " " if self.language == "en" else ""

    def _of(self, phrases: dict[str, list[str]]) -> list[str]:
        return phrases["en" if self.language == "en" else "zh"]

    def _written(self, phrase: str) -> str:
        dice, named = self.teller.dice, self.teller.phrases
        filled = phrase.format(
            product=dice.choice(self._of(named["products"])),
            city=dice.choice(self._of(named["cities"])),
            order=self.teller.order(),
            n=dice.randint(2, 9),
            days=dice.randint(2, 30),
            degrees=dice.randint(24, 68),
            clock=f"{dice.randint(8, 20):02}:{dice.choice(('00', '30'))}",
        )
        return _to_traditional().convert(filled) if self.language == "zh-Hant" else filled
