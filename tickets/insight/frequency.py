"""The same complaint more often than usual: by category with product or words, each against its own past (R29)."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from tickets.case.values import Number
from tickets.insight.control import FALSE_ALARMS, Chart, chart

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z][a-z0-9]{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One complaint; its words are redacted."""

    number: Number
    category: str
    at: datetime  # received
    product: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often is often: the window that is counted, how many before it say what is usual."""

    window: timedelta = timedelta(days=7)
    baseline: int = 8  # windows
    least: int = 3  # complaints, below which nothing is a signal

    @property
    def reach(self) -> timedelta:
        """Give how far back complaints are looked at."""
        return self.window * (self.baseline + 1)


@dataclass(frozen=True, slots=True)
class Topic:
    """What complaints may have in common, from the general to the particular."""

    category: str
    product: str = ""  # normalised
    term: str = ""

    @property
    def key(self) -> str:
        """Name it without its words."""
        return sha256("\n".join((self.category, self.product, self.term)).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Signal:
    """A topic above its usual rate, and the complaints that say so, the oldest first."""

    topic: Topic
    chart: Chart
    numbers: tuple[Number, ...]


def signals(
    complaints: Sequence[Complaint], frequency: Frequency, *, now: datetime
) -> tuple[Signal, ...]:
    """Give the signals of a moment, one a category: of several topics the one that holds most complaints.

    The chance of a false alarm is shared: half by the topics without a term, half by those with one.
    """
    since = now - frequency.window
    begun = now - frequency.reach
    recent = [one for one in complaints if since <= one.at < now]
    before = Counter(
        topic for one in complaints if begun <= one.at < since for topic in topics_of(one)
    )
    counted = Counter(topic for one in recent for topic in topics_of(one))
    looked_at = [topic for topic, count in counted.items() if count >= frequency.least]
    shared = Counter(bool(topic.term) for topic in looked_at)
    charts = {
        topic: chart(
            counted[topic],
            before[topic],
            frequency.baseline,
            least=frequency.least,
            alpha=FALSE_ALARMS / 2 / shared[bool(topic.term)],
        )
        for topic in looked_at
    }
    above = sorted(
        (topic for topic in looked_at if charts[topic].is_signal),
        key=lambda topic: (-counted[topic], not topic.term, not topic.product, topic.key),
    )
    first = {topic.category: topic for topic in reversed(above)}
    return tuple(_signal(first[category], charts, recent) for category in sorted(first))


def _signal(topic: Topic, charts: dict[Topic, Chart], recent: Sequence[Complaint]) -> Signal:
    mine = sorted((one for one in recent if topic in set(topics_of(one))), key=lambda one: one.at)
    return Signal(topic, charts[topic], tuple(one.number for one in mine))


def topics_of(complaint: Complaint) -> Iterator[Topic]:
    """List what a complaint is about: its category with its product, and with each term of its words."""
    category, product = complaint.category, normalised(complaint.product)
    yield Topic(category, product)
    for term in sorted(terms_of(complaint.words)):
        yield Topic(category, product, term)


def normalised(product: str) -> str:
    """Make one of a product's spellings: full-width forms, case, spaces and hyphens do not matter."""
    plain = unicodedata.normalize("NFKC", product).casefold()
    return "".join(one for one in plain if one.isalnum())


def terms_of(words: str) -> frozenset[str]:
    """Take the terms out of a text: pairs of Han characters, Latin words."""
    plain = unicodedata.normalize("NFKC", words).casefold()
    pairs = {run[at : at + 2] for run in _HAN.findall(plain) for at in range(len(run) - 1)}
    return frozenset(pairs | set(_LATIN.findall(plain)))
