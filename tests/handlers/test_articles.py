"""The knowledge base as people use it: proposed, approved by somebody else, found, taken over, counted (R80, R125, R126)."""

import pytest

from bot.cli.blocks import text_of
from tests.handlers.stage import AGENT, AGENT2, ENG, LEAD, SUPER, Json, Stage, words_of
from tickets.case import facts as f
from tickets.case.values import Number
from tickets.knowledge.article import Article, Moment, Standing

pytestmark = [pytest.mark.usefixtures("address"), pytest.mark.requirement(125)]

RETURNS: Json = {
    "article.category": "process",
    "article.scenario": "after_sales",
    "article.title_zh": "空调不制冷的处理",
    "article.content_zh": "先清洗滤网,再确认设定温度;仍不制冷则安排上门检修",
    "article.title_en": "Air conditioner does not cool",
    "article.content_en": "Clean the filter, check the temperature set, then send somebody",
    "article.cases": ["after_sales/fault"],
}


def article(stage: Stage, number: int = 1) -> Article:
    with stage.bot.desk.records.read() as unit:
        return unit.articles.get(number)


def propose(stage: Stage, who: str = AGENT, **values: str | list[str]) -> None:
    """Propose an article by the command."""
    acting = stage.person(who)
    acting.command("/ticket", "知识 新建")
    sent = acting.submit(acting.modal("modal.article"), RETURNS | values)
    assert not sent.errors, sent.errors
    acting.close(acting.modal("modal.shown"), everything=True)
    stage.settle()


def approve(stage: Stage, who: str = SUPER) -> None:
    """Approve from the direct message."""
    acting = stage.person(who)
    acting.click(inbox(stage, who, "K1")[-1], "kb.read")
    acting.click(acting.modal("modal.shown"), "kb.approve")
    stage.settle()
    waits = Standing.WAITING
    acting.wait_for(lambda: article(stage).newest.standing is not waits)
    acting.close(top(stage, who), everything=True)


def published(stage: Stage, **values: str | list[str]) -> None:
    propose(stage, **values)
    approve(stage)


def inbox(stage: Stage, who: str, text: str) -> list[Json]:
    stage.settle()
    return [one for one in stage.person(who).inbox() if text in text_of(one["blocks"], str)]


def top(stage: Stage, who: str) -> Json:
    return dict(stage.slack.sandbox.views.stack(who)[-1].body)


def shows(stage: Stage, who: str, words: str) -> Json:
    """Wait until somebody's view says something."""
    stage.person(who).wait_for(lambda: words in words_of(top(stage, who)))
    return top(stage, who)


def typed_in(view: Json, block: str) -> str:
    values = view["state"]["values"]
    name = next(one for one in values if one == block or one.startswith(f"{block}."))
    return str(next(iter(values[name].values()))["value"])


def test_what_an_agent_proposes_somebody_else_approves_and_everybody_finds(stage: Stage) -> None:
    propose(stage)

    assert article(stage).newest.standing is Standing.WAITING
    eve = stage.person(ENG)
    eve.command("/ticket", "kb 制冷")
    assert "没有找到" in words_of(eve.modal("modal.kb"))
    eve.close(eve.modal("modal.kb"), everything=True)

    approve(stage)

    assert inbox(stage, AGENT, "已发布您的文章")
    eve.command("/ticket", "kb 不製冷")
    found = words_of(eve.modal("modal.kb"))
    assert "K1 · 空调不制冷的处理" in found
    assert "流程" in found
    eve.click(eve.modal("modal.kb"), "kb.read")
    assert "先清洗滤网" in words_of(eve.modal("modal.shown"))


def test_a_supervisor_does_not_approve_their_own_words(stage: Stage) -> None:
    propose(stage, SUPER)

    sue = stage.person(SUPER)
    sue.command("/ticket", "kb K1")
    shown = sue.modal("modal.shown")
    assert "kb.approve" not in str(shown)
    sue.close(shown, everything=True)

    assert inbox(stage, LEAD, "K1")  # whoever else keeps articles is asked
    approve(stage, LEAD)
    assert article(stage).newest.decided_by == LEAD


