"""The answer to a block_suggestion: options or groups of them."""

from sandbox.limits.composition import OPTION, OPTION_GROUP
from sandbox.limits.schema import Report, listing
from sandbox.wire import Json, RefusalError


def checked_suggestions(answer: Json) -> Json:
    """Give the options that Slack would offer; raises `dispatch_failed` for wrong ones."""
    report = Report()
    if "option_groups" in answer:
        shown: Json = {"option_groups": answer["option_groups"]}
        listing(OPTION_GROUP, 0, 100)(answer["option_groups"], "/option_groups", report)
    else:
        shown = {"options": answer.get("options")}
        listing(OPTION, 0, 100)(answer.get("options"), "/options", report)
    if report.problems:
        raise RefusalError("dispatch_failed", detail=report.problems)
    return shown
