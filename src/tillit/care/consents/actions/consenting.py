"""Record whom a citizen lets in, and end it: the whole, or one part."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.care.citizens.actions.opening import open_citizen
from tillit.care.consents.models import Consent, ConsentPart, PrivateAccount
from tillit.care.consents.permissions import END_OWN, RECORD_CONSENT
from tillit.care.consents.queries import open_door
from tillit.care.consents.rules import HERS_TO_END, Basis, Part, lacking
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, NotFound


class ConsentIncomplete(ActionRefused):
    """Something a consent cannot be without is missing: who, what it rests on, a part, or the days."""


class GivenAlready(ActionRefused):
    """The same person is let in to the same citizen already."""


class NotHersToEnd(ActionRefused):
    """A guardian's mandate ends where it was given, not on the page."""


@transaction.atomic
def record_consent(
    *,
    actor: Actor,
    citizen_id: int,
    account_id: int,
    relation: str,
    basis: str,
    basis_words: str,
    parts: Iterable[Part],
    at: datetime,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Consent:
    """Write down that the citizen lets somebody in to parts of her page, as she has said it, or as a mandate says.

    valid_from: today without; never earlier. valid_to: the first day it no longer holds; None until it is taken back.
    Raises NotFound, NotAllowed, ConsentIncomplete, GivenAlready. Writes one audit entry.
    """
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=RECORD_CONSENT, at=at)
    account = PrivateAccount.objects.filter(pk=account_id).first()
    if account is None:
        raise NotFound(_("Fant ikke innloggingen."))
    given = tuple(part for part in Part if part in set(parts))
    first = valid_from or today
    _refuse_incomplete(relation, basis, basis_words, given, first, valid_to, today)
    if account.citizen_id == citizen.pk:
        raise ConsentIncomplete(_("Brukeren ser sin egen side uten samtykke."))
    if Consent.objects.filter(citizen=citizen, account=account, valid_to__isnull=True).exists():
        raise GivenAlready(_("Personen er sluppet inn fra før. Avslutt det som gjelder, og registrer på nytt."))
    stored = Consent.objects.create(
        citizen=citizen,
        account=account,
        relation=relation.strip(),
        basis=basis,
        basis_words=basis_words.strip(),
        valid_from=first,
        valid_to=valid_to,
        recorded_by_id=actor.employee_id,
        recorded_at=at,
    )
    ConsentPart.objects.bulk_create([ConsentPart(consent=stored, part=part, given_at=at) for part in given])
    change = {
        "account": account.pk,
        "basis": basis,
        "parts": list(given),
        "from": first.isoformat(),
        "to": valid_to.isoformat() if valid_to else None,
    }
    audit.record(actor, RECORD_CONSENT, str(stored), scope, at=at, change=change)
    return stored


@transaction.atomic
def give_part(*, actor: Actor, citizen_id: int, consent_id: int, part: Part, words: str, at: datetime) -> None:
    """Add one part to a consent that holds, as the citizen has said it, or as the mandate says.

    words: when she said so, or which document it is. Giving what is given is refused. Writes one audit entry.
    Raises NotFound, NotAllowed, ConsentIncomplete, GivenAlready.
    """
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=RECORD_CONSENT, at=at)
    still = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    row = Consent.objects.filter(still, citizen=citizen, pk=consent_id).first()
    if row is None:
        raise NotFound(_("Fant ikke samtykket."))
    held = {Part(one) for one in row.parts.filter(ended_at__isnull=True).values_list("part", flat=True)}
    if part in held:
        raise GivenAlready(_("Delen er gitt fra før."))
    if not words.strip():
        raise ConsentIncomplete(_("Skriv når brukeren sa det, eller hvilket dokument det er."))
    if lacking({*held, part}):
        raise ConsentIncomplete(_("Den som skal si fra seg besøk, må også se hvem som kommer."))
    ConsentPart.objects.create(consent=row, part=part, words=words.strip()[:300], given_at=at)
    audit.record(actor, RECORD_CONSENT, str(row), scope, at=at, change={"given": [part]})


@transaction.atomic
def end_consent(*, actor: Actor, citizen_id: int, consent_id: int, at: datetime) -> None:
    """Let a consent open nothing from this moment, because the citizen said so or the mandate is over.

    Ending twice is ending once. Raises NotFound, NotAllowed. Writes one audit entry.
    """
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=RECORD_CONSENT, at=at)
    row = Consent.objects.filter(citizen=citizen, pk=consent_id).first()
    if row is None:
        raise NotFound(_("Fant ikke samtykket."))
    if ended := _end_parts(row, tuple(Part), actor=actor, on=today, at=at):
        audit.record(actor, RECORD_CONSENT, str(row), scope, at=at, change={"ended": ended})


@transaction.atomic
def end_own_part(*, actor: Actor, citizen_id: int, consent_id: int, part: Part | None, at: datetime) -> None:
    """Take back a part of a consent at once, on the page itself; without `part` all of it.

    She who gave it does so for anybody; whoever was let in does so for herself. What needs the part closes with it.
    Raises NotFound, NotHersToEnd. Writes one audit entry.
    """
    door = open_door(actor=actor, citizen_id=citizen_id, permission=END_OWN, at=at, lock=True)
    rows = Consent.objects.filter(citizen_id=citizen_id, pk=consent_id)
    row = (rows if door.is_own else rows.filter(account__user_id=actor.user_id or 0)).first()
    if row is None:
        raise NotFound(_("Fant ikke samtykket."))
    if door.is_own and Basis(row.basis) not in HERS_TO_END:
        raise NotHersToEnd(_("Vergen din er gitt av Statsforvalteren. Snakk med teamet hvis noe skal endres."))
    if ended := _end_parts(row, (part,) if part else tuple(Part), actor=actor, on=oslo.day_of(at), at=at):
        audit.record(actor, END_OWN, str(row), door.scope, at=at, change={"ended": ended})


def _refuse_incomplete(
    relation: str, basis: str, basis_words: str, parts: tuple[Part, ...], first: date, after: date | None, today: date
) -> None:
    if not relation.strip():
        raise ConsentIncomplete(_("Skriv hvem personen er for brukeren."))
    if basis not in {one.value for one in Basis} or not basis_words.strip():
        raise ConsentIncomplete(
            _("Velg hva det bygger på, og skriv når brukeren sa det eller hvilket dokument det er.")
        )
    if not parts:
        raise ConsentIncomplete(_("Velg minst én del."))
    if lacking(parts):
        raise ConsentIncomplete(_("Den som skal si fra seg besøk, må også se hvem som kommer."))
    if first < today or (after is not None and after <= first):
        raise ConsentIncomplete(_("Samtykket kan begynne i dag eller senere, og må vare minst én dag."))


def _end_parts(row: Consent, parts: Iterable[Part], *, actor: Actor, on: date, at: datetime) -> list[str]:
    """End the parts, and the consent with the last of them. Returns what was open until now."""
    open_rows = ConsentPart.objects.filter(consent=row, part__in=list(parts), ended_at__isnull=True)
    ended = sorted(open_rows.values_list("part", flat=True))
    open_rows.update(ended_at=at, ended_by_id=actor.user_id)
    if ended and not ConsentPart.objects.filter(consent=row, ended_at__isnull=True).exists():
        row.valid_to = max(on, row.valid_from)
        row.save(update_fields=["valid_to"])
    return ended
