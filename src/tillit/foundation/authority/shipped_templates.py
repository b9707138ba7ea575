"""Oslo's two readings of who may decide, as templates a municipality starts from (R06, casework.md §7).

The final report contradicts itself: the model as described (footnotes of chapter 7.1) gives the team leader more than
she got in practice (chapter 7.2). Both are shipped as they stand. What a reading does not say is a gap with its
reason, never filled by us: the municipality decides.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.roles import Role


class Where(StrEnum):
    """Where the role is held."""

    CASE_UNIT = "CASE_UNIT"
    OFFICE = "OFFICE"


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A role that may decide some services."""

    services: tuple[str, ...]
    role: Role
    where: Where


@dataclass(frozen=True, slots=True)
class TemplateGap:
    """Services the source leaves open, and what it says instead."""

    services: tuple[str, ...]
    reason: str | Promise


@dataclass(frozen=True, slots=True)
class Template:
    """One reading."""

    code: str
    name: str | Promise
    description: str | Promise
    source: str | Promise
    lines: tuple[TemplateLine, ...]
    gaps: tuple[TemplateGap, ...] = field(metadata={"help": "Services without a line, each with its reason"})

    @property
    def needs_office(self) -> bool:
        """Whether some roles are held in the application office."""
        return any(line.where is Where.OFFICE for line in self.lines)

    @property
    def places(self) -> dict[str, TemplateLine]:
        """Service code → its line."""
        return {code: line for line in self.lines for code in line.services}

    @property
    def open(self) -> dict[str, str | Promise]:
        """Service code → why the source leaves it open."""
        return {code: gap.reason for gap in self.gaps for code in gap.services}


_TEAM_CARE = ("HOME_NURSING", "PRACTICAL_ASSISTANCE")
_STAYS = ("LONG_STAY", "DAY_CENTRE", "OMSORG_PLUS", "SAFETY_ALARM")
_SPECIAL = ("BPA", "CARE_PAY", "SUPPORT_CONTACT", "TT_TRANSPORT", "RESPITE")
_UNMENTIONED = TemplateGap(
    ("PRACTICAL_TRAINING", "REABLEMENT", "MEALS", "WELFARE_TECHNOLOGY"), _("Rapporten nevner den ikke")
)
_PREPARED_ELSEWHERE = TemplateGap(
    _SPECIAL, _("Spesialiserte saksbehandlere forbereder. Rapporten sier ikke hvem som avgjør")
)

AS_DESCRIBED = Template(
    code="OSLO_DESCRIBED",
    name=_("Slik modellen er beskrevet"),
    description=_("Teamlederen avgjør hjemmesykepleie, praktisk bistand, ergo- og fysioterapi og korttidsopphold"),
    source=_("Oslo, sluttrapport 2018, fotnotene i kapittel 7.1"),
    lines=(TemplateLine((*_TEAM_CARE, "THERAPY_AT_HOME", "SHORT_STAY"), Role.TEAM_LEADER, Where.CASE_UNIT),),
    gaps=(
        TemplateGap(_STAYS, _("Modellbeskrivelsen sier ikke hvem som avgjør")),
        _PREPARED_ELSEWHERE,
        _UNMENTIONED,
    ),
)

AS_PRACTISED = Template(
    code="OSLO_PRACTISED",
    name=_("Slik det ble i praksis"),
    description=_(
        "Teamlederen avgjør hjemmesykepleie og praktisk bistand. Lederen av tjenestekontoret avgjør plasser og alarm"
    ),
    source=_("Oslo, sluttrapport 2018, kapittel 7.2"),
    lines=(
        TemplateLine(_TEAM_CARE, Role.TEAM_LEADER, Where.CASE_UNIT),
        TemplateLine(("SHORT_STAY", *_STAYS), Role.TEAM_LEADER, Where.OFFICE),
    ),
    gaps=(
        TemplateGap(("THERAPY_AT_HOME",), _("Rapporten nevner den ikke for praksis")),
        _PREPARED_ELSEWHERE,
        _UNMENTIONED,
    ),
)

TEMPLATES: dict[str, Template] = {template.code: template for template in (AS_DESCRIBED, AS_PRACTISED)}
