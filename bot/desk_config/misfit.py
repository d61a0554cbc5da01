"""How a value that does not fit is spoken of."""

from difflib import get_close_matches


class Misfit(ValueError):
    """A value that is not what was expected; the text says what was."""


def shown(raw: object) -> str:
    """Show what stands in the file, short enough for one line."""
    if raw is None or raw == "":
        return "nothing"
    if isinstance(raw, dict):
        return "a mapping"
    if isinstance(raw, list | tuple):
        return "a list"
    text = " ".join(str(raw).split())
    return f"'{text if len(text) <= 40 else text[:39] + '…'}'"


def suggestion(word: str, known: list[str]) -> str:
    """Give '; did you mean …?' if something known looks alike, else nothing."""
    folded = {name.casefold(): name for name in known}
    longer = [name for name in folded if len(word) > 2 and name.startswith(word.casefold())]
    near = longer or get_close_matches(word.casefold(), folded, n=1, cutoff=0.7)
    return f"; did you mean '{folded[near[0]]}'?" if near else ""
