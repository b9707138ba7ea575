"""What a running job says of itself, and whether somebody asked it to stop.

`Job` rows are read and written outside the work's own transaction, so that a page sees progress while it runs.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from django.conf import settings
from django.db.models import F
from django.utils import translation
from django_tasks import task

from tillit.foundation.access import reading, sources
from tillit.foundation.access.actor import Actor, system
from tillit.foundation.jobs import holding
from tillit.foundation.jobs.failing import JobFailed, new_reference
from tillit.foundation.jobs.models import UNDER_WAY, Job, JobState
from tillit.kernel import clock

logger = logging.getLogger(__name__)

AWAITED = "awaited"
"""The queue of what somebody sits and waits for: a worker is kept free for it, and the others take it first."""
FIRST = 50
"""Its priority; other work has 0."""

Work = Callable[["Progress"], dict[str, object]]
_kinds: dict[str, Work] = {}


class Stopped(Exception):
    """Somebody asked the job to stop, and the work agreed to."""


@dataclass(slots=True)
class Progress:
    """Handed to the work: its order, a place to say how far it is, and the question whether to stop."""

    job_id: int
    order: dict[str, object]
    asked_by_id: int | None
    _last_look: float = field(default=0.0)
    _stop: bool = field(default=False)

    def say(self, done: int, total: int, text: str = "") -> None:
        """Tell how far the work is. Written at most every 0.3 seconds."""
        if monotonic() - self._last_look < 0.3 and done < total:
            return
        Job.objects.filter(pk=self.job_id).update(done=done, total=total, said=text[:200], heard_from_at=clock.now())
        self.should_stop()

    def should_stop(self) -> bool:
        """Whether somebody pressed stop. Asks the database at most every 0.3 seconds; never again after a yes."""
        if not self._stop and monotonic() - self._last_look >= 0.3:
            self._last_look = monotonic()
            self._stop = bool(Job.objects.filter(pk=self.job_id).values_list("stop_asked", flat=True).first())
        return self._stop


def kind(name: str) -> Callable[[Work], Work]:
    """Register the function that does jobs of this kind. It returns its outcome as JSON values."""

    def register(work: Work) -> Work:
        _kinds[name] = work
        return work

    return register


def ask(
    *, actor: Actor, name: str, unit_path: str, order: dict[str, object], at: datetime, is_awaited: bool = False
) -> Job:
    """Store a job and put it in the queue, in the caller's transaction. Permission is the calling action's duty.

    is_awaited: somebody waits for it before she can go on, and it is done in a second or two: it goes ahead of others.
    """
    if name not in _kinds:
        raise LookupError(name)
    job = Job.objects.create(
        kind=name, unit_path=unit_path, asked_by_id=actor.user_id, asked_at=at, order=order, total=100
    )
    (run.using(queue_name=AWAITED, priority=FIRST) if is_awaited else run).enqueue(job.pk)
    return job


def ask_to_stop(*, job_id: int) -> None:
    """Ask the work to stop at its next chance, keeping the best so far. Permission is the calling action's duty."""
    Job.objects.filter(pk=job_id, state__in=UNDER_WAY).update(stop_asked=True)


def withdraw(*, job_id: int, at: datetime) -> bool:
    """Take back a question that no worker has taken yet. Returns False where one has. Permission as `ask_to_stop`."""
    return bool(Job.objects.filter(pk=job_id, state=JobState.WAITING).update(state=JobState.CANCELLED, ended_at=at))


def perform(job_id: int) -> None:
    """Do the job now, in this process, unless another does. One that is done, stopped or failed is left alone.

    Raises JobFailed, whatever the work raised: its kind stands on the job, the rest in the process's own log.
    """
    try:
        with holding.held(job_id) as mine:
            if mine:
                _perform(job_id)
    except Exception as error:
        reference = new_reference()
        logger.exception("Job %d failed: %s", job_id, reference)
        Job.objects.filter(pk=job_id, state=JobState.RUNNING).update(
            state=JobState.FAILED, ended_at=clock.now(), failure=type(error).__qualname__[:80], reference=reference
        )
        raise JobFailed(reference) from None


def _perform(job_id: int) -> None:
    started = clock.now()
    claimed = Job.objects.filter(pk=job_id, state=JobState.WAITING).update(
        state=JobState.RUNNING, started_at=started, heard_from_at=started, tries=F("tries") + 1
    )
    if not claimed:
        return
    job = Job.objects.select_related("asked_by").get(pk=job_id)
    progress = Progress(job.pk, job.order, job.asked_by_id)
    language = job.asked_by.language if job.asked_by else settings.LANGUAGE_CODE
    try:
        # What the work says is read by the one who asked; what it reads is written as read for her, or by the system.
        with translation.override(language), reading.door(job.kind, actor=_behind(job, at=started)):
            outcome, state = _kinds[job.kind](progress), JobState.DONE
    except Stopped:
        outcome, state = {}, JobState.CANCELLED
    Job.objects.filter(pk=job_id).update(state=state, outcome=outcome, ended_at=clock.now(), done=100, total=100)


def _behind(job: Job, *, at: datetime) -> Actor:
    if job.asked_by is None:
        return system(job.kind)
    return sources.actor_for(user_id=job.asked_by.pk, name=job.asked_by.name, at=at)


@task()
def run(job_id: int) -> None:
    """What the worker runs."""
    perform(job_id)