def test_who_was_asked_to_approve_sees_that_it_is_decided(stage: Stage) -> None:
    def asked(who: str) -> list[str]:
        return [text_of(one["blocks"], str) for one in inbox(stage, who, "提交了文章")]

    propose(stage)
    (waiting,) = asked(SUPER)
    assert "请阅读后批准或退回" in waiting

    sue = stage.person(SUPER)
    sue.click(inbox(stage, SUPER, "K1")[-1], "kb.read")
    sue.click(sue.modal("modal.shown"), "kb.send_back")
    sue.submit(sue.modal("modal.article_back"), {"reason": "请写明步骤"})
    sue.close(top(stage, SUPER), everything=True)
    (back,) = asked(SUPER)
    assert "退回修改" in back and "请阅读后批准" not in back

    ann = stage.person(AGENT)
    ann.command("/ticket", "kb K1")
    ann.click(ann.modal("modal.shown"), "kb.submit")
    ann.wait_for(lambda: article(stage).newest.standing is Standing.WAITING)
    stage.settle()
    first, again = asked(SUPER)
    assert first == back and "请阅读后批准或退回" in again
    approve(stage)
    first, done = asked(SUPER)
    assert first == back and "发布。" in done and "请阅读后批准" not in done


def test_what_is_sent_back_says_why_and_can_be_proposed_again(stage: Stage) -> None:
    propose(stage)
    sue = stage.person(SUPER)
    sue.click(inbox(stage, SUPER, "K1")[-1], "kb.read")
    sue.click(sue.modal("modal.shown"), "kb.send_back")
    sue.submit(sue.modal("modal.article_back"), {"reason": "请写明清洗步骤"})
    stage.settle()

    assert article(stage).newest.standing is Standing.DRAFT
    told = inbox(stage, AGENT, "请写明清洗步骤")[-1]
    ann = stage.person(AGENT)
    ann.click(told, "kb.read")
    ann.click(ann.modal("modal.shown"), "kb.change")
    changed = {"article.content_zh": "1. 断电 2. 取下滤网 3. 清水冲洗", "article.note": "补充步骤"}
    ann.submit(ann.modal("modal.article"), changed)
    stage.settle()

    newest = article(stage).newest
    assert (newest.number, newest.standing, newest.note) == (2, Standing.WAITING, "补充步骤")
    assert newest.content.texts["zh"].content.startswith("1. 断电")


def test_nobody_decides_on_words_they_have_not_read(stage: Stage) -> None:
    propose(stage)
    sue = stage.person(SUPER)
    sue.click(inbox(stage, SUPER, "K1")[-1], "kb.read")
    seen = sue.modal("modal.shown")
    ann = stage.person(AGENT)
    ann.command("/ticket", "kb K1")
    ann.click(ann.modal("modal.shown"), "kb.change")
    ann.submit(ann.modal("modal.article"), {"article.content_zh": "自行打开外机检修"})
    stage.settle()
    assert article(stage).newest.number == 2

    sue.click(seen, "kb.approve")

    assert inbox(stage, SUPER, "阅读最新版本后再决定")
    assert not article(stage).is_published
    assert article(stage).newest.standing is Standing.WAITING


def test_what_goes_back_is_what_was_read(stage: Stage) -> None:
    propose(stage)
    sue = stage.person(SUPER)
    sue.click(inbox(stage, SUPER, "K1")[-1], "kb.read")
    sue.click(sue.modal("modal.shown"), "kb.send_back")
    form = sue.modal("modal.article_back")
    ann = stage.person(AGENT)
    ann.command("/ticket", "kb K1")
    ann.click(ann.modal("modal.shown"), "kb.change")
    ann.submit(ann.modal("modal.article"), {"article.content_zh": "1. 断电 2. 取下滤网"})
    stage.settle()

    sent = sue.submit(form, {"reason": "请写明清洗步骤"})

    assert "阅读最新版本后再决定" in str(sent.errors)
    newest = article(stage).newest
    assert (newest.number, newest.standing) == (2, Standing.WAITING)


def test_readers_keep_the_old_words_until_the_new_ones_are_approved(stage: Stage) -> None:
    published(stage)
    bob = stage.person(AGENT2)
    bob.command("/ticket", "kb K1")
    bob.click(bob.modal("modal.shown"), "kb.change")
    bob.submit(bob.modal("modal.article"), {"article.content_zh": "先看故障代码"})
    stage.settle()

    eve = stage.person(ENG)
    eve.command("/ticket", "kb K1")
    seen = words_of(eve.modal("modal.shown"))
    assert "先清洗滤网" in seen
    assert "先看故障代码" not in seen

    approve(stage)
    eve.command("/ticket", "kb 故障代码")
    assert "K1" in words_of(eve.modal("modal.kb"))


def test_a_customers_number_is_no_part_of_an_article(stage: Stage) -> None:
    ann = stage.person(AGENT)
    ann.command("/ticket", "kb new")
    typed = RETURNS | {"article.content_zh": "致电 13812345678"}
    sent = ann.submit(ann.modal("modal.article"), typed)

    assert "证件号" in sent.errors["article.content_zh"]
    ann.submit(ann.modal("modal.article"), {"article.own_numbers": ["yes"]})
    stage.settle()
    assert "13812345678" in article(stage).newest.content.texts["zh"].content


