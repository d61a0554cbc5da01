"""Trying the desk without a Slack account: the workspace of the sandbox, its process, and a tour."""
