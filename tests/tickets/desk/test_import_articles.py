"""Articles by import: 表4 as teams keep it, published at once, safe to run twice, its rows given back (R125, R127)."""

from datetime import date

import pytest

from bot.foundation import Simplified
from storage.records import SqlRecords
from tests.tickets.desk.desks import ANN, BOB, NINE_THIRTY, SUE, Trial, a_desk
from tickets.desk.articles import Asked, browse
from tickets.desk.articles_check import Proposal
from tickets.desk.articles_keep import approve, propose_change
from tickets.desk.articles_use import use_article
from tickets.desk.import_articles import import_articles, is_ours
from tickets.desk.import_customers import Came, RowReport
from tickets.desk.knowledge_table import TableRow, knowledge_table
from tickets.knowledge.article import Article, Content, Moment, Scenario, Wording
from tickets.knowledge.shelves import Shelf

pytestmark = pytest.mark.requirement(125, 127)
FOLD = Simplified().fold
DEVICES = {
    "知识分类": "产品",
    "标题": "多设备登录",
    "内容概述": "手机、电脑和平板可同时登录,在账号设置–设备中绑定",
    "适用场景": "售前咨询",
    "创建人": "产品*",
    "创建日期": "2024-02-20",
    "更新人": "客服*",
    "更新日期": "2024-03-01",
    "使用次数": "45",
}
RETURNS = {
    "知識分類": "流程",
    "標題": "退換貨申請流程",
    "內容概述": "官網訂單頁提交申請,審核通過後3天內寄回,5個工作日內退款",
    "適用場景": "售後處理",
    "創建人": "客服*",
    "創建日期": "2024/1/15",
    "更新人": "主管*",
    "更新日期": "2024年2月28日",
    "使用次數": "120",
}


@pytest.fixture
def trial(records: SqlRecords) -> Trial:
    return a_desk(records)


def take(trial: Trial, *rows: dict[str, str], dry_run: bool = False) -> list[RowReport]:
    parts = import_articles(trial.desk, rows, FOLD, dry_run=dry_run)
    return [one for part in parts for one in part]


def article(trial: Trial, number: int = 1) -> Article:
    with trial.desk.records.read() as unit:
        return unit.articles.get(number)


def table(trial: Trial) -> list[TableRow]:
    with trial.desk.records.read() as unit:
        return list(knowledge_table(trial.desk, unit, language="zh-Hans"))


def test_the_sources_two_rows_come_in_and_out_again(trial: Trial) -> None:
    reports = take(trial, DEVICES, RETURNS)

    assert reports == [RowReport(2, Came.MADE, "K1"), RowReport(3, Came.MADE, "K2")]
    devices, returns = table(trial)
    assert (devices.category, devices.title, devices.scenario) == (
        "产品",
        "多设备登录",
        Scenario.PRE_SALES,
    )
    assert (devices.created_name, devices.created_on) == ("产品*", date(2024, 2, 20))
    assert (returns.updated_name, returns.updated_on) == ("主管*", date(2024, 2, 28))
    assert returns.content == RETURNS["內容概述"]
    assert (devices.uses, returns.uses) == (45, 120)


def test_run_twice_it_changes_nothing_more(trial: Trial) -> None:
    take(trial, DEVICES, RETURNS)
    before = article(trial, 1), article(trial, 2)

    assert [one.came for one in take(trial, DEVICES, RETURNS)] == [Came.SAME, Came.SAME]
    assert (article(trial, 1), article(trial, 2)) == before


def test_a_dry_run_says_the_same_and_keeps_nothing(trial: Trial) -> None:
    tried = take(trial, DEVICES, dry_run=True)

    assert table(trial) == []
    assert [one.came for one in tried] == [one.came for one in take(trial, DEVICES)]


def test_other_words_are_a_new_version(trial: Trial) -> None:
    take(trial, DEVICES)

    (report,) = take(trial, DEVICES | {"内容概述": "最多五台设备", "更新日期": "2025-09-01"})

    kept = article(trial)
    assert report == RowReport(2, Came.CHANGED, "K1")
    assert [one.content.texts["zh"].content for one in kept.versions][-1] == "最多五台设备"
    assert kept.live == 2


def test_what_a_row_leaves_out_stays(trial: Trial) -> None:
    more = {
        "英文标题": "Several devices",
        "英文内容": "Phone, computer and tablet at once",
        "适用类别": "inquiry/usage, nonsense",
    }
    take(trial, DEVICES | more)

    assert [one.came for one in take(trial, DEVICES)] == [Came.SAME]
    said = article(trial).shown.content
    assert said.texts["en"] == Wording("Several devices", "Phone, computer and tablet at once")
    assert said.cases == {"inquiry/usage"}


