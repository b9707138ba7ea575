"""The kinds of data of this floor: jobs, ways in, and the logs. Registered by config.wiring."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import PROTECT, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tillit.foundation.access import keeping as logs
from tillit.foundation.access.actor import system
from tillit.foundation.access.models import (
    AccessEntry,
    AuditEntry,
    Invitation,
    LogKeeping,
    LogSeal,
)
from tillit.foundation.jobs.models import UNDER_WAY, Job
from tillit.foundation.keeping.retention import Batch, Due, InForce, Kind
from tillit.foundation.login.models import Device, DeviceUser, LoginSession
from tillit.foundation.login.rules.sessions import LONGEST

ART_5 = _("Personvernforordningen art. 5 nr. 1 e: ikke lenger enn det trengs. Kommunen bestemmer.")
Keep = Callable[[Batch], None]


def remove_all(found: dict[str, QuerySet[Any]], keep: Keep) -> bool:
    """Delete everything that was found, with its trace. Returns False: there is no more to ask for."""
    counts = {label: count for label, rows in found.items() if (count := rows.count())}
    if counts:
        keep(Batch(counts))
        for rows in found.values():
            rows.delete()
    return False


def counted_in(found: Callable[[Due], dict[str, QuerySet[Any]]]) -> Callable[[Due], int]:
    """Return what a kind counts with, when all it deletes is the rows that `found` finds."""
    return lambda due: sum(rows.count() for rows in found(due).values())


def removed_from(found: Callable[[Due], dict[str, QuerySet[Any]]]) -> Callable[[Due, Keep], bool]:
    """Return what such a kind deletes with."""
    return lambda due, keep: remove_all(found(due), keep)


def _jobs(due: Due) -> dict[str, QuerySet[Any]]:
    over = DBTaskResult.objects.filter(status__in=[TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL])
    ended = Job.objects.filter(ended_at__lt=due.before).exclude(state__in=UNDER_WAY)
    for pointing in Job._meta.related_objects:
        if pointing.on_delete is PROTECT:  # an answer that somebody still has: the job stays as long as it does
            ended = ended.filter(**{f"{pointing.field.related_query_name()}__isnull": True})
    return {
        "jobs.Job": ended,
        "django_tasks_database.DBTaskResult": over.filter(finished_at__lt=due.before),
    }


def _ways_in(due: Due) -> dict[str, QuerySet[Any]]:
    old = Q(ended_at__lt=due.before) | Q(ended_at__isnull=True, began_at__lt=due.before - LONGEST)
    used = DeviceUser.objects.filter(last_at__lt=due.before)
    return {
        "login.LoginSession": LoginSession.objects.filter(old),
        "login.DeviceUser": used,
        "login.Device": Device.objects.filter(made_at__lt=due.before).exclude(
            pk__in=DeviceUser.objects.filter(last_at__gte=due.before).values("device_id")
        ),
        "access.Invitation": Invitation.objects.filter(expires_at__lt=due.before),
        "sessions.Session": Session.objects.filter(expire_date__lt=due.before),
    }


def _expired_stretches(due: Due) -> list[LogSeal]:
    """The stretches whose time is over, without those in which a held citizen stands: a stretch leaves whole."""
    found = list(logs.expired(at=due.at))
    if not due.held_citizens:
        return found
    return [seal for seal in found if not _names_somebody_held(seal, due.held_citizens)]


def _names_somebody_held(seal: LogSeal, held: frozenset[int]) -> bool:
    """Whether one of them stands in the rows under a seal. A refused try names nobody."""
    if seal.log == "ACCESS":
        return AccessEntry.objects.filter(pk__gt=seal.after_id, pk__lte=seal.to_id, citizen_id__in=held).exists()
    if seal.log == "AUDIT":
        return AuditEntry.objects.filter(pk__gt=seal.after_id, pk__lte=seal.to_id, citizen_id__in=held).exists()
    return False


def _remove_stretch(due: Due, keep: Keep) -> bool:
    """Let the oldest stretch leave; the chain says so itself too."""
    found = _expired_stretches(due)
    if not found:
        return False
    count = logs.remove_stretch(actor=system("nattjobben"), number=found[0].number, at=due.at)
    keep(Batch({found[0].log: count}))
    return len(found) > 1


def _log_rule(on: date) -> InForce:
    rule = LogKeeping.objects.filter(valid_from__lte=on).order_by("-valid_from").first()
    return InForce(rule.years, rule.basis, rule.valid_from) if rule else InForce(logs.DEFAULT_YEARS, logs.DEFAULT_BASIS)


def _decide_logs(**decision: object) -> object:
    return logs.set_keeping(**decision)  # type: ignore[arg-type]


JOBS = Kind(
    code="JOBS",
    title=_("Arbeid i bakgrunnen"),
    what=_("At noen ba om et forslag, en innlesing eller en utlevering, og hvordan det gikk. Svaret selv er ikke med."),
    source=ART_5,
    shipped=InForce(90, "Personvernforordningen art. 5 nr. 1 e. Lenge nok til å finne en feil."),
    least=7,
    most=365,
    count=counted_in(_jobs),
    remove=removed_from(_jobs),
)
WAYS_IN = Kind(
    code="WAYS_IN",
    title=_("Innlogginger og enheter"),
    what=_("Når og hvordan noen logget inn, enheter som ikke er i bruk, og brukte invitasjoner. Kontoen blir."),
    source=_(
        "Personvernforordningen art. 5 nr. 1 e og art. 32: lenge nok til å følge opp uvanlig bruk. Kommunen bestemmer."
    ),
    shipped=InForce(365, "Personvernforordningen art. 5 nr. 1 e og art. 32."),
    least=30,
    most=1095,
    count=counted_in(_ways_in),
    remove=removed_from(_ways_in),
)
LOGS = Kind(
    code="LOGS",
    title=_("Innsynslogg og endringslogg"),
    what=_("Hvem som har sett og endret. Hele forseglede strekk går, og et segl blir stående i kjeden."),
    source=_(
        "Pasientjournalloven § 25: så lenge det kan bli bruk for dem. Ti år er vanlig minstetid. Kommunen bestemmer."
    ),
    shipped=InForce(logs.DEFAULT_YEARS, logs.DEFAULT_BASIS),
    least=5,
    most=100,
    years=True,
    count=lambda due: sum(seal.count for seal in _expired_stretches(due)),
    remove=_remove_stretch,
    rule=_log_rule,
    decide=_decide_logs,
)
