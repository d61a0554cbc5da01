"""What the desk knows: articles and scripts, who may change them, which of them help with a case (DESK.md 9)."""
