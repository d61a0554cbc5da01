"""The team's own spreadsheets: their tables, and how a row of theirs is read as a case (R92, R99–R101, R105, R125)."""
