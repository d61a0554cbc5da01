"""What happens in the knowledge base, done by the people's own use cases on real records."""

from datetime import timedelta

from handlers.views.text import TEXT_LIMIT
from tests.bot.voice.office import Office
from tests.bot.voice.workplace import ANN, SUE
from tickets.desk import articles_keep, articles_product
from tickets.desk.articles_check import Proposal
from tickets.knowledge.article import LONGEST_TITLE, Content, Wording
from tickets.time.periods import Period
from tickets.watch import stale_articles
from tickets.watch.occasion import Occasion

SAID = "空调KF-36 <!channel> *请看* & "
LONG = (SAID * TEXT_LIMIT)[:TEXT_LIMIT]  # as long as a form takes
MANY = 45  # articles that name one product


def a_life_of_articles(office: Office) -> None:
    """Propose, send back, propose again, publish; a new product asks its owners; what is old is named."""
    for happens in (_sent_back_and_published, _a_new_product, _stale):
        happens(office)
        office.rest()


def _proposal(place: int = 0) -> Proposal:
    title = f"{place} {SAID * LONGEST_TITLE}"[:LONGEST_TITLE]
    texts = {"zh": Wording(title, LONG), "en": Wording(title, LONG)}
    return Proposal(content=Content(category="faq", texts=texts), note=LONG)


def _sent_back_and_published(office: Office) -> None:
    desk, receipt = office.desk, office.receipt
    one = articles_keep.propose(desk, _proposal(), by=ANN, receipt=receipt())
    office.rest()
    articles_keep.send_back(desk, one.id, LONG, by=SUE, receipt=receipt())
    office.rest()
    articles_keep.submit(desk, one.id, by=ANN, receipt=receipt())
    office.rest()
    articles_keep.approve(desk, one.id, by=SUE, receipt=receipt())


def _a_new_product(office: Office) -> None:
    desk, receipt = office.desk, office.receipt
    for place in range(1, MANY):
        one = articles_keep.propose(desk, _proposal(place), by=ANN, receipt=receipt())
        articles_keep.approve(desk, one.id, by=SUE, receipt=receipt())
    articles_product.hand_out(desk, "空调KF-36", by=SUE, receipt=receipt())


def _stale(office: Office) -> None:
    office.clock.at += timedelta(days=200)
    now = office.clock.at
    period = Period("stale_articles", f"{now:%Y-%m}", now, now - timedelta(days=30), now)
    with office.desk.records.write() as unit:
        stale_articles.remind(office.desk, unit, Occasion(period))
