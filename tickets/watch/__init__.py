"""Use cases that time starts."""
