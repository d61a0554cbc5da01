"""An article helps with a case: its use counted once, and a solved case turned into a draft (R125)."""

from collections.abc import Iterable
from dataclasses import dataclass

from tickets.case import facts as f
from tickets.case.values import Number, PersonId, Status
from tickets.desk.asking import reading
from tickets.desk.change import Outcome, Scene, change
from tickets.desk.context import Desk
from tickets.desk.look import view_of
from tickets.errors import IllegalMove, NotFound, Refused
from tickets.knowledge.article import code_of
from tickets.people import roles
from tickets.people.roles import Action

OVER = frozenset({Status.RESOLVED, Status.FOLLOW_UP, Status.CLOSED, Status.ARCHIVED})
"""What is solved may become an article."""
_TITLE = 40  # characters of the description that stand as the title until somebody writes one


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """What an article can be made of: a case's words, redacted."""

    number: Number
    category: str
    title: str
    problem: str
    result: str
    prevention: str


def use_article(desk: Desk, number: Number, article: int, *, by: PersonId, receipt: str) -> Outcome:
    """Note that an article helped with a ticket; again changes nothing. Raises Refused or NotFound."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        found = scene.unit.articles.get(article)
        if not found.is_published:
            raise NotFound("article.none", article=code_of(article))
        if article in scene.ticket.articles:
            return ()
        scene.unit.articles.use(article, number, by=by, at=scene.now)
        title = found.shown.content.in_(scene.handbook.language).title
        return (f.ArticleUsed(article=article, version=found.shown.number, title=title),)

    return change(
        desk,
        number,
        by=by,
        action=Action.USE_ARTICLE,
        receipt=receipt,
        decide=decide,
        detail=lambda _ticket: {"article": article},
    )


def use_all(
    desk: Desk, number: Number, articles: Iterable[int], *, by: PersonId, receipt: str
) -> None:
    """Note what was used while a case was logged; one that is gone by now is left out."""
    for article in articles:
        try:
            use_article(desk, number, article, by=by, receipt=f"{receipt}:article:{article}")
        except (NotFound, Refused, IllegalMove):
            continue


def solved(desk: Desk, number: Number, *, by: PersonId) -> Solved:
    """Give what a draft is made of; no more of a case than may be read by everybody.

    Raises Refused, NotFound, or IllegalMove: it is not solved, or a risk keeps its words to its own people.
    """
    with reading(desk, by, Action.SEE, number) as (unit, who):
        roles.require(who, Action.PROPOSE_ARTICLE)
        view = view_of(desk, unit, number, who)
    ticket = view.ticket
    if ticket.status not in OVER or not ticket.result:
        raise IllegalMove("article.not_solved", number=number)
    if ticket.is_restricted:
        raise IllegalMove("article.kept_back", number=number)
    problem = view.redact(ticket.intake.description)
    return Solved(
        number=number,
        category=ticket.category,
        title=" ".join(problem.split())[:_TITLE],
        problem=problem,
        result=view.redact(ticket.result or ""),
        prevention=view.redact(ticket.prevention or ""),
    )
