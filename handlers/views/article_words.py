"""What is said of an article in a line: its name, kind, uses, who looked after it last."""

from handlers.views import labels
from handlers.views.text import clip, one_line
from tickets.handbook import Handbook
from tickets.knowledge.article import Article, Content, Moment, Scenario, code_of
from tickets.message import PersonId
from tickets.tongue import Tongue

TITLE_LIMIT, NAME_LIMIT = 120, 80


def named(article: int, title: str) -> str:
    """Name an article: K12 · 多设备登录."""
    return f"{code_of(article)} · {clip(one_line(title), TITLE_LIMIT)}"


def kind(
    category: str,
    scenario: Scenario,
    moment: Moment | None,
    *,
    handbook: Handbook,
    tongue: Tongue,
) -> str:
    """Say what kind of article it is: category, scenario, and when a script is said."""
    parts = [
        one_line(handbook.knowledge.category_in(category, tongue.language)),
        tongue(f"article.scenario.{scenario}"),
    ]
    if moment:
        parts.append(tongue(f"article.moment.{moment}"))
    return " · ".join(parts)


def kind_of(content: Content, *, handbook: Handbook, tongue: Tongue) -> str:
    """Say it of a version."""
    return kind(
        content.category, content.scenario, content.moment, handbook=handbook, tongue=tongue
    )


def creator(article: Article, tongue: Tongue) -> str:
    """Name who wrote it first; an imported table may know somebody the workspace does not."""
    return _as_named(article, "created_by") or person(article.created_by, tongue)


def updater(article: Article, tongue: Tongue) -> str:
    """Name who looked after it last, likewise."""
    return _as_named(article, "updated_by") or person(article.updated_by, tongue)


def person(who: PersonId, tongue: Tongue) -> str:
    """Name a member, or the command line."""
    if not who.startswith(("U", "W")):
        return tongue("audit.operator")
    return labels.person(who, tongue)


def _as_named(article: Article, key: str) -> str:
    return clip(one_line(article.names.get(key, "")), NAME_LIMIT)
