"""Who may do what, written out by hand from RELIABILITY.md 4 and DESK.md 2, 4, 6, 7; nothing here reads the matrix.

A column is what a person is to the ticket. `+` allowed, `r` allowed for a reason, `.` refused.
The supervisor of this table belongs to neither department, so the audit log of its tickets is not theirs.
On a high-risk case the columns of HIGH_RISK_SHUT are refused everything about it (DESK.md 4).
"""

from collections.abc import Mapping
from types import MappingProxyType

COLUMNS = (
    "logger",
    "agent",  # another one
    "assignee",
    "colleague",  # a member of the ticket's department
    "member",  # of another department
    "helper",  # a collaborator, of another department
    "lead",
    "other_lead",
    "supervisor",
    "director",
    "admin",
    "auditor",
    "librarian",
    "analyst",
)
HIGH_RISK_SHUT = frozenset({"agent", "colleague", "member", "lead", "other_lead"})
OUTSIDE = ("stranger", "guest", "bot", "gone", "connect")
"""Nobody of the desk, whatever its file says of them (X02); refused everything."""

_ABOUT_A_TICKET = """
                   L A E C M H D d S I X U B N
see                + . + + . + + . + + . + . .
same_call          + . + + . + . . + . . . . .
assign             + . . . . . + . + . . . . .
assign_unassigned  + + . . . . + . + . . . . .
name_contact       . . . . . . . . + . . . . .
set_priority       . . . . . . . . + . . . . .
judge_complexity   . . . . . . . . + . . . . .
accept             . . + . . . r . r . . . . .
work               . . + . . . r . r . . . . .
contact            + . + . . . r . r . . . . .
pause              . . + . . . . . + . . . . .
resolve            . . + . . . . . + . . . . .
answer             + . . . . . . . + . . . . .
hand_back          . . + . . . . . . . . . . .
invalid            + . . . . . . . + . . . . .
take_invalid_back  . . . . . . . . + . . . . .
tell               + . . . . . . . + . . . . .
tell_again         + + . . . . . . + . . . . .
score              + . . . . . . . + . . . . .
supervisor_call    . . . . . . . . + . . . . .
follow_up          + . . . . . . . + . . . . .
close              + . . . . . . . + . . . . .
reopen             . . . . . . . . + . . . . .
gather             . . . . . . . . + . . . . .
merge              + . . . . . . . + . . . . .
note               + . + . . + + . + . . . . .
use_article        + . + . . + + . + . . . . .
draft_article      + . + + . + + . + . . . . .
evidence           + . + . . + . . + . . . . .
correct            + . . . . . . . + . . . . .
promise            + . + . . . + . + . . . . .
settle             . . . . . . . . + . . . . .
ask_department     + . + . . + + . + . . . . .
answer_question    . . . . + + . + + . . . . .
ask_help           + . + . . + + . . . . . . .
lateness           + . + . . . + . + . . . . .
grade              . . . . . . + . + . . . . .
propose            + . + . . + + . . . . . . .
agree              . . . . . . + . + . . . . .
refer              + . + . . . + . + . . . . .
move_referral      . . . . . . + . + . . . . .
tick               + . + . . . + . + . . . . .
approve            . . . . . . + . + + . . . .
complained_about   + . . . . . . . + . . . . .
reveal             . . + . . . . . + . . . . .
reveal_owed        + . + . . . . . + . . . . .
hear               + . + + . + + + + + . . . .
take_over          . . + + . . + . + . . . . .
remind             + . + + . + + . + + . . . .
meet               . . . . . . + . + . . . . .
addendum           . . . . . . . . + . . . . .
dossier            . . . . . . . . + + . . . .
read_audit         . . . . . . . . . + . + . .
ask_erasure        . . . . . . . . + . . . . .
propose_retro      . . . . . . + . + + . . . .
"""

_ABOUT_NONE = """
                   L A E C M H D d S I X U B N
log                + + + + + + . . + . . . . .
list               + + + + + + + + + + . + . .
share_search       . . . . . . + . + . . . . .
look_up            + + . . . . . . + . . . . .
edit_customer      + + . . . . . . + . . . . .
ask_again          . . . . . . . . + . . . . .
read_articles      + + + + + + + + + + . + + .
propose_article    + + + + + + + + + . . . + .
keep_articles      . . . . . . + + + . . . + .
figures            + + + + + + + + + + . + . +
be_away            + + + + + + + + + . . . . .
archive            . . . . . . . . + . . . . .
chair              . . . . . . . . + + . . . .
call_retro         . . . . . . . . + + . . . .
run_retro          . . . . . . . . + + . . . .
see_retro          . . . . . . . . + + . + . .
retro_list         + + + + + + + + + + + + + +
approve_minutes    . . . . . . . . . + . . . .
appraisal          . . . . . . . . + . . . . .
trade              . . . . . . . . + + . + . +
finish_item        . . . . . . + . + + . . . .
ask_for_listed     . . . . . . . . + . . . . .
export_masked      . . . . . . . . + + . . . .
ask_full_export    . . . . . . . . + . . . . .
approve_full_export . . . . . . . . . + . . . .
approve_erasure    . . . . . . . . . + . . . .
run_erasure        . . . . . . . . . . + . . .
"""


def _read(table: str) -> dict[str, Mapping[str, str]]:
    _, *rows = table.strip().splitlines()
    read = {}
    for row in rows:
        name, *marks = row.split()
        read[name] = MappingProxyType(dict(zip(COLUMNS, marks, strict=True)))
    return read


ABOUT_A_TICKET: Mapping[str, Mapping[str, str]] = MappingProxyType(_read(_ABOUT_A_TICKET))
ABOUT_NONE: Mapping[str, Mapping[str, str]] = MappingProxyType(_read(_ABOUT_NONE))


HIGH_RISK_OTHERWISE: Mapping[tuple[str, str], str] = MappingProxyType(
    {("answer_question", "other_lead"): "+", ("answer_question", "helper"): "."}
)
"""A question about a high-risk case goes to the lead of the department that is asked, and to nobody else of it."""


def mark(row: str, column: str, *, high_risk: bool) -> str:
    """Give a cell."""
    if column in OUTSIDE:
        return "."
    if row in ABOUT_NONE:
        return ABOUT_NONE[row][column]
    if high_risk and (row, column) in HIGH_RISK_OTHERWISE:
        return HIGH_RISK_OTHERWISE[row, column]
    if high_risk and column in HIGH_RISK_SHUT:
        return "."
    return ABOUT_A_TICKET[row][column]
