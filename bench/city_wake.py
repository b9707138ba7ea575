"""A task that lets a worker load the engine, so that `bench city` times workers that are awake, as they are."""

import time

from django_tasks import task


@task()
def wake() -> None:
    """Load and run everything on a tiny problem."""
    from tillit.teamwork.planning.adapter.warm import warm_up

    warm_up()
    time.sleep(0.5)
