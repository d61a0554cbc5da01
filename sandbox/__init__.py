"""A stand-in Slack workspace for trying and testing the bot: Slack's wire on one side, a page on the other."""
