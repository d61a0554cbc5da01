"""`deskbot import`: tables brought along, each kind read by its own room."""

from collections.abc import Callable, Mapping, Sequence
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
from bot.cli.import_tables import Found, find_tables
from bot.cli.taking_in import Came, Manner, require_place, write_report
from bot.cli.trouble import WRONG_USE, fail, told
from tickets.sheets.tables import OF_CASES, Fold, Table

if TYPE_CHECKING:
    from bot.papers.tables import Page, Row

Take = Callable[[Sequence["Row"], Manner], Came]
"""Takes the rows in (or only says what would come of it) and tells what became of each."""

KINDS: Mapping[str, tuple[Callable[[Sequence[str], Fold], bool], Take]] = {
    "articles": (importing_articles.is_ours, importing_articles.take),
    "orders": (importing_orders.is_ours, importing_orders.take),
    "survey": (importing_survey.is_ours, importing_survey.take),
    "customers": (importing_customers.is_ours, importing_customers.take),
}
"""By what `--as` says: whether these headings are of this kind, and what takes it in."""

WHOLE = frozenset({"tickets", "articles", "customers"})
"""What is taken in wholly or not at all where that is asked for."""

NAMES = (*KINDS, "tickets", *OF_CASES)


def import_(
    file: Annotated[Path, typer.Argument(help="A CSV, or an xlsx whose sheets are read.")],
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
            help="Of cases, customers, articles: keep nothing unless every row can be kept, or leave out what cannot.",
        ),
    ] = False,
    renumber: Annotated[
        bool,
        typer.Option(
            "--renumber",
            help="Of cases: one whose number another case has gets a new number of its day.",
        ),
    ] = False,
    sheet: Annotated[
        str,
        typer.Option("--sheet", help="Of an xlsx: this sheet alone; else all that are shown."),
    ] = "",
    report: Annotated[
        Path | None,
        typer.Option("--report", help="What became of each row, as .csv or .json."),
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
    from bot.papers.tables import LARGEST, LARGEST_OF_CASES, Unreadable, read_pages

    manner = Manner(
        dry_run=dry_run, all_or_nothing=all_or_nothing, renumber=renumber, report=report
    )
    if kind and kind not in NAMES:
        fail(f"deskbot: --as takes one of: {', '.join(NAMES)}", status=WRONG_USE)
    if report:
        require_place(report, beside=file)
    with told():
        try:
            pages = read_pages(file, largest=LARGEST if kind in KINDS else LARGEST_OF_CASES)
            found = _chosen(file, find_tables(pages, kind, KINDS), sheet)
            if not found:
                fail(f"deskbot: {_no_table(file, kind)}", status=WRONG_USE)
            _require_whole(found, manner)
            came = [_take(file, one, manner, is_one=len(found) == 1) for one in found]
        except Unreadable as trouble:
            fail(f"deskbot: {trouble}")
        _say_unread(pages, found)
        if report:
            write_report(report, [row for one in came for row in one.rows])
    if any(one.not_taken for one in came):
        raise typer.Exit(1)


def _no_table(file: Path, kind: str) -> str:
    if kind:
        need = "来电时间 (反馈时间, 提交时间 or call time) and 问题描述 (需求描述 or description)"
        return f"no line of {file} has the headings of cases: {need}, and one more of the table's"
    return f"the headings do not tell what {file} is; say it with --as: {', '.join(NAMES)}"


def _chosen(file: Path, found: Sequence[Found], sheet: str) -> Sequence[Found]:
    """Choose what is read: the sheet that was named, else all that are shown."""
    if not sheet:
        return [one for one in found if not one.page.is_hidden]
    named = [one for one in found if one.page.name == sheet]
    if not named:
        there = ", ".join(one.page.name for one in found) or "none"
        fail(
            f"deskbot: no sheet {sheet!r} with a table in {file}; there are: {there}",
            status=WRONG_USE,
        )
    return named


def _require_whole(found: Sequence[Found], manner: Manner) -> None:
    if not manner.all_or_nothing:
        return
    if any(one.kind not in WHOLE for one in found):
        fail(
            f"deskbot: --all-or-nothing is for {', '.join(sorted(WHOLE))}; nothing was done",
            status=WRONG_USE,
        )
    if len(found) > 1:
        names = ", ".join(one.page.name for one in found)
        fail(
            f"deskbot: --all-or-nothing takes one sheet, and there are {names}: name it with --sheet",
            status=WRONG_USE,
        )


def _take(file: Path, one: Found, manner: Manner, *, is_one: bool) -> Came:
    if not is_one:
        typer.echo(f"sheet {one.page.name}:")
    if one.head and one.head.table in OF_CASES:
        came = importing_tickets.take(one.page.lines, one.head, one.fold, manner)
    elif one.head and one.head.table is not Table.KNOWLEDGE:
        said = f"this is the table {one.head.table}: its rows are taken from cases, so there is nothing to take in"
        if is_one:
            fail(f"deskbot: {said}", status=WRONG_USE)
        typer.echo(said)
        came = Came((), 0)
    else:
        came = KINDS[one.kind][1](one.rows(file), manner)
    return came if is_one else came.of_sheet(one.page.name)


def _say_unread(pages: Sequence["Page"], found: Sequence[Found]) -> None:
    """Name the sheets that were left alone, a stamp of ours but for."""
    from bot.papers.tables import WATERMARK

    read = [one.page for one in found]
    left = [
        f"{one.name}{' (hidden: --sheet reads it)' if one.is_hidden else ''}"
        for one in pages
        if one not in read and any(map(any, one.lines)) and not _begins(one, WATERMARK)
    ]
    if left:
        typer.echo(f"sheets that were not read: {', '.join(left)}")


def _begins(page: "Page", mark: str) -> bool:
    first = next((cell for line in page.lines for cell in line if cell), "")
    return first.startswith(mark)
