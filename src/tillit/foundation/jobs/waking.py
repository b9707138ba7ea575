"""Jobs whose worker died are taken up again, within a minute. Called by the keeper; several may call at once."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tillit.foundation.jobs import holding
from tillit.foundation.jobs.failing import new_reference
from tillit.foundation.jobs.models import Job, JobState
from tillit.foundation.jobs.progress import run

logger = logging.getLogger(__name__)

MOST_TRIES = 3
"""A job that has taken this many workers with it is not given to another."""
UNTAKEN = timedelta(minutes=1)
"""A job that waits longer without a task in the queue has lost it: its worker died before it began."""
WORKER_GONE = "WorkerGone"


def wake_lost(*, at: datetime) -> int:
    """Put jobs back in the queue that nobody holds any more, or that lost their place in it. Returns how many.

    One that somebody asked to stop is stopped; one that has been tried MOST_TRIES times has failed.
    """
    return sum(_wake(job, at=at) for job in Job.objects.filter(state=JobState.RUNNING).order_by("pk")) + _again(at=at)


def _wake(job: Job, *, at: datetime) -> int:
    with holding.held(job.pk) as is_free:
        if not is_free:
            return 0
        running = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, started_at=job.started_at)
        with transaction.atomic():
            _close_tasks(job.pk, at=at)
            if job.stop_asked:
                running.update(state=JobState.CANCELLED, ended_at=at)
                return 0
            if job.tries >= MOST_TRIES:
                reference = new_reference()
                if running.update(state=JobState.FAILED, ended_at=at, failure=WORKER_GONE, reference=reference):
                    logger.error("Job %d (%s) lost its worker %d times. %s", job.pk, job.kind, job.tries, reference)
                return 0
            if not running.update(state=JobState.WAITING):
                return 0
            run.enqueue(job.pk)
    return 1


def _again(*, at: datetime) -> int:
    waiting = list(
        Job.objects.filter(state=JobState.WAITING, asked_at__lt=at - UNTAKEN)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if not waiting:
        return 0
    queued = {
        number
        for call in DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=run.module_path).values_list(
            "args_kwargs", flat=True
        )
        for number in call["args"]
    }
    lost = [job_id for job_id in waiting if job_id not in queued]
    for job_id in lost:
        run.enqueue(job_id)
    return len(lost)


def _close_tasks(job_id: int, *, at: datetime) -> None:
    """The queue's own rows of a worker that died would say for ever that they run."""
    DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, task_path=run.module_path, args_kwargs={"args": [job_id], "kwargs": {}}
    ).update(status=TaskResultStatus.FAILED, finished_at=at, exception_class_path=WORKER_GONE, traceback="")
