"""Makes the traditional Chinese catalogues from the simplified ones: `python -m locales.convert`."""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from opencc import OpenCC

HERE = Path(__file__).parent
OVERRIDES = HERE / "zh_Hant" / "overrides.po"

# OpenCC takes a desk's words for a programmer's (類型 a data type, 權限 a permission bit).
DESK_WORDS = (
    ("型別", "類型"),
    ("許可權", "權限"),
    ("反饋", "回饋"),
    ("裝置故障", "設備故障"),
    ("最佳化", "優化"),
    ("服務檯", "服務台"),
    ("訊息列", "討論串"),
    ("私信", "私訊"),
    ("釋出", "發布"),
    ("質量", "品質"),
    ("介面人", "聯絡窗口"),
    ("頻道里", "頻道裡"),  # no 里 of a town
)

# No dates: the same sentences always give the same bytes, which a test compares.
HEADER = """\
# Made by `make locales` from zh_Hans; a sentence that must differ goes into zh_Hant/overrides.po.
msgid ""
msgstr ""
"Language: zh_Hant\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def traditional(source: bytes, overrides: Catalog) -> bytes:
    """Convert one simplified catalogue to Taiwan's characters and words (OpenCC s2twp, the desk's own words put right)."""
    converter = OpenCC("s2twp")
    made = Catalog(locale="zh_Hant")
    for message in read_po(BytesIO(source), locale="zh_Hans"):
        if message.id:
            by_hand = overrides.get(message.id)
            made.add(message.id, by_hand.string if by_hand else _converted(message, converter))
    written = BytesIO()
    write_po(written, made, width=0, omit_header=True)
    return HEADER.encode() + written.getvalue().lstrip(b"\n")


def by_hand() -> Catalog:
    """Read the sentences that are not to be converted; none where there is no such file."""
    if not OVERRIDES.exists():
        return Catalog(locale="zh_Hant")
    with OVERRIDES.open("rb") as file:
        return read_po(file, locale="zh_Hant")


def stale() -> dict[Path, bytes]:
    """Give the traditional catalogues that are not what the simplified ones make now."""
    overrides = by_hand()
    made = {
        HERE / "zh_Hant" / "LC_MESSAGES" / path.name: traditional(path.read_bytes(), overrides)
        for path in sorted((HERE / "zh_Hans" / "LC_MESSAGES").glob("*.po"))
    }
    return {path: text for path, text in made.items() if _bytes_of(path) != text}


def _converted(message: Message, converter: OpenCC) -> str | tuple[str, ...]:
    if isinstance(message.string, str):
        return as_a_desk_says(converter.convert(message.string))
    return tuple(as_a_desk_says(converter.convert(form)) for form in message.string or ())


def as_a_desk_says(converted: str) -> str:
    """Put the desk's own words for those that OpenCC chose."""
    for taken, meant in DESK_WORDS:
        converted = converted.replace(taken, meant)
    return converted


def _bytes_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def main() -> None:
    """Write every traditional catalogue that has changed."""
    for path, text in stale().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
        sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    main()
