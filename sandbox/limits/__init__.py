"""What Slack refuses: SLACK.md section 2, in Slack's own error codes."""
