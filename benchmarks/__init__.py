"""What the desk costs, measured beside its limits and peers in one run; prints, never asserts."""
