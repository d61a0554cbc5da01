"""The days the desk reckons with: every zone has their moments, and a year beside them can be told."""

from datetime import date

EARLIEST, LATEST = date(1900, 1, 1), date(2099, 12, 31)


def are_in_reach(*days: date) -> bool:
    """Tell whether all of these days can be reckoned with; a key, a sheet or a form may name any."""
    return all(EARLIEST <= day <= LATEST for day in days)
