"""The table of all forms a ticket's buttons open."""

from collections.abc import Mapping
from types import MappingProxyType

from handlers.views import (
    between,
    dispute,
    modals_archive,
    modals_authority,
    modals_complaint,
    modals_customer,
    modals_fast_lane,
    modals_merge,
    modals_people,
    modals_promise,
    modals_record,
    modals_repeat,
    modals_work,
)
from handlers.views.ids import ActionId
from handlers.views.modal import Opener

_A = ActionId

MODALS: Mapping[ActionId, Opener] = MappingProxyType(
    {
        _A.ACCEPT: modals_work.accept,  # only for another; one's own is a single tap
        _A.START: modals_work.start,  # likewise
        _A.CONTACT: modals_work.contact,
        _A.PLAN: modals_work.plan,
        _A.WORKAROUND: modals_work.workaround,
        _A.WAIT: modals_work.wait,
        _A.HOLD: modals_work.hold,
        _A.RESOLVE: modals_work.resolve,
        _A.ANSWER: modals_work.answer,
        _A.HAND_BACK: modals_work.hand_back,
        _A.TELL: modals_customer.tell,
        _A.TELL_AGAIN: modals_repeat.tell_again,
        _A.SCORE: modals_customer.score,
        _A.ATTEMPT: modals_customer.attempt,
        _A.SUPERVISOR_CALL: modals_customer.supervisor_call,
        _A.PROMISE: modals_promise.promise,
        _A.FOLLOW_UP: modals_customer.follow_up,
        _A.FOLLOW_UP_END: modals_customer.follow_up_end,
        _A.REASSIGN: modals_people.reassign,
        _A.COLLABORATORS: modals_people.collaborators,
        _A.PROPOSE_HELP: modals_people.propose_help,
        _A.SETTLE: dispute.settle,
        _A.REPORT_UP: dispute.report_up,
        _A.ASK_DEPARTMENT: between.ask_department,
        _A.ANSWER_QUESTION: between.answer_question,
        _A.NOT_OURS: between.not_ours,
        _A.HELP_WANTED: modals_people.help_wanted,
        _A.NOTE: modals_record.note,
        _A.ADDENDUM: modals_archive.addendum,
        _A.DOSSIER: modals_archive.dossier,
        _A.EVIDENCE: modals_record.evidence,
        _A.FILL_IN: modals_fast_lane.fill_in,
        _A.CORRECT: modals_record.correct,
        _A.LATENESS: modals_record.lateness,
        _A.PRIORITY: modals_record.priority,
        _A.COMPLEXITY: modals_record.complexity,
        _A.INVALID: modals_record.invalid,
        _A.TAKE_INVALID_BACK: modals_record.take_invalid_back,
        _A.CLOSE: modals_record.close,
        _A.REOPEN: modals_record.reopen,
        _A.MERGE: modals_merge.merge,
        _A.REVEAL: modals_record.reveal,
        _A.REFUSE_APPROVAL: modals_complaint.refuse_approval,
        _A.REFER: modals_authority.refer,
        _A.REFER_MOVE: modals_authority.refer_move,
        _A.REFER_ANSWER: modals_authority.refer_answer,
        _A.CHECKLIST: modals_complaint.checklist,
        _A.COMPLAINED_ABOUT: modals_complaint.complained_about,
    }
)
