"""How long somebody waits for the records before being told to try again."""

from datetime import timedelta

PEOPLE = timedelta(seconds=2)  # somebody waits for an answer; Slack allows 3 s (DESIGN.md)
JOBS = timedelta(seconds=10)
