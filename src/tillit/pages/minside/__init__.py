"""A citizen's own page (Min side), for her and those she lets in."""
