"""What the day can take: asked for by people, and by the lists themselves when they are taken into use or changed."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor, system
from tillit.foundation.access.permissions import require
from tillit.foundation.jobs import progress as jobs
from tillit.foundation.jobs.models import JobState
from tillit.foundation.organisation import queries as organisation
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.teamwork.planning import queries
from tillit.teamwork.planning.events import ListsChanged, ListsPublished
from tillit.teamwork.planning.models import DayLists, DayStrength
from tillit.teamwork.planning.permissions import SEE_LISTS
from tillit.teamwork.planning.rules.presets import Preset

KIND = "planning.strength"
FOLLOWER = "Arbeidslistene"


class NothingToWeigh(ActionRefused):
    """Nobody has been given a visit, so there is nothing that can break."""


@transaction.atomic
def ask_what_the_day_can_take(*, actor: Actor, unit_id: int, on: date, shift_kind: str, at: datetime) -> DayStrength:
    """Ask in the background what the lists can take. While an answer is on its way no other is asked for.

    Changes nothing on the lists, so that everybody who sees them may ask. Raises NotFound, NotAllowed, NothingToWeigh.
    """
    unit = organisation.get_unit(actor=actor, unit_id=unit_id)
    require(actor, SEE_LISTS, organisation.scope_of(unit))
    lists = DayLists.objects.select_for_update().filter(unit_id=unit_id, on=on, shift_kind=shift_kind).first()
    if lists is None or not lists.assignments.exists():
        raise NothingToWeigh(_("Ingen har fått besøk ennå, så det er ikke noe å regne på."))
    return _ask(lists, actor=actor, at=at)


@transaction.atomic
def follow_lists_in_use(event: ListsPublished | ListsChanged) -> None:
    """Reckon anew when lists are taken into use, and when lists in use change."""
    if not settings.STRENGTH_FOLLOWS:
        return
    lists = DayLists.objects.select_for_update().select_related("unit").get(pk=event.lists_id)
    _ask(lists, actor=system(FOLLOWER), at=event.at)


def _ask(lists: DayLists, *, actor: Actor, at: datetime) -> DayStrength:
    """One question waits at a time: it reads the lists when it is answered, not when it was asked."""
    found, _made = DayStrength.objects.get_or_create(lists=lists, defaults={"asked_at": at})
    if found.job is not None and found.job.state == JobState.WAITING:
        return found
    found.asked_at = at
    found.save(update_fields=["asked_at"])
    job = jobs.ask(actor=actor, name=KIND, unit_path=lists.unit.path, order={"strength": found.pk}, at=at)
    DayStrength.objects.filter(pk=found.pk).update(job=job)
    found.refresh_from_db()
    return found


@jobs.kind(KIND)
def reckon(progress: jobs.Progress) -> dict[str, object]:
    """Do the job: load the lists, let the engine take people away, store what breaks. Run by the worker."""
    from tillit.teamwork.planning.adapter import engine, strength  # numba is slow to load: only where it is needed

    found = DayStrength.objects.select_related("lists__unit").filter(pk=int(str(progress.order["strength"]))).first()
    if found is None:
        raise NotFound(_("Fant ikke arbeidslistene."))
    lists, at = found.lists, clock.now()
    with reading.door(KIND, actor=system("Planleggeren")):
        day = queries.team_day(unit=lists.unit, on=lists.on, shift_kind=lists.shift_kind).day
    answer = strength.strength(
        day,
        at=at,
        weights=engine.weights_of(
            Preset.KNOWN_FACES, keep_present=False, counts=queries.what_counts(lists.unit_id).steps
        ),
        seconds=settings.STRENGTH_SECONDS,
        progress=lambda share: progress.say(int(share * 95), 100),
        cancelled=progress.should_stop,
    )
    if progress.should_stop():
        raise jobs.Stopped
    DayStrength.objects.filter(pk=found.pk).update(answer=answer, edition=lists.edition, made_at=at)
    return {"stands": answer["stands"]}
