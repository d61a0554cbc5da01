"""Backups: what a desk holds, written so that it can be read back on either engine."""
