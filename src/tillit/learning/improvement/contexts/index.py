"""improvement/index.html: the pilots one sees, those under way first."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.learning.improvement.permissions import RUN_PILOT
from tillit.learning.improvement.queries import PilotLine, list_pilots
from tillit.learning.improvement.rules.phases import UNDER_WAY, Phase
from tillit.learning.improvement.wording import PHASES, variant_text
from tillit.ui.parts import Colour, ListRow, RowList, Tag


@dataclass(frozen=True, slots=True)
class IndexPage:
    """improvement/index.html."""

    lead: str
    pilots: RowList | None = field(metadata={"help": "None: there are none"})
    new_href: str = field(metadata={"help": "Empty: may not make one"})


def index_page(*, actor: Actor) -> IndexPage:
    """Return the page, in a constant number of queries."""
    lines = list_pilots(actor=actor)
    return IndexPage(
        lead=_lead(lines),
        pilots=RowList(tuple(_row(line) for line in lines)) if lines else None,
        new_href=reverse("improvement:new") if holds_anywhere(actor, RUN_PILOT) else "",
    )


def baseline_tag(*, phase: Phase, has_baseline: bool, without_reason: str) -> Tag | None:
    """Return how a pilot stands with its baseline; None when nothing is said of one that was given up."""
    if without_reason:
        return Tag(_("Uten nullpunkt"), "warning", "ExclamationmarkTriangle")
    if has_baseline:
        return Tag(_("Nullpunkt fryst"), "success", "PadlockLocked")
    return None if phase is Phase.ENDED else Tag(_("Mangler nullpunkt"), "warning", "ExclamationmarkTriangle")


def phase_tag(phase: Phase) -> Tag:
    """Return where a pilot stands."""
    colours: dict[Phase, Colour] = {Phase.RUNNING: "info", Phase.EVALUATING: "info"}
    return Tag(str(PHASES[phase]), colours.get(phase, "neutral"))


def _lead(lines: list[PilotLine]) -> str:
    under_way = sum(line.phase in UNDER_WAY for line in lines)
    waiting = sum(
        line.phase in (Phase.PREPARING, Phase.BASELINE) and not line.has_baseline and not line.without_reason
        for line in lines
    )
    if not lines:
        return ""
    said = [
        ngettext("%(number)d pilot er i gang.", "%(number)d piloter er i gang.", under_way) % {"number": under_way}
        if under_way
        else _("Ingen piloter er i gang.")
    ]
    if waiting:
        said.append(
            ngettext("%(number)d mangler nullpunkt.", "%(number)d mangler nullpunkt.", waiting) % {"number": waiting}
        )
    return " ".join(said)


def _row(line: PilotLine) -> ListRow:
    count = len(line.teams)
    teams = ngettext("%(number)d team", "%(number)d team", count) % {"number": count}
    variants = sorted({variant_text(one.variant, one.own_words) for one in line.teams})
    tag = baseline_tag(phase=line.phase, has_baseline=line.has_baseline, without_reason=line.without_reason)
    return ListRow(
        title=line.name,
        note=" · ".join((line.unit_name, teams, *variants)),
        href=reverse("improvement:pilot", args=[line.pilot_id]),
        badges=(tag,) if tag else (),
        end=phase_tag(line.phase),
    )
