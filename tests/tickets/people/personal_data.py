"""Numbers and addresses of people as they are typed, made up; and what looks alike and belongs to nobody."""

from datetime import date
from itertools import pairwise

from hypothesis import strategies as st

SEPARATORS = (
    "",
    " ",
    "  ",
    "-",
    ".",
    "·",
    "－",
    "　",
    "，",
    "、",
    "。",
    "/",
    "_",
    "\u200b",
    " - ",
    "‑",
    "\u2009",
)
SCRIPTS = ("0123456789", "０１２３４５６７８９", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "٠١٢٣٤٥٦٧٨٩")
HAN = (
    "〇一二三四五六七八九",
    "零一二三四五六七八九",
    "零壹贰叁肆伍陆柒捌玖",
    "零幺二三四五六七八九",
)
AREAS = ("010", "021", "0755", "0571", "0311", "028", "0898")
ABROAD = ("+1 415 555 2671", "+44 20 7946 0958", "0044 20 7946 0958", "+852 9123 4567", "+81-3-1234-5678",
          "001 415 555 2671", "+49 (30) 901820", "+886 2 2345 6789", "+1(415)555-2671", "00852 2345 6789")  # fmt: skip
LEFT_ALONE = (
    "20231001001", "202310011000", "2023-10-01", "2023/10/01 09:30", "2023年10月1日", "2026-11-20T09:30:00+08:00",
    "15/08/2023 10:30", "27 ℃", "18℃、27.5℃、26.8℃", "13.5 14.2 15.1 16.0 17.3", "￥1,299.00", "13,812,345,678元",
    "1,234,567.89", "A-20931", "SN KFR-35GW/2023A0012", "订单 20231001-8842", "2.5 小时", "30 分钟", "100%",
    "3*4*5", "192.168.10.25", "1.2.3", "P1 P2 P3", "08:00-12:00, 14:00-18:00", "2026-W47", "第3次", "5wd",
    "2023-10-01 2023-10-02", "room 1208", "400 元", "800 W", "功率 800、400、1200 瓦", "0.5 mm", "JD20231001X88",
    "一三五单号限行", "三十分钟后二十七度", "一二三四五六",
)  # fmt: skip


def _check_character(seventeen: str) -> str:
    weights = [pow(2, 17 - place, 11) for place in range(17)]
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, weights, strict=True))
    return "10X98765432"[total % 11]


def _luhn_digit(body: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 - place % 2)
        total += value // 10 + value % 10
    return str(-total % 10)


def _digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


_birthdays = st.dates(date(1935, 1, 1), date(2020, 12, 31))
_districts = st.sampled_from(("110105", "310101", "440305", "510104", "650102"))

mobiles = st.builds("1{}{}".format, st.sampled_from("3456789"), _digits(9))
identities = st.builds(
    lambda district, born, serial: (
        (body := f"{district}{born:%Y%m%d}{serial}") + _check_character(body)
    ),
    _districts,
    _birthdays,
    _digits(3),
)
old_identities = st.builds(
    lambda district, born, serial: f"{district}{born:%y%m%d}{serial}",
    _districts,
    st.dates(date(1935, 1, 1), date(1999, 12, 31)),
    _digits(3),
)
cards = st.builds(
    lambda issuer, rest: (body := issuer + rest) + _luhn_digit(body),
    st.sampled_from(("622202", "622848", "436742", "411111", "550000", "955880", "356600")),
    st.sampled_from((9, 12)).flatmap(_digits),
)
hotlines = st.builds("{}00{}".format, st.sampled_from("48"), _digits(7))
landlines = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(AREAS),
    st.sampled_from(("", "-", " ", "－", "—", ")")),
    st.sampled_from("23456789"),
    _digits(7),
)
mails = st.builds(
    "{}@{}.{}".format,
    st.text("abcxyz019._-", min_size=1, max_size=12),
    st.text("abcxyz-", min_size=1, max_size=8),
    st.sampled_from(("com", "cn", "com.cn", "example")),
)


@st.composite
def spread(draw: st.DrawFn, numbers: st.SearchStrategy[str]) -> str:
    """Write a number in groups of any size, with one separator, in one script."""
    number, separator = draw(numbers), draw(st.sampled_from(SEPARATORS))
    places = draw(st.sets(st.integers(1, len(number) - 1), max_size=6))
    cuts = [0, *sorted(places), len(number)]
    groups = [number[a:b] for a, b in pairwise(cuts)]
    return separator.join(groups).translate(
        str.maketrans("0123456789", draw(st.sampled_from(SCRIPTS)))
    )


@st.composite
def in_han(draw: st.DrawFn, numbers: st.SearchStrategy[str]) -> str:
    """Write a number in Chinese."""
    return draw(numbers).translate(str.maketrans("0123456789", draw(st.sampled_from(HAN))))


around = st.text(
    alphabet=st.characters(blacklist_categories=("Nd", "No", "Nl", "Cs", "Pd")).filter(
        lambda character: character not in "〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖貳參陸@"
    ),
    max_size=40,
)
"""What may stand before and after: anything but digits."""
