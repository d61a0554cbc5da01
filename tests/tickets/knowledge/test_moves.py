"""What may become of an article: nothing is lost, readers see what somebody else approved."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tickets.handbooks import a_handbook
from tickets.case.values import PersonId
from tickets.errors import Conflict, DeskError, IllegalMove, Refused
from tickets.knowledge import moves
from tickets.knowledge.article import Article, Content, Standing, Wording, code_of, id_in

pytestmark = pytest.mark.requirement(125)
NOW = datetime(2025, 9, 22, 1, 30, tzinfo=UTC)
ANN, LIB, SUE = PersonId("U0AGENT1"), PersonId("U0LIB"), PersonId("U0SUPER")
KEEPERS = {LIB, SUE}


def content(words: str = "甲") -> Content:
    return Content(category="faq", texts={"zh": Wording("标题", words)})


def begun(by: PersonId = ANN, standing: Standing = Standing.WAITING) -> Article:
    return moves.begun(1, content(), by=by, at=NOW, standing=standing)


def test_nobody_sees_what_nobody_approved() -> None:
    article = begun()

    assert not article.is_published
    assert article.proposed == article.newest
    assert moves.approve(article, by=LIB, at=NOW, keepers=KEEPERS).is_published


def test_nobody_approves_their_own_words_unless_they_are_alone() -> None:
    own = begun(LIB)

    with pytest.raises(Refused):
        moves.approve(own, by=LIB, at=NOW, keepers=KEEPERS)
    assert moves.approve(own, by=LIB, at=NOW, keepers={LIB}).is_published
    assert moves.approve(own, by=SUE, at=NOW, keepers=KEEPERS).is_published


def test_what_is_published_stays_while_a_change_waits_and_is_sent_back() -> None:
    live = moves.approve(begun(), by=LIB, at=NOW, keepers=KEEPERS)
    waiting = moves.changed(live, content("乙"), based_on=1, by=ANN, at=NOW)
    back = moves.send_back(waiting, by=LIB, at=NOW, reason="请补充")

    for one in (waiting, back):
        assert one.shown.content == content("甲")
        assert one.is_published
    assert (back.newest.standing, back.newest.reason) == (Standing.DRAFT, "请补充")


def test_a_change_of_an_older_version_is_told() -> None:
    article = moves.changed(begun(), content("乙"), based_on=1, by=ANN, at=NOW)

    with pytest.raises(Conflict):
        moves.changed(article, content("丙"), based_on=1, by=LIB, at=NOW)


def test_a_retired_one_is_approved_again_before_anybody_reads_it() -> None:
    live = moves.approve(begun(), by=LIB, at=NOW, keepers=KEEPERS)
    back = moves.restore(moves.retire(live, by=LIB, at=NOW), by=LIB, at=NOW)

    assert not back.is_published
    assert moves.approve(back, by=SUE, at=NOW, keepers=KEEPERS).shown.content == content("甲")


@pytest.mark.parametrize("standing", [Standing.DRAFT, Standing.WAITING])
def test_what_does_not_fit_is_refused_and_says_how_it_stands(standing: Standing) -> None:
    article = begun(standing=standing)

    with pytest.raises(IllegalMove) as refused:
        moves.restore(article, by=LIB, at=NOW)
    assert str(refused.value.message.params["standing"].id).endswith(standing)  # type: ignore[union-attr]


STEPS = st.lists(
    st.sampled_from(["change", "draft", "submit", "approve", "send_back", "retire", "restore"]),
    max_size=20,
)


@given(steps=STEPS)
def test_whatever_happens_no_version_is_lost_and_readers_see_a_published_one(
    steps: list[str],
) -> None:
    article = begun()
    for place, step in enumerate(steps):
        before = article
        try:
            article = _taken(article, step, f"第{place}步")
        except DeskError:
            assert article == before
        kept = [one.content for one in before.versions]
        assert [one.content for one in article.versions][: len(kept)] == kept
        assert [one.number for one in article.versions] == list(range(1, len(article.versions) + 1))
        published = [one for one in article.versions if one.standing is Standing.PUBLISHED]
        assert [one.number for one in published] == ([article.live] if article.live else [])
        assert all(one.decided_by != one.by for one in published)


def _taken(article: Article, step: str, words: str) -> Article:
    newest, draft = article.newest.number, Standing.DRAFT
    said = {"based_on": newest, "by": ANN, "at": NOW}
    steps: Mapping[str, Callable[[], Article]] = {
        "change": lambda: moves.changed(article, content(words), **said),
        "draft": lambda: moves.changed(article, content(words), **said, standing=draft),
        "submit": lambda: moves.submit(article),
        "approve": lambda: moves.approve(article, by=LIB, at=NOW, keepers=KEEPERS),
        "send_back": lambda: moves.send_back(article, by=LIB, at=NOW, reason=""),
        "retire": lambda: moves.retire(article, by=LIB, at=NOW),
        "restore": lambda: moves.restore(article, by=ANN, at=NOW),
    }
    return steps[step]()


def test_librarians_are_told_first_then_supervisors_never_the_author_alone() -> None:
    handbook = a_handbook()

    assert moves.approvers_of(handbook, author=ANN) == (SUE,)
    others = moves.approvers_of(handbook, author=SUE)
    assert others
    assert SUE not in others
    assert set(others) <= moves.keepers_of(handbook)


@pytest.mark.parametrize(
    ("typed", "article"),
    [("K12", 12), ("k12", 12), (" K1 ", 1), ("12", None), ("Kilo", None), ("K", None)],
)
def test_an_article_is_named_by_its_code(typed: str, article: int | None) -> None:
    assert id_in(typed) == article
    if article:
        assert id_in(code_of(article)) == article
