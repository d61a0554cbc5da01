"""Every action id, callback id and block id the views use; the handlers route by these alone."""

from enum import StrEnum


class ActionId(StrEnum):
    """A button, or an input that tells the bot of a change. Values carry ids only, never rights."""

    # A ticket's own buttons: the value is its number.
    ACCEPT = "ticket.accept"
    START = "ticket.start"
    CONTACT = "ticket.contact"
    PLAN = "ticket.plan"
    WORKAROUND = "ticket.workaround"
    WAIT = "ticket.wait"
    HOLD = "ticket.hold"
    RESUME = "ticket.resume"
    RESOLVE = "ticket.resolve"
    ANSWER = "ticket.answer"  # on the spot, straight from new
    TELL = "ticket.tell"
    TELL_AGAIN = "ticket.tell_again"  # a repeat call, with an apology
    CONFIRM = "ticket.confirm"  # the customer confirmed the result
    SCORE = "ticket.score"
    ATTEMPT = "ticket.attempt"  # a callback that brought no score
    FOLLOW_UP = "ticket.follow_up"
    FOLLOW_UP_END = "ticket.follow_up_end"
    CLOSE = "ticket.close"
    REOPEN = "ticket.reopen"
    TAKE_OUT = "ticket.take_out"  # of its parent case
    DISMISS = "ticket.dismiss"  # a parent case that is none
    MERGE = "ticket.merge"  # also: it is a duplicate
    ARCHIVE = "digest.archive"  # what the day's list holds; value: job and period
    REASSIGN = "ticket.reassign"
    HAND_BACK = "ticket.hand_back"
    INVALID = "ticket.invalid"
    TAKE_INVALID_BACK = "ticket.take_invalid_back"
    NOTE = "ticket.note"
    ADDENDUM = "ticket.addendum"  # to an archived one
    DOSSIER = "ticket.dossier"
    HELP_WANTED = "ticket.help_wanted"
    COLLABORATORS = "ticket.collaborators"
    SETTLE = "ticket.settle"  # a dispute between departments
    REPORT_UP = "ticket.report_up"
    ASK_DEPARTMENT = "ticket.ask_department"
    ANSWER_QUESTION = "ticket.answer_question"  # value: n, and q where several were asked
    NOT_OURS = "ticket.not_ours"  # likewise
    PRIORITY = "ticket.priority"
    COMPLEXITY = "ticket.complexity"
    CORRECT = "ticket.correct"
    FILL_IN = "ticket.fill_in"  # what the fast lane left open
    SUPERVISOR_CALL = "ticket.supervisor_call"
    PROMISE = "ticket.promise"
    PROMISE_KEPT = "ticket.promise_kept"
    EVIDENCE = "ticket.evidence"
    DETAILS = "ticket.details"
    HISTORY = "ticket.history"
    TALKS = "ticket.talks"  # 客户沟通记录
    EARLIER = "ticket.earlier"  # what the rounds before this one did
    REVEAL = "ticket.reveal"
    MORE = "ticket.more"
    WHY = "ticket.why"  # these deadlines
    LATENESS = "ticket.lateness"
    GRADE = "ticket.grade"  # known or not, whom it needs, the first cause
    PROPOSE_HELP = "ticket.propose_help"  # collaborators, for lead or supervisor to agree to
    AGREE_HELP = "ticket.agree_help"
    REFER = "ticket.refer"  # an authority outside waits for an answer
    REFER_MOVE = "ticket.refer_move"  # by another date
    REFER_ANSWER = "ticket.refer_answer"
    CHECKLIST = "ticket.checklist"  # of a complaint
    COMPLAINED_ABOUT = "ticket.complained_about"
    APPROVE = "ticket.approve"  # a compensation or a cost
    REFUSE_APPROVAL = "ticket.refuse_approval"
    GOT_IT = "ticket.got_it"  # value: n, the deadline's kind, detail and due, packed by meta.pack
    ERASE = "ticket.erase"  # the customer of this ticket
    TAKE = "ticket.take"  # one tap at a shift's end
    LINKED_CASE = "ticket.linked_case"  # a new case that belongs to one that is over
    RESULT_TOLD = "ticket.result_told"  # one tap: the customer knows the result
    PLAN_TOLD = "ticket.plan_told"  # one tap: the customer knows the plan
    COPY = "ticket.copy"  # the sentence for the customer
    SAME_CALL = "ticket.same_call"  # another case of the customer just logged

    # Inside forms: the value is what the meta of the view says, or nothing.
    FORM_CATEGORY = "form.category"
    FORM_PHONE = "form.phone"
    FORM_EMAIL = "form.email"
    FORM_OPENING = "form.opening"  # show or fold the opening words
    FORM_RESEND = "form.resend"  # the repeat: our answer did not arrive
    FORM_LINK = "form.link"
    FORM_MERGE = "form.merge"  # the new case goes straight into the earlier one
    FORM_NEW_CASE = "form.new_case"
    TELL_COMPOSE = "tell.compose"  # the text for the customer, out of the fields as they are now
    CALL = "calls.call"  # a customer's card; value: one of the cases
    CALL_ANYWAY = "calls.anyway"  # outside the hours, the customer agreed
    CALL_SCORE = (
        "calls.score"  # from the card, to which it returns; value: n and c, packed by meta.pack
    )
    SCORE_PICKED = "score.picked"  # the reason for a low score appears
    CORRECT_FIELD = "correct.field"

    # A customer's profile: how it was opened and the page, packed by meta.pack; never what was typed.
    PROFILE = "ticket.profile"  # of its customer; value: the number
    PROFILE_PAGE = "customer.page"
    PROFILE_EDIT = "customer.edit"
    CALLS_AGAIN = "customer.calls_again"  # 不再回访 taken back
    FAST_LANE = "customer.fast_lane"  # a case in one line; value: c

    # Lists, menus, home.
    PAGE = "list.page"  # value: the query and the page, packed by meta.pack
    LIST = "list.scope"  # value: a Scope
    SEARCH_SAVE = "search.save"  # value: the kept line, packed by meta.pack
    SEARCH_OPEN = "search.open"  # value of it, of RENAME and DROP: the saved search's id
    SEARCH_RENAME = "search.rename"
    SEARCH_DROP = "search.drop"
    SEARCH_SAVED = "search.saved"  # value: the page, packed by meta.pack
    SEARCH_FILTER = "search.filter"  # value: of which list or search, packed by meta.pack
    HISTORY_PAGE = "history.page"  # value: n and page, packed by meta.pack
    TALKS_PAGE = "talks.page"  # likewise
    DETAILS_PAGE = "details.page"  # likewise
    EARLIER_PAGE = "earlier.page"  # likewise
    AUDIT_PAGE = "audit.page"  # likewise, with the part
    WHY_PAGE = "why.page"  # likewise, with the round
    NEW_TICKET = "menu.new"
    QUICK_TICKET = "menu.quick"
    HELP = "menu.help"
    STATUS = "menu.status"
    HANDOVER = "menu.handover"
    REST = "menu.rest"  # what nobody of the next shift took
    AWAY = "menu.away"
    BACK = "menu.back"
    DRAFT = "menu.draft"  # continue with the kept text; value: the draft's id
    HOME_PAGE = "home.page"
    HOME_BEFORE = "home.before"  # its page before

    # Figures: the value is a period, what it is told apart by, a figure and a page, packed by meta.pack.
    STATS_OPEN = "stats.open"  # of this month
    STATS_PAGE = "stats.page"
    STATS_EARLIER = "stats.earlier"
    STATS_LATER = "stats.later"
    STATS_TOGETHER = "stats.together"
    STATS_CASES = "stats.cases"
    STATS_PICK = "stats.pick"  # a menu: the figure; the block remembers the group
    STATS_BY = "stats.by"  # a menu: what to tell apart by; the block remembers the period

    # The knowledge base. An article's value is its id, with n where it was opened from a ticket's form.
    KB = "kb.open"  # value: a Shelf
    KB_NARROW = "kb.narrow"  # an input that narrows the page: words, category, scenario, shelf
    KB_PAGE = "kb.page"  # value: the page, packed by meta.pack
    KB_READ = "kb.read"
    KB_VERSIONS = "kb.versions"
    KB_NEW = "kb.new"
    KB_CHANGE = "kb.change"
    KB_SUBMIT = "kb.submit"
    KB_APPROVE = "kb.approve"
    KB_SEND_BACK = "kb.send_back"
    KB_RETIRE = "kb.retire"
    KB_RESTORE = "kb.restore"
    KB_USE = "kb.use"  # on a ticket: value n and a, packed by meta.pack
    KB_USE_HERE = "kb.use_here"  # into the form that is being filled in
    KB_PRODUCT = "kb.product"  # what a new product asks for
    KB_DONE = "kb.done"  # a task of it; value: l and t, packed by meta.pack
    FORM_SECOND = "form.second"  # the second level was picked: what helps is offered
    FORM_EMOTION = "form.emotion"  # other words to soothe with
    FORM_URGENCY = "form.urgency"  # the description is there by now: likewise
    ARTICLE = "ticket.article"  # a draft out of a solved ticket

    # What is kept of people is to end: the value is the request's id.
    RIGHTS_ASK = "rights.ask"
    RIGHTS_APPROVE = "rights.approve"
    RIGHTS_REFUSE = "rights.refuse"
    RIGHTS_RUN = "rights.run"

    # Everything unmasked: the value is the request's id.
    EXPORT_APPROVE = "export.approve"
    EXPORT_REFUSE = "export.refuse"

    # The weekly meeting. Head: the value is the meeting's key; rows: the block's id says which.
    MEETING_START = "meeting.start"
    MEETING_CLOSE = "meeting.close"
    MEETING_SHEET = "meeting.sheet"
    MEETING_DECIDE = "meeting.decide"
    MEETING_ROW = "meeting.row"

    # Retrospectives: the value is its id, of an improvement the improvement's; else packed by meta.pack.
    RETRO_CALL = "retro.call"  # value: r, n of what was offered; or "theme"
    RETRO_OF_CASE = "ticket.retro"  # value: the number
    RETRO_DECLINE = "retro.decline"  # also: call it off
    RETRO_MOVE = "retro.move"
    RETRO_OPEN = "retro.open"
    RETRO_LIST = "retro.list"
    RETRO_PAGE = "retro.page"
    RETRO_ROOM_PAGE = "retro.room_page"
    RETRO_START = "retro.start"
    RETRO_CLOSE = "retro.close"
    RETRO_POINTS = "retro.points"
    RETRO_CAUSE = "retro.cause"
    RETRO_DIRECTIONS = "retro.directions"
    RETRO_ITEM = "retro.item"
    RETRO_MINUTES = "retro.minutes"
    RETRO_APPROVE = "retro.approve"
    RETRO_RETURN = "retro.return"
    RETRO_DONE = "retro.done"
    RETRO_FOLLOW = "retro.follow"  # what follows one that did not help
    RETRO_PROVED = "retro.proved"
    RETRO_NOT_PROVED = "retro.not_proved"
    RETRO_WORSE = "retro.worse"

    # The monthly meeting and what is to be made better. Head: the report's period; points: m and p.
    MONTHLY_START = "monthly.start"
    MONTHLY_CLOSE = "monthly.close"
    MONTHLY_DECIDE = "monthly.decide"
    IMPROVEMENT_NEW = "improvement.new"
    IMPROVEMENT_DONE = "improvement.done"  # value: the item's id
    IMPROVEMENTS_PAGE = "improvement.page"
    IMPROVEMENTS_SHEET = "improvement.sheet"
    QUALITY_PAGE = "stats.quality_page"  # value: s, the period's key, and page
    QUALITY_RECORDS = "stats.quality_records"  # value: s, p (an agent) and page
    COMPARE_FILE = "stats.compare_file"  # value: a and b, the periods' keys, and by


