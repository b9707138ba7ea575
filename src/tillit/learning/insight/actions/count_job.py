"""Counting as long work in the background: asked for, followed on a page, stopped. What was counted is kept."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, system
from tillit.foundation.access.permissions import require
from tillit.foundation.jobs import progress as jobs
from tillit.foundation.jobs.models import UNDER_WAY, Job
from tillit.foundation.organisation.queries import everywhere
from tillit.kernel import clock
from tillit.learning.insight.actions.counting import count_figures
from tillit.learning.insight.permissions import COUNT_FIGURES

KIND = "insight.count"


@transaction.atomic
def ask_for_count(*, actor: Actor, at: datetime, codes: Sequence[str] = (), everything: bool = False) -> Job:
    """Ask for a count in the background: of what is due, of everything again, or of these own indicators alone.

    One that is under way and counts as much is answered with, so that two presses are one. Raises NotAllowed.
    """
    scope = everywhere()
    require(actor, COUNT_FIGURES, scope)
    order: dict[str, object] = {"codes": sorted(codes), "everything": everything}
    known = Job.objects.filter(kind=KIND, state__in=UNDER_WAY, stop_asked=False).order_by("-pk").first()
    if known is not None and known.order == order and not codes:
        return known
    path = scope.paths[0] if scope.paths else ""
    job = jobs.ask(actor=actor, name=KIND, unit_path=path, order=order, at=at)
    audit.record(actor, COUNT_FIGURES, f"job:{job.pk}", scope, at=at, change={"what": "ASK", **order})
    return job


@transaction.atomic
def stop_count(*, actor: Actor, at: datetime) -> int:
    """Ask every count under way to stop between two pieces. Returns how many were asked. Raises NotAllowed."""
    scope = everywhere()
    require(actor, COUNT_FIGURES, scope)
    found = list(Job.objects.filter(kind=KIND, state__in=UNDER_WAY, stop_asked=False).values_list("pk", flat=True))
    for job_id in found:
        jobs.ask_to_stop(job_id=job_id)
        audit.record(actor, COUNT_FIGURES, f"job:{job_id}", scope, at=at, change={"what": "STOP"})
    return len(found)


@jobs.kind(KIND)
def count(progress: jobs.Progress) -> dict[str, object]:
    """Do the job. What it counted, and whether it came to the end, is its outcome. Run by the worker."""

    def say(done: int, total: int) -> bool:
        progress.say(done, total, _("Del %(done)s av %(total)s") % {"done": done + 1, "total": total})
        return progress.should_stop()

    codes = progress.order.get("codes")
    found = count_figures(
        actor=system("Tellingen"),
        at=clock.now(),
        codes=[str(code) for code in codes] if isinstance(codes, list) and codes else None,
        everything=bool(progress.order.get("everything")),
        say=say,
    )
    return {
        "looked_at": found.looked_at, "new": found.new, "replaced": found.replaced, "whole": found.whole,
    }  # fmt: skip
