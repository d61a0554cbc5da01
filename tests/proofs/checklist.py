"""The security checklist X01–X41: what proves each item, or why nothing here can; printed by `make test`.

Run as `python -m tests.proofs.checklist`; it ends with status 1 where an item has neither.
"""

import sys
from collections.abc import Mapping
from types import MappingProxyType

from tests.proofs.marks import proofs

ITEMS: Mapping[str, str] = MappingProxyType(
    {
        "X01": "requests signed, fresh, compared in constant time",
        "X02": "who clicks is authorised at every entry",
        "X03": "workspace and organisation pinned",
        "X04": "values that come back are routing data, not rights",
        "X05": "values and metadata carry no personal data",
        "X06": "what a role sees comes from one place",
        "X07": "a changed role counts at once",
        "X08": "check and act in one transaction",
        "X09": "impossible moves refused by the rules, not the screen",
        "X10": "archived rows kept by the database itself",
        "X11": "people's words never become mentions or links",
        "X12": "posts unparsed, without unfurling",
        "X13": "nothing decoded twice",
        "X14": "customers' addresses and numbers do not become links",
        "X15": "control, bidi and invisible characters tamed",
        "X16": "mentions only of people in the directory",
        "X17": "no formula in a sheet",
        "X18": "exports: reason, approval, watermark, expiry, audit, rate",
        "X19": "reveals private, on record, slowed, alarmed",
        "X20": "AES-256-GCM bound to its place; a key per customer",
        "X21": "look-up by keyed hash only",
        "X22": "rotation resumable; the key outside database and backups; canary",
        "X23": "erasure reaches backups",
        "X24": "no secret and no number in a log",
        "X25": "no forged log line",
        "X26": "errors told without their inside; never open on failure",
        "X27": "audit log: append-only, chained, head kept elsewhere",
        "X28": "every decision on the audit log, without the data",
        "X29": "connectors reach named hosts only",
        "X30": "SQL bound, LIKE escaped",
        "X31": "configuration read safely, unknown keys refused, key files private",
        "X32": "files: type by content, capped, own names, never run",
        "X33": "least scopes",
        "X34": "backups encrypted, private, restored in the tests",
        "X35": "retention by class, by itself",
        "X36": "floods of commands, reveals, forms",
        "X37": "dependencies pinned with hashes, listed, audited",
        "X38": "the command line under the same rules",
        "X39": "text checks in linear time",
        "X40": "instructions in a customer's text have no effect",
        "X41": "personal information law: access, erasure, incident report",
    }
)

REASONS: Mapping[str, str] = MappingProxyType({})
"""Why an item has no test, in a sentence."""


def main() -> int:
    """Print the table; give the exit status."""
    found = proofs("proves")
    bare = 0
    for item, title in ITEMS.items():
        tests = found.get(item, ())
        told = _named(tests) if tests else REASONS.get(item, "NEITHER A TEST NOR A REASON")
        bare += not tests and item not in REASONS
        sys.stdout.write(f"{item}  {title:<62} {told}\n")
    sys.stdout.write(
        f"{len(ITEMS)} items: {sum(item in found for item in ITEMS)} proved by tests,"
        f" {sum(item not in found for item in REASONS)} with a reason instead, {bare} with neither\n"
    )
    return int(bare > 0)


def _named(tests: tuple[str, ...]) -> str:
    first = tests[0].removeprefix("tests/")
    return first if len(tests) == 1 else f"{first} and {len(tests) - 1} more"


if __name__ == "__main__":
    sys.exit(main())