class RowChoice(StrEnum):
    """What a row's ⋯ offers in the weekly meeting."""

    OWNER = "owner"
    DATE = "date"
    OPEN = "open"
    SOLVED = "solved"  # a blocker


class CallbackId(StrEnum):
    """A view that is sent in, or only shown."""

    FORM = "form"
    QUICK = "form.quick"
    ACCEPT = "modal.accept"
    START = "modal.start"
    CONTACT = "modal.contact"
    PLAN = "modal.plan"
    WORKAROUND = "modal.workaround"
    WAIT = "modal.wait"
    HOLD = "modal.hold"
    RESOLVE = "modal.resolve"
    ANSWER = "modal.answer"
    TELL = "modal.tell"
    TELL_AGAIN = "modal.tell_again"
    SCORE = "modal.score"
    ATTEMPT = "modal.attempt"
    FOLLOW_UP = "modal.follow_up"
    FOLLOW_UP_END = "modal.follow_up_end"
    CLOSE = "modal.close"
    REOPEN = "modal.reopen"
    MERGE = "modal.merge"
    REASSIGN = "modal.reassign"
    HAND_BACK = "modal.hand_back"
    INVALID = "modal.invalid"
    TAKE_INVALID_BACK = "modal.take_invalid_back"
    NOTE = "modal.note"
    ADDENDUM = "modal.addendum"
    DOSSIER = "modal.dossier"
    HELP_WANTED = "modal.help_wanted"
    COLLABORATORS = "modal.collaborators"
    SETTLE = "modal.settle"
    REPORT_UP = "modal.report_up"
    ASK_DEPARTMENT = "modal.ask_department"
    ANSWER_QUESTION = "modal.answer_question"
    NOT_OURS = "modal.not_ours"
    PRIORITY = "modal.priority"
    COMPLEXITY = "modal.complexity"
    CORRECT = "modal.correct"
    FILL_IN = "modal.fill_in"
    SUPERVISOR_CALL = "modal.supervisor_call"
    PROMISE = "modal.promise"
    EVIDENCE = "modal.evidence"
    LATENESS = "modal.lateness"
    GRADE = "modal.grade"
    PROPOSE_HELP = "modal.propose_help"
    REFER = "modal.refer"
    REFER_MOVE = "modal.refer_move"
    REFER_ANSWER = "modal.refer_answer"
    CHECKLIST = "modal.checklist"
    COMPLAINED_ABOUT = "modal.complained_about"
    REFUSE_APPROVAL = "modal.refuse_approval"
    REVEAL = "modal.reveal"
    ERASE = "modal.erase"
    EXPORT = "modal.export"
    PROFILE_EDIT = "modal.profile"
    CALLS_AGAIN = "modal.calls_again"
    FAST_LANE = "modal.fast_lane"
    SEARCH_SAVE = "modal.search_save"
    SEARCH_RENAME = "modal.search_rename"
    FILTER = "modal.filter"  # of a list or a search
    KB = "modal.kb"
    ARTICLE = "modal.article"
    SEND_BACK = "modal.article_back"
    PRODUCT = "modal.product"
    RETRO_CALL = "modal.retro_call"
    RETRO_PROPOSE = "modal.retro_propose"
    RETRO_DECLINE = "modal.retro_decline"
    RETRO_MOVE = "modal.retro_move"
    RETRO_POINTS = "modal.retro_points"
    RETRO_CAUSE = "modal.retro_cause"
    RETRO_DIRECTIONS = "modal.retro_directions"
    RETRO_ITEM = "modal.retro_item"
    RETRO_MINUTES = "modal.retro_minutes"
    RETRO_RETURN = "modal.retro_return"
    RETRO_DONE = "modal.retro_done"
    MEETING_DECIDE = "modal.meeting_decide"
    MEETING_OWNER = "modal.meeting_owner"
    MEETING_DATE = "modal.meeting_date"
    MEETING_SOLVED = "modal.meeting_solved"
    MONTHLY_DECIDE = "modal.monthly_decide"
    IMPROVEMENT_NEW = "modal.improvement_new"
    IMPROVEMENT_DONE = "modal.improvement_done"
    SHOWN = "modal.shown"  # only read: details, history, the menu, a sentence
    HOME = "home"


