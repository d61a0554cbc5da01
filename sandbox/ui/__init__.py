"""The page's own API under /ui/ (page_api.md)."""
