"""The people around the citizen, wishes about helpers, and what one must know before the door."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from tillit.care.citizens import queries as citizens
from tillit.foundation.workforce.queries import Mark
from tillit.kernel import names
from tillit.pages.citizen.contexts.words import joined, mark_of
from tillit.ui.parts import (
    Action,
    HelperMark,
    ListRow,
    Person,
    RowList,
    Tag,
)

_TASKS = ("SERVICE_RESPONSIBLE", "PRIMARY_CONTACT", "THERAPIST")


def tel(number: str) -> str:
    """Return the address that rings a number; empty without one."""
    digits = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    return f"tel:{digits}" if digits else ""


def responsible(around: citizens.Around, seen: Mapping[int, Mark]) -> tuple[Person, ...]:
    """Return those who answer for the citizen, with their deputies."""
    found = []
    for kind in _TASKS:
        holder, deputy = around.responsible(kind), around.responsible(kind, deputy=True)
        if holder is None:
            continue
        mark = mark_of(seen, holder.employee_id)
        name = holder.kind_name
        if kind == "THERAPIST" and holder.employee_id in seen:
            name = seen[holder.employee_id].profession_name
        note = (
            _("%(task)s · vara: %(name)s") % {"task": name, "name": deputy.employee_name}
            if deputy is not None
            else name
        )
        found.append(Person(mark=mark, note=note))
    return tuple(found)


def missing_responsible(around: citizens.Around) -> tuple[str, ...]:
    """Return which tasks nobody holds, in words."""
    words = {"SERVICE_RESPONSIBLE": _("Ingen tjenesteansvarlig ennå"), "PRIMARY_CONTACT": _("Ingen primærkontakt ennå")}
    return tuple(text for kind, text in words.items() if around.responsible(kind) is None)


def own_people(around: citizens.Around) -> RowList | None:
    """Return the citizen's own people; None when nobody is written down."""
    if not around.network:
        return None
    return RowList(rows=tuple(_own_row(line) for line in around.network))


def _own_row(line: citizens.NetworkLine) -> ListRow:
    relation = line.relation or line.kind_name
    if line.is_next_of_kin:
        relation = _("%(relation)s, nærmeste pårørende") % {"relation": relation}
    parts = line.name.split()
    initials = names.initials(parts[0] if parts else "", parts[-1] if len(parts) > 1 else "")
    return ListRow(
        title=line.name,
        note=joined([relation, line.note], between=". "),
        lead=HelperMark(initials=initials, name=line.name, kind="away"),
        end=Action(
            label=_("Ring"),
            href=tel(line.phone),
            icon="Phone",
            variant="tertiary",
            tight=True,
            describe=line.name,
        )
        if line.phone
        else "",
    )


def wishes_of(around: citizens.Around) -> RowList | None:
    """Return the wishes about helpers; None without any."""
    if not around.wishes:
        return None
    genders = {"K": _("Kvinner"), "M": _("Menn")}
    return RowList(
        rows=tuple(
            ListRow(
                title=line.employee_name or genders.get(line.gender, ""),
                note=joined([line.kind_name, line.reason], between=". "),
                icon={"MUST_NOT": "CircleSlash", "RATHER_NOT": "Minus", "GLADLY": "Heart"}.get(line.kind, "Person"),
            )
            for line in around.wishes
        )
    )


def alert_tag(kind: str, text: str) -> Tag:
    """Return a warning as a tag. Allergy and infection are red, the rest amber."""
    icons = {
        "ALLERGY": "Allergens",
        "FALL": "ExclamationmarkTriangle",
        "INFECTION": "Allergens",
        "SAFETY": "Shield",
        "AID": "Wheelchair",
    }
    prefix = {"ALLERGY": _("Allergi"), "INFECTION": _("Smitte")}.get(kind, "")
    shown = text if not prefix or text.lower().startswith(prefix.lower()) else f"{prefix}: {text}"
    return Tag(
        text=shown,
        colour="danger" if kind in {"ALLERGY", "INFECTION"} else "warning" if kind in {"FALL", "SAFETY"} else "neutral",
        icon=icons.get(kind, "Information"),
    )


def alert_of(row: citizens.AlertRow) -> Tag:
    """Return a warning as a tag."""
    return alert_tag(row.kind, row.text)
