"""What somebody who receives a case has written down, and what can be used of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from tillit.care.citizens import actions as citizen_actions
from tillit.care.citizens import queries as citizens
from tillit.care.citizens import rules as citizen_rules
from tillit.care.citizens.actions.home import FOLLOWING_KINDS
from tillit.care.citizens.models import Citizen, Identifier, NetworkKind, NetworkMember
from tillit.care.citizens.rules.moving import MovesIn
from tillit.care.decisions.actions.lending import with_reach
from tillit.care.decisions.actions.refusals import FieldRefused
from tillit.care.decisions.models import Channel, Origin
from tillit.care.decisions.queries.placing import unit_of_home
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.authority.queries import ServiceLine, list_services
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import in_force
from tillit.kernel import names, oslo


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCitizen:
    """Somebody who is not known here yet. unit_id: the team she belongs to; None follows the area of the address."""

    given_name: str
    family_name: str
    numbers: citizen_rules.Numbers
    number: str = ""
    born_on: date | None = None
    phone: str = ""
    home: citizen_rules.HomeText | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApplicant:
    """Somebody who asks and is not among the citizen's own people yet."""

    name: str
    phone: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked, by whom and how.

    words: in the applicant's own words. service_codes: what is applied for; may be empty when it is only told in words.
    is_application: False is a contact: somebody wants help looked at, but nobody has applied yet.
    authority_seen_on: the day we saw the power of attorney; needed when a relative applies for the citizen.
    urgent_from: help must begin from this day, before the decision; urgent_reason says why.
    moves_in: she moves to the municipality; what she has of help there goes on here by a new decision. move_is_told:
    whoever registered her has stored that.
    channel "": it did not come by any; we came upon it ourselves.
    """

    origin: str
    channel: str
    words: str
    received_on: date
    service_codes: Sequence[str] = ()
    is_application: bool = True
    applicant: int | NewApplicant | None = None
    authority_seen_on: date | None = None
    receipt_told_on: date | None = None
    urgent_from: date | None = None
    urgent_reason: str = ""
    moves_in: MovesIn | None = None
    move_is_told: bool = False


def checked(asked: Asked, *, today: date) -> tuple[ServiceLine, ...]:
    """The services asked for, when everything said can be used."""
    if asked.origin not in Origin.values:
        raise FieldRefused(_("Velg hvem som spør."), field="origin")
    if asked.channel not in Channel.values and (asked.channel or asked.origin != Origin.OWN_INITIATIVE):
        raise FieldRefused(_("Velg hvordan det kom."), field="channel")
    if not asked.words.strip():
        raise FieldRefused(_("Skriv hva det gjelder, med ordene til den som spør."), field="words")
    refuse_strange_day(asked.received_on, today=today)
    if asked.origin == Origin.REPRESENTATIVE and asked.is_application and asked.authority_seen_on is None:
        raise FieldRefused(
            _("Skriv dagen du så fullmakten. Er den ikke sett ennå, ta det imot som en henvendelse."),
            field="authority_seen_on",
        )
    if asked.urgent_from is not None and not asked.urgent_reason.strip():
        raise FieldRefused(_("Skriv hvorfor hjelpen må begynne før vedtaket."), field="urgent_reason")
    known = {line.code: line for line in list_services(today)}
    if set(asked.service_codes) - known.keys():
        raise FieldRefused(_("En tjeneste du valgte, er ikke i bruk lenger. Velg på nytt."), field="services")
    return tuple(known[code] for code in dict.fromkeys(asked.service_codes))


def refuse_strange_day(received_on: date, *, today: date) -> None:
    if received_on > today:
        raise FieldRefused(_("Dagen kan ikke være etter i dag."), field="received_on")


def registered(
    actor: Actor, said: NewCitizen, *, own: Unit, today: date, at: datetime, moves_on: date | None = None
) -> Citizen:
    """Register her with the team of her address, or the one chosen: whoever may receive, may do this much.

    moves_on: the address counts from then; the team has her from today, so that what she needs is ready.
    A number that is known is her, also out of the receiver's reach, when the name agrees: then nothing is registered.
    """
    if known := _known(said):
        return known
    home = said.home
    since = max(today, moves_on or today)
    area = unit_of_home(home.latitude, home.longitude, home.postal_code, on=since) if home else None
    unit_id = said.unit_id or area or own.pk
    unit = Unit.objects.filter(in_force(today), pk=unit_id).first()
    if unit is None or (unit.pk == own.pk and unit.kind not in FOLLOWING_KINDS):
        raise FieldRefused(
            _("Adressen ligger ikke i området til noe team. Velg hvilket team hun eller han hører til."), field="unit"
        )
    return citizen_actions.register_citizen(
        actor=with_reach(actor, unit.path),
        given_name=said.given_name,
        family_name=said.family_name,
        number=said.number,
        numbers=said.numbers,
        born_on=said.born_on,
        phone=said.phone,
        home=home,
        home_from=moves_on,
        unit_id=unit.pk,
        valid_from=today,
        at=at,
    )


def _known(said: NewCitizen) -> Citizen | None:
    number = "".join(sign for sign in said.number if sign.isdigit())
    row = Identifier.objects.filter(value=number, valid_to__isnull=True).select_related("citizen").first()
    if not number or row is None:
        return None
    if names.search_key(row.citizen.family_name) != names.search_key(said.family_name):
        raise FieldRefused(_("Nummeret hører til en med et annet etternavn. Se etter begge deler."), field="number")
    reading.note(row.citizen_id)
    return row.citizen


def applicant_of(
    actor: Actor, person: Citizen, said: int | NewApplicant | None, *, at: datetime
) -> NetworkMember | None:
    if said is None:
        return None
    if isinstance(said, int):
        found = NetworkMember.objects.filter(in_force(oslo.day_of(at)), pk=said, citizen=person).first()
        if found is None:
            raise FieldRefused(_("Den du valgte, står ikke lenger blant brukerens egne folk."), field="applicant")
        return found
    paths = citizens.scope_of(person.pk, on=oslo.day_of(at)).paths
    return citizen_actions.add_network_member(
        actor=with_reach(actor, *paths),
        citizen_id=person.pk,
        kind=NetworkKind.RELATIVE,
        name=said.name,
        relation=said.relation,
        phone=said.phone,
        at=at,
    )
