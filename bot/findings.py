"""What a check-up finds: one line a part, with what to do."""

from dataclasses import asdict, dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a part stands."""

    GOOD = "ok"
    DOUBTFUL = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check-up."""

    verdict: Verdict
    part: str
    text: str

    @property
    def is_wrong(self) -> bool:
        """Tell whether the desk cannot open like this."""
        return self.verdict is Verdict.WRONG

    def as_dict(self) -> dict[str, str]:
        """Give it for --json."""
        return {key: str(value) for key, value in asdict(self).items()}

    def __str__(self) -> str:
        return f"{self.verdict:8}{self.part:10}{self.text}"
