"""Everyday rehabilitation (hverdagsrehabilitering): a time-limited, measured effort with a home trainer (R14)."""
