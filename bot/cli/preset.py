"""The desks that one can start from, by name: those of presets/."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from bot.cli.trouble import WRONG_USE, fail

FOLDER = Path(__file__).parents[2] / "presets"
PRESETS: Mapping[str, str] = MappingProxyType(
    {
        "sandbox": "a desk of everything, as the trial shows it",
        "hotline": "a hotline's records and the tracking of results (客服热线)",
        "complaints": "complaints from the apology to the prevention (投诉处理)",
        "enterprise": "support by grades P1 to P3, with retrospectives (企业服务与复盘)",
        "after-sales": "after-sales feedback, planned and revisited (售后反馈)",
        "crm": "customer service beside a CRM, with its daily figures (客户服务优化)",
    }
)


def preset_file(name: str) -> Path:
    """Give the file of a preset; an unknown name ends the command with the list of those there are."""
    if name not in PRESETS:
        known = "\n".join(f"  {one:<12} {what}" for one, what in PRESETS.items())
        fail(f"deskbot: no preset '{name}'; there are:\n{known}", status=WRONG_USE)
    return FOLDER / f"{name}.yml"
