"""A new citizen."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens import rules
from tillit.care.citizens.actions.home import store_home, unit_that_may_follow
from tillit.care.citizens.actions.moving import store_move_in
from tillit.care.citizens.events import CitizenMovesIn, CitizenRegistered
from tillit.care.citizens.models import Citizen, Following, Identifier
from tillit.care.citizens.permissions import REGISTER_CITIZEN
from tillit.care.citizens.rules import HomeText
from tillit.care.citizens.rules.moving import MovesIn
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.kernel import events, names, oslo
from tillit.kernel.errors import ActionRefused


class NumberRefused(ActionRefused):
    """The number of the person cannot be used. `problem` says why; the text never repeats the number."""

    def __init__(self, problem: rules.IdentityProblem) -> None:
        super().__init__(_words_for(problem))
        self.problem = problem


class NumberTaken(ActionRefused):
    """Somebody is registered with this number already, perhaps in another team."""


class NameMissing(ActionRefused):
    """Neither given nor family name."""


@transaction.atomic
def register_citizen(
    *,
    actor: Actor,
    given_name: str,
    family_name: str,
    unit_id: int,
    valid_from: date,
    numbers: rules.Numbers,
    at: datetime,
    number: str = "",
    call_name: str = "",
    born_on: date | None = None,
    phone: str = "",
    language: str = "",
    needs_interpreter: bool = False,
    lives_alone: bool | None = None,
    home: HomeText | None = None,
    home_from: date | None = None,
    moves_in: MovesIn | None = None,
    import_key: str | None = None,
) -> Citizen:
    """Store a citizen whom a unit follows from a day.

    number: blank when the identity is not known yet. numbers: which numbers this installation accepts.
    unit_id: the area of the address suggests one; a person decides. home_from: when the address begins to count;
    None is with the unit. moves_in: she moves to the municipality; the address counts from the day she does, and the
    unit has her from today, so that what she needs is ready.
    Raises NotAllowed, NameMissing, NumberRefused, NumberTaken, UnitCannotFollow. Publishes CitizenRegistered and, when
    she moves in, CitizenMovesIn: the table says who receives her.
    """
    if moves_in is not None:
        valid_from, home_from = oslo.day_of(at), moves_in.on
    unit = unit_that_may_follow(unit_id, on=valid_from)
    require(actor, REGISTER_CITIZEN, Scope((unit.path,)))
    given, family = given_name.strip(), family_name.strip()
    if not given and not family:
        raise NameMissing(_("Skriv et navn. Er navnet ukjent, skriv «Ukjent»."))
    try:
        identity = rules.identity(number, numbers=numbers)
    except rules.IdentityRefused as refused:
        raise NumberRefused(refused.problem) from None
    if identity.value and Identifier.objects.filter(value=identity.value, valid_to__isnull=True).exists():
        raise NumberTaken(
            _("Noen er registrert med dette nummeret fra før, kanskje i et annet team. Spør lederen din.")
        )
    citizen = Citizen.objects.create(
        given_name=given,
        family_name=family,
        call_name=call_name.strip(),
        search_name=rules.search_name(given, family, call_name.strip()),
        sort_name=names.sort_key(family, given),
        born_on=born_on,
        phone=phone.strip(),
        language=language.strip(),
        needs_interpreter=needs_interpreter,
        lives_alone=lives_alone,
        import_key=import_key,
    )
    Identifier.objects.create(
        citizen=citizen, kind=identity.kind.value, value=identity.value, valid_from=oslo.day_of(at)
    )
    if home is not None:
        store_home(citizen, home, valid_from=home_from or valid_from)
    Following.objects.create(citizen=citizen, unit=unit, valid_from=valid_from)
    audit.record(
        actor,
        REGISTER_CITIZEN,
        str(citizen),
        Scope((unit.path,), citizen.pk),
        at=at,
        change={"unit": unit.pk, "from": valid_from.isoformat(), "identity": identity.kind.value},
    )
    events.publish(CitizenRegistered(citizen_id=citizen.pk, unit_id=unit.pk, valid_from=valid_from, at=at))
    if moves_in is not None:
        move = store_move_in(actor=actor, citizen=citizen, scope=Scope((unit.path,), citizen.pk), said=moves_in, at=at)
        events.publish(
            CitizenMovesIn(
                actor=actor, citizen_id=citizen.pk, moves_on=move.moves_on, help_before=move.help_before, at=at
            )
        )
    return citizen


def _words_for(problem: rules.IdentityProblem) -> str:
    match problem:
        case rules.IdentityProblem.NOT_DIGITS:
            return _("Nummeret skal bare ha sifre.")
        case rules.IdentityProblem.LENGTH:
            return _("Nummeret skal ha 11 sifre. Et DUF-nummer har 12.")
        case rules.IdentityProblem.DATE:
            return _("De seks første sifrene er ikke en dato. Se etter om noen er byttet om.")
        case rules.IdentityProblem.CONTROL:
            return _("Nummeret stemmer ikke med kontrollsifrene. Se etter om noen er byttet om.")
        case rules.IdentityProblem.SYNTHETIC_IN_PRODUCTION:
            return _("Dette er et oppdiktet testnummer. Her brukes bare ekte nummer.")
        case rules.IdentityProblem.REAL_IN_TEST:
            return _("Dette kan være nummeret til en virkelig person. Her brukes bare oppdiktede testnummer.")
