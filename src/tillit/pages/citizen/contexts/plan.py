"""The presses that lead from the citizen page into her plan: each begins what it says, without an empty page first."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.ui.parts import Action
from tillit.ui.parts.basics import Variant


@dataclass(frozen=True, slots=True)
class PlanDoors:
    """Ways into the plan for somebody who may write it."""

    write: Action = field(metadata={"help": "Begin the first plan or adjust the one in use, in one press"})
    new_goal: Action = field(metadata={"help": "The same, with the form for a goal open"})
    look_href: str = field(metadata={"help": "The plan in use; empty without one"})


def plan_doors(
    citizen_id: int, *, has_plan: bool, has_draft: bool, has_goals: bool, asked: bool, adjusts_here: bool = False
) -> PlanDoors:
    """Return the ways in. asked: whether the citizen has said what matters; until then that press comes first.

    adjusts_here: the page has the steps within the frame. Then the way to them; a draft is begun from the plan.
    """
    begin = reverse("careplans:begin", args=[citizen_id])
    label = _("Fortsett på planen") if has_draft else _("Juster planen") if has_plan else _("Lag en plan")
    variant: Variant = "primary" if asked else "secondary"
    write = Action(label, begin, post=True, icon="Pencil", variant=variant)
    if adjusts_here and not has_draft:
        write = Action(label, "#juster", icon="Pencil", variant=variant)
    return PlanDoors(
        write=write,
        new_goal=Action(
            _("Nytt mål") if has_goals else _("Skriv det første målet"),
            begin,
            post=True,
            fields={"skriv": "mal"},
            icon="Plus",
            variant="tertiary" if has_goals else "secondary",
            tight=has_goals,
        ),
        look_href=reverse("careplans:plan_edit", args=[citizen_id]) if has_plan else "",
    )
