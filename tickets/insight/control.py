"""Is a count above its usual rate? A control chart for counts of rare events, with probability limits (R29).

Montgomery, Introduction to Statistical Quality Control, 7.3 (c and u charts), draws limits at three standard
deviations of a Poisson count whose mean is known. Complaints of one kind are too few for that: the limits
here are exact, and the usual rate is what a handful of earlier windows say it is. A Poisson rate judged
from `windows` of them (Jeffreys' prior) makes the next count negative binomial (Gelman et al., Bayesian
Data Analysis, 2.6); the limit is its upper point.
"""

from dataclasses import dataclass
from math import exp, lgamma, log

FALSE_ALARMS = 0.002  # of one look at everything, while nothing has changed; 3 sigma has 0.00135
MOST = 10_000  # complaints of one kind in a window; beyond it nobody needs a chart


@dataclass(frozen=True, slots=True)
class Chart:
    """One count against its usual rate: what the supervisor reads."""

    count: int  # in the window that ends now
    usual: float  # a window, by those before
    limit: int  # the first count that is a signal

    @property
    def is_signal(self) -> bool:
        """Tell whether the count is above what chance explains."""
        return self.count >= self.limit


def chart(count: int, before: int, windows: int, *, least: int, alpha: float) -> Chart:
    """Hold a count against `before` events in so many earlier windows; below `least` nothing is a signal."""
    return Chart(count, before / windows, limit_of(before, windows, least=least, alpha=alpha))


def limit_of(before: int, windows: int, *, least: int, alpha: float) -> int:
    """Give the smallest count from `least` up that chance reaches with at most `alpha`."""
    below, count = 0.0, 0
    while count < MOST and (count < least or 1 - below > alpha):
        below += _chance(count, before, windows)
        count += 1
    return count


def _chance(count: int, before: int, windows: int) -> float:
    """Give the chance of exactly this count in the next window."""
    shape = before + 0.5
    ways = lgamma(count + shape) - lgamma(count + 1) - lgamma(shape)
    return exp(ways + shape * log(windows / (windows + 1)) - count * log(windows + 1))