def test_a_script_comes_with_its_moment(trial: Trial) -> None:
    take(trial, {"知识分类": "话术", "标题": "道歉", "内容概述": "非常抱歉", "使用时机": "安抚语"})

    assert article(trial).shown.content.moment is Moment.SOOTHING


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"知识分类": "菜谱"}, "category"),
        ({"内容概述": ""}, "title"),
        ({"标题": "长" * 151}, "150"),
        ({"内容概述": "请找李经理 13812345678"}, "公司号码"),
        ({"使用时机": "开场白"}, "script"),
    ],
)
def test_a_wrong_row_is_refused_and_the_others_are_taken(
    trial: Trial, changed: dict[str, str], why: str
) -> None:
    refused, taken = take(trial, DEVICES | changed, RETURNS)

    assert (refused.came, taken.came) == (Came.REFUSED, Came.MADE)
    assert why in refused.why
    assert "13812345678" not in refused.why


def test_what_a_row_has_that_nobody_understands_is_said(trial: Trial) -> None:
    odd = {"更新日期": "2024-02-30", "适用场景": "售中 13812345678", "适用类别": "inquiry/usage, x"}

    (report,) = take(trial, DEVICES | odd)

    assert report.came is Came.MADE
    day, scenario, category = report.guessed
    assert "2024-02-30" in day and "售中" in scenario and "'x'" in category
    assert "13812345678" not in scenario
    assert take(trial, RETURNS)[0].guessed == ()


def test_the_companys_own_numbers_come_in_where_it_is_said(trial: Trial) -> None:
    hotline = DEVICES | {"内容概述": "客服热线 13812345678", "公司号码": "是"}

    assert [one.came for one in take(trial, hotline)] == [Came.MADE]


def test_uses_that_a_sheet_counts_leave_the_count_as_they_age(trial: Trial) -> None:
    take(trial, DEVICES | {"使用次数": "120 次"})
    use_article(trial.desk, trial.log(), 1, by=ANN, receipt=trial.receipt())

    counted = []
    for _ in range(5):
        counted += [one.uses for one in table(trial)]
        trial.clock.move(days=31)

    assert counted[0] == 121
    assert 75 < counted[1] < 85
    assert 35 < counted[2] < 45
    assert counted[3:] == [0, 0]


def test_the_desk_counts_by_itself_what_it_knows_already(trial: Trial) -> None:
    take(trial, DEVICES)

    again = take(trial, DEVICES | {"使用次数": "60"})
    changed = take(trial, DEVICES | {"使用次数": "60", "内容概述": "最多五台设备"})
    agreeing = take(trial, DEVICES | {"内容概述": "最多四台设备"})

    assert [(one.came, one.guessed) for one in (*again, *changed, *agreeing)] == [
        (Came.SAME, ()),
        (Came.CHANGED, ("'60' uses are left out: the desk counts 45 itself",)),
        (Came.CHANGED, ()),
    ]
    assert [one.uses for one in table(trial)] == [45]


@pytest.mark.parametrize(
    ("typed", "uses", "guessed"),
    [
        ("", 0, ()),
        ("0", 0, ()),
        ("1,200", 1200, ()),
        ("４５次", 45, ()),
        ("120.0", 120, ()),
        ("约40", 0, ("'约40' is no number of uses: left out",)),
        ("-3", 0, ("'-3' is no number of uses: left out",)),
        ("999999", 9999, ("'999999' uses: taken as 9999",)),
    ],
)
def test_a_count_is_read_as_people_type_it(
    trial: Trial, typed: str, uses: int, guessed: tuple[str, ...]
) -> None:
    (report,) = take(trial, DEVICES | {"使用次数": typed})

    assert (report.came, report.guessed) == (Came.MADE, guessed)
    assert [one.uses for one in table(trial)] == [uses]


def test_an_article_that_was_used_before_it_came_is_not_stale(trial: Trial) -> None:
    take(trial, DEVICES, RETURNS | {"使用次數": ""})

    asked = Asked(shelf=Shelf.STALE)
    found = browse(trial.desk, asked, by=SUE, language="zh-Hans").page.lines

    assert [one.id for one in found] == [2]


def test_uses_of_the_last_three_months_stand_in_the_table(trial: Trial) -> None:
    take(trial, DEVICES | {"使用次数": ""})
    desk = trial.desk
    first, second = trial.log(), trial.log()
    for number in (first, first, second):
        use_article(desk, number, 1, by=ANN, receipt=trial.receipt())
    assert [one.uses for one in table(trial)] == [2]

    trial.clock.move(days=91)
    assert [one.uses for one in table(trial)] == [2]
    trial.clock.move(days=2)
    assert [one.uses for one in table(trial)] == [0]


def test_whoever_updates_an_imported_one_stands_in_the_table_by_name(trial: Trial) -> None:
    take(trial, DEVICES)
    said = Content(category="product", texts={"zh": Wording("多设备登录", "最多三台")})
    propose_change(
        trial.desk, 1, Proposal(content=said), based_on=1, by=BOB, receipt=trial.receipt()
    )
    approve(trial.desk, 1, by=SUE, receipt=trial.receipt())

    (row,) = table(trial)
    assert (row.created_name, row.updated_name, row.updated_by) == ("产品*", "", BOB)
    assert row.updated_on == trial.desk.calendar().date_of(NINE_THIRTY)


def test_a_table_of_articles_is_known_by_its_headings() -> None:
    assert is_ours(list(DEVICES), FOLD)
    assert is_ours(list(RETURNS), FOLD)
    assert not is_ours(["姓名", "电话", "等级"], FOLD)
