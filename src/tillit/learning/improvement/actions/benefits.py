"""Plan what a pilot is to give, change it, have it confirmed by finance, take it out (R42)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.learning.improvement.actions.changing import held, stored
from tillit.learning.improvement.models import Benefit, Pilot
from tillit.learning.improvement.queries import figures
from tillit.learning.improvement.rules.benefits import Kind
from tillit.learning.improvement.rules.goals import Goal


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a benefit. What each is, `models.Benefit` says; only the first three must be there."""

    goal: Goal
    kind: Kind
    words: str
    code: str = ""
    asked: str = ""
    baseline: float | None = None
    target: float | None = None
    now: float | None = None
    due_on: date | None = None
    owner: str = ""
    amount: float | None = None
    used_for: str = ""
    cost: int | None = None


@transaction.atomic
def add_benefit(*, actor: Actor, pilot_id: int, edition: int | None, said: Said, at: datetime) -> Pilot:
    """Add a benefit to the pilot's plan. Raises NotFound, NotAllowed, ChangedMeanwhile, ActionRefused."""
    pilot = held(actor=actor, pilot_id=pilot_id, edition=edition, at=at)
    _check(said)
    made = Benefit.objects.create(pilot=pilot, **asdict(said))
    return stored(pilot, actor=actor, at=at, change={"benefit": made.pk, "goal": said.goal.value})


@transaction.atomic
def change_benefit(
    *, actor: Actor, pilot_id: int, benefit_id: int, edition: int | None, said: Said, at: datetime
) -> Pilot:
    """Change what is said of a benefit. One that finance has confirmed is no longer, when a number is another.

    Raises NotFound, NotAllowed, ChangedMeanwhile, ActionRefused.
    """
    pilot = held(actor=actor, pilot_id=pilot_id, edition=edition, at=at)
    found = _of(pilot, benefit_id)
    _check(said)
    numbers = ("kind", "code", "baseline", "target", "now", "amount")
    if any(getattr(found, name) != getattr(said, name) for name in numbers):
        found.confirmed_on, found.confirmed_words = None, ""
    for name, value in asdict(said).items():
        setattr(found, name, value)
    found.save()
    return stored(pilot, actor=actor, at=at, change={"benefit": found.pk, "confirmed": found.confirmed_on is not None})


@transaction.atomic
def confirm_benefit(
    *, actor: Actor, pilot_id: int, benefit_id: int, edition: int | None, words: str, at: datetime
) -> Pilot:
    """Note that finance has looked at a benefit in kroner or hours. words: who in finance, a role, and at what.

    Raises NotFound, NotAllowed, ChangedMeanwhile, ActionRefused.
    """
    pilot = held(actor=actor, pilot_id=pilot_id, edition=edition, at=at)
    found = _of(pilot, benefit_id)
    if found.kind == Kind.QUALITY:
        raise ActionRefused(_("Kvalitet har ingen kroner. Økonomi bekrefter bare penger og tid."))
    if found.amount is None:
        raise ActionRefused(_("Skriv hvor mye det er i året, før økonomi bekrefter det."))
    told = " ".join(words.split())
    if len(told) < 5:
        raise ActionRefused(_("Skriv hvem i økonomi som har sett på det, og hva de så på."))
    found.confirmed_on, found.confirmed_words = oslo.day_of(at), told[:200]
    found.save(update_fields=["confirmed_on", "confirmed_words"])
    return stored(pilot, actor=actor, at=at, change={"benefit": found.pk, "confirmed": True})


@transaction.atomic
def remove_benefit(*, actor: Actor, pilot_id: int, benefit_id: int, edition: int | None, at: datetime) -> Pilot:
    """Take a benefit out of the plan. Raises NotFound, NotAllowed, ChangedMeanwhile."""
    pilot = held(actor=actor, pilot_id=pilot_id, edition=edition, at=at)
    found = _of(pilot, benefit_id)
    number = found.pk
    found.delete()
    return stored(pilot, actor=actor, at=at, change={"benefit": number, "removed": True})


def _of(pilot: Pilot, benefit_id: int) -> Benefit:
    found = Benefit.objects.select_for_update().filter(pilot=pilot, pk=benefit_id).first()
    if found is None:
        raise NotFound(_("Fant ikke gevinsten."))
    return found


def _check(said: Said) -> None:
    if not said.words.strip():
        raise ActionRefused(_("Skriv hva som blir bedre."))
    if said.code and said.asked:
        raise ActionRefused(_("Velg én måte å måle på: tall fra driften, eller det dere spør om."))
    if said.code and said.code not in {one.code for one in figures.indicators()}:
        raise ActionRefused(_("Indikatoren finnes ikke lenger. Velg på nytt."))
    if said.kind is Kind.QUALITY and said.amount is not None:
        raise ActionRefused(_("Kvalitet har ingen kroner eller timer. Ta bort beløpet, eller velg en annen type."))
    if said.kind is Kind.TIME and said.amount is not None and not said.used_for.strip():
        raise ActionRefused(_("Skriv hva tida blir brukt til. Timer som ingen vet hvor ble av, teller ikke."))
