"""Write down a gathering and what was said there. How many were there, never who."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import TEAM_KINDS, get_unit
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, NotAllowed
from tillit.learning.surveys import queries
from tillit.learning.surveys.models import Gathering, Statement
from tillit.learning.surveys.permissions import HOLD_GATHERING
from tillit.learning.surveys.rules import themes as rules
from tillit.learning.surveys.rules import wording


class MayBeNames(ActionRefused):
    """Words that may say who somebody is. words: them, as written."""

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__(
            _("Kan dette si hvem noen er? %(words)s. Skriv om, eller kryss av for at ingen kan kjennes igjen.")
            % {"words": ", ".join(f"«{word}»" for word in words)}
        )
        self.words = words


@transaction.atomic
def hold_gathering(
    *, actor: Actor, unit_id: int, held_on: date, people: int, campaign_id: int | None, at: datetime
) -> Gathering:
    """Write down that a gathering was held. Raises NotFound, NotAllowed, ActionRefused."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    scope = Scope((unit.path,))
    require(actor, HOLD_GATHERING, scope)
    if unit.kind not in TEAM_KINDS or actor.employee_id is None:
        raise ActionRefused(_("Velg et team."))
    if held_on > oslo.day_of(at):
        raise ActionRefused(_("Skriv samlingen når den er holdt."))
    if not 1 <= people <= rules.MOST_PEOPLE:
        raise ActionRefused(_("Skriv hvor mange som var der."))
    if campaign_id is not None:
        campaign = queries.get_campaign(actor=actor, campaign_id=campaign_id, permission=HOLD_GATHERING)
        if not campaign.groups.filter(unit=unit).exists():
            raise ActionRefused(_("Den undersøkelsen spurte ikke dette teamet."))
    found = Gathering.objects.create(
        unit=unit, campaign_id=campaign_id, held_on=held_on, people=people, held_by_id=actor.employee_id, written_at=at
    )
    audit.record(actor, HOLD_GATHERING, str(found), scope, at=at, change={"held": held_on.isoformat()})
    return found


@transaction.atomic
def write_statement(
    *,
    actor: Actor,
    gathering_id: int,
    words: str,
    themes: Sequence[str],
    corrects: int | None = None,
    is_sure: bool = False,
    at: datetime,
) -> Statement:
    """Write down one thing that was said, or put right what stands. Only the one who held it.

    Words that may say who somebody is are refused once: is_sure says that she has looked. Raises NotFound, NotAllowed,
    MayBeNames, ActionRefused.
    """
    gathering = _hers(actor, gathering_id)
    said, about = " ".join(words.split()), rules.themes_of(themes)
    if not said or len(said) > rules.MOST_CHARACTERS:
        raise ActionRefused(_("Skriv hva som ble sagt, kort."))
    if not about:
        raise ActionRefused(_("Velg hva det handlet om, eller skriv et tema."))
    if len(about) > rules.MOST_THEMES or any(len(name) > rules.LONGEST_THEME for name in about):
        raise ActionRefused(_("Velg høyst %(most)d temaer, hvert på noen få ord.") % {"most": rules.MOST_THEMES})
    text = " . ".join((said, *about))
    if not is_sure and (places := wording.suggested(text, queries.names_within((gathering.unit.path,)))):
        every = wording.words_of(text)
        raise MayBeNames(tuple(every[place].strip(" .,;:!?") for place in sorted(places)))
    return _add(actor, gathering, corrects, at, words=said, themes=list(about))


@transaction.atomic
def take_back_statement(*, actor: Actor, gathering_id: int, statement_id: int, at: datetime) -> Statement:
    """Take away what should not have been written. It is shown to nobody from then on. Only the one who held it."""
    return _add(actor, _hers(actor, gathering_id), statement_id, at, is_taken_back=True)


def _hers(actor: Actor, gathering_id: int) -> Gathering:
    gathering = queries.get_gathering(actor=actor, gathering_id=gathering_id)
    require(actor, HOLD_GATHERING, queries.scope_within(actor, gathering.unit.path))
    if gathering.held_by_id != actor.employee_id:
        raise NotAllowed(_("Den som holdt samlingen, skriver ned det som ble sagt."))
    return gathering


def _add(actor: Actor, gathering: Gathering, corrects: int | None, at: datetime, **said: object) -> Statement:
    if corrects is not None:
        old = Statement.objects.select_for_update().filter(pk=corrects, gathering=gathering).first()
        if old is None or old.is_taken_back or Statement.objects.filter(corrects=old).exists():
            raise ActionRefused(_("Det er rettet eller tatt bort før. Se på sida en gang til."))
        if said.get("is_taken_back"):
            _empty(old)
    found = Statement.objects.create(gathering=gathering, corrects_id=corrects, written_at=at, **said)
    audit.record(
        actor, HOLD_GATHERING, str(found), Scope((gathering.unit.path,)), at=at,
        change={"gathering": gathering.pk, "corrects": corrects},
    )  # fmt: skip
    return found


def _empty(statement: Statement) -> None:
    """Empty a line of corrections of its words: what named somebody is nowhere."""
    line: Statement | None = statement
    while line is not None:
        line.words, line.themes = "", []
        line.save(update_fields=["words", "themes"])
        line = line.corrects
