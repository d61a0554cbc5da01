"""`/ticket export` in Slack: a masked table privately, everything only by two people (X18, R99, R111)."""

from io import BytesIO

import openpyxl
import pytest

from tests.handlers.stage import AGENT, SUPER, Json, Stage, words_of
from tests.handlers.test_rights import DIRECTOR, press, read
from tickets.case.values import PersonId, Status, Text
from tickets.desk.export import MOST_A_DAY, ask_masked, use_approved
from tickets.errors import IllegalMove
from tickets.people.exports import Standing
from tickets.sheets.tables import Table
from tickets.sheets.wish import Wish

WHY = "月度会议，联系 13812345678"


def form_of(stage: Stage, who: str, typed: str = "export") -> Json:
    acting = stage.person(who)
    acting.command("/ticket", typed)
    return acting.modal("modal.export")


def send(stage: Stage, who: str, **values: object) -> str:
    """Fill the form in, send it, and give what is said then."""
    acting = stage.person(who)
    sent = acting.submit(form_of(stage, who), {"reason": WHY, **values})
    assert not sent.errors, sent.errors
    said = words_of(sent.views[-1])
    acting.close(sent.views[-1], everything=True)
    stage.settle()
    return said


def files(stage: Stage, who: str) -> list[bytes]:
    """The files a person was sent directly."""
    workspace = stage.slack.sandbox.workspace
    found = [file["id"] for post in stage.person(who).inbox() for file in post.get("files", ())]
    return [bytes(workspace.files[one].content) for one in found]


@pytest.mark.requirement(99, 111)
@pytest.mark.proves("X18")
def test_a_masked_table_comes_privately_to_whoever_says_why(stage: Stage) -> None:
    number = stage.log()

    said = send(stage, SUPER)

    assert "私信" in said
    (content,) = files(stage, SUPER)
    page, about = openpyxl.load_workbook(BytesIO(content)).worksheets
    rows = list(page.iter_rows(values_only=True))
    assert rows[0][:2] == ("记录编号", "来电时间")
    assert [row[0] for row in rows[1:]] == [number]
    assert "13812345678" not in str(rows)
    assert "****5678" in str(rows)
    assert "脱敏" in str(about["A2"].value)
    with stage.bot.desk.records.database.reading() as connection:  # type: ignore[attr-defined]
        asked = connection.exec_driver_sql(
            "SELECT detail FROM audit WHERE action = 'export_masked' AND outcome = 'done'"
        ).all()
    assert len(asked) == 1
    assert "13812345678" not in str(asked)


def test_a_csv_of_one_department_and_status(stage: Stage) -> None:
    stage.log()

    send(
        stage,
        SUPER,
        export_format=".csv",
        export_table="crm",
        department="operations",
        export_status=["closed"],
    )

    (content,) = files(stage, SUPER)
    head, *rest = content.decode("utf-8-sig").splitlines()
    assert (
        head
        == "客户名称/ID,需求类型,需求描述,提交时间,负责人,处理状态,预计解决时间,实际解决时间,备注"
    )
    assert [line for line in rest if not line.startswith(("※", '"※'))] == []


@pytest.mark.requirement(99)
@pytest.mark.parametrize("wished", [".csv", ".xlsx"])
def test_a_table_comes_without_the_extra_for_charts_and_workbooks(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, wished: str
) -> None:
    number = stage.log()
    monkeypatch.setattr("bot.papers.fonts.find_spec", lambda _name: None)

    send(stage, SUPER, export_format=wished)

    (content,) = files(stage, SUPER)
    assert number in content.decode("utf-8-sig")


def test_two_states_with_one_word_are_one_choice_that_gives_both(stage: Stage) -> None:
    taken, begun = stage.log(), stage.log()
    for number in (taken, begun):
        stage.press(stage.ticket(number).assignee or "", "ticket.accept", number)
        stage.settle()
    whose = stage.ticket(begun).assignee or ""
    stage.fill(whose, "ticket.contact", begun, way="phone", outcome="reached", note="约好上门")
    assert stage.ticket(taken).status is Status.ACCEPTED
    assert stage.ticket(begun).status is Status.IN_PROGRESS
    form = form_of(stage, SUPER)
    choice = next(b for b in form["blocks"] if b["block_id"] == "export_status")["element"]
    words = [one["text"]["text"] for one in choice["options"]]
    stage.person(SUPER).close(form, everything=True)

    send(stage, SUPER, export_format=".csv", export_status=["accepted"])

    assert words.count("处理中") == 1
    assert len(words) == len(set(words))
    said = files(stage, SUPER)[0].decode("utf-8-sig")
    assert {taken, begun} <= {line[:11] for line in said.splitlines()}
    assert "状态：处理中；" in said


