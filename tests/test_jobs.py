"""Jobs whose worker died are taken up again, never twice at once, and failures say nothing of what was in the work."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.cast import MONDAY
from tillit.config.logs import Line
from tillit.foundation.jobs import holding, progress, waking
from tillit.foundation.jobs.failing import JobFailed
from tillit.foundation.jobs.models import Job, JobState

SECRET = "Olga Hansen har falt"


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids of the jobs that were done, in order; none is done when it is put in the queue."""
    found: list[int] = []

    def work(told: progress.Progress) -> dict[str, object]:
        found.append(told.job_id)
        return {}

    monkeypatch.setitem(progress._kinds, "tests.count", work)
    monkeypatch.setattr(waking, "run", Queue())
    return found


class Queue:
    """Stands in for the queue: what is put there is told, not done."""

    module_path = progress.run.module_path

    def enqueue(self, job_id: int) -> None:
        DBTaskResult.objects.create(
            status=TaskResultStatus.READY, args_kwargs={"args": [job_id], "kwargs": {}}, task_path=self.module_path,
            backend_name="default", run_after=MONDAY,
        )  # fmt: skip


def running(**values: object) -> Job:
    return Job.objects.create(
        kind="tests.count", unit_path="", asked_at=MONDAY, started_at=MONDAY, state=JobState.RUNNING, tries=1, **values
    )


@pytest.mark.django_db
class TestWakeLost:
    def test_a_job_that_nobody_holds_is_queued_again_once_and_done(self, done: list[int]) -> None:
        job = running()
        assert waking.wake_lost(at=MONDAY) == 1
        assert waking.wake_lost(at=MONDAY + timedelta(minutes=5)) == 0, "it stands in the queue already"

        progress.perform(job.pk)
        progress.perform(job.pk)

        job.refresh_from_db()
        assert (done, job.state, job.tries) == ([job.pk], JobState.DONE, 2)

    @pytest.mark.skipif(connection.vendor == "postgresql", reason="A connection may take its own lock again")
    def test_a_job_that_somebody_holds_is_left_alone_however_long_it_says_nothing(self, done: list[int]) -> None:
        job = running()
        with holding.held(job.pk) as mine:
            assert mine
            assert waking.wake_lost(at=MONDAY + timedelta(days=1)) == 0
            Job.objects.update(state=JobState.WAITING)
            progress.perform(job.pk)

        assert done == [] and waking.wake_lost(at=MONDAY) == 0

    def test_a_job_that_takes_its_workers_with_it_has_failed_in_the_end(self, done: list[int]) -> None:
        job = running()
        Job.objects.update(tries=waking.MOST_TRIES)

        assert waking.wake_lost(at=MONDAY) == 0
        job.refresh_from_db()
        assert (job.state, job.failure, bool(job.reference)) == (JobState.FAILED, waking.WORKER_GONE, True)

    def test_a_job_that_was_asked_to_stop_is_stopped(self, done: list[int]) -> None:
        job = running(stop_asked=True)

        assert waking.wake_lost(at=MONDAY) == 0
        job.refresh_from_db()
        assert job.state == JobState.CANCELLED

    def test_a_job_whose_worker_died_before_it_began_is_queued_again(self, done: list[int]) -> None:
        job = Job.objects.create(kind="tests.count", unit_path="", asked_at=MONDAY, state=JobState.WAITING)

        assert waking.wake_lost(at=MONDAY + timedelta(seconds=30)) == 0
        assert waking.wake_lost(at=MONDAY + timedelta(minutes=2)) == 1
        assert [call["args"] for call in DBTaskResult.objects.values_list("args_kwargs", flat=True)] == [[job.pk]]

    def test_the_queues_own_row_of_the_dead_worker_is_closed(self, done: list[int]) -> None:
        job = running()
        DBTaskResult.objects.create(
            status=TaskResultStatus.RUNNING, args_kwargs={"args": [job.pk], "kwargs": {}},
            task_path=progress.run.module_path, backend_name="default", run_after=MONDAY,
        )  # fmt: skip
        waking.wake_lost(at=MONDAY)

        assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "READY"]


@pytest.mark.skipif(connection.vendor == "postgresql", reason="There the server frees it: tests/test_killed.py")
def test_the_lock_of_a_process_that_was_killed_is_free(tmp_path: Path) -> None:
    program = (
        "import django; django.setup()\nimport time\nfrom pathlib import Path\n"
        "from tillit.foundation.jobs import holding\n"
        f"holding._folder = lambda _name: Path({str(tmp_path)!r})\n"
        "with holding.held(7) as mine:\n    print(mine, flush=True)\n    time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdout.readline().strip() == "True"
        assert holding._open(tmp_path / "7") is None
        holder.kill()
    descriptor = holding._open(tmp_path / "7")
    assert descriptor is not None
    os.close(descriptor)


@pytest.mark.django_db
def test_a_failure_leaves_kind_and_number_and_nothing_of_what_was_in_the_work(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def work(_told: progress.Progress) -> dict[str, object]:
        raise ValueError(SECRET)

    monkeypatch.setitem(progress._kinds, "tests.fail", work)
    job = Job.objects.create(kind="tests.fail", unit_path="", asked_at=MONDAY)
    task = DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING, args_kwargs={"args": [job.pk], "kwargs": {}},
        task_path=progress.run.module_path, backend_name="default", run_after=MONDAY,
    )  # fmt: skip
    with pytest.raises(JobFailed) as failed:
        progress.perform(job.pk)
    task.set_failed(failed.value)  # as the queue's worker does

    job.refresh_from_db()
    assert (job.state, job.failure) == (JobState.FAILED, "ValueError")
    assert job.reference in task.traceback and job.reference in caplog.text
    assert SECRET not in task.traceback and task.exception_class_path.endswith("JobFailed")
    said = Line().format(caplog.records[-1])
    assert SECRET not in said and "ValueError" in said and job.reference in said
