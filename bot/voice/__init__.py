"""The desk's voice: renders notices in the reader's language, posts them once, finds them again."""
