"""Words by language, Traditional script made from Simplified where the desk gives none."""

from functools import lru_cache

from opencc import OpenCC

from tickets.handbook import Words


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("s2tw")


def put_converter_away() -> bool:
    """Let go of the phrase tables; what was converted is still known. Tell whether they had been needed."""
    was_needed = _converter.cache_info().currsize > 0
    _converter.cache_clear()
    return was_needed


@lru_cache(maxsize=4096)
def traditional(text: str) -> str:
    """Give a Simplified text in Traditional script with its own wording kept (OpenCC s2tw; s2twp makes 引數 of 参数)."""
    return str(_converter().convert(text))


def words(
    *,
    zh: str | None = None,
    hans: str | None = None,
    hant: str | None = None,
    en: str | None = None,
) -> Words:
    """Gather a thing's words; `zh` serves both scripts unless one of them is given itself."""
    simplified = hans or zh
    if hant is None and simplified is not None:
        hant = traditional(simplified)
    given = {"zh-Hans": simplified, "zh-Hant": hant, "en": en}
    return Words({language: text for language, text in given.items() if text is not None})
