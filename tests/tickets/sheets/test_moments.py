"""Moments as sheets hold them: any usual form says the same, nothing else says any."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.sheets.entries import read_entries
from tickets.sheets.moments import Typed, at, first_day_in, read_typed, readings_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST = date(2023, 10, 1)


@pytest.mark.requirement(3)
@pytest.mark.parametrize(
    "text",
    [
        "2023-10-01 09:30",
        "2023/10/1 9:30",
        "2023.10.1 09:30:59",
        "2023年10月1日 9时30分",
        "2023年10月1日上午9點半",
        "2023-10-01（星期日）09:30",
        "2023-10-01T09:30:00",
        "20231001 0930",
        "45200.395833333336",
        "1 Oct 2023 09:30",
        "October 1st, 2023 9:30 AM",
        "01-Oct-2023 09:30",
        "２０２３－１０－０１　０９：３０",
    ],
)
def test_one_moment_in_every_usual_form(text: str) -> None:
    assert read_typed(text) == Typed(FIRST, 570)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("10:00", Typed(None, 600)),
        ("24:00", Typed(None, 1440)),
        ("下午3点半", Typed(None, 930)),
        ("12:05 AM", Typed(None, 5)),
        ("12:05 PM", Typed(None, 725)),
        ("凌晨12点", Typed(None, 0)),
        ("0.5", Typed(None, 720)),
        ("45200", Typed(FIRST, None)),
        ("2023年10月1日", Typed(FIRST, None)),
    ],
)
def test_a_day_or_an_hour_alone(text: str, said: Typed) -> None:
    assert read_typed(text) == said


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "前几天",
            "2023-13-01",
            "2023-10-01 25:00",
            "24:30",
            "1385678",
            "5个工作日",
            "10/1/2023",
        ),
        *("昨天 9:30", "3号 9:30", "10/1/2023 9:30", "13月1日 9:30", "2月30日", "3-5天"),
        *("1 Marble 2023", "31 Feb 2023"),
        *("2023-10-01T01:30:00Z", "2023-10-01 01:30 UTC", "2023-10-01T01:30:00+00:00"),
    ],
)
def test_what_says_no_moment(text: str) -> None:
    assert read_typed(text) is None
    assert read_typed(text, FIRST) is None


@pytest.mark.parametrize(
    ("text", "near", "said"),
    [
        ("10月3日 9:30", FIRST, Typed(date(2023, 10, 3), 570)),
        ("10/3 24:00", FIRST, Typed(date(2023, 10, 3), 1440)),
        ("10月3日24时", FIRST, Typed(date(2023, 10, 3), 1440)),
        ("10月3日9:30", FIRST, Typed(date(2023, 10, 3), 570)),
        ("10-03 下午3点", FIRST, Typed(date(2023, 10, 3), 900)),
        ("10月3日（周二）", FIRST, Typed(date(2023, 10, 3), None)),
        ("1月2日 9:30", date(2023, 12, 30), Typed(date(2024, 1, 2), 570)),
        ("12月30日 9:30", date(2024, 1, 2), Typed(date(2023, 12, 30), 570)),
        ("2月29日 9:30", date(2024, 2, 28), Typed(date(2024, 2, 29), 570)),
        ("约9:30左右", FIRST, Typed(None, 570)),
    ],
)
def test_a_day_without_its_year_is_the_nearest(text: str, near: date, said: Typed) -> None:
    assert read_typed(text, near) == said


def test_a_day_without_its_year_says_nothing_alone() -> None:
    assert read_typed("10月3日 9:30") is None


def test_an_entry_names_its_day_without_the_year() -> None:
    entries = read_entries("10月4日 09:00 告知已补发;10月6日送达", FIRST, SHANGHAI)

    assert [(entry.at, entry.text) for entry in entries] == [
        (at(date(2023, 10, 4), 540, SHANGHAI), "告知已补发;10月6日送达")
    ]


@pytest.mark.requirement(47)
def test_the_end_of_a_day_is_the_next_midnight() -> None:
    assert at(FIRST, 1440, SHANGHAI) == datetime(2023, 10, 1, 16, 0, tzinfo=UTC)
    assert at(FIRST, 1440, SHANGHAI) == at(FIRST + timedelta(days=1), 0, SHANGHAI)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31)))  # noqa: DTZ001  wall clocks
def test_a_serial_says_what_the_written_moment_says(moment: datetime) -> None:
    whole = moment.replace(second=0, microsecond=0)
    serial = (whole - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001  Excel's day 0

    read, written = read_typed(f"{serial:.10f}"), read_typed(f"{whole:%Y-%m-%d %H:%M}")

    assert written is not None
    assert read in {written, Typed(written.day, written.minute or None)}


def test_the_first_date_of_a_plan() -> None:
    assert first_day_in("上门维修，2023-10-05前完成，不行再换新") == date(2023, 10, 5)
    assert first_day_in("10月3日下午上门，12月前回访", FIRST) == date(2023, 10, 3)
    assert first_day_in("1月2日前完成", date(2023, 12, 30)) == date(2024, 1, 2)
    assert [first_day_in(one, FIRST) for one in ("尽快", "3-5天内", "2月30日前", "1/2台")] == [
        None
    ] * 4


@pytest.mark.requirement(71)
def test_entries_of_one_cell_each_at_its_moment() -> None:
    text = "2023-10-01 10:00 *工联系客户；2023年10月2日 9:00 上门\n14:30 更换密封圈\n客户满意"

    told = read_entries(text, FIRST, SHANGHAI)

    assert [
        (one.at and one.at.astimezone(SHANGHAI).strftime("%d %H:%M"), one.text) for one in told
    ] == [
        ("01 10:00", "*工联系客户"),
        ("02 09:00", "上门"),
        ("02 14:30", "更换密封圈"),
        ("02 14:30", "客户满意"),
    ]


@given(st.text(max_size=200))
def test_no_word_of_a_record_is_lost(text: str) -> None:
    told = read_entries(text, FIRST, SHANGHAI)

    kept = "".join("".join(one.text.split()) for one in told)
    assert len(kept) <= len(text)
    if not any(character.isdigit() for character in text) and not set(text) & set("；;"):
        assert kept == "".join(text.split())


@pytest.mark.parametrize(
    ("moment", "zone", "readings"),
    [
        ("2026-10-25T00:30+00:00", "Europe/Berlin", 2),
        ("2026-10-25T01:30+00:00", "Europe/Berlin", 2),
        ("2026-10-24T23:59+00:00", "Europe/Berlin", 1),
        ("2026-10-25T02:00+00:00", "Europe/Berlin", 1),
        ("2026-03-29T01:30+00:00", "Europe/Berlin", 1),  # behind the hour that there is not
        ("2026-10-25T00:30+00:00", "Asia/Shanghai", 1),
    ],
)
def test_an_hour_that_comes_twice_has_two_readings(moment: str, zone: str, readings: int) -> None:
    at, there = datetime.fromisoformat(moment), ZoneInfo(zone)

    found = readings_of(at, there)

    assert found[0] == at
    assert len(found) == readings
    assert len({one.astimezone(there).replace(tzinfo=None) for one in found}) == 1
