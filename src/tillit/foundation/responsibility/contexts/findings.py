"""What is undefined, in plain words, with who can mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.roles import ROLE_NAMES, Role
from tillit.foundation.responsibility.catalogue import BY_CODE, Group
from tillit.foundation.responsibility.models import HolderKind
from tillit.foundation.responsibility.rules.checking import Finding, Undefined
from tillit.ui import formats
from tillit.ui.language import page_language

#: What it costs when nobody mends it: those nobody holds come first.
_ORDER = (
    Undefined.NOBODY,
    Undefined.NO_SUCH_UNIT,
    Undefined.NOBODY_IN_ROLE,
    Undefined.SEVERAL_UNITS,
    Undefined.NO_AUTHORITY,
    Undefined.DUTY_UNHELD,
    Undefined.LIMITED_AUTHORITY,
)


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One thing that is undefined: what, for which tasks, who mends it, where."""

    text: str
    tasks: tuple[str, ...] = field(metadata={"help": "The tasks it is about; empty for duties and services"})
    mend: str
    href: str = field(metadata={"help": "Where it is mended"})


@dataclass(frozen=True, slots=True)
class CheckedTeam:
    """One team with what is undefined for it."""

    unit_id: int
    name: str
    href: str
    model_name: str
    model_href: str
    lines: tuple[FindingLine, ...]

    @property
    def count(self) -> str:
        """«Alt er bestemt», or how many things are not."""
        if not self.lines:
            return _("Alt er bestemt")
        return ngettext("%(count)s ting å ordne", "%(count)s ting å ordne", len(self.lines)) % {
            "count": len(self.lines)
        }


def task_name(code: str) -> str:
    """The task in words; two tasks of the same name are told apart: «Hverdagsrehabilitering for nye brukere»."""
    entry = BY_CODE[code]
    twins = [one for one in BY_CODE.values() if str(one.text) == str(entry.text)]
    if len(twins) == 1:
        return str(entry.text)
    if entry.group is Group.NEW:
        return _("%(task)s, nye brukere") % {"task": str(entry.text)}
    return _("%(task)s, brukere med vedtak") % {"task": str(entry.text)}


def finding_lines(
    findings: Iterable[Finding], *, unit_id: int, unit_name: str, model_href: str
) -> tuple[FindingLine, ...]:
    """Say the findings of one team in words, those of the same cause together."""
    grouped: dict[tuple[Undefined, str, str, int | None], list[Finding]] = {}
    for one in findings:
        same = (one.what, one.holder, one.missing, one.duty_id)
        grouped.setdefault(same, []).append(one)
    lines = [
        (what, _line(what, tuple(found), unit_id=unit_id, unit_name=unit_name, model_href=model_href))
        for (what, *_rest), found in grouped.items()
    ]
    return tuple(line for _what, line in sorted(lines, key=lambda pair: _ORDER.index(pair[0])))


def _line(what: Undefined, found: tuple[Finding, ...], *, unit_id: int, unit_name: str, model_href: str) -> FindingLine:
    first = found[0]
    if what is Undefined.DUTY_UNHELD:
        return FindingLine(
            _duty_words(first.name, first.days),
            (),
            _("Teamet setter flere på vaktlista, eller bytter vakter."),
            reverse("responsibility:duties", args=[unit_id]),
        )
    if what in (Undefined.NO_AUTHORITY, Undefined.LIMITED_AUTHORITY):
        return FindingLine(
            _("Ingen har myndighet til å fatte vedtak for teamet om disse tjenestene.")
            if what is Undefined.NO_AUTHORITY
            else _("Ingen har myndighet over grensen i delegeringen for disse tjenestene."),
            tuple(one.name for one in found),
            _("Den som har ansvar for delegeringene, legger inn hvem som avgjør."),
            f"{reverse('authority:who')}?enhet={unit_id}",
        )
    tasks = tuple(task_name(one.code) for one in found)
    holder = str(HolderKind(first.holder).label)
    if what is Undefined.NOBODY:
        return FindingLine(
            _("Tabellen sier ikke hvem som har ansvaret."),
            tasks,
            _("Lederen i distriktet bestemmer det i tabellen."),
            f"{model_href}#rad-{first.code.lower()}",
        )
    if what is Undefined.NO_SUCH_UNIT:
        return FindingLine(
            _("Tabellen sier «%(holder)s», men det finnes ikke noen slik enhet for %(unit)s.")
            % {"holder": holder, "unit": unit_name},
            tasks,
            _("Systemansvarlig sier hva enheten er til for, eller lederen i distriktet endrer tabellen."),
            reverse("organisation:index"),
        )
    if what is Undefined.SEVERAL_UNITS:
        return FindingLine(
            _("Tabellen sier «%(holder)s», men flere enheter er like nær %(unit)s.")
            % {"holder": holder, "unit": unit_name},
            tasks,
            _("Systemansvarlig retter hva enhetene er til for."),
            reverse("organisation:index"),
        )
    return FindingLine(
        _("Tabellen sier «%(holder)s», men ingen har den rollen.") % {"holder": holder},
        tasks,
        _("Lederen eller systemansvarlig gir noen rollen %(role)s i %(unit)s.")
        % {"role": str(ROLE_NAMES[Role(first.missing)]).lower(), "unit": first.place_name or unit_name},
        reverse("organisation:unit", args=[first.place_id or unit_id]),
    )


def _duty_words(name: str, days: tuple[date, ...]) -> str:
    values: Mapping[str, object] = {
        "duty": name,
        "count": len(days),
        "day": formats.long_date(days[0], page_language()),
    }
    return (
        ngettext(
            "Ingen på lista kan ha vakta %(duty)s %(day)s.",
            "Ingen på lista kan ha vakta %(duty)s %(count)s av 14 dager. Den første er %(day)s.",
            len(days),
        )
        % values
    )
