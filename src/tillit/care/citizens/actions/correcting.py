"""Correct what is written about who a citizen is. What was, stays: who corrected it, when and why."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens import queries, rules
from tillit.care.citizens.actions.opening import open_citizen, refuse_hidden, refuse_old_edition
from tillit.care.citizens.actions.register import NameMissing, NumberRefused, NumberTaken
from tillit.care.citizens.models import (
    Citizen,
    CorrectedField,
    Correction,
    Home,
    Identifier,
)
from tillit.care.citizens.permissions import CORRECT_FACTS, CORRECT_NUMBER
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import names
from tillit.kernel.errors import ActionRefused


class NothingCorrected(ActionRefused):
    """Everything stands as it was written."""


class StrangeFacts(ActionRefused):
    """A fact that cannot be true: born ahead, or after she died."""


@transaction.atomic
def correct_facts(
    *, actor: Actor, citizen_id: int, facts: rules.Facts, reason: str, edition: int, at: datetime
) -> Citizen:
    """Write names, day of birth, phone and language as they are. What they were is kept (`Correction`).

    reason: a CorrectionReason. edition: the one the actor has seen.
    Raises NotFound, NotAllowed, ChangedMeanwhile, NameMissing, StrangeFacts, NothingCorrected. One audit entry, which
    says which fields, never what they were.
    """
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=CORRECT_FACTS, at=at)
    refuse_hidden(actor, citizen, on=today)
    refuse_old_edition(citizen, edition=edition, at=at)
    _refuse_strange_reason(reason)
    after = facts.trimmed()
    if not after.given_name and not after.family_name:
        raise NameMissing(_("Skriv et navn. Er navnet ukjent, skriv «Ukjent»."))
    if after.born_on is not None and after.born_on > min(today, citizen.died_on or today):
        raise StrangeFacts(_("Fødselsdatoen kan ikke være etter i dag, eller etter dødsdatoen."))
    different = rules.differences(queries.facts_now(citizen.pk).facts, after)
    if not different:
        raise NothingCorrected(_("Alt står som før. Det er ikke noe å rette."))
    for one in different:
        setattr(citizen, one.field, getattr(after, one.field))
    citizen.edition += 1
    make_findable(citizen)
    citizen.save()
    keep_old(
        actor,
        citizen,
        ((CorrectedField[one.field.upper()], one.was) for one in different),
        reason=reason,
        at=at,
    )
    audit.record(
        actor,
        CORRECT_FACTS,
        str(citizen),
        scope,
        at=at,
        change={"fields": [one.field for one in different], "reason": reason, "edition": citizen.edition},
    )
    return citizen


@transaction.atomic
def correct_number(
    *,
    actor: Actor,
    citizen_id: int,
    number: str,
    numbers: rules.Numbers,
    reason: str,
    edition: int,
    at: datetime,
) -> Identifier:
    """Let another number identify the citizen from today: a fødselsnummer after a D-number, or her first.

    numbers: which numbers this installation accepts. The number before ends, and is kept.
    Raises NotFound, NotAllowed, ChangedMeanwhile, NumberRefused, NumberTaken (see `queries.with_number`),
    NothingCorrected. One audit entry with the kind of number, never the number.
    """
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=CORRECT_NUMBER, at=at)
    refuse_old_edition(citizen, edition=edition, at=at)
    _refuse_strange_reason(reason)
    try:
        identity = rules.identity(number, numbers=numbers)
    except rules.IdentityRefused as refused:
        raise NumberRefused(refused.problem) from None
    now = Identifier.objects.filter(citizen=citizen, valid_to__isnull=True).order_by("-valid_from", "-pk").first()
    if not identity.value or (now is not None and now.value == identity.value):
        raise NothingCorrected(_("Skriv det nye nummeret. Det som står nå, er det samme."))
    if Identifier.objects.filter(value=identity.value, valid_to__isnull=True).exists():
        raise NumberTaken(_("Nummeret finnes fra før hos oss. Be en leder med tilgang til begge om å slå dem sammen."))
    stored = replace_number(citizen, kind=identity.kind.value, value=identity.value, today=today)
    citizen.edition += 1
    citizen.save(update_fields=["edition"])
    Correction.objects.create(
        citizen=citizen,
        field=CorrectedField.NUMBER,
        identifier=now if now is not None and now.value else None,
        reason=reason,
        edition=citizen.edition,
        corrected_by_id=actor.employee_id,
        corrected_at=at,
    )
    audit.record(
        actor,
        CORRECT_NUMBER,
        str(stored),
        scope,
        at=at,
        change={"identity": stored.kind, "was": str(now) if now else None, "reason": reason},
    )
    return stored


def replace_number(citizen: Citizen, *, kind: str, value: str, today: date) -> Identifier:
    """End the numbers that hold, and store another. Only for actions that have checked everything."""
    for row in Identifier.objects.filter(citizen=citizen, valid_to__isnull=True):
        row.valid_to = max(today, row.valid_from)
        row.save(update_fields=["valid_to"])
    return Identifier.objects.create(citizen=citizen, kind=kind, value=value, valid_from=today)


def keep_old(
    actor: Actor, citizen: Citizen, old: Iterable[tuple[CorrectedField, str]], *, reason: str, at: datetime
) -> None:
    """Keep what facts were. Only for actions that have checked everything and made the new edition."""
    Correction.objects.bulk_create(
        [
            Correction(
                citizen=citizen,
                field=which,
                was=was,
                reason=reason,
                edition=citizen.edition,
                corrected_by_id=actor.employee_id,
                corrected_at=at,
            )
            for which, was in old
        ]
    )


def make_findable(citizen: Citizen) -> None:
    """Let searches find her by her names and, unless it is hidden, her address. Not saved here."""
    home = Home.objects.filter(citizen=citizen, valid_to__isnull=True).first()
    where = (home.street, home.place) if home and not citizen.is_secret_address else ()
    citizen.search_name = rules.search_name(citizen.given_name, citizen.family_name, citizen.call_name, *where)
    citizen.sort_name = names.sort_key(citizen.family_name, citizen.given_name)


def _refuse_strange_reason(reason: str) -> None:
    if reason not in queries.REASONS_PEOPLE_GIVE:
        raise ActionRefused(_("Velg hvorfor det rettes."))
