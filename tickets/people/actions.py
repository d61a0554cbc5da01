"""Everything a right is asked for, one name each."""

from enum import StrEnum


class Action(StrEnum):
    """What somebody wants to do: a row of the matrix, or a part of one."""

    LOG = "log"
    LIST = "list"
    SHARE_SEARCH = "share_search"  # keep one for a department: its lead, supervisors
    LOOK_UP = "look_up"  # a customer, by a whole phone number or mail address
    EDIT_CUSTOMER = "edit_customer"  # products, wishes, tags and the trade's own fields
    ASK_AGAIN = "ask_again"  # customers who wanted no more such calls, without a word of theirs
    SEE = "see"
    ASSIGN = "assign"
    NAME_CONTACT = "name_contact"
    PROPOSE_CONTACT = "propose_contact"  # collaborators, for somebody else to agree to
    AGREE_CONTACT = "agree_contact"
    SET_PRIORITY = "set_priority"
    JUDGE_COMPLEXITY = "judge_complexity"
    GRADE = "grade"  # known or not, whom it needs, the first cause
    ACCEPT = "accept"
    WORK = "work"  # start, plan, workaround
    CONTACT = "contact"
    PAUSE = "pause"
    RESOLVE = "resolve"
    ANSWER_ON_THE_SPOT = "answer_on_the_spot"
    HAND_BACK = "hand_back"
    MARK_INVALID = "mark_invalid"
    TAKE_INVALID_BACK = "take_invalid_back"
    TELL_CUSTOMER = "tell_customer"
    TELL_AGAIN = "tell_again"  # whoever takes the repeat call
    SCORE = "score"
    SUPERVISOR_CALL = "supervisor_call"
    FOLLOW_UP = "follow_up"
    CLOSE = "close"
    REOPEN = "reopen"
    MERGE = "merge"
    GATHER = "gather"  # under a parent case, and out of it
    ARCHIVE = "archive"
    ADD_ADDENDUM = "add_addendum"  # to an archived record, which itself never changes
    NOTE = "note"
    ADD_EVIDENCE = "add_evidence"
    CORRECT = "correct"
    PROMISE = "promise"
    ASK_HELP = "ask_help"
    SETTLE_DISPUTE = "settle_dispute"  # between departments, or take it to a director
    ASK_DEPARTMENT = "ask_department"  # another one, with a clock for its answer
    ANSWER_QUESTION = "answer_question"  # or say that it is not theirs
    EXPLAIN_LATENESS = "explain_lateness"
    REFER = "refer"  # an authority outside: that it waits, and that it was answered
    MOVE_REFERRAL = "move_referral"  # it set another date
    TICK_STEP = "tick_step"  # of a complaint's checklist
    NAME_COMPLAINED_ABOUT = "name_complained_about"
    APPROVE_COMPENSATION = "approve_compensation"
    REVEAL = "reveal"
    TAKE_OVER = "take_over"
    BE_AWAY = "be_away"
    REMIND = "remind"
    HEAR = "hear"  # of a warning or a breach: got it
    MEET = "meet"  # decide on a ticket in the weekly meeting
    CHAIR = "chair"  # start and close it
    CALL_RETROSPECTIVE = "call_retrospective"  # or say that an occasion needs none
    PROPOSE_RETROSPECTIVE = "propose_retrospective"
    SEE_RETROSPECTIVE = "see_retrospective"
    RUN_RETROSPECTIVE = "run_retrospective"  # write down what is said, start and close it
    APPROVE_MINUTES = "approve_minutes"  # of a retrospective
    SEE_APPRAISAL = "see_appraisal"  # quality of records by agent
    SEE_FIGURES = "see_figures"  # counts without personal data
    MAKE_DOSSIER = "make_dossier"  # one masked file of one ticket
    EXPORT_MASKED = "export_masked"
    ASK_FULL_EXPORT = "ask_full_export"
    APPROVE_FULL_EXPORT = "approve_full_export"
    ASK_ERASURE = "ask_erasure"
    APPROVE_ERASURE = "approve_erasure"
    RUN_ERASURE = "run_erasure"
    READ_AUDIT = "read_audit"
    VERIFY_AUDIT = "verify_audit"
    CONFIGURE = (
        "configure"  # the desk file: targets, categories, calendar, channels, who has which role
    )
    READ_ARTICLES = "read_articles"  # those that are published
    PROPOSE_ARTICLE = "propose_article"
    KEEP_ARTICLES = "keep_articles"  # approve, send back, retire; a new product's checklist
    USE_ARTICLE = "use_article"  # on a ticket
