"""`deskbot` and `python -m bot`: the command line."""

from bot.cli import application


def main() -> None:
    """Run the command line."""
    application()


if __name__ == "__main__":
    main()
