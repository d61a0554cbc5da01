"""The JSON Schema of desk.yml for editors; run as a module it writes presets/desk.schema.json."""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

from bot.desk_config.schema import DeskSchema

TARGET = Path(__file__).parents[2] / "presets" / "desk.schema.json"


@cache
def json_schema() -> dict[str, Any]:
    """Give the schema that editors check desk.yml against."""
    schema = DeskSchema.model_json_schema(by_alias=True, mode="validation")
    return (
        {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema | {"title": "desk.yml"}
    )


def as_text() -> str:
    """Give the published file's content."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write the published file."""
    TARGET.write_text(as_text(), encoding="utf-8")
    sys.stdout.write(f"{TARGET.name} written\n")


if __name__ == "__main__":
    main()
