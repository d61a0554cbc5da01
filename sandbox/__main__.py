"""`python -m sandbox --workspace FILE.json --port N`."""

import argparse
import contextlib
from pathlib import Path

from sandbox.server import serve
from sandbox.settings import Settings


def main() -> None:
    """Serve the workspace that the command line names."""
    parser = argparse.ArgumentParser(prog="sandbox", description="A stand-in Slack workspace.")
    parser.add_argument("--workspace", type=Path, required=True, help="JSON file (page_api.md)")
    parser.add_argument("--port", type=int, default=8800)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--rate-limits", action="store_true", help="limit calls as Slack does")
    given = parser.parse_args()
    settings = Settings(rate_limits=given.rate_limits)
    with contextlib.suppress(KeyboardInterrupt):
        serve(given.workspace, given.port, host=given.host, settings=settings)


if __name__ == "__main__":
    main()
