"""Keep what the desk knows: propose, approve, send back, retire; each once, on the audit log, told to whom it concerns."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from tickets.case.values import Number, PersonId
from tickets.desk.articles import seen
from tickets.desk.articles_check import Proposal, checked, clean_note
from tickets.desk.asking import asked, reading
from tickets.desk.change import present_actor
from tickets.desk.context import Desk
from tickets.desk.decided import How, drawn_anew
from tickets.desk.surely import surely
from tickets.errors import Refused
from tickets.handbook import Handbook
from tickets.knowledge import moves
from tickets.knowledge.article import Article, Standing, Version
from tickets.message import Word
from tickets.notices import Notice, NoticeKind, Urgency, to_person
from tickets.people import roles
from tickets.people.roles import Action, Actor
from tickets.ports import AuditEntry, Receipt, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moment:
    """What a step looks at."""

    unit: Unit
    who: Actor
    handbook: Handbook
    at: datetime


Step = Callable[[_Moment], tuple[Article | None, Article]]
"""Gives the article before and after."""


def propose(
    desk: Desk,
    proposal: Proposal,
    *,
    by: PersonId,
    receipt: str,
    from_ticket: Number | None = None,
) -> Article:
    """Propose a new article, or keep it as a draft. Raises Refused, or Incomplete by field."""
    content = checked(desk, proposal)

    def step(moment: _Moment) -> tuple[Article | None, Article]:
        new = moves.begun(
            moment.unit.articles.next_id(),
            content,
            by=by,
            at=moment.at,
            owner=proposal.owner,
            standing=proposal.standing,
            from_ticket=from_ticket,
        )
        return None, new

    return _do(desk, "begun", step, Action.PROPOSE_ARTICLE, by=by, receipt=receipt)


def propose_change(
    desk: Desk, article: int, proposal: Proposal, *, based_on: int, by: PersonId, receipt: str
) -> Article:
    """Propose other words for an article. Raises Refused, NotFound, Conflict, or Incomplete by field."""
    content, note = checked(desk, proposal), clean_note(desk, proposal.note)

    def step(moment: _Moment) -> tuple[Article | None, Article]:
        was = seen(moment.unit, article, moment.who)
        return was, moves.changed(
            was,
            content,
            based_on=based_on,
            by=by,
            at=moment.at,
            standing=proposal.standing,
            note=note,
        )

    return _do(desk, "changed", step, Action.PROPOSE_ARTICLE, by=by, receipt=receipt)


def submit(desk: Desk, article: int, *, by: PersonId, receipt: str) -> Article:
    """Let a draft wait for approval; its people's and the keepers' to do. Raises Refused, NotFound or IllegalMove."""

    def step(moment: _Moment) -> tuple[Article | None, Article]:
        was = seen(moment.unit, article, moment.who)
        keeps = roles.may(moment.who, Action.KEEP_ARTICLES)
        if not keeps and by not in {was.newest.by, was.owner, was.created_by}:
            grants = (Word(f"grant.{one}") for one in sorted(roles.MATRIX[Action.KEEP_ARTICLES]))
            action = Word(f"action.{Action.KEEP_ARTICLES}")
            raise Refused("refused.not_yours", action=action, who=tuple(grants))
        return was, moves.submit(was)

    return _do(desk, "submitted", step, Action.PROPOSE_ARTICLE, by=by, receipt=receipt)


def approve(
    desk: Desk, article: int, read: int | None = None, *, by: PersonId, receipt: str
) -> Article:
    """Publish what waits, as it was read; nobody approves their own words unless they are alone.

    Raises Refused, IllegalMove, or Conflict where another version than `read` waits.
    """

    def step(moment: _Moment) -> tuple[Article | None, Article]:
        was = moment.unit.articles.get(article)
        keepers = moves.keepers_of(moment.handbook)
        return was, moves.approve(was, by=by, at=moment.at, keepers=keepers, read=read)

    return _do(desk, "approved", step, Action.KEEP_ARTICLES, by=by, receipt=receipt)


def send_back(
    desk: Desk,
    article: int,
    reason: str,
    *,
    by: PersonId,
    receipt: str,
    read: int | None = None,
) -> Article:
    """Give what waits back to its author and say why. Raises Refused, IllegalMove or Conflict likewise."""
    why = clean_note(desk, reason)

    def step(moment: _Moment) -> tuple[Article | None, Article]:
        was = moment.unit.articles.get(article)
        return was, moves.send_back(was, by=by, at=moment.at, reason=why, read=read)

    return _do(desk, "sent_back", step, Action.KEEP_ARTICLES, by=by, receipt=receipt)


def retire(desk: Desk, article: int, *, by: PersonId, receipt: str) -> Article:
    """Take an article from the readers; all its versions stay. Raises Refused or IllegalMove."""

    def step(moment: _Moment) -> tuple[Article | None, Article]:
        was = moment.unit.articles.get(article)
        return was, moves.retire(was, by=by, at=moment.at)

    return _do(desk, "retired", step, Action.KEEP_ARTICLES, by=by, receipt=receipt)


def restore(desk: Desk, article: int, *, by: PersonId, receipt: str) -> Article:
    """Bring a retired article back, to be approved again. Raises Refused or IllegalMove."""

    def step(moment: _Moment) -> tuple[Article | None, Article]:
        was = moment.unit.articles.get(article)
        return was, moves.restore(was, by=by, at=moment.at)

    return _do(desk, "restored", step, Action.KEEP_ARTICLES, by=by, receipt=receipt)


def require_proposing(desk: Desk, *, by: PersonId) -> None:
    """Refuse before a form is filled in vain. Raises Refused, as sending it would."""
    with reading(desk, by, Action.PROPOSE_ARTICLE):
        return


def require_keeping(desk: Desk, *, by: PersonId) -> None:
    """Refuse likewise who may not approve. Raises Refused."""
    with reading(desk, by, Action.KEEP_ARTICLES):
        return


def _do(
    desk: Desk, name: str, step: Step, action: Action, *, by: PersonId, receipt: str
) -> Article:
    """Do a step once per receipt, in one transaction with its audit entry and its notices."""

    def once() -> Article:
        with desk.records.write() as unit:
            handbook, now = desk.handbook(), desk.clock.now()
            who = present_actor(unit, by, handbook)
            roles.require(who, action)
            known = unit.receipts.find(receipt)
            if known:
                return unit.articles.get(int(str(known.answer["article"])))
            was, after = step(_Moment(unit=unit, who=who, handbook=handbook, at=now))
            if was is None:
                unit.articles.add(after)
            else:
                unit.articles.save(after, was=was)
            unit.receipts.keep(
                Receipt(key=receipt, kind=action, answer={"article": after.id}), at=now
            )
            unit.audit.write(
                AuditEntry(
                    at=now,
                    by=by,
                    action=action,
                    number=None,
                    outcome="done",
                    detail={"article": after.id, "version": after.newest.number, "step": name},
                )
            )
            unit.notices.plan(tuple(_told(after, name, handbook, by=by, at=now)))
            if was:
                unit.notices.plan(tuple(_asked_no_more(unit, was, after, handbook, by=by, at=now)))
            return after

    with asked(desk, by, action):
        article = surely(once)
    desk.wake()
    return article


def _told(
    article: Article, name: str, handbook: Handbook, *, by: PersonId, at: datetime
) -> Iterable[Notice]:
    """Tell the approvers what waits for them, and the author what was decided by somebody else."""
    newest = article.newest
    if newest.standing is Standing.WAITING:
        for approver in moves.approvers_of(handbook, author=newest.by):
            yield article_notice(article, "waiting", approver, at=at)
    elif name in {"approved", "sent_back"} and newest.by != by:
        yield article_notice(article, name, newest.by, at=at)


def _asked_no_more(
    unit: Unit, was: Article, after: Article, handbook: Handbook, *, by: PersonId, at: datetime
) -> Iterable[Notice]:
    """Whoever was asked to approve a version sees that it is decided, or that nobody asks any more."""
    asked, now = was.newest, after.versions[was.newest.number - 1]
    if asked.standing is not Standing.WAITING or now.standing is Standing.WAITING:
        return ()
    ways = {Standing.PUBLISHED: How.PUBLISHED, Standing.DRAFT: How.RETURNED}
    return drawn_anew(
        unit,
        f"{_key(was, 'waiting')}:",
        ways.get(now.standing, How.WITHDRAWN),
        by=by,
        at=at,
        handbook=handbook,
        tail=f":{_stamp(asked)}",
    )


def _key(article: Article, what: str) -> str:
    """Give how the keys of what is said of a version begin; reader and stamp follow."""
    return f"{NoticeKind.ARTICLE}:{article.id}:{article.newest.number}:{what}"


def _stamp(version: Version) -> int:
    """Tell one waiting of a version from another: it was sent back between them."""
    if version.decided_at:
        return int(version.decided_at.timestamp() * 1000)
    return int(version.at.timestamp())


def article_notice(article: Article, what: str, to: PersonId, *, at: datetime) -> Notice:
    """Plan a notice about an article; what it says is read when it is sent."""
    version = article.newest.number
    stamp = _stamp(article.newest) if what == "waiting" else int(at.timestamp())
    return Notice(
        key=f"{_key(article, what)}:{to}:{stamp}",
        kind=NoticeKind.ARTICLE,
        place=to_person(to),
        urgency=Urgency.PRIVATE,
        due_at=at,
        params={"what": what, "article": article.id, "version": version},
    )
