"""A ticket's life: its values, its event log, its status rules, intake and routing."""
