"""How each fact changes a ticket: one step a fact, put together by `fold`."""
