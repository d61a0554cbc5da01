"""Articles that may help with the case in a form: read at once, or used there with one tap."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block, ContextBlock

from handlers.views.article_words import named
from handlers.views.articles import read_button
from handlers.views.buttons import button, row
from handlers.views.ids import ActionId
from handlers.views.meta import pack
from handlers.views.rich import Bold, lines, weave
from handlers.views.text import clip, one_line, plain
from tickets.case.values import Number
from tickets.knowledge.shelves import Suggestion
from tickets.tongue import Tongue

PREVIEW = 160  # characters


def offers(
    found: Sequence[Suggestion],
    tongue: Tongue,
    *,
    used: frozenset[int] = frozenset(),
    number: Number | None = None,
) -> Iterator[Block]:
    """Offer articles; of those that were taken over already it is said so. `number`: of a ticket there is."""
    if not found:
        return
    yield ContextBlock(elements=[plain(tongue("kb.offers"))])
    for one in found:
        title = Bold(named(one.id, one.wording.title))
        preview = clip(one_line(one.wording.content), PREVIEW)
        said = weave(tongue, "kb.offer", title=title, preview=preview)
        yield lines(said, block_id=f"kb.offer.{one.id}")
        memory = {"n": number} if number else {}
        buttons = [read_button(one.id, tongue, **memory)]
        if one.id in used:
            yield row(buttons, block_id=f"kb.ways.{one.id}.used")
            where = "kb.used" if number else "kb.used_in_form"  # a form has an answer to fill
            yield ContextBlock(elements=[plain(tongue(where))])
            continue
        use = button(ActionId.KB_USE_HERE, tongue("kb.use_here"), pack(a=one.id, **memory))
        yield row([use, *buttons], block_id=f"kb.ways.{one.id}")
