"""Forms of a dispute between departments: who is answerable, or up to a director (R45)."""

from slack_sdk.models.views import View

from handlers.views import labels
from handlers.views.ids import CallbackId, FieldId
from handlers.views.inputs import field, option, select
from handlers.views.modal import Sheet, modal, reason_field, say

KEEP = "-"
"""The value of "keep with me": no key of a department (those begin with a letter)."""


def settle(sheet: Sheet) -> View:
    """Ask which department is answerable; the supervisor may keep the case."""
    tongue, handbook = sheet.tongue, sheet.handbook
    offered = [
        *(option(key, labels.department(key, handbook, tongue)) for key in handbook.departments),
        option(KEEP, tongue("modals.settle_keep")),
    ]
    blocks = [
        say(sheet, "modals.settle_says"),
        field(FieldId.DEPARTMENT, tongue("modals.settle_who"), select(offered), optional=False),
        reason_field(sheet),
    ]
    return modal(sheet, CallbackId.SETTLE, tongue("button.settle"), blocks)


def report_up(sheet: Sheet) -> View:
    """Ask what a director is to decide."""
    blocks = [say(sheet, "modals.report_up_says"), reason_field(sheet)]
    return modal(sheet, CallbackId.REPORT_UP, sheet.tongue("button.report_up"), blocks)
