"""Whatever Slack and the process do, each notice is visible once, in order, in the end."""

import tempfile
from collections import Counter

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from storage.database import Database, open_database
from storage.keys import new_key, parse_ring
from storage.records import SqlRecords
from storage.schema import upgrade
from storage.vault import Vault
from tests.scheduler.fake_outbox import FakeOutbox
from tests.scheduler.fake_voice import Fault, KilledError, a_notice
from tests.scheduler.stored_outbox import AnyOutbox, StoredOutbox
from tests.scheduler.test_courier import Post
from tickets.notices import NoticeState, Urgency

GROUPS = ("one", "two", "three")


class Delivery(RuleBasedStateMachine):
    def outbox(self) -> AnyOutbox:
        return FakeOutbox()

    @initialize()
    def open(self) -> None:
        self.post = Post(outbox=self.outbox())
        self.courier = self.post.courier()
        self.planned: dict[str, list[str]] = {group: [] for group in GROUPS}

    @rule(group=st.sampled_from(GROUPS), urgency=st.sampled_from(Urgency))
    def plan(self, group: str, urgency: Urgency) -> None:
        key = f"{group}:{len(self.planned[group])}"
        self.planned[group].append(key)
        self.post.outbox.plan(a_notice(key, urgency=urgency, group=group))

    @rule(faults=st.lists(st.sampled_from(Fault), max_size=3))
    def trouble(self, faults: list[Fault]) -> None:
        self.post.voice.faults = faults

    @rule()
    def work(self) -> None:
        try:
            self.courier.work_once()
        except KilledError:
            self.courier = self.post.courier()

    @rule()
    def look_back(self) -> None:
        self.post.reconciler().work_once()

    @rule(seconds=st.integers(1, 90))
    def time_passes(self, seconds: int) -> None:
        self.post.time.pass_by(seconds)

    @rule()
    def a_second_process_begins(self) -> None:
        self.courier = self.post.courier()

    @invariant()
    def nothing_is_visible_twice(self) -> None:
        if hasattr(self, "post"):
            seen = Counter(notice.key for _, notice in self.post.voice.posts)
            assert all(times == 1 for times in seen.values()), seen

    @invariant()
    def order_holds_within_a_group(self) -> None:
        if hasattr(self, "post"):
            for group, keys in self.planned.items():
                posts = sorted(self.post.voice.posts, key=lambda post: post[0])
                seen = [notice.key for _, notice in posts if notice.key.startswith(f"{group}:")]
                assert seen == keys[: len(seen)]

    def teardown(self) -> None:
        if not hasattr(self, "post"):
            return
        self.post.voice.faults = []
        for _ in range(4 + sum(map(len, self.planned.values()))):
            self.post.time.pass_by(91)
            self.post.reconciler().work_once()
            while self.courier.work_once():
                pass
        everything = sorted(key for keys in self.planned.values() for key in keys)
        assert sorted(self.post.voice.visible()) == everything
        assert {self.post.outbox.state(key) for key in everything} <= {NoticeState.SENT}


class StoredDelivery(Delivery):
    """The same on SQLite: what the courier needs is kept by the real outbox."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.records = SqlRecords(database=self._opened(), vault=VAULT, fold_text=str)

    def outbox(self) -> AnyOutbox:
        return StoredOutbox(self.records)

    def teardown(self) -> None:
        super().teardown()
        self.records.database.dispose()
        self.folder.cleanup()

    def _opened(self) -> Database:
        database = open_database(f"sqlite:///{self.folder.name}/desk.db", readers=2)
        upgrade(database)
        return database


VAULT = Vault(parse_ring(new_key()))

Delivery.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestDelivery = Delivery.TestCase

StoredDelivery.TestCase.settings = settings(max_examples=8, stateful_step_count=30, deadline=None)
TestStoredDelivery = StoredDelivery.TestCase
