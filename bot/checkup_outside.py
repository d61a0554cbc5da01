"""The check-up of what lies outside Slack: addresses, secrets, and on request a harmless line to each."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.findings import Finding, Verdict
from bot.settings import Settings
from bot.speech import desk_words, speech
from bot.voice.outside.addresses import Address, Addresses, variable
from bot.voice.outside.guard import Forbidden, Guard, resolve
from bot.voice.outside.reach import Letter, Reach
from bot.voice.outside.robots import DIALECTS, Dialect
from bot.voice.outside.sender import name_of
from bot.voice.outside.verdicts import robot_verdict, webhook_verdict
from bot.voice.outside.webhook import cloud_event, key_of, signed
from bot.voice.outside.words import note_of_the_desk
from handlers.views.notices import Reader
from tickets.delivery import Outcome, Posted
from tickets.handbook import Handbook
from tickets.notices import Place, PlaceKind, Plain
from tickets.ports import Clock

PART = "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideCheckup:
    """Looks at every robot and webhook of the desk file."""

    settings: Settings
    handbook: Handbook
    clock: Clock
    reach: Reach

    def look(self, *, live: bool) -> Iterator[Finding]:
        """Look at all of them; with `live` each whose address is in order is sent a test."""
        for place in self._places():
            address = self._address(place)
            found = list(self._wants(place, address))
            yield from found
            if address and not found:
                yield self._tried(place, address) if live else _good(place, "address in order")
        yield from self._strays()

    def _places(self) -> list[Place]:
        robots = [Place(PlaceKind.ROBOT, key) for key in self.handbook.robots]
        return robots + [Place(PlaceKind.WEBHOOK, key) for key in self.handbook.webhooks]

    def _address(self, place: Place) -> Address | None:
        hook = self.handbook.webhooks.get(place.key)
        in_file = hook.url if hook and place.kind is PlaceKind.WEBHOOK else None
        return Addresses(self.settings.outside).of(place, in_desk_file=in_file)

    def _wants(self, place: Place, address: Address | None) -> Iterator[Finding]:
        """Say what a destination still needs."""
        if address is None:
            yield _bad(
                place, f"has no address, so it is told nothing; set {variable(place, 'URL')}"
            )
            return
        yield from self._secret(place, address)
        try:
            self.reach.guard.admit(address.url)
            parts = urlsplit(address.url)
            if not self.reach.proxy:
                self.reach.guard.pick(parts.hostname or "", parts.port or 443)
        except Forbidden as why:
            text = f"{why}; a host in a private network must stand under outside.allow_hosts"
            yield _bad(place, text, Verdict.WRONG)
        except OSError:
            yield _bad(place, "its host is not known to this machine's name service")

    @staticmethod
    def _secret(place: Place, address: Address) -> Iterator[Finding]:
        name = variable(place, "SECRET")
        if place.kind is PlaceKind.WEBHOOK and not address.secrets:
            yield _bad(place, f"nothing is sent unsigned; set {name} to whsec_ and base64")
        try:
            for secret in address.secrets:
                key_of(secret)
        except ValueError as wrong:
            yield _bad(place, f"{name}: {wrong}", Verdict.WRONG)

    def _strays(self) -> Iterator[Finding]:
        """Name variables that belong to nobody: a slip in a key would stay silent."""
        places = self._places()
        known = {variable(place, part) for place in places for part in ("URL", "SECRET")}
        for name in sorted(set(self.settings.outside) - known):
            yield Finding(
                Verdict.DOUBTFUL, PART, f"{name} is set, but the desk file has none of it"
            )

    def _tried(self, place: Place, address: Address) -> Finding:
        outcome = self._outcome(place, address)
        if isinstance(outcome, Posted):
            return _good(place, "took a test message")
        why = getattr(outcome, "why", "")
        return _bad(place, f"did not take a test message: {why}", Verdict.WRONG)

    def _outcome(self, place: Place, address: Address) -> Outcome:
        at, where = self.clock.now(), name_of(place)
        params: dict[str, Plain] = {"event": "test", "at": at.isoformat()}
        if place.kind is PlaceKind.WEBHOOK:
            key = f"outside:test:{at:%Y%m%dT%H%M%SZ}:{place.kind}:{place.key}"
            made = cloud_event(key, params, self.handbook, subject=None, is_repeat=False)
            came = self.reach.post(signed(made, address, at=at))
            return webhook_verdict(came, where, tries=1, at=at)
        dialect = DIALECTS[self.handbook.robots[place.key].kind]
        came = self.reach.post(self._test_letter(dialect, params, address))
        return robot_verdict(came, dialect, where, tries=1, at=at)

    def _test_letter(self, dialect: Dialect, params: dict[str, Plain], address: Address) -> Letter:
        note = note_of_the_desk(params, self._reader(), inert=dialect.inert, is_repeat=False)
        return dialect.letter(note, address, at=self.clock.now())

    def _reader(self) -> Reader:
        book = self.handbook
        tongue = speech(self.clock).tongue(
            book.language, book.timezone, names=str, words=desk_words(book)
        )
        return Reader(tongue=tongue, handbook=book, present=frozenset(), now=self.clock.now())


def check_outside(
    settings: Settings, handbook: Handbook, *, clock: Clock, live: bool
) -> list[Finding]:
    """Look at every robot and webhook of the desk file."""
    proxy = settings.outside_proxy
    reach = Reach(
        guard=Guard(handbook.allow_hosts, resolve),
        proxy=proxy.get_secret_value() if proxy else None,
    )
    checkup = OutsideCheckup(settings=settings, handbook=handbook, clock=clock, reach=reach)
    return list(checkup.look(live=live))


def _good(place: Place, text: str) -> Finding:
    return Finding(Verdict.GOOD, PART, f"{name_of(place)}: {text}")


def _bad(place: Place, text: str, verdict: Verdict = Verdict.DOUBTFUL) -> Finding:
    return Finding(verdict, PART, f"{name_of(place)}: {text}")
