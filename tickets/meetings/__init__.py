"""The weekly meeting: its agenda, what stands in the way of tickets, what was decided (R83, R85)."""
