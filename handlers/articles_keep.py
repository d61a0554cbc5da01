"""Keep the knowledge base: forms that propose, buttons that approve, send back, retire, bring back."""

from collections.abc import Callable
from dataclasses import replace

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.articles import article_in, show_anew
from handlers.forms import Fields, fields_of, tampered
from handlers.forms_work import must_say
from handlers.numbers import number_in
from handlers.opening import is_in_modal, present
from handlers.payloads import Json, memory_of, value_of
from handlers.tapped import Press, Tap, at_once
from handlers.views.article_form import (
    NONE,
    Start,
    article_form,
    block_of,
    send_back_form,
)
from handlers.views.form_fields import TICKED
from handlers.views.graphemes import width
from handlers.views.meta import unpack
from handlers.views.modal import sentence
from handlers.views.text import clip
from tickets.desk import articles_keep as use
from tickets.desk.articles import read
from tickets.desk.articles_check import Proposal
from tickets.desk.articles_use import Solved, solved
from tickets.desk.context import Desk
from tickets.errors import Incomplete
from tickets.knowledge.article import (
    LONGEST,
    Article,
    Content,
    Moment,
    Scenario,
    Standing,
    Wording,
    code_of,
)
from tickets.message import PersonId
from tickets.tongue import Tongue

LEAST = 300  # characters of a problem that is shortened to let its solution in
Step = Callable[..., Article]


def open_change(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """The form of other words for an article; what is proposed already stands in it for its people."""
    use.require_proposing(desk, by=person)
    known = read(desk, article_in(value_of(action)), by=person)
    one = known.article
    newest = one.newest if known.sees_proposed else one.shown
    start = Start(content=newest.content, article=one)
    present(request, article_form(start, handbook=desk.handbook(), tongue=tongue))


def open_of_ticket(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """A draft out of a solved case; its words are redacted."""
    case = solved(desk, number_in(value_of(action)), by=person)
    start = Start(content=_drafted(case, tongue), owner=person, from_ticket=case.number)
    present(request, article_form(start, handbook=desk.handbook(), tongue=tongue))


def submit_article(
    ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str, tongue: Tongue
) -> BoltResponse:
    """The words were sent: they wait for approval, or stay a draft."""
    memory = unpack(memory_of(view))
    proposal = _proposal(fields_of(view))
    try:
        if "a" in memory:
            kept = use.propose_change(
                desk,
                article_in(memory_of(view)),
                proposal,
                based_on=_version_in(memory.get("v")),
                by=person,
                receipt=receipt,
            )
        else:
            number = number_in(memory_of(view)) if "n" in memory else None
            kept = use.propose(desk, proposal, by=person, receipt=receipt, from_ticket=number)
    except Incomplete as problem:
        raise Incomplete(
            {block_of(name): said for name, said in problem.problems.items()}
        ) from None
    said = tongue(f"article.now.{kept.newest.standing}", article=code_of(kept.id))
    return ack(response_action="update", view=sentence(tongue("kb.title"), said, tongue))


def one_tap(
    step: Step, said: str, *, about: Callable[[str], tuple[int, ...]] = lambda it: (article_in(it),)
) -> Press:
    """Make the listener of a button that decides at once, `about` what; the view it stands in is drawn anew."""

    def act(tap: Tap) -> None:
        article = step(tap.desk, *about(tap.value), by=tap.person, receipt=tap.receipt)
        if is_in_modal(tap.request.body):
            show_anew(tap, article.id)
        else:
            tap.say(tap.tongue(said, article=code_of(article.id)))

    act.__doc__ = step.__doc__
    return at_once(act)


def _read_in(packed: str) -> tuple[int, int]:
    """Take out which article, and which version of it was read."""
    return article_in(packed), _version_in(unpack(packed).get("v"))


submit = one_tap(use.submit, "article.now.waiting")
approve = one_tap(use.approve, "article.now.published", about=_read_in)
retire = one_tap(use.retire, "article.now.retired")
restore = one_tap(use.restore, "article.now.waiting")


def open_send_back(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """The form that asks why a proposal goes back."""
    use.require_keeping(desk, by=person)
    article, version = _read_in(value_of(action))
    known = read(desk, article, by=person)
    present(request, send_back_form(known.article, version, tongue=tongue))


def submit_send_back(
    ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str, tongue: Tongue
) -> BoltResponse:
    """The reason was given: the author reads it."""
    reason = must_say(fields_of(view), "reason")
    article, version = _read_in(memory_of(view))
    kept = use.send_back(desk, article, reason, by=person, receipt=receipt, read=version)
    said = tongue("article.now.sent_back", article=code_of(kept.id))
    return ack(response_action="update", view=sentence(tongue("kb.title"), said, tongue))


def _drafted(case: Solved, tongue: Tongue) -> Content:
    content = _written(case, tongue)
    over = width(content) - LONGEST
    if over > 0:  # what solved it is what an article is for
        left = max(LEAST, width(case.problem) - over)
        content = _written(replace(case, problem=clip(case.problem, left)), tongue)
    language = "en" if tongue.language == "en" else "zh"
    return Content(
        category="faq",
        scenario=Scenario.AFTER_SALES,
        cases=frozenset({case.category}),
        texts={language: Wording(case.title, content)},
    )


def _written(case: Solved, tongue: Tongue) -> str:
    parts = {"problem": case.problem, "result": case.result, "prevention": case.prevention}
    return "\n".join(
        tongue(f"article.drafted.{name}", words=words) for name, words in parts.items() if words
    )


def _proposal(fields: Fields) -> Proposal:
    moment = fields.picked(block_of("moment"))
    if moment not in {None, NONE, *Moment}:
        raise tampered()
    texts = {
        language: Wording(
            " ".join(fields.text(block_of(f"title_{language}")).split()),
            fields.text(block_of(f"content_{language}")).strip(),
        )
        for language in ("zh", "en")
    }
    content = Content(
        category=fields.picked(block_of("category")) or "",
        scenario=fields.choice(block_of("scenario"), Scenario) or Scenario.ANY,
        moment=Moment(moment) if moment not in {None, NONE} else None,
        cases=fields.all_ticked(block_of("cases")),
        texts=texts,
    )
    standing = fields.choice(block_of("standing"), Standing) or Standing.WAITING
    if standing not in {Standing.WAITING, Standing.DRAFT}:
        raise tampered()
    return Proposal(
        content=content,
        note=fields.text(block_of("note")),
        owner=fields.person(block_of("owner")),
        own_numbers=fields.ticked(block_of("own_numbers"), TICKED),
        standing=standing,
    )


def _version_in(kept: object) -> int:
    if isinstance(kept, int) and kept > 0:
        return kept
    raise tampered()
