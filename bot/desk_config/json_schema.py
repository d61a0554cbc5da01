"""The JSON Schema of desk.yml for editors; run as a module it writes presets/desk.schema.json."""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

from bot.desk_config.schema import DeskSchema

TARGET = Path(__file__).parents[2] / "presets" / "desk.schema.json"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
NAMED = {"properties", "$defs"}  # what they hold are names, not the schema's own words


@cache
def json_schema() -> dict[str, Any]:
    """Give the schema that editors check desk.yml against."""
    schema = DeskSchema.model_json_schema(by_alias=True, mode="validation")
    tidy: dict[str, Any] = _tidy(schema)
    return {"$schema": DRAFT, "title": "desk.yml"} | tidy


def as_text() -> str:
    """Give the published file's content."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def _tidy(schema: Any, *, of_entry: bool = False) -> Any:
    """Leave out what helps nobody: titles made from names, inner defaults, empty alternatives.

    An entry under a key of the desk's own may be left empty (`product: ,`): there empty is one of its forms.
    """
    if isinstance(schema, list):
        return [_tidy(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    tidy = {key: _tidy_part(key, part) for key, part in schema.items() if not _is_noise(key, part)}
    options = tidy.pop("anyOf", [])
    if not of_entry:
        options = [option for option in options if option != {"type": "null"}]
    if len(options) == 1:
        return options[0] | tidy
    return tidy | ({"anyOf": options} if options else {})


def _tidy_part(key: str, part: Any) -> Any:
    if key in NAMED:
        return {name: _tidy(inner) for name, inner in part.items()}
    return _tidy(part, of_entry=key == "additionalProperties")


def _is_noise(key: str, part: Any) -> bool:
    return key == "title" or (key == "default" and not isinstance(part, str | bool | int))


def main() -> None:
    """Write the published file."""
    TARGET.write_text(as_text(), encoding="utf-8")
    sys.stdout.write(f"{TARGET.name} written\n")


if __name__ == "__main__":
    main()
