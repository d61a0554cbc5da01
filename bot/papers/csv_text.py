"""The text of a CSV: in which encoding it is, what stands between its cells, and where a quotation mark was left open."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

_REGIONAL = ("gb18030", "big5hkscs")
"""As Excel writes CSV on a Windows of the mainland, and on one of Taiwan or Hong Kong."""

_WIDE = (b"\xff\xfe", b"\xfe\xff")  # UTF-16, Excel's "Unicode text"
_DELIMITERS = ",;\t"
_LOOKED_AT = 20  # lines: a title above the headings has no delimiter
_SAMPLE = 100  # lines that tell which encoding makes words of the bytes
_LAST_OF_THE_COMMON = 0xD7  # GB2312 has the 3,755 usual characters first


@dataclass
class LeftOpen(Exception):
    """The lines from this one on are no rows."""

    line: int
    why: str


def records(text: str) -> Iterator[list[str]]:
    """Give the rows of a CSV's text. Raises LeftOpen."""
    delimiter = _delimiter(text)
    if text.count('"') % 2:
        _require_closed(text, delimiter)
    return _records(text, delimiter)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    read = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        begun = read.line_num + 1
        try:
            yield next(read)
        except StopIteration:
            return
        except csv.Error as trouble:
            raise LeftOpen(begun, str(trouble)) from trouble


def _require_closed(text: str, delimiter: str) -> None:
    """A quotation mark that is opened and never closed would make one cell of all the rows below it. Raises LeftOpen."""
    read, begun = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1
    try:
        for _ in read:
            begun = read.line_num + 1
    except csv.Error as trouble:
        if str(trouble) == "unexpected end of data":
            raise LeftOpen(begun, str(trouble)) from trouble


def decoded(content: bytes) -> str | None:
    """Give the text in the encoding that it is in; None where it is in none of them."""
    whole = "utf-16" if content.startswith(_WIDE) else "utf-8-sig"
    text = _in(content, whole)
    if text is not None or whole == "utf-16":
        return text
    sample = b"\n".join(content.split(b"\n", _SAMPLE)[:_SAMPLE])
    likely = sorted(_REGIONAL, key=lambda one: -_usual(_in(sample, one) or ""))
    return next((text for one in likely if (text := _in(content, one)) is not None), None)


def _in(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _usual(text: str) -> float:
    """Tell how many of the characters beyond ASCII are usual ones: a wrong encoding makes odd ones."""
    from bot.foundation import Simplified  # noqa: PLC0415  where it is asked for

    odd = [one for one in Simplified().fold(text) if not one.isascii()]
    return sum(map(_is_usual, odd)) / len(odd) if odd else 0


def _is_usual(character: str) -> bool:
    try:
        return character.encode("gb2312")[0] <= _LAST_OF_THE_COMMON
    except UnicodeEncodeError:
        return False


def _delimiter(text: str) -> str:
    """Tell what stands between the cells, by the first line that has some of it: below, people write as they like."""
    lines = list(islice(io.StringIO(text), _LOOKED_AT))
    for fewest in (2, 1):
        for line in lines:
            found = max(_DELIMITERS, key=line.count)
            if line.count(found) >= fewest:
                return found
    return _DELIMITERS[0]
