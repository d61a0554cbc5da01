"""Every Slack trigger and the function that answers it: the table of contents."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from slack_bolt import App

from handlers import (
    archived,
    articles,
    articles_keep,
    articles_offered,
    audit,
    authorities,
    between,
    callbacks,
    calls_again,
    card_actions,
    commands,
    complaints,
    customer,
    digests,
    dispute,
    ending,
    fast_lane,
    form_views,
    gathering,
    grading,
    heard,
    home,
    improvements,
    lateness,
    listing,
    looking,
    meeting,
    meeting_rows,
    menu,
    merging,
    middleware,
    monthly,
    new_ticket,
    owners,
    people_events,
    products,
    repeats,
    retro,
    retro_run,
    reveal,
    rights,
    shift,
    stats,
    stats_compare,
    status,
    talk,
    thread,
    unknown,
    why,
    working,
)
from handlers.errors import handler
from handlers.lazy import Listener, lazily
from handlers.views.ids import ActionId as A
from handlers.views.ids import CallbackId as C
from handlers.views.modals import MODALS
from handlers.wiring import Wiring
from handlers.words import CommandWord as W

COMMAND = "/ticket"

WORDS: Mapping[W, Listener] = MappingProxyType(
    {
        W.NEW: lazily(new_ticket.open_typed),
        W.QUICK: fast_lane.quick_typed,
        W.LIST: lazily(listing.show_typed),
        W.SHOW: lazily(looking.show_typed),
        W.WHY: lazily(why.show_typed),
        W.DOSSIER: lazily(archived.dossier_typed),
        W.AUDIT: lazily(audit.show_typed),
        W.SEARCH: lazily(listing.search_typed),
        W.ASSIGN: commands.assign,
        W.NOTE: commands.note,
        W.STATUS: lazily(status.show_typed),
        W.CLOSE: commands.close,
        W.REOPEN: lazily(card_actions.reopen_typed),
        W.MERGE: merging.merge_typed,
        W.LINK: gathering.link_typed,
        W.HANDOVER: shift.handover,
        W.AWAY: shift.away,
        W.BACK: shift.back,
        W.REMIND: shift.remind,
        W.CALLS: lazily(callbacks.show_typed),
        W.STATS: lazily(stats.show_typed),
        W.ERASE: lazily(rights.open_typed),
        W.CUSTOMER: lazily(customer.open_typed),
        W.RETRO: lazily(retro.typed),
        W.KB: lazily(articles.open_typed),
        W.IMPROVE: lazily(improvements.show_typed),
        W.HELP: menu.help_typed,
    }
)

ACTIONS: Mapping[A, Listener] = MappingProxyType(
    {
        **dict.fromkeys(MODALS, lazily(card_actions.open_form)),
        A.ACCEPT: card_actions.accept,
        A.START: card_actions.start,
        A.RESUME: card_actions.resume,
        A.APPROVE: card_actions.approve,
        A.AGREE_HELP: card_actions.agree_help,
        A.GRADE: lazily(grading.open_form),
        A.CONFIRM: card_actions.confirm,
        A.TAKE_OUT: gathering.take_out_pressed,
        A.DISMISS: gathering.dismiss_pressed,
        A.PROMISE_KEPT: card_actions.promise_kept,
        A.TAKE: shift.take,
        A.ARCHIVE: digests.archive,
        A.ERASE: lazily(rights.open_form),
        A.RIGHTS_ASK: rights.ask_for_listed,
        A.RIGHTS_APPROVE: rights.approve,
        A.RIGHTS_REFUSE: rights.refuse,
        A.RIGHTS_RUN: rights.run,
        A.DETAILS: lazily(looking.show_details),
        A.HISTORY: lazily(looking.show_history),
        A.PLAN_TOLD: card_actions.plan_told,
        A.COPY: lazily(looking.show_copy),
        A.TALKS: lazily(looking.show_talks),
        A.EARLIER: lazily(looking.show_earlier),
        A.MORE: lazily(looking.show_more),
        A.WHY: lazily(why.show_why),
        A.WHY_PAGE: lazily(why.turn),
        A.AUDIT_PAGE: lazily(audit.turn),
        A.GOT_IT: heard.press,
        A.DETAILS_PAGE: lazily(looking.turn_details),
        A.HISTORY_PAGE: lazily(looking.turn_history),
        A.TALKS_PAGE: lazily(looking.turn_talks),
        A.EARLIER_PAGE: lazily(looking.turn_earlier),
        A.TELL_COMPOSE: lazily(card_actions.text_wanted),
        A.CALL: lazily(callbacks.open_card),
        A.CALL_ANYWAY: lazily(callbacks.call_anyway),
        A.CALL_SCORE: lazily(card_actions.score_from_card),
        A.SCORE_PICKED: lazily(card_actions.score_picked),
        A.CORRECT_FIELD: lazily(card_actions.field_picked),
        A.FORM_CATEGORY: lazily(form_views.category_picked),
        A.FORM_SECOND: lazily(form_views.helped),
        A.FORM_EMOTION: lazily(form_views.helped),
        A.FORM_URGENCY: lazily(form_views.helped),
        A.FORM_PHONE: lazily(form_views.contact_typed),
        A.FORM_EMAIL: lazily(form_views.contact_typed),
        A.FORM_OPENING: lazily(form_views.opening_folded),
        A.FORM_RESEND: lazily(form_views.resend_chosen),
        A.FORM_LINK: lazily(form_views.link_chosen),
        A.FORM_MERGE: lazily(form_views.merge_chosen),
        A.FORM_NEW_CASE: lazily(form_views.new_case_chosen),
        A.NEW_TICKET: lazily(new_ticket.open_form),
        A.QUICK_TICKET: lazily(new_ticket.open_quick),
        A.SAME_CALL: lazily(new_ticket.open_same_call),
        A.LINKED_CASE: lazily(new_ticket.open_linked),
        A.PROFILE: lazily(customer.open_of_ticket),
        A.PROFILE_PAGE: lazily(customer.turn),
        A.FAST_LANE: lazily(fast_lane.open_line),
        A.PROFILE_EDIT: lazily(customer.open_edit),
        A.CALLS_AGAIN: lazily(calls_again.open_form),
        A.DRAFT: lazily(new_ticket.open_draft),
        A.LIST: lazily(listing.show_scope),
        A.PAGE: lazily(listing.turn),
        A.HELP: lazily(menu.show_help),
        A.STATUS: lazily(status.show_mine),
        A.HOME_PAGE: lazily(home.turn),
        A.STATS_OPEN: lazily(stats.open_now),
        A.STATS_PAGE: lazily(stats.turn),
        A.STATS_EARLIER: lazily(stats.turn),
        A.STATS_LATER: lazily(stats.turn),
        A.STATS_TOGETHER: lazily(stats.turn),
        A.STATS_CASES: lazily(stats.show_cases),
        A.STATS_PICK: lazily(stats.pick_cases),
        A.STATS_BY: lazily(stats.tell_apart),
        A.HANDOVER: shift.press_handover,
        A.REST: shift.press_rest,
        A.AWAY: shift.press_away,
        A.BACK: shift.press_back,
        A.ARTICLE: lazily(articles_keep.open_of_ticket),
        A.KB: lazily(articles.open_shelf),
        A.KB_NARROW: lazily(articles.narrow),
        A.KB_PAGE: lazily(articles.turn),
        A.KB_READ: lazily(articles.open_article),
        A.KB_VERSIONS: lazily(articles.open_versions),
        A.KB_NEW: lazily(articles.open_new),
        A.KB_CHANGE: lazily(articles_keep.open_change),
        A.KB_SUBMIT: articles_keep.submit,
        A.KB_APPROVE: articles_keep.approve,
        A.KB_SEND_BACK: lazily(articles_keep.open_send_back),
        A.KB_RETIRE: articles_keep.retire,
        A.KB_RESTORE: articles_keep.restore,
        A.KB_USE: articles_offered.use_read,
        A.KB_USE_HERE: articles_offered.use_here,
        A.KB_PRODUCT: lazily(products.open_form),
        A.KB_DONE: products.done,
        A.MEETING_START: meeting.start,
        A.MEETING_CLOSE: meeting.close,
        A.MEETING_SHEET: lazily(meeting.send_sheet),
        A.MEETING_DECIDE: lazily(meeting_rows.open_decide),
        A.MEETING_ROW: lazily(meeting_rows.choose),
        A.RETRO_CALL: lazily(retro.open_call),
        A.RETRO_OF_CASE: lazily(retro.open_of_case),
        A.RETRO_DECLINE: lazily(retro.open_decline),
        A.RETRO_MOVE: lazily(retro.open_move),
        A.RETRO_OPEN: lazily(retro.open_room),
        A.RETRO_LIST: lazily(retro.show_list),
        A.RETRO_PAGE: lazily(retro.turn_list),
        A.RETRO_ROOM_PAGE: lazily(retro.turn_room),
        A.RETRO_START: retro_run.start,
        A.RETRO_CLOSE: retro_run.close,
        A.RETRO_POINTS: lazily(retro_run.open_points),
        A.RETRO_CAUSE: lazily(retro_run.open_cause),
        A.RETRO_DIRECTIONS: lazily(retro_run.open_directions),
        A.RETRO_ITEM: lazily(retro_run.open_item),
        A.RETRO_MINUTES: lazily(retro_run.open_minutes),
        A.RETRO_APPROVE: retro_run.approve,
        A.RETRO_RETURN: lazily(retro_run.open_return),
        A.RETRO_DONE: lazily(retro_run.open_done),
        A.RETRO_FOLLOW: lazily(retro_run.open_follow),
        A.RETRO_PROVED: retro_run.proved,
        A.RETRO_NOT_PROVED: retro_run.not_proved,
        A.RETRO_WORSE: retro_run.worse,
        A.MONTHLY_START: monthly.start,
        A.MONTHLY_CLOSE: monthly.close,
        A.MONTHLY_DECIDE: lazily(monthly.open_decide),
        A.IMPROVEMENT_NEW: lazily(improvements.open_new),
        A.IMPROVEMENT_DONE: lazily(improvements.open_done),
        A.IMPROVEMENTS_PAGE: lazily(improvements.turn),
        A.IMPROVEMENTS_SHEET: improvements.send_sheet,
        A.COMPARE_FILE: stats_compare.send_file,
    }
)

FORMS: Mapping[C, Listener] = MappingProxyType(
    {
        C.FORM: new_ticket.submit_form,
        C.QUICK: new_ticket.submit_quick,
        C.ACCEPT: working.submit_accept,
        C.START: working.submit_start,
        C.CONTACT: working.submit_contact,
        C.PLAN: working.submit_plan,
        C.WORKAROUND: working.submit_workaround,
        C.WAIT: working.submit_wait,
        C.HOLD: working.submit_hold,
        C.RESOLVE: working.submit_resolve,
        C.ANSWER: working.submit_answer,
        C.HAND_BACK: working.submit_hand_back,
        C.TELL: ending.submit_tell,
        C.TELL_AGAIN: repeats.submit_tell_again,
        C.SCORE: ending.submit_score,
        C.ATTEMPT: ending.submit_attempt,
        C.SUPERVISOR_CALL: ending.submit_supervisor_call,
        C.FOLLOW_UP: ending.submit_follow_up,
        C.FOLLOW_UP_END: ending.submit_follow_up_end,
        C.CLOSE: ending.submit_close,
        C.REOPEN: ending.submit_reopen,
        C.MERGE: merging.submit_merge,
        C.INVALID: ending.submit_invalid,
        C.TAKE_INVALID_BACK: ending.submit_take_invalid_back,
        C.REASSIGN: owners.submit_reassign,
        C.COLLABORATORS: owners.submit_collaborators,
        C.PROPOSE_HELP: owners.submit_propose_help,
        C.GRADE: grading.submit_grade,
        C.SETTLE: dispute.submit_settle,
        C.REPORT_UP: dispute.submit_report_up,
        C.ASK_DEPARTMENT: between.submit_ask_department,
        C.ANSWER_QUESTION: between.submit_answer_question,
        C.NOT_OURS: between.submit_not_ours,
        C.PRIORITY: owners.submit_priority,
        C.COMPLEXITY: owners.submit_complexity,
        C.NOTE: talk.submit_note,
        C.ADDENDUM: archived.submit_addendum,
        C.DOSSIER: archived.submit_dossier,
        C.EVIDENCE: talk.submit_evidence,
        C.HELP_WANTED: talk.submit_help_wanted,
        C.PROMISE: talk.submit_promise,
        C.CORRECT: talk.submit_correct,
        C.LATENESS: lateness.submit_lateness,
        C.REVEAL: reveal.submit_reveal,
        C.REFER: authorities.submit_refer,
        C.REFER_MOVE: authorities.submit_refer_move,
        C.REFER_ANSWER: authorities.submit_refer_answer,
        C.CHECKLIST: complaints.submit_checklist,
        C.REFUSE_APPROVAL: complaints.submit_refuse_approval,
        C.COMPLAINED_ABOUT: complaints.submit_complained_about,
        C.ERASE: rights.submit_erase,
        C.MEETING_DECIDE: meeting_rows.submit_decide,
        C.MEETING_OWNER: meeting_rows.submit_owner,
        C.MEETING_DATE: meeting_rows.submit_date,
        C.MEETING_SOLVED: meeting_rows.submit_solved,
        C.RETRO_CALL: retro.submit_call,
        C.RETRO_PROPOSE: retro.submit_propose,
        C.RETRO_DECLINE: retro.submit_decline,
        C.RETRO_MOVE: retro.submit_move,
        C.RETRO_POINTS: retro_run.submit_points,
        C.RETRO_CAUSE: retro_run.submit_cause,
        C.RETRO_DIRECTIONS: retro_run.submit_directions,
        C.RETRO_ITEM: retro_run.submit_item,
        C.RETRO_MINUTES: retro_run.submit_minutes,
        C.RETRO_RETURN: retro_run.submit_return,
        C.RETRO_DONE: retro_run.submit_done,
        C.MONTHLY_DECIDE: monthly.submit_decide,
        C.IMPROVEMENT_NEW: improvements.submit_new,
        C.IMPROVEMENT_DONE: improvements.submit_done,
        C.KB: articles.search_sent,
        C.ARTICLE: articles_keep.submit_article,
        C.SEND_BACK: articles_keep.submit_send_back,
        C.PRODUCT: products.submit_product,
        C.FAST_LANE: fast_lane.submit_line,
        C.FILL_IN: fast_lane.submit_fill_in,
        C.PROFILE_EDIT: customer.submit_edit,
        C.CALLS_AGAIN: calls_again.submit,
    }
)

ONLY_SHOWN = frozenset({C.SHOWN, C.HOME})
"""Views that nobody sends in."""

MESSAGES: Mapping[str | None, Listener] = MappingProxyType(
    {
        None: thread.said,
        "file_share": thread.said,
        "thread_broadcast": thread.said,
        "message_changed": thread.edited,
        "message_deleted": thread.removed,
    }
)
"""By subtype; Slack's own lines and other apps' messages are of no concern."""

EVENTS: Mapping[str, Listener] = MappingProxyType(
    {
        "app_home_opened": lazily(home.opened),
        "app_mention": lazily(menu.mentioned),
        "user_change": people_events.person_changed,
        "team_join": people_events.person_changed,
        "member_joined_channel": people_events.joined,
        "member_left_channel": people_events.left,
        "channel_left": people_events.bot_left,
        "group_left": people_events.bot_left,
        "channel_archive": people_events.channel_archived,
        "group_archive": people_events.channel_archived,
        "channel_deleted": people_events.channel_archived,
        "group_deleted": people_events.channel_archived,
        "channel_unarchive": people_events.channel_unarchived,
        "group_unarchive": people_events.channel_unarchived,
        "channel_rename": people_events.channel_renamed,
        "group_rename": people_events.channel_renamed,
    }
)

ANYTHING = re.compile(".*", re.DOTALL)


def register(app: App, wiring: Wiring) -> None:
    """Bring everything that people and Slack do to its function; what is unknown gets a sentence."""
    middleware.install(app, wiring)
    app.error(handler(wiring))
    app.command(COMMAND)(commands.by_word(WORDS, menu.show_menu))
    for action_id, listener in ACTIONS.items():
        app.action(action_id)(listener)
    for callback_id, listener in FORMS.items():
        app.view_submission(callback_id)(listener)
    for subtype, listener in MESSAGES.items():
        app.event({"type": "message", "subtype": subtype})(listener)
    for event, listener in EVENTS.items():
        app.event(event)(listener)
    _register_the_rest(app)


def _register_the_rest(app: App) -> None:
    app.view_closed(ANYTHING)(unknown.nothing)
    app.view_submission(ANYTHING)(unknown.form)
    app.action(ANYTHING)(unknown.button)
    app.command(ANYTHING)(unknown.command)
    app.shortcut(ANYTHING)(unknown.shortcut)
    app.options(ANYTHING)(unknown.options)
    app.event(ANYTHING)(unknown.nothing)
