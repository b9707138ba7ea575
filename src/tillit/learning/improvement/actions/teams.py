"""Teams join a pilot, each on its day, and leave it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused
from tillit.learning.improvement.actions.changing import held, stored
from tillit.learning.improvement.models import Pilot, PilotTeam, Variant
from tillit.learning.improvement.queries import get_team, teams_to_choose
from tillit.learning.improvement.rules.phases import Phase


def variant_words(variant: str, own_words: str) -> str:
    """Return the words to store with a variant. Raises ActionRefused when something else has no name."""
    if variant not in Variant.values:
        raise ActionRefused(_("Velg hva teamet prøver."))
    if variant != Variant.OWN:
        return ""
    if not own_words.strip():
        raise ActionRefused(_("Skriv hva det dere prøver, heter."))
    return " ".join(own_words.split())[:60]


@transaction.atomic
def add_team(
    *,
    actor: Actor,
    pilot_id: int,
    edition: int | None,
    unit_id: int,
    variant: str,
    own_words: str,
    joined_on: date,
    at: datetime,
) -> Pilot:
    """Let a team join, or be compared with (ORDINARY). When the pilot is under way it needs its baseline first.

    Raises NotFound, NotAllowed, ChangedMeanwhile, ActionRefused.
    """
    pilot = held(actor=actor, pilot_id=pilot_id, edition=edition, at=at)
    _open(pilot)
    words = variant_words(variant, own_words)
    unit = next(
        (one for one in teams_to_choose(unit=pilot.unit, on=oslo.day_of(at), but=pilot) if one.pk == unit_id), None
    )
    if unit is None:
        raise ActionRefused(_("Velg et team som ligger under enheten som har piloten, og som ikke er med fra før."))
    PilotTeam.objects.create(pilot=pilot, unit=unit, variant=variant, own_words=words, joined_on=joined_on)
    return stored(
        pilot, actor=actor, at=at,
        change={"joins": unit.pk, "variant": variant, "from": joined_on.isoformat()},
    )  # fmt: skip


@transaction.atomic
def change_team(
    *,
    actor: Actor,
    pilot_id: int,
    team_id: int,
    edition: int | None,
    variant: str,
    own_words: str,
    joined_on: date,
    at: datetime,
) -> Pilot:
    """Change what a team tries, or the day it begins, while it has not begun and its baseline is not frozen.

    Raises NotFound, NotAllowed, ChangedMeanwhile, ActionRefused.
    """
    pilot = held(actor=actor, pilot_id=pilot_id, edition=edition, at=at)
    _open(pilot)
    team = get_team(pilot=pilot, team_id=team_id)
    if team.began_on is not None:
        raise ActionRefused(_("Teamet er i pilot. Skriv en justering i loggen hvis noe endres."))
    if team.has_baseline and joined_on != team.joined_on:
        raise ActionRefused(
            _("Nullpunktet er fryst for dagen som står. Åpne nullpunktet igjen hvis dagen er en annen.")
        )
    team.variant, team.own_words, team.joined_on = variant, variant_words(variant, own_words), joined_on
    team.save(update_fields=["variant", "own_words", "joined_on"])
    return stored(
        pilot, actor=actor, at=at,
        change={"team": team.unit_id, "variant": variant, "from": joined_on.isoformat()},
    )  # fmt: skip


@transaction.atomic
def remove_team(*, actor: Actor, pilot_id: int, team_id: int, edition: int | None, at: datetime) -> Pilot:
    """Take a team out: from today when it has begun, so that what it did still counts; else as if never in it.

    Raises NotFound, NotAllowed, ChangedMeanwhile, ActionRefused.
    """
    pilot = held(actor=actor, pilot_id=pilot_id, edition=edition, at=at)
    _open(pilot)
    team = get_team(pilot=pilot, team_id=team_id)
    if team.left_on is not None:
        raise ActionRefused(_("Teamet er alt ute av piloten."))
    if team.began_on is not None:
        team.left_on = oslo.day_of(at)
        team.save(update_fields=["left_on"])
    else:
        team.delete()
    return stored(pilot, actor=actor, at=at, change={"leaves": team.unit_id})


def _open(pilot: Pilot) -> None:
    if pilot.phase == Phase.ENDED:
        raise ActionRefused(_("Piloten er avsluttet."))
