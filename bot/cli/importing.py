"""`deskbot import`: tables brought along, each kind read by its own room."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import importing_customers, importing_survey
from bot.cli.trouble import WRONG_USE, fail, told

if TYPE_CHECKING:
    from bot.papers.tables import Row

Take = Callable[[tuple["Row", ...], bool], int]
"""Takes the rows in (or only says what would come of it) and tells how many were refused."""

KINDS: Mapping[str, tuple[Callable[[list[str]], bool], Take]] = {
    "customers": (importing_customers.is_ours, importing_customers.take),
    "survey": (importing_survey.is_ours, importing_survey.take),
}
"""By what `--as` says: whether these headings are of this kind, and what takes it in."""


def import_(
    file: Annotated[Path, typer.Argument(help="A CSV, or an xlsx whose first sheet is read.")],
    *,
    kind: Annotated[
        str, typer.Option("--as", help=f"What it is: {', '.join(KINDS)}; else by its headings.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would come of each row, keep nothing.")
    ] = False,
) -> None:
    """Take a table in; run again, it changes nothing more. Ends with 1 where a row was refused.

    Customers: columns such as 客户编号, 姓名, 电话, 邮箱, 类型, 等级, 贡献, 群体, 标签 (or id, name, phone,
    mail, type, level, contribution, groups, tags).
    A survey's answers: 工单编号, or 电话 or 邮箱 with 提交时间; 总体满意度 and, where asked, 效率, 方案, 态度, 是否解决,
    评价, 建议, 未满足需求, the desk's own questions (or ticket, phone, mail, submitted, overall, efficiency …).
    """
    from bot.papers.tables import Unreadable, read_table

    with told():
        try:
            rows = read_table(file)
        except Unreadable as trouble:
            fail(f"deskbot: {trouble}")
    headings = list(rows[0]) if rows else []
    chosen = kind or next((one for one, (fits, _) in KINDS.items() if fits(headings)), "")
    if chosen not in KINDS:
        fail(
            f"deskbot: cannot tell what {file} is; say it with --as ({', '.join(KINDS)})",
            status=WRONG_USE,
        )
    if KINDS[chosen][1](rows, dry_run):
        raise typer.Exit(1)
