"""The desk's sentences: one folder a language, one .po file a subject, ids instead of source text."""
