"""How strict and how fast this stand-in is; tests shorten the waits."""

from dataclasses import dataclass


@dataclass(slots=True)
class Settings:
    """Waits in real seconds, as Slack has them (SLACK.md 2.3)."""

    ack_limit_s: float = 3.0
    trigger_limit_s: float = 3.0
    event_retries_s: tuple[float, ...] = (0.0, 60.0, 300.0)
    response_url_limit_s: float = 1800.0  # of sandbox time, so that a test can let it pass
    response_url_uses: int = 5
    rate_limits: bool = False
    posts_per_channel_s: float = 1.0
    post_burst: int = 5