@pytest.mark.proves("X18", "X02")
def test_an_agent_is_told_who_may(stage: Stage) -> None:
    stage.person(AGENT).command("/ticket", "导出")

    assert "主管" in stage.told(AGENT)


@pytest.mark.proves("X18")
def test_everything_is_asked_for_by_one_and_approved_by_another(stage: Stage) -> None:
    stage.log()

    said = send(stage, SUPER, export_how="full", export_table="hotline")

    assert "总监" in said
    assert files(stage, SUPER) == []
    question = read(stage, DIRECTOR)
    asked = words_of(question["blocks"])
    assert "客服热线记录表" in asked
    assert "13812345678" not in asked
    press(stage, DIRECTOR, question, "export.approve")
    told = words_of(read(stage, SUPER)["blocks"])
    request = told.split("--request ")[1].split("`")[0].strip()
    used = use_approved(stage.bot.desk, request)
    assert used.standing is Standing.USED
    with pytest.raises(IllegalMove):
        use_approved(stage.bot.desk, request)
    assert "失效" in words_of(read(stage, DIRECTOR)["blocks"])


@pytest.mark.proves("X18")
def test_a_director_refuses_and_the_asker_hears_of_it(stage: Stage) -> None:
    send(stage, SUPER, export_how="full")
    question = read(stage, DIRECTOR)

    press(stage, DIRECTOR, question, "export.refuse")
    once = stage.last("interactive")  # as it is pressed before that message is drawn anew

    assert "没有批准" in words_of(read(stage, SUPER)["blocks"])
    assert "已拒绝" in stage.told(DIRECTOR, stage.person(DIRECTOR).direct)
    once["actions"][0] |= {"action_id": "export.approve", "action_ts": "1795951608.000001"}
    stage.send(once)
    assert "没有获批" in stage.told(DIRECTOR, stage.person(DIRECTOR).direct)


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"export_table": "response", "department": "operations"}, {"department"}),
        ({"export_table": "response", "export_status": ["closed"]}, {"export_status"}),
        ({"export_table": "response", "since": "1999-01-01"}, {"until"}),
        (
            {"export_table": "knowledge", "department": "operations", "export_status": ["closed"]},
            {"department", "export_status"},
        ),
        ({"since": "0001-01-01"}, {"since"}),
        ({"until": "9999-12-31"}, {"until"}),
    ],
)
def test_what_a_table_does_not_go_by_is_said_at_its_field(
    stage: Stage, values: Json, fields: set[str]
) -> None:
    sent = stage.person(SUPER).submit(form_of(stage, SUPER), {"reason": WHY, **values})

    assert set(sent.errors) == fields


@pytest.mark.proves("X18")
@pytest.mark.parametrize(
    ("table", "says"),
    [("knowledge", "全部已发布的文章"), ("response", "，服务台全部工单")],
)
def test_a_director_is_asked_about_what_the_table_is_narrowed_to_and_no_more(
    stage: Stage, table: str, says: str
) -> None:
    send(stage, SUPER, export_how="full", export_table=table)

    asked = words_of(read(stage, DIRECTOR)["blocks"])
    assert says in asked
    assert "部门：" not in asked
    assert "状态：" not in asked


@pytest.mark.proves("X18")
def test_no_more_tables_than_anybody_needs_in_a_day(stage: Stage) -> None:
    desk = stage.bot.desk
    today = desk.calendar().date_of(desk.clock.now())
    wish = Wish(table=Table.CRM, since=today, until=today)
    for one in range(MOST_A_DAY):
        ask_masked(desk, wish, Text(WHY), by=PersonId(SUPER), receipt=f"r{one}")

    with pytest.raises(IllegalMove):
        ask_masked(desk, wish, Text(WHY), by=PersonId(SUPER), receipt="one too many")


def test_a_period_that_ends_before_it_begins_is_shown_at_its_field(stage: Stage) -> None:
    acting = stage.person(SUPER)

    sent = acting.submit(
        form_of(stage, SUPER, "export 售后"),
        {"reason": WHY, "since": "2026-11-20", "until": "2026-11-01"},
    )

    assert set(sent.errors) == {"until"}
