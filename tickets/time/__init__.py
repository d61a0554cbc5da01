"""Working time, policies and deadlines."""
