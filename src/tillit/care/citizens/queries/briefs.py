"""The short version of a citizen that lists, visits and phones show."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.care.citizens import rules
from tillit.care.citizens.models import (
    Alert,
    Citizen,
    Home,
    Responsible,
    ResponsibleKind,
    Whereabouts,
    WhereaboutsKind,
)
from tillit.care.citizens.queries.protecting import hidden_from
from tillit.care.citizens.queries.reach import unit_ids_of
from tillit.foundation.access import reading
from tillit.foundation.access.reader import reader
from tillit.foundation.organisation.queries import in_force
from tillit.kernel import oslo

_OF_HOME = (
    "street", "floor", "postal_code", "place", "latitude", "longitude", "way_in", "key_note", "practical", "door_code",
)  # fmt: skip
_Home = dict[str, Any]
"""A home's columns by name."""


@dataclass(frozen=True, slots=True)
class AlertLine:
    """Something to know before the door."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class CitizenBrief:
    """A citizen as lists and visits show her. Never the door code: `has_code` says that there is one."""

    citizen_id: int
    name: str
    first_name: str
    given_name: str
    family_name: str
    sort_name: str
    age: int | None
    born_on: date | None
    died_on: date | None
    phone: str
    is_secret: bool  # the address is hidden from most
    address_hidden: bool  # from the reader: `street` says so, what else tells where she lives is empty
    is_barred: bool  # the reader must not know who she is: everything is empty, `name` says so
    lives_alone: bool | None
    language: str
    needs_interpreter: bool
    street: str
    floor: str
    postal_code: str
    place: str
    latitude: float | None
    longitude: float | None
    way_in: str
    key_note: str
    has_code: bool
    practical: str
    alerts: tuple[AlertLine, ...]
    whereabouts: str  # a WhereaboutsKind, or "" at home
    whereabouts_text: str
    unit_ids: tuple[int, ...]
    service_responsible_id: int | None
    service_deputy_id: int | None
    primary_contact_id: int | None
    primary_deputy_id: int | None
    therapist_id: int | None

    @property
    def is_home(self) -> bool:
        """Whether she is at home."""
        return not self.whereabouts

    @property
    def is_answered_for(self) -> bool:
        """Whether somebody answers for her services, or stands in for who does."""
        return bool(self.service_responsible_id or self.service_deputy_id)

    @property
    def deputies(self) -> tuple[int, ...]:
        """The deputies of the service-responsible and of the primary contact, where there are any."""
        return tuple(found for found in (self.service_deputy_id, self.primary_deputy_id) if found is not None)


def briefs(
    citizen_ids: Iterable[int], *, on: date, at: datetime | None = None, for_travel: bool = False
) -> dict[int, CitizenBrief]:
    """Return the short version of each citizen on a day, in six queries, and note the readings.

    Callers have checked reach. at: the moment (aware UTC) whereabouts are told for; without it the end of the day
    in Oslo, so that one who came home today is at home. Citizens that do not exist are left out.
    Who reads (`access.reader`) is not shown a hidden address, in three more queries when there is one, and nothing of
    whom she is barred from. for_travel: the points on the map are there all the same, for reckoning, never for showing.
    """
    wanted = list(dict.fromkeys(citizen_ids))
    if not wanted:
        return {}
    citizens = list(Citizen.objects.filter(pk__in=wanted))
    homes = home_of(wanted, on=on)
    alerts: dict[int, list[AlertLine]] = defaultdict(list)
    for citizen_id, kind, text in (
        Alert.objects.filter(in_force(on), citizen_id__in=wanted)
        .order_by("citizen_id", "pk")
        .values_list("citizen_id", "kind", "text")
    ):
        alerts[citizen_id].append(AlertLine(kind=kind, text=text))
    away = _away(wanted, at=at or oslo.whole_day(on).end)
    units = unit_ids_of(wanted, on=on)
    answering = _answering(wanted, on=on)
    me = reader()
    barred = me.barred if me else frozenset()
    hidden = hidden_from(me, [citizen.pk for citizen in citizens if citizen.is_secret_address], on=on)
    reading.note_all(citizen.pk for citizen in citizens if citizen.pk not in barred)

    found = {
        citizen.pk: brief_from(
            citizen,
            homes.get(citizen.pk),
            alerts=tuple(alerts[citizen.pk]),
            away=away.get(citizen.pk),
            unit_ids=units[citizen.pk],
            answering=answering[citizen.pk],
            on=on,
        )
        for citizen in citizens
    }
    for citizen_id in hidden:
        found[citizen_id] = without_address(found[citizen_id], for_travel=for_travel)
    for citizen_id in barred & found.keys():
        found[citizen_id] = nobody(found[citizen_id], for_travel=for_travel)
    return found


def without_address(brief: CitizenBrief, *, for_travel: bool = False) -> CitizenBrief:
    """Return the same without anything that tells where she lives or how she is reached there."""
    return replace(
        brief,
        address_hidden=True,
        phone="",
        street=_("Adressen er skjult"),
        floor="",
        postal_code="",
        place="",
        latitude=brief.latitude if for_travel else None,
        longitude=brief.longitude if for_travel else None,
        way_in=_("Vises for den som har besøket"),
        key_note="",
        has_code=False,
        practical="",
    )


def nobody(brief: CitizenBrief, *, for_travel: bool = False) -> CitizenBrief:
    """Return what a list holds instead of a citizen whom the reader is barred from: that there is somebody."""
    name = _("Sperret for deg")
    return replace(
        without_address(brief, for_travel=for_travel),
        is_barred=True,
        name=name,
        first_name=name,
        given_name=name,
        family_name="",
        street="",
        way_in="",
        age=None,
        born_on=None,
        lives_alone=None,
        language="",
        needs_interpreter=False,
        alerts=(),
        whereabouts_text="",
    )


def home_of(citizen_ids: list[int], *, on: date) -> dict[int, _Home]:
    """Return where each lives on a day."""
    rows = Home.objects.filter(in_force(on), citizen_id__in=citizen_ids)
    return {home["citizen_id"]: home for home in rows.values("citizen_id", *_OF_HOME)}


def brief_from(
    citizen: Citizen,
    home: _Home | None,
    *,
    alerts: tuple[AlertLine, ...],
    away: tuple[str, str] | None,
    unit_ids: tuple[int, ...],
    answering: Mapping[tuple[str, bool], int],
    on: date,
) -> CitizenBrief:
    """Return the short version from what has been read.

    away: the kind of place and its name. answering: who answers for her, by task and whether as deputy.
    """
    return CitizenBrief(
        citizen_id=citizen.pk,
        name=citizen.name,
        first_name=citizen.first_name,
        given_name=citizen.given_name,
        family_name=citizen.family_name,
        sort_name=citizen.sort_name,
        age=rules.age(citizen.born_on, on=on, died_on=citizen.died_on),
        born_on=citizen.born_on,
        died_on=citizen.died_on,
        phone=citizen.phone,
        is_secret=citizen.is_secret_address,
        address_hidden=False,
        is_barred=False,
        lives_alone=citizen.lives_alone,
        language=citizen.language,
        needs_interpreter=citizen.needs_interpreter,
        street=home["street"] if home else "",
        floor=home["floor"] if home else "",
        postal_code=home["postal_code"] if home else "",
        place=home["place"] if home else "",
        latitude=home["latitude"] if home else None,
        longitude=home["longitude"] if home else None,
        way_in=home["way_in"] if home else "",
        key_note=home["key_note"] if home else "",
        has_code=bool(home and home["door_code"]),
        practical=home["practical"] if home else "",
        alerts=alerts,
        whereabouts=away[0] if away else "",
        whereabouts_text=_in_words(*away) if away else "",
        unit_ids=unit_ids,
        service_responsible_id=answering.get((ResponsibleKind.SERVICE_RESPONSIBLE.value, False)),
        service_deputy_id=answering.get((ResponsibleKind.SERVICE_RESPONSIBLE.value, True)),
        primary_contact_id=answering.get((ResponsibleKind.PRIMARY_CONTACT.value, False)),
        primary_deputy_id=answering.get((ResponsibleKind.PRIMARY_CONTACT.value, True)),
        therapist_id=answering.get((ResponsibleKind.THERAPIST.value, False)),
    )


def _away(citizen_ids: list[int], *, at: datetime) -> dict[int, tuple[str, str]]:
    rows = (
        Whereabouts.objects.filter(citizen_id__in=citizen_ids, from_at__lte=at)
        .filter(Q(to_at__isnull=True) | Q(to_at__gt=at))
        .order_by("citizen_id", "from_at", "pk")
        .values_list("citizen_id", "kind", "place")
    )
    return {citizen_id: (kind, place) for citizen_id, kind, place in rows}


def _answering(citizen_ids: list[int], *, on: date) -> dict[int, dict[tuple[str, bool], int]]:
    rows = (
        Responsible.objects.filter(in_force(on), citizen_id__in=citizen_ids)
        .order_by("valid_from", "pk")
        .values_list("citizen_id", "kind", "is_deputy", "employee_id")
    )
    found: dict[int, dict[tuple[str, bool], int]] = defaultdict(dict)
    for citizen_id, kind, deputy, employee_id in rows:
        found[citizen_id][kind, deputy] = employee_id
    return found


def _in_words(kind: str, place: str) -> str:
    shown = str(WhereaboutsKind(kind).label)
    return f"{shown}, {place}" if place else shown
