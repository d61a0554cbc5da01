"""The wire: the few calls of the Web API the voice makes, paced, and never repeated by themselves."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.voice.outcomes import BAD_CONTENT, Trouble, error_code, outcome_of
from bot.voice.slack_time import ahead_of, reach_back
from handlers.views.screen import Screen
from scheduler.pace import AT_ONCE, Pace
from tickets.delivery import Never, NotNow, Outcome, Posted, Unclear
from tickets.notices import Urgency
from tickets.ports import Clock

log = structlog.get_logger(__name__)

EVENT_TYPE = "desk_notice"
PAGE = 200
HTTP_TIMEOUT_S = 10  # well under the lease of a claim
SOON = timedelta(seconds=10)  # for calls that may be repeated without harm

Message = dict[str, Any]  # Slack's own object, read in lookback.py only


def quiet_client(token: str, base_url: str) -> WebClient:
    """Make a client that never repeats a call by itself: a repeated post would be posted twice."""
    return WebClient(token=token, base_url=base_url, timeout=HTTP_TIMEOUT_S, retry_handlers=[])


def key_hash(key: str) -> str:
    """Give what marks a message as this notice: opaque, the same for ever."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A rendered notice on its way."""

    key: str
    channel_id: str
    thread_ts: str | None
    screen: Screen
    urgency: Urgency
    attempt: int
    broadcast: bool = False  # a reply that is shown in the channel too


