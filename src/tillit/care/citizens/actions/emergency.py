"""Emergency access (nødtilgang): open a record out of reach for a while, end it, and review it afterwards."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens import queries, rules
from tillit.care.citizens.actions.circle import SomethingMissing
from tillit.care.citizens.events import EmergencyOpened
from tillit.care.citizens.models import Barrier, Citizen, EmergencyAccess, EmergencyReason, Verdict
from tillit.care.citizens.permissions import OPEN_EMERGENCY, REVIEW_EMERGENCY
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.login import limiting
from tillit.foundation.login.rules.limits import Door
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.organisation.rules import ids_in
from tillit.kernel import events, names, oslo
from tillit.kernel.errors import ActionRefused, NotFound


class AlreadyReviewed(ActionRefused):
    """Another leader has reviewed it already."""


class OwnEmergency(ActionRefused):
    """Nobody reviews herself."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an attempt gave. Nobody found and somebody who may not be opened give the same: no citizen.

    emergency_id: None when she reached the citizen already, so that nothing was opened.
    """

    citizen_id: int | None = None
    emergency_id: int | None = None


@transaction.atomic
def open_emergency(
    *, actor: Actor, name: str, born_on: date | None, number: str, reason: str, words: str, at: datetime
) -> Answer:
    """Open the record of the one person who has exactly this name and birth date, or this number.

    reason: an EmergencyReason; words: one line, what has happened. It ends by itself after the municipality's hours.
    The same queries are asked whether anybody is found or not. Every try is written in the audit trail, without the
    name. Raises NotAllowed, SomethingMissing, TooOften. Publishes EmergencyOpened.
    """
    scope = Scope(actor.paths_for(OPEN_EMERGENCY.roles))
    require(actor, OPEN_EMERGENCY, scope)
    if actor.employee_id is None or actor.user_id is None:
        raise NotFound(_("Siden finnes ikke."))
    if reason not in EmergencyReason.values or not words.strip():
        raise SomethingMissing(_("Velg grunn, og skriv kort hva som har skjedd."))
    if not number.strip() and (not name.strip() or born_on is None):
        raise SomethingMissing(_("Skriv navn og fødselsdato, eller fødselsnummer."))
    shut = _("Du har prøvd mange ganger den siste timen. Ring lederen din eller vakttelefonen.")
    limiting.take(Door.EMERGENCY, actor=actor, at=at, text=shut)  # found or not: nobody tries out names
    citizen_id = _one_person(name=name, born_on=born_on, number=number)
    ground = queries.ground_of(actor=actor, citizen_id=citizen_id or 0, at=at)
    bars = tuple(
        rules.Bar(kind)
        for kind in Barrier.objects.filter(
            in_force(oslo.day_of(at)), citizen_id=citizen_id or 0, employee_id=actor.employee_id
        ).values_list("kind", flat=True)
    )
    terms = queries.terms_on(oslo.day_of(at))
    paths = queries.last_scope_of(citizen_id or 0, on=oslo.day_of(at)).paths
    if ground is not None:
        return Answer(citizen_id)
    if citizen_id is None or not rules.may_open(bars, reason):
        change: dict[str, object] = {"act": "NOT_FOUND", "reason": reason}
        audit.record(actor, OPEN_EMERGENCY, f"user:{actor.user_id}", scope, at=at, change=change)
        return Answer()
    stored = EmergencyAccess.objects.create(
        citizen_id=citizen_id,
        employee_id=actor.employee_id,
        unit_id=ids_in(actor.home_path)[-1],
        reason=reason,
        words=words.strip(),
        opened_at=at,
        ends_at=at + timedelta(hours=terms.emergency_hours),
    )
    change = {"act": "OPEN", "reason": reason, "ends": stored.ends_at.isoformat()}
    audit.record(actor, OPEN_EMERGENCY, str(stored), Scope(paths or scope.paths, citizen_id), at=at, change=change)
    events.publish(EmergencyOpened(emergency_id=stored.pk, citizen_id=citizen_id, employee_id=actor.employee_id, at=at))
    return Answer(citizen_id, stored.pk)


@transaction.atomic
def end_emergency(*, actor: Actor, emergency_id: int, at: datetime) -> None:
    """Let somebody end her own emergency access before its time. Ending twice is ending once. Raises NotFound."""
    row = EmergencyAccess.objects.select_for_update(of=("self",)).filter(
        pk=emergency_id, employee_id=actor.employee_id or 0
    ).first()  # fmt: skip
    if row is None:
        raise NotFound(_("Fant ikke nødtilgangen."))
    if row.ended_at is None and at < row.ends_at:
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        scope = Scope(queries.last_scope_of(row.citizen_id, on=oslo.day_of(at)).paths, row.citizen_id)
        audit.record(actor, OPEN_EMERGENCY, str(row), scope, at=at, change={"act": "END"})


@transaction.atomic
def review_emergency(*, actor: Actor, emergency_id: int, verdict: str, words: str, at: datetime) -> EmergencyAccess:
    """Write what the leader found, in one word and, unless it was in order, in words. Once, and never by herself.

    Raises NotFound out of reach, NotAllowed, SomethingMissing, AlreadyReviewed, OwnEmergency.
    """
    row = queries.get_emergency(actor=actor, emergency_id=emergency_id, lock=True)
    if row.employee_id == actor.employee_id:
        raise OwnEmergency(_("En annen leder må se gjennom din egen nødtilgang."))
    if verdict not in Verdict.values:
        raise SomethingMissing(_("Velg hva du kom til."))
    if verdict != Verdict.JUSTIFIED and not words.strip():
        raise SomethingMissing(_("Skriv hva du så, og hva som skjer videre."))
    if row.verdict:
        raise AlreadyReviewed(_("En annen leder har sett gjennom denne."))
    row.verdict, row.review_words = verdict, words.strip()
    row.reviewed_by_id, row.reviewed_at = actor.employee_id, at
    row.save(update_fields=["verdict", "review_words", "reviewed_by", "reviewed_at"])
    scope = Scope(actor.paths_for(REVIEW_EMERGENCY.roles), row.citizen_id)
    audit.record(actor, REVIEW_EMERGENCY, str(row), scope, at=at, change={"verdict": verdict})
    return row


def _one_person(*, name: str, born_on: date | None, number: str) -> int | None:
    """Return the one living person meant, or None: nobody, or several. The same two queries whatever is found."""
    living = Citizen.objects.filter(merged_into__isnull=True, died_on__isnull=True)
    value = "".join(number.split())
    by_number = set(
        living.filter(identifiers__value=value or "-", identifiers__valid_to__isnull=True).values_list("pk", flat=True)
    )
    wanted = names.search_key(" ".join(name.split()))
    by_name = {
        pk
        for pk, given, family in living.filter(born_on=born_on or date.min).values_list(
            "pk", "given_name", "family_name"
        )
        if names.search_key(given, family) == wanted
    }
    found = by_number if value else by_name
    return next(iter(found)) if len(found) == 1 else None
