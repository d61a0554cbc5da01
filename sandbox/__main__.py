"""`python -m sandbox --workspace FILE.json --port N [--state FILE.json]`."""

import argparse
import contextlib
from pathlib import Path

from sandbox.serving import Serving
from sandbox.settings import Settings


def main() -> None:
    """Serve the workspace that the command line names."""
    parser = argparse.ArgumentParser(prog="sandbox", description="A stand-in Slack workspace.")
    parser.add_argument("--workspace", type=Path, required=True, help="JSON file (page_api.md)")
    parser.add_argument("--state", type=Path, help="file that keeps what happens in it")
    parser.add_argument("--port", type=int, default=8800)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--rate-limits", action="store_true", help="limit calls as Slack does")
    parser.add_argument(
        "--end-with-stdin", action="store_true", help="stop when standard input is closed"
    )
    given = parser.parse_args()
    serving = Serving(
        plan=given.workspace,
        port=given.port,
        host=given.host,
        state=given.state,
        ends_with_stdin=given.end_with_stdin,
        settings=Settings(rate_limits=given.rate_limits),
    )
    with contextlib.suppress(KeyboardInterrupt):
        serving.run()


if __name__ == "__main__":
    main()
