"""The knowledge base's use cases: rights, once per delivery, on the audit log, nothing of a customer (R125-R127)."""

from dataclasses import replace

import pytest

from storage.records import SqlRecords
from storage.tables import audit, notices
from tests.tickets.desk.desks import (
    ADAM,
    ANN,
    BOB,
    DAI,
    EVE,
    KEN,
    LEE,
    OLGA,
    STRANGER,
    SUE,
    Trial,
    a_desk,
)
from tests.tickets.handbooks import a_handbook
from tickets.case import facts as f
from tickets.case.values import Number, PersonId, Priority, Risk, Text
from tickets.desk import articles_keep, work
from tickets.desk.articles import Asked, browse, read, spoken, suggest
from tickets.desk.articles_check import Proposal
from tickets.desk.articles_product import checklist, hand_out, tick
from tickets.desk.articles_use import solved, use_all, use_article
from tickets.errors import Conflict, IllegalMove, Incomplete, NotFound, Refused
from tickets.knowledge.article import Article, Content, Moment, Standing, Wording
from tickets.knowledge.product import Task
from tickets.knowledge.shelves import Shelf

pytestmark = pytest.mark.requirement(125)
TITLE, WORDS = "空调不制冷", "先清洗滤网,再确认设定温度"


@pytest.fixture
def trial(records: SqlRecords) -> Trial:
    return a_desk(records)


def a_proposal(words: str = WORDS, **changes: object) -> Proposal:
    content = Content(
        category="faq",
        cases=frozenset({"after_sales/fault"}),
        texts={"zh": Wording(TITLE, words), "en": Wording("", "")},
    )
    return Proposal(content=replace(content, **changes))  # type: ignore[arg-type]


def propose(trial: Trial, *, by: PersonId = ANN, proposal: Proposal | None = None) -> Article:
    given = proposal or a_proposal()
    return articles_keep.propose(trial.desk, given, by=by, receipt=trial.receipt())


def publish(trial: Trial, *, by: PersonId = ANN, proposal: Proposal | None = None) -> Article:
    one = propose(trial, by=by, proposal=proposal)
    return articles_keep.approve(trial.desk, one.id, by=SUE, receipt=trial.receipt())


def entries(trial: Trial) -> list[tuple[str, str, str, object]]:
    with trial.desk.records.database.reading() as connection:  # type: ignore[attr-defined]
        rows = connection.execute(audit.select().order_by(audit.c.id)).all()
    return [(r.actor, r.action, r.outcome, r.detail.get("step", r.detail.get("why"))) for r in rows]


@pytest.mark.proves("X28")
def test_every_step_stands_on_the_audit_log_without_words(trial: Trial) -> None:
    one = propose(trial)
    articles_keep.send_back(trial.desk, one.id, "写清楚", by=SUE, receipt=trial.receipt())
    articles_keep.submit(trial.desk, one.id, by=ANN, receipt=trial.receipt())
    articles_keep.approve(trial.desk, one.id, by=SUE, receipt=trial.receipt())
    articles_keep.retire(trial.desk, one.id, by=LEE, receipt=trial.receipt())
    articles_keep.restore(trial.desk, one.id, by=LEE, receipt=trial.receipt())

    assert entries(trial) == [
        (ANN, "propose_article", "done", "begun"),
        (SUE, "keep_articles", "done", "sent_back"),
        (ANN, "propose_article", "done", "submitted"),
        (SUE, "keep_articles", "done", "approved"),
        (LEE, "keep_articles", "done", "retired"),
        (LEE, "keep_articles", "done", "restored"),
    ]


def test_a_repeated_delivery_changes_nothing(trial: Trial) -> None:
    first = articles_keep.propose(trial.desk, a_proposal(), by=ANN, receipt="r")
    again = articles_keep.propose(trial.desk, a_proposal(), by=ANN, receipt="r")

    assert again == first
    assert (
        browse(trial.desk, Asked(shelf=Shelf.WAITING), by=SUE, language="zh-Hans").page.total == 1
    )
    articles_keep.approve(trial.desk, first.id, by=SUE, receipt="a")
    assert articles_keep.approve(trial.desk, first.id, by=SUE, receipt="a").is_published


@pytest.mark.parametrize("who", [ANN, EVE, DAI, ADAM, STRANGER])
def test_who_does_not_keep_articles_is_refused_on_record(trial: Trial, who: PersonId) -> None:
    one = propose(trial)

    with pytest.raises(Refused):
        articles_keep.approve(trial.desk, one.id, by=who, receipt=trial.receipt())

    with trial.desk.records.read() as unit:
        assert not unit.articles.get(one.id).is_published
    assert entries(trial)[-1][:3] == (who, "keep_articles", "refused")


