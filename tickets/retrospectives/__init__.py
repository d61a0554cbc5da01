"""Retrospectives 复盘: occasions, causes, minutes, and improvements proved by measuring again (DESK.md 8)."""
