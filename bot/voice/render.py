"""Rendering: each kind of notice becomes a message in the reader's language, or is found pointless."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.voice import render_approval as approval
from bot.voice import render_articles as articles
from bot.voice import render_authority as authority
from bot.voice import render_between as between
from bot.voice import render_digest as digests
from bot.voice import render_dispute as dispute
from bot.voice import render_export as exports
from bot.voice import render_fields as fields
from bot.voice import render_helping as helping
from bot.voice import render_meeting as meeting
from bot.voice import render_merging as merging
from bot.voice import render_monthly as monthly
from bot.voice import render_parents as parents
from bot.voice import render_pointing as pointing
from bot.voice import render_private as private
from bot.voice import render_retro as retro
from bot.voice import render_rights as rights
from bot.voice import render_rollup as rollup
from bot.voice import render_rounds as rounds
from bot.voice import render_telling as telling
from bot.voice import render_ticket as ticket
from bot.voice import render_watch as watch
from bot.voice.scene import Scene
from handlers.views.notices import detour
from handlers.views.screen import Screen
from tickets.delivery import Pointless
from tickets.notices import NoticeKind

Renderer = Callable[[Scene], Screen | Pointless]

RENDERERS: Mapping[NoticeKind, Renderer] = MappingProxyType(
    {
        NoticeKind.CARD: ticket.card,
        NoticeKind.ASSIGNED: ticket.assigned,
        NoticeKind.HELP_ASKED: ticket.help_asked,
        NoticeKind.COLLABORATION: ticket.collaboration,
        NoticeKind.QUESTION: between.question,
        NoticeKind.ANSWERED: between.answered,
        NoticeKind.REOPENED: ticket.reopened,
        NoticeKind.MOVED: ticket.moved,
        NoticeKind.TOLD_AGAIN: merging.told_again,
        NoticeKind.FREQUENCY: parents.frequency,
        NoticeKind.PARENT_RESOLVED: parents.parent_resolved,
        NoticeKind.MERGED: merging.merged,
        NoticeKind.ABSORBED: merging.absorbed,
        NoticeKind.WARNING: watch.warning,
        NoticeKind.BREACH: watch.breach,
        NoticeKind.ESCALATION: watch.escalation,
        NoticeKind.LOGGED: private.logged,
        NoticeKind.COMPLAINT_FILED: private.complaint_filed,
        NoticeKind.HANDED_BACK: dispute.handed_back,
        NoticeKind.DISPUTE_SETTLED: dispute.settled,
        NoticeKind.REPORTED_UP: dispute.reported_up,
        NoticeKind.PLAN_SET: telling.plan_set,
        NoticeKind.SILENCE: telling.silence,
        NoticeKind.HELP_PROPOSED: helping.proposed,
        NoticeKind.HEAD_TOLD: helping.head_told,
        NoticeKind.REFERRED: authority.referred,
        NoticeKind.APPROVAL_ASKED: approval.asked,
        NoticeKind.APPROVAL_DECIDED: approval.decided,
        NoticeKind.RESOLVED: private.resolved,
        NoticeKind.NEXT_STEP: private.next_step,
        NoticeKind.LOW_SCORE: private.low_score,
        NoticeKind.EARLIER_ROUNDS: rounds.earlier_rounds,
        NoticeKind.PASSED_ON: rounds.passed_on,
        NoticeKind.POINTED_OUT: pointing.pointed_out,
        NoticeKind.EXPOSED: pointing.exposed,
        NoticeKind.CONFIRMATION: private.confirmation,
        NoticeKind.REMINDER: private.reminder,
        NoticeKind.HANDOVER: private.handover,
        NoticeKind.DRAFT_KEPT: private.draft_kept,
        NoticeKind.REVEAL_ALARM: private.reveal_alarm,
        NoticeKind.FIELDS_OWED: fields.fields_owed,
        NoticeKind.ROLL_UP: rollup.rolled_up,
        NoticeKind.MEETING_HEAD: meeting.head,
        NoticeKind.MEETING_DEPARTMENT: meeting.department,
        NoticeKind.MEETING_ROWS: meeting.rows,
        NoticeKind.MEETING_SOLVED: meeting.solved,
        NoticeKind.MEETING_MINUTES: meeting.minutes,
        NoticeKind.MONTHLY_MINUTES: monthly.minutes,
        NoticeKind.IMPROVEMENT: monthly.improvement,
        NoticeKind.DECIDED: meeting.decided,
        NoticeKind.UNBLOCKED: meeting.unblocked,
        NoticeKind.DIGEST: digests.digest,
        NoticeKind.ARTICLE: articles.article,
        NoticeKind.RIGHTS: rights.turn,
        NoticeKind.EXPORT_REQUEST: exports.turn,
        NoticeKind.RETROSPECTIVE: retro.page,
        NoticeKind.OPERATOR: private.operator,
    }
)


DECIDED: Mapping[NoticeKind, Renderer] = MappingProxyType(
    {
        NoticeKind.APPROVAL_ASKED: approval.answered,
        NoticeKind.ARTICLE: articles.decided,
        NoticeKind.EXPORT_REQUEST: exports.decided,
        NoticeKind.HANDED_BACK: dispute.decided,
        NoticeKind.HELP_PROPOSED: helping.settled,
        NoticeKind.RIGHTS: rights.taken,
    }
)
"""What somebody is asked to decide, as it reads afterwards."""


def decided(scene: Scene) -> Screen | Pointless:
    """Draw what somebody was asked to decide anew: the question as it was put, and what came of it."""
    if scene.case and scene.text("person") in scene.ticket.complaint.about:
        return Pointless("it is not for this person")
    screen = DECIDED[NoticeKind(scene.text("asked"))](scene)
    return screen if isinstance(screen, Pointless) else _with_why(scene, screen)


def render(scene: Scene) -> Screen | Pointless:
    """Render a notice against the records as they are now."""
    screen = RENDERERS[scene.notice.kind](scene)
    return screen if isinstance(screen, Pointless) else _with_why(scene, screen)


def _with_why(scene: Scene, screen: Screen) -> Screen:
    """Put above it why it is with this reader, where it was meant for somebody else."""
    if scene.text("deputy_for"):
        absent = scene.reader.person(private.person_in(scene.text("deputy_for")))
        screen = detour([scene.reader.tongue("away.for_deputy", who=absent)], screen)
    if not scene.text("meant_for"):
        return screen
    return detour(_why_here(scene), screen)


def _why_here(scene: Scene) -> list[str]:
    tongue, reader = scene.reader.tongue, scene.reader
    person = scene.notice.params.get("meant_for_person")
    place = reader.person(private.person_in(person)) if person else scene.text("meant_for")
    heads = [tongue("notice.meant_for", place=place)]
    if scene.notice.params.get("maybe_sent"):
        heads.append(tongue("notice.maybe_sent"))
    return heads
