"""Whatever Slack and the process do, each notice is visible once, in order, in the end."""

from collections import Counter

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.scheduler.fake_voice import Fault, KilledError, a_notice
from tests.scheduler.test_courier import Post
from tickets.notices import NoticeState, Urgency

GROUPS = ("one", "two", "three")


class Delivery(RuleBasedStateMachine):
    @initialize()
    def open(self) -> None:
        self.post = Post()
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
        assert all(row.state is NoticeState.SENT for row in self.post.outbox.rows.values())


Delivery.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestDelivery = Delivery.TestCase
