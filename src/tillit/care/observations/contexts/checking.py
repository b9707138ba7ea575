"""observations/check.html and observations/observe.html: what is filled in at the citizen's."""

from dataclasses import dataclass, field
from datetime import datetime

from django.forms import Form
from django.urls import reverse

from tillit.care.citizens.queries import CitizenBrief, briefs, get_citizen
from tillit.care.observations.contexts.asked import Asked
from tillit.care.observations.contexts.usual import usual_lines
from tillit.care.observations.models import Usual
from tillit.care.observations.queries import usual_of
from tillit.care.observations.rules.news2 import SCALE_1, is_for
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.ui.parts import Choices


@dataclass(frozen=True, slots=True)
class CheckPage:
    """observations/check.html: the quick check."""

    name: str
    first_name: str
    back_href: str
    usual: tuple[str, ...] = field(metadata={"help": "What is usual for her, a sentence each; empty: nobody has said"})
    is_for_her: bool = field(metadata={"help": "False: she is too young for the scale"})
    consciousness: Choices
    oxygen: Choices
    autosave: str
    user_id: int
    scale: int = field(metadata={"help": "Hers, for the phone that reckons itself; 0: no sum. The action asks anew"})
    asked: tuple[Asked, ...] = field(
        default=(), metadata={"help": "What each level asks for, for a phone without coverage; else empty"}
    )


@dataclass(frozen=True, slots=True)
class ObservePage:
    """observations/observe.html: a weight, or words."""

    name: str
    back_href: str
    about: Choices
    autosave: str
    user_id: int


def check_page(*, actor: Actor, citizen_id: int, form: Form, now: datetime) -> CheckPage:
    """Return the page for a citizen the actor reaches. Raises NotFound."""
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=now)
    brief = briefs([citizen.pk], on=oslo.day_of(now), at=now)[citizen.pk]
    return check_page_of(brief, usual_of(citizen.pk), form=form, user_id=actor.user_id or 0)


def check_page_of(
    brief: CitizenBrief, usual: Usual | None, *, form: Form, user_id: int, asked: tuple[Asked, ...] = ()
) -> CheckPage:
    """Return the page for a citizen who is read already. Asks nothing."""
    return CheckPage(
        name=brief.name,
        first_name=brief.first_name,
        back_href=back_of(form, brief.citizen_id),
        usual=usual_lines(usual),
        is_for_her=is_for(brief.age),
        consciousness=Choices.of(form["consciousness"], columns=2),
        oxygen=Choices.of(form["oxygen"], columns=2),
        autosave=autosave_key("check", brief.citizen_id),
        user_id=user_id,
        scale=(usual.scale if usual else SCALE_1) if is_for(brief.age) else 0,
        asked=asked,
    )


def observe_page(*, actor: Actor, citizen_id: int, form: Form, now: datetime) -> ObservePage:
    """Return the page for a citizen the actor reaches. Raises NotFound."""
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=now)
    return observe_page_of(name=citizen.name, citizen_id=citizen.pk, form=form, user_id=actor.user_id or 0)


def observe_page_of(*, name: str, citizen_id: int, form: Form, user_id: int) -> ObservePage:
    """Return the page for a citizen who is read already. Asks nothing."""
    return ObservePage(
        name=name,
        back_href=back_of(form, citizen_id),
        about=Choices.of(form["about"], columns=2),
        autosave=autosave_key("observe", citizen_id),
        user_id=user_id,
    )


def autosave_key(what: str, citizen_id: int) -> str:
    """Names the text in the browser: no personal data."""
    return f"{what}-{citizen_id}"


def back_of(form: Form, citizen_id: int) -> str:
    """Where she came from: the visit, else the citizen's observations."""
    visit = str(form["visit"].value() or "")
    if visit.isdecimal() and len(visit) < 19:
        return reverse("myday:visit", args=[int(visit)])
    return reverse("observations:citizen", args=[citizen_id])
