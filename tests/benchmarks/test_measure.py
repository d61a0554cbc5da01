"""The figures themselves: medians, ratios round by round, quantiles, bars."""

from benchmarks.measure import Series, quantile, take_turns
from benchmarks.report import Figure, Report, at_least, at_most


def test_every_variant_has_its_turn_in_every_round_and_none_is_always_first() -> None:
    order: list[str] = []

    def one(name: str) -> dict[str, float]:
        order.append(name)
        return {"ms": float(len(order))}

    found = take_turns(2, {"a": lambda: one("a"), "b": lambda: one("b")})

    assert order == ["a", "b", "b", "a"]
    assert found["a", "ms"].values == (1.0, 4.0)


def test_a_ratio_is_taken_round_by_round() -> None:
    busy_second_round = Series((10.0, 40.0)).over(Series((5.0, 20.0)))

    assert busy_second_round.values == (2.0, 2.0)


def test_a_quantile_is_a_value_that_was_seen() -> None:
    values = [float(n) for n in range(1, 101)]

    assert (quantile(values, 0.5), quantile(values, 0.99), quantile([7.0], 0.99)) == (50, 99, 7)


def test_a_table_says_which_bars_are_met() -> None:
    series = Series((1.0, 2.0, 9.0))

    printed = str(
        Report(
            "title",
            [
                Figure("quick enough", series, "ms", at_most(2)),
                Figure("too slow", series, "/s", at_least(3, "peer")),
                Figure("for information", series, "ms"),
            ],
            ["a note"],
        )
    )

    quick, slow, plain, note = printed.splitlines()[2:6]
    assert quick.split() == "quick enough 2.00 ms [1.00..9.00] <= 2.00 met".split()
    assert slow.endswith("MISSED")
    assert "peer" in slow
    assert plain.endswith("[1.00..9.00]")
    assert note.strip() == "a note"
