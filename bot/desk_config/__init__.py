"""desk.yml from text to handbook: schema, positions of every mistake, holidays, people."""
