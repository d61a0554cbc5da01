"""The alarm: tells of the desk's own trouble outside Slack, at once and not through the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

import structlog

from bot.voice.outside.reach import Letter
from bot.voice.outside.sender import OutsideVoice, name_of
from tickets.case.outside import places_of
from tickets.delivery import Posted, Unclear
from tickets.errors import Conflict
from tickets.handbook import OutsideEvent
from tickets.notices import Notice, NoticeKind, Place, Plain, Urgency
from tickets.ports import Receipt

log = structlog.get_logger(__name__)

EVERY = timedelta(hours=1)
RECOVERED = "recovered"
OVER = ":over"
Trouble = tuple[str, Place]


@dataclass(slots=True, kw_only=True)
class OutsideAlarm:
    """Satisfies tickets.ports.Alarm over whoever asked for `stuck`, and the log.

    The courier and the records may be the trouble, so neither is needed: the records only keep
    several processes from saying the same. A telling that failed is tried again the next time.
    """

    voice: OutsideVoice
    _told_at: dict[Trouble, datetime] = field(default_factory=dict)
    _owed: set[Trouble] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def raise_alarm(self, code: str, **what: Plain) -> None:
        """Tell of a trouble, at most once an hour for each code; `what` is figures and codes only."""
        log.critical("watchdog alarm", code=code, **what)
        for place in self._listeners():
            if self._is_turn((code, place)):
                self._tell(OutsideEvent.STUCK, code, (code, place), what)

    def clear(self, code: str) -> None:
        """Tell that a trouble is over, at most once an hour too; a telling still owed is dropped."""
        log.warning("watchdog alarm over", code=code)
        for place in self._listeners():
            told, over = (code, place), (f"{code}{OVER}", place)
            with self._lock:
                is_owed = told in self._owed
                self._owed.discard(told)
                self._told_at.pop(told, None)
            if not is_owed and self._is_turn(over):
                self._tell(RECOVERED, code, over, {})

    def _listeners(self) -> list[Place]:
        return places_of(OutsideEvent.STUCK, self.voice.letters.desk.handbook(), department=None)

    def _is_turn(self, trouble: Trouble) -> bool:
        """Take the hour's one telling; a failed one of our own is still to be made."""
        now = self._now()
        with self._lock:
            told_at = self._told_at.get(trouble)
            if trouble in self._owed:
                return True
            if told_at is not None and now - told_at < EVERY:
                return False
            if not self._took(trouble, now):
                return False
            self._told_at[trouble] = now
            self._owed.add(trouble)
            return True

    def _took(self, trouble: Trouble, now: datetime) -> bool:
        """Take the hour among all processes; where the records cannot say, everybody tells."""
        code, place = trouble
        desk = self.voice.letters.desk
        slots = [f"alarm:{code}:{name_of(place)}:{hour:%Y%m%d%H}" for hour in (now - EVERY, now)]
        try:
            with desk.records.write() as unit:
                kept = [receipt for slot in slots if (receipt := unit.receipts.find(slot))]
                if any(now - _told_at(receipt) < EVERY for receipt in kept):
                    return False
                receipt = Receipt(key=slots[-1], kind="alarm", answer={"at": now.isoformat()})
                unit.receipts.keep(receipt, at=desk.clock.now())
        except Conflict:
            return False
        except Exception as trouble_too:  # noqa: BLE001  broken records must not keep the alarm from sounding
            log.warning("alarm not shared with other processes", why=type(trouble_too).__name__)
        return True

    def _tell(self, event: str, code: str, turn: Trouble, what: Mapping[str, Plain]) -> None:
        place = turn[1]
        notice = self._notice(event, code, place, what)
        try:
            letter = self.voice.letters.of(notice, is_repeat=False)
            if not isinstance(letter, Letter):
                log.error("alarm has no way out", destination=name_of(place), why=str(letter))
                return
            outcome = self.voice.send(place, letter)
        except Exception:
            # One destination must not keep the others from hearing of it.
            log.exception("alarm failed", destination=name_of(place), code=code)
            return
        if isinstance(outcome, Posted | Unclear):
            with self._lock:
                self._owed.discard(turn)
        else:
            log.error("alarm not taken", destination=name_of(place), outcome=type(outcome).__name__)

    def _notice(self, event: str, code: str, place: Place, what: Mapping[str, Plain]) -> Notice:
        now = self._now()
        stamp = f"{now:%Y%m%dT%H%M%SZ}"
        return Notice(
            key=f"outside:{event}:{code}:{stamp}:{place.kind}:{place.key}",
            kind=NoticeKind.OUTSIDE,
            place=place,
            urgency=Urgency.P1,
            due_at=now,
            params={**what, "event": event, "at": now.isoformat(), "code": code},
        )

    def _now(self) -> datetime:
        return self.voice.letters.real.now()


def _told_at(receipt: Receipt) -> datetime:
    return datetime.fromisoformat(str(receipt.answer["at"]))
