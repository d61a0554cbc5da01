"""Use cases that people start, each one transaction."""