class FieldId(StrEnum):
    """The block ids of the modals' fields (the form's own stand in form_fields)."""

    REASON = "reason"
    EXPORT_TABLE = "export_table"
    EXPORT_STATUS = "export_status"
    EXPORT_LANGUAGE = "export_language"
    EXPORT_FORMAT = "export_format"
    EXPORT_HOW = "export_how"
    WITH_EVIDENCE = "with_evidence"
    NOTE = "note"
    REPEAT_CAUSE = "repeat_cause"
    SURVIVOR = "survivor"  # the ticket that another is merged into
    ADDENDUM = "addendum"
    WAY = "way"
    OUTCOME = "outcome"
    WHEN = "when"
    ANSWER = "answer"
    MEASURES = "measures"
    RESOURCES = "resources"
    FINISH_BY = "finish_by"
    COST = "cost"
    UNTIL = "until"
    WORKAROUND = "workaround"
    TOLD = "told"
    FIXED_BY = "fixed_by"
    COMPENSATION = "compensation"
    DONE = "done"
    RESULT = "result"
    PREVENTION = "prevention"
    FIRST_CAUSE = "first_cause"
    DIMENSION = "dimension"
    OVERDUE_REASON = "overdue_reason"
    LATE_CAUSE = "late_cause"
    MESSAGE = "message"
    SCORE = "score"
    SOLVED = "solved"
    WORDS = "words"
    SUGGESTIONS = "suggestions"
    DISSATISFACTION = "dissatisfaction"
    REFUSAL = "refusal"
    NEVER_AGAIN = "never_again"  # 不再回访
    WHY_AGAIN = "why_again"
    DEPARTMENT = "department"
    PERSON = "person"
    PEOPLE = "people"
    CONTACT_PERSON = "contact_person"
    NEED = "need"
    PRIORITY = "priority"
    COMPLEXITY = "complexity"
    FIELD = "field"
    CORRECTION = "correction"  # followed by the field's name, so that a new field starts empty
    QUESTION = "question"
    PROMISE = "promise"
    PROMISED_UNTIL = "promised_until"  # in a form about something else
    INSTEAD_OF = "instead_of"  # which promise is told anew
    EVIDENCE = "evidence"
    LINK = "link"
    AMOUNT = "amount"  # of compensation
    KNOWN = "known"
    LIKE = "like"  # an earlier case of the same problem
    LIKE_NUMBER = "like_number"
    DEPARTMENTS = "departments"
    REPORT = "report"
    AUTHORITY = "authority"  # outside
    DIRECTION = "direction"
    REFERENCE = "reference"  # its own number
    REFERRAL = "referral"  # which one of those that wait
    STEPS = "steps"  # of a complaint
    JUDGED = "judged"  # how a complaint ended
    WITHOUT = "without"  # why something may be lacking
    DECISION = "decision"
    DAY = "day"
    BLOCKER = "blocker"
    BLOCKER_NAME = "blocker_name"
    THEME = "theme"  # of a retrospective
    SINCE = "since"
    WHY_SOONER = "why_sooner"
    CHAIR = "chair"
    RECAP = "recap"
    CAUSE = "cause"
    UNDER = "under"
    CAUSE_DROP = "cause_drop"
    ACTION = "action"
    FIGURE = "figure"
    SCOPE = "scope"
    GOAL_FROM = "goal_from"
    GOAL_TO = "goal_to"
    GOAL_WORDS = "goal_words"
    OWNER = "owner"
    CONCLUSION = "conclusion"
    PAIN = "pain"  # of an improvement
    GOAL = "goal"


VALUE = "value"
"""The action id of every input that is only read when its form is sent."""
