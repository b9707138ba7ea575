"""Work groups on the work lists: whose lists are shared, and the way to those that lie beside (R02)."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.rules import Family, Joining
from tillit.teamwork.planning import words
from tillit.teamwork.planning.contexts.places import Where
from tillit.teamwork.planning.permissions import SEE_LISTS


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Shown instead of the board of a work group whose lists are the team's then."""

    title: str
    text: str
    label: str
    href: str = field(metadata={"help": "Empty for somebody who does not reach the team"})


@dataclass(frozen=True, slots=True)
class Beside:
    """Lists of the same part of the day that lie beside these: a work group's own, or the team's."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Sharing:
    """What a page of lists says about work groups. All empty for a team without any."""

    group_name: str = field(default="", metadata={"help": "The work group whose lists these are"})
    elsewhere: Elsewhere | None = None
    shared_with: str = field(default="", metadata={"help": "«Listene er felles med Arbeidslag demens.»"})
    beside: tuple[Beside, ...] = ()


def sharing_of(*, actor: Actor, unit: Unit, family: Family, where: Where) -> Sharing:
    """Return what there is to say of these lists. No queries."""
    if family.is_group:
        team = Where(family.team_id, where.on, where.shift_kind).href("board")
        reached = holds(actor, SEE_LISTS, Scope((unit.path.removesuffix(f"{unit.pk}."),)))
        if not family.units_on_lists(where.on, where.shift_kind):
            return Sharing(unit.name, elsewhere=elsewhere_of(family, where, team if reached else ""))
        beside = Beside(_("Listene til %(team)s") % {"team": family.team_name}, team)
        return Sharing(unit.name, beside=(beside,) if reached else ())
    joined = family.joined_groups(where.on, where.shift_kind)
    return Sharing(
        shared_with=_("Listene er felles med %(groups)s.") % {"groups": words.joined([group.name for group in joined])}
        if joined
        else "",
        beside=tuple(
            Beside(
                _("Listene til %(group)s") % {"group": group.name},
                Where(group.unit_id, where.on, where.shift_kind).href("board"),
            )
            for group in family.groups
            if group not in joined and group.days.contains(where.on)
        ),
    )


def elsewhere_of(family: Family, where: Where, href: str) -> Elsewhere:
    """Return why a work group has no lists then, and where they are."""
    group = family.groups[0]
    return Elsewhere(
        title=_title(where.shift_kind) % {"team": family.team_name},
        text=_("%(group)s har egne lister på dagtid, og felles lister med teamet %(when)s.")
        % {"group": group.name, "when": when_joined(group.joining_on(where.on))}
        if group.days.contains(where.on)
        else _("%(group)s er ikke i drift denne dagen.") % {"group": group.name},
        label=_("Se listene til %(team)s") % {"team": family.team_name},
        href=href,
    )


def _title(shift_kind: str) -> str:
    return {
        "DAY": _("Daglistene er felles for %(team)s"),
        "EVENING": _("Kveldslistene er felles for %(team)s"),
        "NIGHT": _("Nattlistene er felles for %(team)s"),
    }[shift_kind]


def when_joined(joining: Joining) -> str:
    """«om kvelden, om natta, i helger og på helligdager»."""
    said = [_("om kvelden")] if joining.evening else []
    said += [_("om natta")] if joining.night else []
    said += [_("i helger"), _("på helligdager")] if joining.weekend else []
    return words.joined(said)
