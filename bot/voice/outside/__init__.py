"""Beyond Slack: group robots and webhooks, reached with care, told at least once."""
