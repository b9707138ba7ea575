"""citizen/ambulance.html: one A4 page for an ambulance crew. What Tillit does not hold, it says where to find."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.careplans.queries import InterventionLine, interventions_in_use
from tillit.care.citizens.actions import HandedOut
from tillit.care.citizens.contexts.facts import number_in_words
from tillit.care.citizens.queries import Around, CitizenBrief, NetworkKind, around, brief_of
from tillit.care.needs.queries import Words, newest_words
from tillit.care.observations.contexts.measured import sum_text, told
from tillit.care.observations.contexts.usual import usual_lines
from tillit.care.observations.queries import ObservationLine, WatchLine, observations_of, open_watch_of, usual_of
from tillit.care.observations.rules.news2 import Parameter
from tillit.care.observations.words import PARAMETERS, value_words, weight_text
from tillit.care.visits.queries import FollowUpLine, follow_ups_since
from tillit.foundation.access.actor import Actor
from tillit.foundation.workforce.queries import Reachable, people_to_ring
from tillit.kernel import oslo
from tillit.pages.citizen.contexts.people import tel
from tillit.pages.citizen.contexts.words import joined
from tillit.ui import formats
from tillit.ui.language import page_language

MEASURED = 3
"""So many checks stand beside each other: enough to see which way it goes, and still one page."""
_INTERVENTIONS = 8


@dataclass(frozen=True, slots=True)
class Fact:
    """A heading and what stands under it, a line each. found: False when Tillit does not hold it."""

    heading: str
    lines: tuple[str, ...]
    found: bool = True


@dataclass(frozen=True, slots=True)
class Ring:
    """Somebody to ring."""

    name: str
    note: str
    phone: str
    href: str


@dataclass(frozen=True, slots=True)
class Measures:
    """The newest checks beside each other, the newest first."""

    times: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...] = field(metadata={"help": "What is measured, and each value"})
    summary: str


@dataclass(frozen=True, slots=True)
class AmbulanceSheet:
    """citizen/ambulance.html."""

    citizen_id: int
    name: str
    born: str = field(metadata={"help": "«17.05.1938, 88 år»"})
    number: str
    whereabouts: str = field(metadata={"help": "Where she is, when she is not at home; empty: at home"})
    happened: tuple[str, ...] = field(metadata={"help": "What led to the call; empty: nothing is written"})
    measures: Measures | None
    critical: tuple[Fact, ...]
    usual: tuple[Fact, ...]
    way_in: Fact
    own_people: tuple[Ring, ...]
    consent: str
    ring: tuple[Ring, ...]
    made: str = field(metadata={"help": "By whom and when"})
    back_href: str


def ambulance_sheet(*, actor: Actor, handed_out: HandedOut, at: datetime) -> AmbulanceSheet:
    """Return the sheet, in a constant number of queries. handed_out: what the act gave, which is in the audit trail."""
    citizen, today = handed_out.citizen, oslo.day_of(at)
    found = around(citizen.pk, on=today, at=at)
    brief = brief_of(citizen, found, on=today, at=at)
    watch = open_watch_of(citizen.pk)
    seen = observations_of(citizen.pk)
    checks = [line for line in seen if line.level][:MEASURED]
    day_ago = at - timedelta(days=1)
    lately = [line for line in follow_ups_since(citizen.pk, since=day_ago) if line.told_at >= day_ago]
    usual = usual_lines(usual_of(citizen.pk))
    team = _team(actor, brief, watch)
    people = people_to_ring([employee_id for employee_id, _task in team])
    return AmbulanceSheet(
        citizen_id=citizen.pk,
        name=citizen.name,
        born=joined(
            [
                formats.short_date(citizen.born_on, page_language()) if citizen.born_on else "",
                _("%(age)d år") % {"age": brief.age} if brief.age is not None else "",
            ],
            between=", ",
        ),
        number=number_in_words(handed_out.number_kind, handed_out.number),
        whereabouts=brief.whereabouts_text,
        happened=_happened(watch, seen, lately, today=today),
        measures=_measures(checks, today=today),
        critical=_critical(found),
        usual=_usual(brief, found, usual, newest_words((citizen.pk,)).get(citizen.pk), seen, citizen.pk),
        way_in=_way_in(brief, handed_out.door_code),
        own_people=tuple(_own_people(found)),
        consent=_("Samtykke til å ringe pårørende står ikke i Tillit. Spør brukeren selv først, hvis det går."),
        ring=tuple(_colleague(people[one], task) for one, task in team if one in people),
        made=_("Laget %(when)s av %(name)s") % {"when": formats.date_and_time(at, page_language()), "name": actor.name},
        back_href=reverse("citizens:page", args=[citizen.pk]),
    )


def _happened(
    watch: WatchLine | None, seen: Sequence[ObservationLine], lately: Iterable[FollowUpLine], *, today: date
) -> tuple[str, ...]:
    """What led to the call: what is not as usual now, and what was told at the door the last day; the first first."""
    said = [(line.told_at, line.words) for line in lately]
    if watch is not None:
        said += [(line.seen_at, line.words) for line in seen if line.words and line.seen_at >= watch.opened_at]
    lines = [f"{formats.near_moment(at, today=today, language=page_language())}: {text}" for at, text in sorted(said)]
    if watch is not None:
        when = formats.near_moment(watch.opened_at, today=today, language=page_language())
        lines.insert(0, _("Ikke som vanlig siden %(when)s.") % {"when": when})
    return tuple(lines)


def _measures(checks: Sequence[ObservationLine], *, today: date) -> Measures | None:
    if not checks:
        return None
    rows = [(_("NEWS2"), tuple(sum_text(line) for line in checks))]
    rows += [
        (str(PARAMETERS[one]), tuple(value_words(one, line.measured) or _("ikke målt") for line in checks))
        for one in Parameter
    ]
    return Measures(
        times=tuple(formats.near_moment(line.seen_at, today=today, language=page_language()) for line in checks),
        rows=tuple(rows),
        summary=told(checks[0]),
    )


def _critical(found: Around) -> tuple[Fact, ...]:
    """What may kill. Nothing written is said as just that: it does not mean that there is nothing."""

    def of(*kinds: str) -> tuple[str, ...]:
        return tuple(row.text for row in found.alerts if row.kind in kinds)

    allergies, infection, others = of("ALLERGY"), of("INFECTION"), of("SAFETY", "FALL", "OTHER")
    not_here = _("Står ikke i Tillit. Se kjernejournalen, eller ring fastlegen.")
    return (
        Fact(_("Allergi"), allergies or (_("Ikke skrevet i Tillit. Det kan finnes likevel."),), bool(allergies)),
        Fact(_("Smitte"), infection or (_("Ikke skrevet i Tillit."),), bool(infection)),
        Fact(_("Annet å vite"), others or (_("Ikke skrevet i Tillit."),), bool(others)),
        Fact(_("Behandlingsavklaring (som HLR minus) og diagnoser"), (not_here,), found=False),
    )


def _usual(
    brief: CitizenBrief,
    found: Around,
    usual: tuple[str, ...],
    words: Words | None,
    seen: Sequence[ObservationLine],
    citizen_id: int,
) -> tuple[Fact, ...]:
    plan = interventions_in_use(citizen_id)
    medicine = _medicine(line for line in plan if line.kind == "MEDICATION")
    help_ = tuple(dict.fromkeys(line.title for line in plan if line.kind != "MEDICATION"))[:_INTERVENTIONS]
    weight = next((weight_text(line.weight) for line in seen if line.weight is not None), "")
    aids = tuple(row.text for row in found.alerts if row.kind == "AID")
    speaks = [
        _("Snakker %(language)s.") % {"language": brief.language} if brief.language else "",
        _("Trenger tolk.") if brief.needs_interpreter else "",
        _("Vil bli kalt %(name)s.") % {"name": brief.first_name} if brief.first_name != brief.given_name else "",
        _("Vil helst slippe: %(what)s") % {"what": words.rather_not} if words and words.rather_not else "",
        f"«{words.short}»" if words else "",
    ]
    said = tuple(text for text in speaks if text)
    living = {True: _("Bor alene."), False: _("Bor sammen med noen."), None: ""}[brief.lives_alone]
    list_at_home = _("Medisinlista står ikke i Tillit. Se kjernejournalen, og lista hjemme.")
    return (
        Fact(_("Som vanlig"), usual or (_("Ingen har skrevet hva som er vanlig."),), bool(usual)),
        Fact(
            _("Hjelp og funksjon"),
            tuple(text for text in (living, ", ".join(help_), *aids, weight) if text) or (_("Ingen plan er i bruk."),),
        ),
        Fact(_("Medisiner"), (*medicine, list_at_home)),
        Fact(_("Slik vil brukeren bli møtt"), said or (_("Ikke skrevet i Tillit."),), bool(said)),
    )


def _medicine(lines: Iterable[InterventionLine]) -> tuple[str, ...]:
    """What we do with medicines by the plan, each once with all its times."""
    times: dict[str, list[str]] = {}
    for line in lines:
        times.setdefault(line.title, []).append(line.when_text[:1].lower() + line.when_text[1:])
    return tuple(
        _("Vi hjelper med: %(what)s (%(when)s)") % {"what": title, "when": "; ".join(when)}
        for title, when in times.items()
    )


def _way_in(brief: CitizenBrief, code: str) -> Fact:
    town = joined([brief.postal_code, brief.place], between=" ")
    lines = (
        joined([brief.street, brief.floor, town], between=", "),
        "" if brief.address_hidden else joined([brief.way_in, brief.key_note], between=". "),
        _("Kode til døra: %(code)s") % {"code": code} if code else "",
        brief.practical,
        _("Telefon: %(phone)s") % {"phone": brief.phone} if brief.phone else "",
        _("Du ser ikke adressen. Spør den som svarer for brukeren, eller 113.") if brief.address_hidden else "",
    )
    return Fact(_("Adresse og vei inn"), tuple(line for line in lines if line))


def _own_people(found: Around) -> Iterable[Ring]:
    """Next of kin first, then other relatives, guardian and GP. Neighbours and other services are not the crew's."""
    order = (NetworkKind.RELATIVE.value, NetworkKind.GUARDIAN.value, NetworkKind.GP.value)
    wanted = [line for line in found.network if line.is_next_of_kin or line.kind in order]
    for line in sorted(wanted, key=lambda one: not one.is_next_of_kin):
        kin = _("nærmeste pårørende") if line.is_next_of_kin else ""
        note = joined([line.relation or line.kind_name, kin], between=", ")
        yield Ring(line.name, note, line.phone, tel(line.phone))


def _colleague(one: Reachable, task: str) -> Ring:
    return Ring(one.name, joined([one.profession_name, task]), one.phone, tel(one.phone))


def _team(actor: Actor, brief: CitizenBrief, watch: WatchLine | None) -> list[tuple[int, str]]:
    """Whom the crew rings, the one who knows most first, each once."""
    in_order = [
        (watch.owner_id if watch else None, _("følger opp dette nå")),
        (actor.employee_id, _("laget arket")),
        (brief.service_responsible_id or brief.service_deputy_id, _("tjenesteansvarlig")),
        (brief.primary_contact_id or brief.primary_deputy_id, _("primærkontakt")),
    ]
    found: dict[int, str] = {}
    for employee_id, task in in_order:
        if employee_id is not None:
            found[employee_id] = joined([found[employee_id], task], between=", ") if employee_id in found else task
    return list(found.items())
