"""oversight/acts.html and acts_table.html: what each role may do, and why she can or cannot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.foundation.access.actor import Actor, Grant
from tillit.foundation.access.explaining import AREAS, Act, May, Why, every_act, why
from tillit.foundation.access.naming import REACH_TEXTS
from tillit.foundation.access.permissions import SEE_WHO_MAY, holds_anywhere
from tillit.foundation.access.roles import EVERYBODY, PRIVATE_NAMES, ROLE_NAMES, Private, Role
from tillit.foundation.organisation.queries import names_by_path
from tillit.pages.oversight.contexts.words import listed
from tillit.ui.parts import Column, Crumb, Crumbs, DataTable, TableRow, Tag
from tillit.ui.parts.basics import Colour

#: What an act asks for besides the role, by the act.
ALSO = {
    "decisions.decide_case": gettext_lazy("Det krever også myndighet etter delegeringsreglementet."),
    "citizens.open_emergency": gettext_lazy("Det krever en grunn, varer noen timer og blir gjennomgått av lederen."),
    "citizens.show_door_code": gettext_lazy("Hver gang blir skrevet i loggen."),
    "decisions.read_numbers": gettext_lazy("Den som ikke leser saker, får bare hele kvartaler, team for team."),
}


_STATES: dict[May, tuple[str | Promise, Colour]] = {
    May.YES: (gettext_lazy("Kan"), "success"),
    May.RESTING: (gettext_lazy("Når du har vakt"), "info"),
    May.NO: (gettext_lazy("Kan ikke"), "neutral"),
}


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act."""

    text: str
    may: bool
    state: Tag
    why: str = field(metadata={"help": "By which roles, or who has it; empty when her only role gives it"})
    reach: str = field(metadata={"help": "Who reaches what it touches; empty when it touches nothing by name"})
    also: str


@dataclass(frozen=True, slots=True)
class ActArea:
    """The acts of one part of the product."""

    code: str
    title: str = field(metadata={"help": "With how many of them she may: «Brukere: 24 av 29»"})
    rows: tuple[ActRow, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class ActsPage:
    """oversight/acts.html."""

    lead: str
    roles: tuple[tuple[str, str], ...] = field(metadata={"help": "Choices; empty: only one's own are shown"})
    chosen_role: str
    areas: tuple[tuple[str, str], ...]
    chosen_area: str
    found: tuple[ActArea, ...]
    has_table: bool


@dataclass(frozen=True, slots=True)
class ActsTablePage:
    """oversight/acts_table.html."""

    crumbs: Crumbs
    areas: tuple[tuple[str, str, DataTable], ...] = field(metadata={"help": "Code, title and table of each area"})


def acts_page(*, actor: Actor, role: str, area: str) -> ActsPage:
    """Return the acts, with why. One query. role: another's than one's own, for those who may see all; else ignored."""
    sees_all = holds_anywhere(actor, SEE_WHO_MAY)
    asked = Role(role) if sees_all and role in Role.__members__ else None
    acts = every_act()
    names = names_by_path({grant.path for grant in (*actor.grants, *actor.resting)})
    wanted = area if area in AREAS else ""
    found = []
    for code, title in AREAS.items():
        rows = [_row(act, actor, asked, names) for act in acts if act.area == code]
        if rows and wanted in ("", code):
            may = sum(row.may for row in rows)
            found.append(
                ActArea(
                    code=code,
                    title=_("%(area)s: %(may)d av %(all)d") % {"area": title, "may": may, "all": len(rows)},
                    rows=tuple(sorted(rows, key=lambda row: (not row.may, row.text))),
                    is_open=wanted == code,
                )
            )
    return ActsPage(
        lead=_lead(actor, asked, names),
        roles=tuple((one.value, str(name)) for one, name in ROLE_NAMES.items()) if sees_all else (),
        chosen_role=asked.value if asked else "",
        areas=tuple((code, str(AREAS[code])) for code in AREAS if any(act.area == code for act in acts)),
        chosen_area=wanted,
        found=tuple(found),
        has_table=sees_all,
    )


def acts_table_page() -> ActsTablePage:
    """Return every act with every role. No query."""
    return ActsTablePage(
        Crumbs((Crumb(_("Hvem kan gjøre hva"), reverse("oversight:acts")), Crumb(_("Tabell")))),
        tuple((code, str(title), _table(code, str(title))) for code, title in AREAS.items()),
    )


def _table(area: str, title: str) -> DataTable:
    acts = [act.permission for act in every_act() if act.area == area]
    return DataTable(
        _("%(area)s: handlinger, og rollene som har dem") % {"area": title},
        (
            Column(_("Handling")),
            *(Column(str(ROLE_NAMES[role])) for role in Role),
            *(Column(str(PRIVATE_NAMES[one])) for one in Private),
        ),
        tuple(
            TableRow(
                (
                    str(one.text),
                    *(_("Ja") if role in one.roles else "" for role in Role),
                    *(_("Ja") if who in one.private else "" for who in Private),
                )
            )
            for one in sorted(acts, key=lambda one: str(one.text))
        ),
        stack=False,
    )


def _row(act: Act, actor: Actor, asked: Role | None, names: Mapping[str, str]) -> ActRow:
    permission = act.permission
    if asked is not None:
        may = May.YES if asked in permission.roles else May.NO
        said = "" if may is May.YES else _holders(act)
    else:
        found = why(actor, permission)
        may, said = found.may, _because(found, act, names, only=len({*actor.grants, *actor.resting}) == 1)
    return ActRow(
        text=str(permission.text),
        may=may is May.YES,
        state=Tag(str(_STATES[may][0]), _STATES[may][1]),
        why=said,
        reach=" ".join(f"{REACH_TEXTS[reach]}." for reach in act.reaches) if may is not May.NO else "",
        also=str(ALSO.get(permission.code, "")) if may is not May.NO else "",
    )


def _because(found: Why, act: Act, names: Mapping[str, str], *, only: bool) -> str:
    """Say by which roles; nothing when she holds only one, which stands above."""
    if found.may is May.YES:
        return "" if only else _("Fordi du er %(roles)s.") % {"roles": _held(found.by, names)}
    if found.may is May.RESTING:
        return _("Du er %(roles)s, men har ikke vakt i dag.") % {"roles": _held(found.by, names)}
    return _holders(act)


def _holders(act: Act) -> str:
    if act.permission.roles == EVERYBODY:
        return _("Alle med en rolle har den.")
    held = [str(ROLE_NAMES[role]) for role in Role if role in act.permission.roles]
    held += [str(PRIVATE_NAMES[one]) for one in Private if one in act.permission.private]
    return _("Har den: %(roles)s.") % {"roles": listed(held)}


def _held(grants: Iterable[Grant], names: Mapping[str, str]) -> str:
    return listed(
        [
            _("%(role)s i %(unit)s")
            % {"role": _small(str(ROLE_NAMES[grant.role])), "unit": names.get(grant.path, _("kommunen"))}
            for grant in grants
        ]
    )


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _lead(actor: Actor, asked: Role | None, names: Mapping[str, str]) -> str:
    if asked is not None:
        role = _small(str(ROLE_NAMES[asked]))
        return _("Slik er rollen %(role)s. Den gjelder i enheten der den er gitt, og i enhetene under.") % {
            "role": role
        }
    held = _held(sorted({*actor.grants, *actor.resting}, key=lambda one: (one.path, one.role)), names)
    if not held:
        return _("Du har ingen rolle ennå. Lederen din gir deg en.")
    return _("Du er %(roles)s. Det gjelder der, og i enhetene under.") % {"roles": held}
