"""A job that failed says of what kind and under which number. What was in its hands stands nowhere but where it was."""

import secrets


class JobFailed(Exception):
    """What the queue is told: a number under which the process's own log has the rest, and nothing of the work."""


def new_reference() -> str:
    """Return a number to find the failure in the log by, as short as one on an error page."""
    return f"{secrets.token_hex(3).upper()}-{secrets.randbelow(90) + 10}"
