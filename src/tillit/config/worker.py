"""A background worker: everything is loaded before it takes its first job, and it looks often for the next."""

import gc
import logging
from time import sleep

import click

logger = logging.getLogger(__name__)

INTERVAL = 0.1
"""Seconds between two looks into an empty queue: what somebody waits for begins 0.05 s later on the average."""
PAUSE = 1.0
"""Seconds before it goes on when the database did not answer: locked too long, or being restarted."""


@click.command()
@click.option("--only-awaited", is_flag=True, help="Take only what somebody sits and waits for")
def worker(only_awaited: bool) -> None:
    """Do what is asked for in the background, until stopped. `tillit serve` starts two by itself."""
    from django.core.management import call_command
    from django.db import OperationalError, close_old_connections

    from tillit.config.serving import keys_or_exit
    from tillit.foundation.jobs.progress import AWAITED
    from tillit.teamwork.planning.adapter.warm import warm_up

    keys_or_exit()
    warm_up()
    gc.collect()
    gc.freeze()  # what is loaded stays: no search for garbage goes through it in the middle of a job
    while True:
        try:
            call_command(
                "db_worker",
                queue_name=AWAITED if only_awaited else "*",
                interval=INTERVAL,
                startup_delay=False,
                reload=False,
            )
        except OperationalError as gone:
            logger.warning("The database did not answer the worker, which goes on in a moment: %s", type(gone).__name__)
            close_old_connections()
            sleep(PAUSE)
        else:
            return
