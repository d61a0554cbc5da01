"""Every way in to the knowledge base."""

from collections.abc import Callable, Iterator

from handlers.views.ids import ActionId as A
from handlers.views.ids import CallbackId as C
from handlers.views.meta import pack
from tests.proofs.matrix.house import Json, MatrixHouse
from tests.proofs.matrix.shelf import PUBLISHED, TASK, TASKS, WAITING
from tests.proofs.matrix.ways import Way, click, form, pick, text, typed
from tickets.message import PersonId

WORDS: Json = {
    "article.category": pick("faq"),
    "article.scenario": pick("any"),
    "article.title_zh": text("多设备登录"),
    "article.content_zh": text("在账号设置的设备页绑定"),
    "article.standing": pick("waiting"),
}


def about_a_ticket() -> Iterator[Way]:
    """What is done with articles on a ticket."""
    for action in (A.KB_USE, A.KB_USE_HERE):

        def used(house: MatrixHouse, number: str, who: PersonId, action: A = action) -> Json:
            return click(house, who, action, pack(a=PUBLISHED, n=number), "modal")

        yield Way(f"modal:{action}", "use_article", "working", "ArticleUsed", used)

    def drafted(house: MatrixHouse, number: str, who: PersonId) -> Json:
        return click(house, who, A.ARTICLE, number, "modal")

    yield Way(f"modal:{A.ARTICLE}", "draft_article", "closed", "", drafted)


def about_none() -> Iterator[Way]:
    """What is done with articles themselves."""

    def press(action: A, value: str, place: str = "modal") -> Callable[..., Json]:
        return lambda house, _number, who: click(house, who, action, value, place)

    def sent(callback: C, memory: str, values: Json) -> Callable[..., Json]:
        return lambda house, _number, who: form(house, who, callback, memory, values)

    def line(words: str) -> Callable[..., Json]:
        return lambda house, _number, who: typed(house, who, words)

    def of(article: int) -> str:
        return pack(a=article)

    def read(article: int) -> str:
        return pack(a=article, v=1)

    shelf, shown, written = f"view:{C.KB}", f"view:{C.SHOWN}", f"view:{C.ARTICLE}"
    yield Way("command:kb", "read_articles", "", shelf, line("kb 退换货"))
    yield Way(f"direct:{A.KB}", "read_articles", "", shelf, press(A.KB, "published", "direct"))
    yield Way(f"modal:{A.KB_READ}", "read_articles", "", shown, press(A.KB_READ, of(PUBLISHED)))
    yield Way(f"modal:{A.KB_NARROW}", "read_articles", "", "", press(A.KB_NARROW, "-"))
    yield Way(f"modal:{A.KB_PAGE}", "read_articles", "", "", press(A.KB_PAGE, pack(page=1)))
    yield Way(f"form:{C.KB}", "read_articles", "", "", sent(C.KB, "", {"kb.words": text("退")}))
    yield Way(f"modal:{A.KB_VERSIONS}", "read_articles", "", "", press(A.KB_VERSIONS, of(1)))
    yield Way(f"modal:{A.KB_NEW}", "propose_article", "", written, press(A.KB_NEW, "new"))
    changing = press(A.KB_CHANGE, of(PUBLISHED))
    yield Way(f"modal:{A.KB_CHANGE}", "propose_article", "", written, changing)
    yield Way(f"form:{C.ARTICLE}", "propose_article", "", "rows", sent(C.ARTICLE, "", WORDS))
    changed = sent(C.ARTICLE, pack(a=PUBLISHED, v=1), WORDS)
    yield Way(f"form:{C.ARTICLE}:change", "propose_article", "", "rows", changed)
    approving = press(A.KB_APPROVE, read(WAITING))
    yield Way(f"modal:{A.KB_APPROVE}", "keep_articles", "", "rows", approving)
    back = f"view:{C.SEND_BACK}"
    yield Way(f"modal:{A.KB_SEND_BACK}", "keep_articles", "", back, press(A.KB_SEND_BACK, read(2)))
    reason = sent(C.SEND_BACK, read(WAITING), {"reason": text()})
    yield Way(f"form:{C.SEND_BACK}", "keep_articles", "", "rows", reason)
    yield Way(f"modal:{A.KB_RETIRE}", "keep_articles", "", "rows", press(A.KB_RETIRE, of(1)))
    yield Way(f"modal:{A.KB_RESTORE}", "keep_articles", "", "rows", press(A.KB_RESTORE, of(4)))
    product = f"view:{C.PRODUCT}"
    yield Way(f"modal:{A.KB_PRODUCT}", "keep_articles", "", product, press(A.KB_PRODUCT, "p"))
    named = sent(C.PRODUCT, "", {"product": text("KF-36")})
    yield Way(f"form:{C.PRODUCT}", "keep_articles", "", "rows", named)
    ticked = press(A.KB_DONE, pack(l=TASKS, t=TASK), "direct")
    yield Way(f"direct:{A.KB_DONE}", "keep_articles", "", "rows", ticked)
