"""Checks between the fields of one object: bounds the right way round, first values inside them."""

from decimal import Decimal, InvalidOperation

from sandbox.limits.schema import Report


def text_bounds(value: object, at: str, report: Report) -> None:
    """Refuse a text input whose bounds cross or whose first value lies outside them."""
    if not isinstance(value, dict):
        return
    least, most = value.get("min_length", 0), value.get("max_length", 3_000)
    if not isinstance(least, int) or not isinstance(most, int):
        return
    if least > most:
        report.add(f"{at}/min_length", "must not be more than max_length")
    first = value.get("initial_value")
    if isinstance(first, str) and first and not least <= len(first) <= most:
        report.add(f"{at}/initial_value", f"must have {least} to {most} characters")


def number_bounds(value: object, at: str, report: Report) -> None:
    """Refuse a number input whose bounds cross or whose first value lies outside them."""
    if not isinstance(value, dict):
        return
    low, high, first = (_number(value.get(k)) for k in ("min_value", "max_value", "initial_value"))
    if low is not None and high is not None and low > high:
        report.add(f"{at}/min_value", "must not be more than max_value")
    if first is None:
        return
    if (low is not None and first < low) or (high is not None and first > high):
        report.add(f"{at}/initial_value", "must lie between min_value and max_value")


def most_selected(value: object, at: str, report: Report) -> None:
    """Refuse more first choices than `max_selected_items`."""
    if not isinstance(value, dict) or not isinstance(value.get("max_selected_items"), int):
        return
    for key, chosen in value.items():
        many = key.startswith("initial_") and isinstance(chosen, list)
        if many and len(chosen) > value["max_selected_items"]:
            report.add(f"{at}/{key}", "more than max_selected_items are chosen")


def even_rows(value: object, at: str, report: Report) -> None:
    """Refuse a table whose rows differ in length, or whose settings name more columns."""
    rows = value.get("rows") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(rows, list):
        return
    lengths = {len(row) for row in rows if isinstance(row, list)}
    if len(lengths) > 1:
        report.add(f"{at}/rows", "all rows must have the same number of cells")
    settings = value.get("column_settings")
    if isinstance(settings, list) and len(settings) > max(lengths, default=0):
        report.add(f"{at}/column_settings", "more settings than columns")


def _number(value: object) -> Decimal | None:
    try:
        return Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None
