"""The words of `/ticket` in English and both Chinese scripts, and what a typed line says with them."""

import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from handlers.numbers import is_number
from tickets.case.listing import Scope


class CommandWord(StrEnum):
    """What `/ticket` can be asked for (SCREENS.md, command words)."""

    NEW = "new"
    QUICK = "quick"
    ANSWERED = "answered"
    FAST = "fast"
    LIST = "list"
    SHOW = "show"
    SEARCH = "search"
    ASSIGN = "assign"
    NOTE = "note"
    STATUS = "status"
    CLOSE = "close"
    REOPEN = "reopen"
    MERGE = "merge"
    LINK = "link"
    WHY = "why"
    DOSSIER = "dossier"
    AUDIT = "audit"
    HANDOVER = "handover"
    AWAY = "away"
    BACK = "back"
    REMIND = "remind"
    CALLS = "calls"
    STATS = "stats"
    EXPORT = "export"
    ERASE = "erase"
    CUSTOMER = "customer"
    RETRO = "retro"
    KB = "kb"
    IMPROVE = "improve"
    HELP = "help"


_W = CommandWord

_SPELLINGS: Mapping[CommandWord, str] = MappingProxyType(
    {
        _W.NEW: "new 新建",
        _W.QUICK: "quick 快速",  # either of the next two, told apart by what follows
        _W.ANSWERED: "answered 快速登记 快速登記",
        _W.FAST: "fast fastlane fast-lane 快速受理",
        _W.LIST: "list 列表",
        _W.SHOW: "show 查看 檢視",
        _W.SEARCH: "search 搜索 搜尋",
        _W.ASSIGN: "assign 转派 分派 分配 轉派",
        _W.NOTE: "note 记录 跟进 記錄 跟進",
        _W.STATUS: "status 状态 狀態",
        _W.CLOSE: "close 关闭 關閉",
        _W.REOPEN: "reopen 重开 重開",
        _W.LINK: "link parent 归入 關聯 关联 歸入",
        _W.MERGE: "merge duplicate 合并 重复 合併 重複",
        _W.WHY: "why 时限 時限",
        _W.DOSSIER: "dossier 卷宗 档案 檔案",
        _W.AUDIT: "audit 审计 留痕 審計 稽核",
        _W.HANDOVER: "handover 交班",
        _W.AWAY: "away 离岗 離崗",
        _W.BACK: "back 在岗 在崗",
        _W.REMIND: "remind 提醒",
        _W.CALLS: "calls callbacks 待回访 回访 待回訪 回訪",
        _W.STATS: "stats 统计 統計",
        _W.EXPORT: "export 导出 導出 匯出",
        _W.ERASE: "erase 删除资料 抹除 刪除資料",
        _W.KB: "kb knowledge wiki 知识 知识库 話術 话术 知識 知識庫",
        _W.CUSTOMER: "customer client 客户 客戶",
        _W.RETRO: "retro retrospective 复盘 復盤 覆盤",
        _W.IMPROVE: "improve improvements 改进 改进清单 改進 改善",
        _W.HELP: "help 帮助 幫助 說明 ?",
    }
)
_WORDS = {spelling: word for word, line in _SPELLINGS.items() for spelling in line.split()}
_HAN = tuple(sorted((one for one in _WORDS if not one.isascii()), key=len, reverse=True))

_SCOPES: Mapping[Scope, str] = MappingProxyType(
    {
        Scope.MINE: "mine my 我的 我",
        Scope.DEPARTMENT: "department dept team 部门 本部门 部門 本部門",
        Scope.OVERDUE: "overdue late 超时 已超时 逾期 超時 已超時",
        Scope.UNASSIGNED: "unassigned nobody 未分配 未分派 待分配 无人 無人",
        Scope.NO_NEXT_STEP: "stuck no-next-step nonext 无下一步 没有下一步 無下一步 沒有下一步",
        Scope.ARCHIVED: "archived archive 已归档 归档 档案 已歸檔 歸檔 檔案",
        Scope.ALL: "all everything open 全部 所有",
    }
)
_SCOPE_WORDS = {spelling: scope for scope, line in _SCOPES.items() for spelling in line.split()}
_LONG_SCOPES = {
    "without a next step": Scope.NO_NEXT_STEP,
    "no next step": Scope.NO_NEXT_STEP,
    "my department": Scope.DEPARTMENT,
}


@dataclass(frozen=True, slots=True)
class Line:
    """A typed line: its command word (None: not one of ours), the word as typed, and what follows."""

    word: CommandWord | None
    typed: str
    rest: str


def folded(text: str) -> str:
    """Make typed words comparable: full-width forms, case and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def read_line(text: str) -> Line:
    """Read what was typed after `/ticket`; a Chinese word needs no space behind it (查看3), a number alone no word."""
    parts = text.split(maxsplit=1)  # also at U+3000
    if not parts:
        return Line(None, "", "")
    first, rest = parts[0], parts[1].strip() if len(parts) > 1 else ""
    word = _WORDS.get(folded(first).rstrip(":!。"))
    if word:
        return Line(word, first, rest)
    glued = next((one for one in _HAN if first.startswith(one)), None)
    if glued:
        behind = first[len(glued) :].lstrip(":：,，")
        return Line(_WORDS[glued], glued, f"{behind} {rest}".strip())
    if not rest and is_number(first):
        return Line(CommandWord.SHOW, first, first)
    return Line(None, first, rest)


def nearest(typed: str) -> CommandWord | None:
    """Guess which word was meant."""
    likeness = 0.6 if typed.isascii() else 0.5  # of two characters one is right
    found = difflib.get_close_matches(folded(typed), _WORDS, n=1, cutoff=likeness)
    return _WORDS[found[0]] if found else None


def read_scope(text: str) -> Scope | None:
    """Read which list was asked for; None when the words name none."""
    words = folded(text)
    return _LONG_SCOPES.get(words) or _SCOPE_WORDS.get(words.replace(" ", "-"))