def test_an_article_helps_while_a_case_is_logged_and_its_use_counts_once(stage: Stage) -> None:
    published(stage)
    ann = stage.person(AGENT)
    ann.command("/ticket", "new")
    ann.click(ann.modal("form"), "form.category", value="after_sales")
    stage.shows(AGENT, "form.category.after_sales")
    ann.click(ann.modal("form"), "form.second", value="after_sales/fault")
    form = shows(stage, AGENT, "K1 · 空调不制冷的处理")

    ann.click(form, "kb.use_here")
    form = shows(stage, AGENT, "提交后即视为已当场答复")
    assert typed_in(form, "form.answered_with").startswith("先清洗滤网")
    before = set(stage.numbers())
    sent = ann.submit(
        ann.modal("form"),
        {
            "form.name": "李丽",
            "form.phone": "13812345678",
            "form.description": "空调开机30分钟后出风口27 ℃",
            "form.expectation": "告诉我怎么处理",
            "form.urgency": "P2",
        },
    )
    assert not sent.errors, sent.errors
    stage.settle()
    (number,) = set(stage.numbers()) - before

    shows(stage, AGENT, f"{number} 已登记，记为已当场答复。")
    assert stage.ticket(number).articles == {1}
    used = [one for one in facts(stage, number) if isinstance(one, f.ArticleUsed)]
    assert [(one.article, one.title) for one in used] == [(1, "空调不制冷的处理")]
    with stage.bot.desk.records.read() as unit:
        since = stage.ticket(number).logged_at
        assert unit.articles.uses([1], since=since) == {1: 1}


def facts(stage: Stage, number: str) -> list[f.Fact]:
    with stage.bot.desk.records.read() as unit:
        return [event.fact for event in unit.tickets.events(Number(number))]


def test_what_is_typed_is_what_articles_are_looked_for_by(stage: Stage) -> None:
    published(stage, **{"article.cases": []})
    ann = stage.person(AGENT)
    ann.command("/ticket", "new 客户说空调不制冷")
    ann.click(ann.modal("form"), "form.urgency", value="P2")

    form = shows(stage, AGENT, "K1 · 空调不制冷的处理")
    assert typed_in(form, "form.description") == "客户说空调不制冷"


def test_an_article_helps_while_a_case_is_solved(stage: Stage) -> None:
    published(stage)
    number = stage.log()
    owner = stage.ticket(number).assignee
    assert owner
    stage.press(owner, "ticket.accept", number)
    stage.press(owner, "ticket.resolve", number)
    acting = stage.person(owner)
    acting.click(acting.modal("modal.resolve"), "kb.use_here")
    form = shows(stage, owner, "已采用")

    assert typed_in(form, "result").startswith("先清洗滤网")
    acting.submit(acting.modal("modal.resolve"), {})
    stage.settle()
    ticket = stage.ticket(number)
    assert str(ticket.result).startswith("先清洗滤网")
    assert ticket.articles == {1}
    stage.press(owner, "ticket.history", number)
    shows(stage, owner, "采用了知识库文章")


def test_a_solved_case_becomes_a_draft_without_its_customer(stage: Stage) -> None:
    described = "李丽来电,13812345678,空调开机30分钟后出风口27 ℃"
    number = stage.log(**{"form.description": described})
    owner = stage.ticket(number).assignee
    assert owner
    stage.press(owner, "ticket.accept", number)
    stage.fill(owner, "ticket.resolve", number, result="为李丽更换压缩机电容")

    stage.press(owner, "ticket.article", number)
    acting = stage.person(owner)
    form = acting.modal("modal.article")
    assert "13812345678" not in str(form)
    assert "李丽" not in str(form)
    sent = acting.submit(form, {"article.title_zh": "出风口温度偏高"})
    assert not sent.errors, sent.errors
    stage.settle()

    kept = article(stage)
    assert kept.from_ticket == number
    assert kept.newest.content.cases == {"after_sales/fault"}
    assert "压缩机电容" in kept.newest.content.texts["zh"].content
    assert inbox(stage, SUPER, "出风口温度偏高")


def test_a_draft_of_a_long_story_has_what_solved_it(stage: Stage) -> None:
    number = stage.log(**{"form.description": "空调开机30分钟后出风口27 ℃。" * 176})
    owner = stage.ticket(number).assignee
    assert owner
    stage.press(owner, "ticket.accept", number)
    stage.fill(owner, "ticket.resolve", number, result="更换压缩机电容")

    stage.press(owner, "ticket.article", number)

    drafted = str(stage.person(owner).modal("modal.article"))
    assert "空调开机30分钟后" in drafted
    assert "更换压缩机电容" in drafted