@dataclass(slots=True)
class Wire:
    """The only place that posts, changes, deletes and reads messages."""

    client: WebClient
    pace: Pace
    real: Clock
    keeps_keys: bool = True  # whether Slack gave back the last message's key (F54)
    slack_ahead: timedelta | None = None  # of our clock, as its last answer said (F30)
    _bot_id: str = ""
    _home: str = ""
    _direct: dict[str, str] = field(default_factory=dict)
    _links: dict[tuple[str, str], str] = field(default_factory=dict)

    def post(self, parcel: Parcel) -> Outcome:
        """Post once; content that Slack refuses is posted as its plain sentence instead."""
        outcome = self._post(parcel, with_blocks=True)
        if isinstance(outcome, Never) and outcome.why in BAD_CONTENT:
            log.error("blocks refused, posting the sentence alone", error=outcome.why)
            return self._post(parcel, with_blocks=False)
        return outcome

    def update(
        self, channel_id: str, message_ts: str, screen: Screen, *, urgency: Urgency
    ) -> Outcome:
        """Bring a message up to date; doing it twice changes nothing."""

        def call() -> SlackResponse:
            return self.client.chat_update(
                channel=channel_id,
                ts=message_ts,
                text=screen.text,
                blocks=screen.blocks,
                link_names=False,
                parse="none",
            )

        answer = self._paced("chat.update", channel_id, call, urgency=urgency, attempt=1)
        if isinstance(answer, Unclear):
            return NotNow(SOON, answer.why)
        return Posted(channel_id, message_ts) if isinstance(answer, SlackResponse) else answer

    def delete(self, channel_id: str, message_ts: str) -> None:
        """Take one of our own messages away."""
        self.client.chat_delete(channel=channel_id, ts=message_ts)

    def direct(self, person: str) -> str | NotNow | Never:
        """Give the conversation with a person, opening it the first time."""
        if person not in self._direct:
            try:
                opened = self.client.conversations_open(users=[person])
            except Trouble as trouble:
                return _before_sending(trouble)
            self._direct[person] = str(opened["channel"]["id"])
        return self._direct[person]

    def link(self, channel_id: str, message_ts: str) -> str | None:
        """Give a message's address; None when Slack does not say: a link is a courtesy."""
        at = (channel_id, message_ts)
        if at not in self._links:
            try:
                answer = self.client.chat_getPermalink(channel=channel_id, message_ts=message_ts)
            except Trouble as trouble:
                log.info("no permalink", error=error_code(trouble))
                return None
            self._links[at] = str(answer["permalink"])
        return self._links[at]

    def answers(self) -> bool:
        """Tell whether Slack answers at all, by a call that changes nothing."""
        try:
            self.client.api_test()
        except SlackApiError as refusal:
            return int(refusal.response.status_code) < 500
        except Trouble:
            return False
        return True

    def address(self, channel_id: str, message_ts: str) -> str | None:
        """Write a message's address without asking Slack for each; None while Slack does not answer."""
        if not self._home:
            try:
                self._home = str(self.client.auth_test()["url"])
            except Trouble as trouble:
                log.info("no address", error=error_code(trouble))
                return None
        return f"{self._home}archives/{channel_id}/p{message_ts.replace('.', '')}"

    def read(self, channel_id: str, thread_ts: str | None, *, oldest: str) -> Iterator[Message]:
        """Read a channel, or a thread, from a moment to its end, page by page. Raises Trouble."""
        cursor: str | None = None
        while True:
            page = self._page(channel_id, thread_ts, oldest, cursor)
            yield from page.get("messages") or []
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return

    def oldest(self, since: datetime) -> str:
        """Write from which stamp on to read for what was sent since then by our clock."""
        reached = reach_back(since, now=self.real.now(), ahead=self.slack_ahead)
        return f"{reached.timestamp():.6f}"

    def is_ours(self, message: Message) -> bool:
        """Tell whether our own app posted a message. Raises Trouble."""
        if not self._bot_id:
            self._bot_id = str(self.client.auth_test()["bot_id"])
        return message.get("bot_id") == self._bot_id

    def _page(
        self, channel_id: str, thread_ts: str | None, oldest: str, cursor: str | None
    ) -> SlackResponse:
        # Payloads of metadata stay hidden without include_all_metadata; replies are not in history (F55).
        if thread_ts is None:
            return self.client.conversations_history(
                channel=channel_id,
                oldest=oldest,
                inclusive=True,
                include_all_metadata=True,
                limit=PAGE,
                cursor=cursor,
            )
        return self.client.conversations_replies(
            channel=channel_id,
            ts=thread_ts,
            oldest=oldest,
            inclusive=True,
            include_all_metadata=True,
            limit=PAGE,
            cursor=cursor,
        )

    def _post(self, parcel: Parcel, *, with_blocks: bool) -> Outcome:
        metadata: dict[str, object] = {
            "event_type": EVENT_TYPE,
            "event_payload": {"k": key_hash(parcel.key)},
        }

        def call() -> SlackResponse:
            return self.client.chat_postMessage(
                channel=parcel.channel_id,
                thread_ts=parcel.thread_ts,
                reply_broadcast=parcel.broadcast or None,
                text=parcel.screen.text,
                blocks=parcel.screen.blocks if with_blocks else None,
                metadata=metadata,
                unfurl_links=False,
                unfurl_media=False,
                link_names=False,
                parse="none",
            )

        answer = self._paced(
            "chat.postMessage",
            parcel.channel_id,
            call,
            urgency=parcel.urgency,
            attempt=parcel.attempt,
        )
        return self._posted(answer, metadata) if isinstance(answer, SlackResponse) else answer

    def _posted(self, answer: SlackResponse, metadata: dict[str, object]) -> Outcome:
        channel_id, message_ts = answer.get("channel"), answer.get("ts")
        if not channel_id or not message_ts:
            return Unclear("no ts in the answer")
        self.keeps_keys = (answer.get("message") or {}).get("metadata") == metadata
        if not self.keeps_keys:
            # Without it a lost reply could not be told from a message never posted (F54).
            log.critical("self-check failed: slack did not keep a message's key")
        return Posted(str(channel_id), str(message_ts))

    def _paced(
        self,
        method: str,
        channel_id: str,
        call: Callable[[], SlackResponse],
        *,
        urgency: Urgency,
        attempt: int,
    ) -> SlackResponse | NotNow | Never | Unclear:
        wait = self.pace.ask(method, channel_id, urgency=urgency, at=self.real.now())
        if wait > AT_ONCE:
            return NotNow(wait, "pace")
        try:
            return self._heard(call())
        except Trouble as trouble:
            outcome = outcome_of(trouble, attempt=attempt)
            if isinstance(outcome, NotNow) and outcome.why == "ratelimited":
                self.pace.hold(method, channel_id, until=self.real.now() + outcome.after)
            return outcome

    def _heard(self, answer: SlackResponse) -> SlackResponse:
        ahead = ahead_of(self.real.now(), answer.headers)
        self.slack_ahead = self.slack_ahead if ahead is None else ahead
        return answer


def _before_sending(trouble: Exception) -> NotNow | Never:
    outcome = outcome_of(trouble, attempt=1)
    return NotNow(SOON, outcome.why) if isinstance(outcome, Unclear) else outcome
