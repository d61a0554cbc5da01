"""The only place Block Kit is built: pure functions from the rules' values to messages and views."""