@pytest.mark.requirement(13, 80)
def test_a_script_of_the_desk_stands_where_the_usual_words_stood(stage: Stage) -> None:
    published(
        stage,
        **{
            "article.category": "script",
            "article.moment": Moment.OPENING,
            "article.content_zh": "早上好,这里是{company},工号{staff_no}。",
            "article.cases": [],
        },
    )
    ann = stage.person(AGENT)
    ann.command("/ticket", "new")
    ann.click(ann.modal("form"), "form.opening")

    shows(stage, AGENT, "早上好,这里是客户服务中心,工号A102。")


SCRIPT: Json = {
    "article.category": "script",
    "article.title_zh": "空调不制冷的话术",
    "article.content_zh": "您好，这里是{company}，工号{staff_no}：请先清洗滤网。{brand}",
    "article.title_en": "Air conditioner, what to say",
    "article.content_en": "This is {company}, staff number {staff_no}: please clean the filter.",
}


@pytest.mark.requirement(13, 80)
def test_a_script_names_the_desk_and_its_reader_where_it_is_read(stage: Stage) -> None:
    propose(stage, **SCRIPT)
    sue = stage.person(SUPER)
    sue.click(inbox(stage, SUPER, "K1")[-1], "kb.read")
    assert "{company}，工号{staff_no}" in words_of(sue.modal("modal.shown"))  # as it was written
    sue.close(sue.modal("modal.shown"), everything=True)
    approve(stage)

    for who, number in ((AGENT, "A102"), (ENG, "（未设置工号）")):
        reader = stage.person(who)
        reader.command("/ticket", "kb 不制冷")
        listed = words_of(reader.modal("modal.kb"))
        assert "{company}" not in listed and "{staff_no}" not in listed
        reader.click(reader.modal("modal.kb"), "kb.read")
        read = words_of(reader.modal("modal.shown"))
        assert f"这里是客户服务中心，工号{number}：请先清洗滤网。{{brand}}" in read
        assert "This is Service desk, staff number" in read
        assert "{company}" not in read and "{staff_no}" not in read
        reader.close(reader.modal("modal.shown"), everything=True)

    ann = stage.person(AGENT)
    ann.command("/ticket", "kb K1")
    ann.click(ann.modal("modal.shown"), "kb.change")
    form = ann.modal("modal.article")
    assert typed_in(form, "article.content_zh") == SCRIPT["article.content_zh"]


@pytest.mark.requirement(13, 80)
def test_what_is_offered_and_taken_over_is_what_would_be_said(stage: Stage) -> None:
    published(stage, **SCRIPT)
    said = "您好，这里是客户服务中心，工号A102：请先清洗滤网。{brand}"
    ann = stage.person(AGENT)
    ann.command("/ticket", "new 客户说空调不制冷")
    ann.click(ann.modal("form"), "form.urgency", value="P2")
    assert said in words_of(shows(stage, AGENT, "K1 · "))
    ann.click(ann.modal("form"), "kb.use_here")
    form = shows(stage, AGENT, "提交后即视为已当场答复")
    assert typed_in(form, "form.answered_with") == said
    ann.close(form, everything=True)

    number = stage.log()
    owner = stage.ticket(number).assignee
    assert owner
    stage.press(owner, "ticket.accept", number)
    stage.press(owner, "ticket.resolve", number)
    acting = stage.person(owner)
    form = acting.modal("modal.resolve")
    assert "工号（未设置工号）" in words_of(form) and "{company}" not in words_of(form)
    acting.click(form, "kb.use_here")
    form = shows(stage, owner, "已")
    acting.wait_for(lambda: "滤网" in str(top(stage, owner)["state"]["values"]))
    assert "这里是客户服务中心，工号（未设置工号）" in str(top(stage, owner)["state"]["values"])


@pytest.mark.requirement(126)
def test_a_new_product_asks_its_owners_who_tick_it_off(stage: Stage) -> None:
    published(stage, **{"article.content_zh": "KF-35 先清洗滤网"})
    sue = stage.person(SUPER)
    sue.command("/ticket", "知识 新产品 KF-35")
    form = sue.modal("modal.product")
    assert "K1 · 空调不制冷的处理" in words_of(form)
    sue.submit(form, {})
    stage.settle()

    asked = inbox(stage, AGENT, "KF-35")[-1]  # who looks after the article
    stage.person(AGENT).click(asked, "kb.done")
    assert "还剩" in stage.told(AGENT)
    assert inbox(stage, SUPER, "话术")