def test_nobody_approves_their_own_words_and_the_refusal_is_on_record(trial: Trial) -> None:
    one = propose(trial, by=SUE)

    with pytest.raises(Refused):
        articles_keep.approve(trial.desk, one.id, by=SUE, receipt=trial.receipt())

    assert entries(trial)[-1] == (SUE, "keep_articles", "refused", "refused.four_eyes")
    assert not read(trial.desk, one.id, by=SUE).approves
    assert read(trial.desk, one.id, by=LEE).approves


def test_whoever_keeps_articles_alone_approves_their_own(records: SqlRecords) -> None:
    book = a_handbook()
    people = replace(book.people, supervisors=frozenset({SUE}), librarians=frozenset())
    alone = {key: replace(one, lead=SUE) for key, one in book.departments.items()}
    trial = a_desk(records, replace(book, people=people, departments=alone))
    one = propose(trial, by=SUE)

    assert articles_keep.approve(trial.desk, one.id, by=SUE, receipt=trial.receipt()).is_published


def test_what_is_not_published_is_not_there_for_others(trial: Trial) -> None:
    one = propose(trial)

    for who in (ANN, SUE, LEE):
        assert read(trial.desk, one.id, by=who).sees_proposed
    with pytest.raises(NotFound) as hidden:
        read(trial.desk, one.id, by=BOB)
    with pytest.raises(NotFound) as absent:
        read(trial.desk, 99, by=BOB)
    assert hidden.value.message.id == absent.value.message.id


def test_of_two_changes_the_second_is_told(trial: Trial) -> None:
    one = publish(trial)
    for by, fails in ((BOB, False), (EVE, True)):
        given = {"based_on": 1, "by": by, "receipt": trial.receipt()}
        if fails:
            with pytest.raises(Conflict):
                articles_keep.propose_change(trial.desk, one.id, a_proposal("乙"), **given)
        else:
            articles_keep.propose_change(trial.desk, one.id, a_proposal("乙"), **given)


@pytest.mark.parametrize(
    ("proposal", "field"),
    [
        (Proposal(content=Content(category="faq", texts={"zh": Wording("", "")})), "title_zh"),
        (a_proposal(""), "content_zh"),
        (a_proposal(category="recipes"), "category"),
        (a_proposal(moment=Moment.OPENING), "moment"),
        (a_proposal("长" * 3001), "content_zh"),
        (a_proposal("回电 138 1234 5678"), "content_zh"),
        (a_proposal("邮件 li@example.com"), "content_zh"),
        (a_proposal("身份证 11010519491231002X"), "content_zh"),
    ],
)
def test_what_cannot_stand_is_refused_under_its_field(
    trial: Trial, proposal: Proposal, field: str
) -> None:
    with pytest.raises(Incomplete) as refused:
        propose(trial, proposal=proposal)

    assert set(refused.value.problems) == {field}


def test_a_note_and_a_reason_hold_no_customers_number(trial: Trial) -> None:
    one = publish(trial)
    noted = replace(a_proposal("乙"), note="客户 13812345678 说的")
    articles_keep.propose_change(
        trial.desk, one.id, noted, based_on=1, by=BOB, receipt=trial.receipt()
    )
    back = articles_keep.send_back(
        trial.desk, one.id, "问 13812345678", by=SUE, receipt=trial.receipt()
    )

    assert "13812345678" not in f"{back.newest.note}{back.newest.reason}"


def test_a_use_counts_once_and_only_by_who_works_on_the_case(trial: Trial) -> None:
    one, number = publish(trial), trial.log()

    for _ in range(2):
        use_article(trial.desk, number, one.id, by=ANN, receipt=trial.receipt())
    with pytest.raises(Refused):
        use_article(trial.desk, number, one.id, by=OLGA, receipt=trial.receipt())

    assert read(trial.desk, one.id, by=BOB).uses == 1
    with trial.desk.records.read() as unit:
        log = unit.tickets.events(number)
    assert [e.fact for e in log if isinstance(e.fact, f.ArticleUsed)] == [
        f.ArticleUsed(article=one.id, version=1, title=TITLE)
    ]


def test_what_is_not_published_helps_nobody_and_the_case_stays_as_it_is(trial: Trial) -> None:
    one, number = propose(trial), trial.log()

    with pytest.raises(NotFound):
        use_article(trial.desk, number, one.id, by=ANN, receipt=trial.receipt())
    use_all(trial.desk, number, [one.id, 99], by=ANN, receipt="x")

    with trial.desk.records.read() as unit:
        assert unit.tickets.get(number).articles == frozenset()


def a_result(trial: Trial, number: Number) -> None:
    with trial.desk.records.read() as unit:
        owner = unit.tickets.get(number).assignee
    assert owner
    work.accept(trial.desk, number, by=owner, receipt=trial.receipt())
    done = f.Resolved(result=Text("为李小红更换电容,已回电 13812345678"))
    work.resolve(trial.desk, number, done, by=owner, receipt=trial.receipt())


