"""The responsibilities that every model places with somebody (R04), in the order they are shown.

Source: the Oslo final report, chapter 7.1 (new and existing citizens, delegated tasks) and 7.2 (authority); special
competence R17; absence R26; the three functions held apart R30; the team for the seriously ill R07. Codes are stable:
tables and routing name them.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Group(StrEnum):
    """The headings of the table."""

    NEW = "NEW"
    EXISTING = "EXISTING"
    DAILY = "DAILY"
    AUTHORITY = "AUTHORITY"


GROUP_NAMES: dict[Group, str | Promise] = {
    Group.NEW: _("Nye brukere"),
    Group.EXISTING: _("Brukere med vedtak"),
    Group.DAILY: _("Daglig arbeid"),
    Group.AUTHORITY: _("Myndighet utenfor teamet"),
}


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One thing somebody must do. `text` begins with the verb, or names the service."""

    code: str
    group: Group
    text: str | Promise


RESPONSIBILITIES: tuple[Responsibility, ...] = (
    Responsibility("NEW_ASSESS", Group.NEW, _("Vurdere behovet")),
    Responsibility("NEW_CASE_WORK", Group.NEW, _("Behandle søknaden")),
    Responsibility("NEW_DECIDE", Group.NEW, _("Fatte vedtak om hjemmesykepleie og praktisk bistand")),
    Responsibility("NEW_DELIVER", Group.NEW, _("Gi hjelp til vedtaket er fattet og leverandør er valgt")),
    Responsibility("NEW_REABLEMENT", Group.NEW, _("Hverdagsrehabilitering")),
    Responsibility("NEW_HOSPITAL", Group.NEW, _("Følge opp på sykehus, helsehus og KAD")),
    Responsibility("NEW_DEMENTIA", Group.NEW, _("Nye brukere med demens")),
    Responsibility("START_CONVERSATION", Group.EXISTING, _("Startsamtale «Hva er viktig for deg?»")),
    Responsibility("CARE_PLAN", Group.EXISTING, _("Lage og følge opp tiltaksplan")),
    Responsibility("REASSESS", Group.EXISTING, _("Revurdere vedtak og plan")),
    Responsibility("EVERYDAY_COPING", Group.EXISTING, _("Hverdagsmestring")),
    Responsibility("REABLEMENT", Group.EXISTING, _("Hverdagsrehabilitering")),
    Responsibility("DEMENTIA", Group.EXISTING, _("Brukere med demens i området")),
    Responsibility("SERIOUS_ILLNESS", Group.EXISTING, _("Brukere som er alvorlig syke")),
    Responsibility("HOSPITAL", Group.EXISTING, _("Følge opp på sykehus, helsehus og KAD")),
    Responsibility("SPECIAL_COMPETENCE", Group.EXISTING, _("Hente inn spesialkompetanse")),
    Responsibility("MESSAGES", Group.DAILY, _("Svare på elektroniske meldinger")),
    Responsibility("NOTICES", Group.DAILY, _("Følge opp beskjeder og revurderinger i journalen")),
    Responsibility("WORK_LISTS", Group.DAILY, _("Lage arbeidslister")),
    Responsibility("ABSENCE", Group.DAILY, _("Dekke fravær")),
    Responsibility("QUALITY_CONTROL", Group.DAILY, _("Kontrollere lister og dokumentasjon")),
    Responsibility("SHORT_STAY", Group.AUTHORITY, _("Korttidsopphold")),
    Responsibility("LONG_STAY", Group.AUTHORITY, _("Langtidsopphold, dagsenter og trygghetsalarm")),
    Responsibility("SPECIALIST_SERVICES", Group.AUTHORITY, _("BPA, omsorgsstønad og støttekontakt")),
)

BY_CODE: dict[str, Responsibility] = {entry.code: entry for entry in RESPONSIBILITIES}
