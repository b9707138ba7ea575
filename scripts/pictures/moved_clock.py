"""Run a Tillit command as if it were another moment, so that pictures and guides show a working morning.

    python scripts/pictures/moved_clock.py 2026-11-24T08:40 manage.py runserver 8000

The clock goes on from the given moment (Oslo time). Only for demo data: refuses where TILLIT_MODE is production.
"""

import os
import runpy
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def move_clock(to: datetime) -> None:
    """Make Tillit's clock and Django's go on from `to`."""
    from django.utils import timezone

    from tillit.kernel import clock

    ahead = to.astimezone(UTC) - datetime.now(UTC)

    def now() -> datetime:
        return datetime.now(UTC) + ahead

    clock.now = now
    timezone.now = now


def main(arguments: list[str]) -> None:
    """Move the clock, then run the program named by the second argument, or a module after `-m`."""
    if os.environ.get("TILLIT_MODE") == "production":
        raise SystemExit("The clock is never moved in production.")
    moment, *command = arguments
    move_clock(datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Europe/Oslo")))
    if command[0] == "-m":
        sys.argv = command[1:]
        runpy.run_module(command[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = command
        runpy.run_path(command[0], run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])
