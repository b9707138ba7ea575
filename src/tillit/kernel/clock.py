"""The clock is read at the edge only: by views, commands and tasks. Rules and actions are given the time."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return this moment, aware UTC."""
    return datetime.now(UTC)