def test_a_draft_of_a_case_begins_from_redacted_words(trial: Trial) -> None:
    number = trial.log(description="李小红 13812345678:空调运行30分钟后出风口仍为27℃")
    with pytest.raises(IllegalMove):
        solved(trial.desk, number, by=ANN)
    a_result(trial, number)

    case = solved(trial.desk, number, by=ANN)

    said = f"{case.title}{case.problem}{case.result}{case.prevention}"
    assert "李小红" not in said
    assert "13812345678" not in said
    assert "更换电容" in case.result
    with pytest.raises(Refused):
        solved(trial.desk, number, by=BOB)  # who may not see the case


def test_a_restricted_case_makes_no_article(trial: Trial) -> None:
    number = trial.log(risks=frozenset({Risk.FRAUD}), urgency=Priority.P1)
    a_result(trial, number)

    with pytest.raises(IllegalMove) as refused:
        solved(trial.desk, number, by=ANN)
    assert refused.value.message.id == "article.kept_back"


def test_articles_are_offered_to_who_reads_them(trial: Trial) -> None:
    one = publish(trial)

    def offered(by: PersonId) -> list[int]:
        found = suggest(trial.desk, "不制冷", "after_sales/fault", by=by, language="zh-Hans")
        return [suggestion.id for suggestion in found]

    assert offered(ANN) == [one.id]
    assert offered(ADAM) == offered(STRANGER) == []


@pytest.mark.requirement(13, 80)
def test_a_retired_script_gives_its_place_back(trial: Trial) -> None:
    usual = trial.desk.handbook().intake.soothing
    script = a_proposal("请您先喝口水", category="script", moment=Moment.SOOTHING)
    one = publish(trial, proposal=script)
    assert spoken(trial.desk).intake.soothing.in_("zh-Hant") == "请您先喝口水"
    assert spoken(trial.desk).intake.soothing.in_("en") == usual.in_("en")

    articles_keep.retire(trial.desk, one.id, by=SUE, receipt=trial.receipt())

    assert spoken(trial.desk).intake.soothing == usual


@pytest.mark.requirement(126)
def test_a_new_product_is_handed_out_once_and_ticked_off_by_its_owner(trial: Trial) -> None:
    one = publish(trial, by=BOB, proposal=a_proposal("KF-35 先清洗滤网"))
    desk = trial.desk

    listed = checklist(desk, "KF-35", by=SUE, language="zh-Hans")
    tasks = hand_out(desk, "KF-35", by=SUE, receipt="h")
    assert list(hand_out(desk, "KF-35", by=SUE, receipt="h")) == list(tasks)

    assert listed.tasks == tuple((t.task, t.article, t.owner) for t in tasks)
    mine = next(t for t in tasks if t.task is Task.ARTICLE)
    assert (mine.article, mine.owner) == (one.id, BOB)
    assert {t.owner for t in tasks if t.task is Task.KINDS} == {ADAM}
    with pytest.raises(Refused):
        tick(desk, mine.list_id, mine.id, by=KEN, receipt=trial.receipt())
    left = tick(desk, mine.list_id, mine.id, by=BOB, receipt=trial.receipt())
    assert [t.task for t in left if t.done_at] == [Task.ARTICLE]
    with desk.records.database.reading() as connection:  # type: ignore[attr-defined]
        told = connection.execute(notices.select().where(notices.c.key.like("article:product:%")))
        assert {row.place_key for row in told} == {t.owner for t in tasks}


@pytest.mark.requirement(126)
def test_only_keepers_ask_for_a_product(trial: Trial) -> None:
    with pytest.raises(Refused):
        checklist(trial.desk, "KF-35", by=ANN, language="zh-Hans")
    with pytest.raises(Refused):
        hand_out(trial.desk, "KF-35", by=ANN, receipt=trial.receipt())


def test_a_draft_is_on_its_authors_shelf_alone_until_it_is_submitted(trial: Trial) -> None:
    draft = replace(a_proposal(), standing=Standing.DRAFT)
    one = propose(trial, proposal=draft)

    def on(shelf: Shelf, by: PersonId) -> int:
        return browse(trial.desk, Asked(shelf=shelf), by=by, language="zh-Hans").page.total

    assert (on(Shelf.DRAFTS, ANN), on(Shelf.DRAFTS, BOB)) == (1, 0)
    with pytest.raises(NotFound):
        articles_keep.submit(trial.desk, one.id, by=BOB, receipt=trial.receipt())
    articles_keep.submit(trial.desk, one.id, by=ANN, receipt=trial.receipt())
    assert (on(Shelf.DRAFTS, ANN), on(Shelf.WAITING, SUE)) == (0, 1)
