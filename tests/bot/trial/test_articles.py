"""A trial begins with a few articles and scripts, in Chinese and English, each in its place."""

import pytest

from bot.foundation import Simplified
from bot.papers.tables import read_table
from bot.trial.articles import ARTICLES, bring_articles
from storage.records import SqlRecords
from tests.tickets.desk.desks import ANN, a_desk
from tickets.desk.articles import Asked, browse, spoken, suggest
from tickets.desk.import_articles import import_articles
from tickets.desk.import_customers import Came
from tickets.knowledge.article import Moment
from tickets.knowledge.rules import USUAL

pytestmark = pytest.mark.requirement(125)
FOLD = Simplified().fold


def test_every_row_is_taken_and_again_changes_nothing(records: SqlRecords) -> None:
    desk, rows = a_desk(records).desk, read_table(ARTICLES)

    assert bring_articles(desk, FOLD) == len(rows)

    again = [one for part in import_articles(desk, rows, FOLD, dry_run=False) for one in part]
    assert {one.came for one in again} == {Came.SAME}, [one for one in again if one.why]
    with desk.records.read() as unit:
        articles = list(unit.articles.published())
    assert len(articles) == len(rows)
    assert {one.shown.content.category for one in articles} == set(USUAL)
    assert {one.shown.content.moment for one in articles} >= set(Moment)
    assert all(set(one.shown.content.texts) == {"zh", "en"} for one in articles)


def test_a_trial_finds_and_offers_them(records: SqlRecords) -> None:
    trial = a_desk(records)
    bring_articles(trial.desk, FOLD)

    for words, language in (("滤网", "zh-Hans"), ("filter", "en")):
        found = browse(trial.desk, Asked(words=words), by=ANN, language=language).page
        assert [line.snippet.hit for line in found.lines][:1] == [words]
    offered = suggest(trial.desk, "空调制冷效果差", "after_sales/fault", by=ANN, language="zh-Hans")
    assert offered[0].wording.title == "空调制冷效果差"
    assert "{company}" in spoken(trial.desk).intake.opening.in_("en")
