"""`deskbot import`: tables brought along, each kind read by its own room."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import (
    importing_articles,
    importing_customers,
    importing_orders,
    importing_survey,
    importing_tickets,
)
from bot.cli.trouble import WRONG_USE, fail, told
from tickets.sheets.tables import OF_CASES, Fold

if TYPE_CHECKING:
    from bot.papers.tables import Row

Take = Callable[[tuple["Row", ...], bool], int]
"""Takes the rows in (or only says what would come of it) and tells how many were refused."""

KINDS: Mapping[str, tuple[Callable[[list[str]], bool], Take]] = {
    "customers": (importing_customers.is_ours, importing_customers.take),
    "articles": (importing_articles.is_ours, importing_articles.take),
    "orders": (importing_orders.is_ours, importing_orders.take),
    "survey": (importing_survey.is_ours, importing_survey.take),
}
"""By what `--as` says: whether these headings are of this kind, and what takes it in."""

NAMES = (*KINDS, "tickets", *OF_CASES)


def import_(
    file: Annotated[Path, typer.Argument(help="A CSV, or an xlsx whose first sheet is read.")],
    *,
    kind: Annotated[
        str,
        typer.Option(
            "--as",
            help=f"What it is: {', '.join(NAMES)}; else by its headings.",
        ),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would come of each row, keep nothing.")
    ] = False,
    all_or_nothing: Annotated[
        bool,
        typer.Option(
            "--all-or-nothing/--keep-going",
            help="Of cases: keep nothing unless every row can be kept, or leave out what cannot.",
        ),
    ] = False,
    renumber: Annotated[
        bool,
        typer.Option(
            "--renumber",
            help="Of cases: one whose number another case has gets a new number of its day.",
        ),
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option("--report", help="Of cases: what became of each row, as .csv or .json."),
    ] = None,
) -> None:
    """Take a table in; run again, it changes nothing more. Ends with 1 where a row was refused or differs.

    Cases: the team's own tables with their columns in any order, Simplified, Traditional or English, a title above,
    cells merged, dates in any usual form, numbers masked. They keep their numbers and times; nothing is posted.
    Customers: columns such as 客户编号, 姓名, 电话, 邮箱, 类型, 等级, 贡献, 群体, 标签 (or id, name, phone,
    mail, type, level, contribution, groups, tags).
    Articles: 知识分类, 标题, 内容概述, 适用场景, 创建人, 创建日期, 更新人, 更新日期; also 英文标题, 英文内容, 适用类别, 使用时机,
    公司号码 (or article category, title, summary, scenario …). Published at once; uses are counted from tickets.
    Orders: 订单号, 客户编号 or 电话 or 邮箱, 日期, 金额, 业务线 (or order, customer id, phone, mail, date, amount, line).
    A survey's answers: 工单编号, or 电话 or 邮箱 with 提交时间; 总体满意度 and, where asked, 效率, 方案, 态度, 是否解决,
    评价, 建议, 未满足需求, the desk's own questions (or ticket, phone, mail, submitted, overall, efficiency …).
    """
    from bot.papers.tables import LARGEST_OF_CASES, Unreadable, read_lines, read_table

    with told():
        try:
            if kind not in KINDS:
                lines, fold = read_lines(file, largest=LARGEST_OF_CASES), _simplified()
                head = importing_tickets.find_head(lines, kind, fold)
                if head:
                    manner = importing_tickets.Manner(
                        dry_run=dry_run,
                        all_or_nothing=all_or_nothing,
                        renumber=renumber,
                        report=report,
                    )
                    if importing_tickets.take(lines, head, fold, manner):
                        raise typer.Exit(1)
                    return
            articles = importing_articles.rows_of(file) if kind in {"", "articles"} else ()
            rows = articles or read_table(file)
        except Unreadable as trouble:
            fail(f"deskbot: {trouble}")
    headings = list(rows[0]) if rows else []
    chosen = kind or next((one for one, (fits, _) in KINDS.items() if fits(headings)), "")
    if chosen not in KINDS:
        fail(
            f"deskbot: the headings do not tell what {file} is; say it with --as: {', '.join(NAMES)}",
            status=WRONG_USE,
        )
    if KINDS[chosen][1](rows, dry_run):
        raise typer.Exit(1)


def _simplified() -> Fold:
    from bot.foundation import Simplified

    return Simplified().fold
