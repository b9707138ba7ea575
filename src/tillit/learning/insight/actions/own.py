"""The municipality makes a number of its own from the facts, changes it, and stops counting it. Nothing is deleted."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import everywhere
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile, NotFound
from tillit.learning.insight.actions.count_job import ask_for_count
from tillit.learning.insight.models import OwnIndicator, OwnVersion
from tillit.learning.insight.permissions import DEFINE_FIGURES
from tillit.learning.insight.queries.own import code_of, owners
from tillit.learning.insight.rules.own import MOST_LEAST, Said, is_whole, least_of


class OwnRefused(ActionRefused):
    """Something in the definition cannot be so. fact: the field it is about."""

    def __init__(self, text: str, fact: str = "") -> None:
        super().__init__(text)
        self.fact = fact


@transaction.atomic
def define_own(*, actor: Actor, said: Said, at: datetime, press_key: str = "") -> str:
    """Make an own indicator, and return its code. press_key: the same key again is the same indicator.

    Its history is counted in the background, from the first visit that is kept. Raises NotAllowed, OwnRefused.
    """
    require(actor, DEFINE_FIGURES, everywhere())
    if press_key and (known := OwnIndicator.objects.filter(press_key=press_key).first()):
        return code_of(known)
    role = _owner_role(said, at)
    made = OwnIndicator.objects.create(made_at=at, press_key=press_key)
    _add(actor, made, 1, said, role, at=at)
    ask_for_count(actor=actor, at=at, codes=[code_of(made)])
    return code_of(made)


@transaction.atomic
def change_own(*, actor: Actor, own_figure_id: int, said: Said, edition: int, at: datetime) -> int:
    """Give an own indicator its next version, and return that. The same again makes none.

    edition: the version that was seen. Raises NotAllowed, NotFound, OwnRefused, ChangedMeanwhile.
    """
    require(actor, DEFINE_FIGURES, everywhere())
    made = _held(own_figure_id)
    last = made.versions.order_by("-version")[0]
    if made.retired_at is not None:
        raise OwnRefused(_("Tallet telles ikke lenger, og kan ikke endres. Lag et nytt."))
    if last.version != edition:
        raise ChangedMeanwhile(
            _("Noen andre endret tallet mens du skrev. Se over og lagre igjen."), seen=edition, now=last.version
        )
    if said.recipe.fact != last.fact:
        raise OwnRefused(_("Et tall kan ikke begynne å telle noe helt annet. Lag et nytt."))
    role = _owner_role(said, at)
    if _is_as(last, said, role):
        return last.version
    _add(actor, made, last.version + 1, said, role, at=at)
    ask_for_count(actor=actor, at=at, codes=[code_of(made)])
    return last.version + 1


@transaction.atomic
def retire_own(*, actor: Actor, own_figure_id: int, at: datetime) -> None:
    """Count an own indicator no more: it leaves the pages, and its figures are kept. Doing it twice is doing it once.

    Raises NotAllowed, NotFound.
    """
    require(actor, DEFINE_FIGURES, everywhere())
    made = _held(own_figure_id)
    if made.retired_at is None:
        made.retired_at = at
        made.save(update_fields=["retired_at"])
        audit.record(actor, DEFINE_FIGURES, str(made), everywhere(), at=at, change={"retired": True})


def _held(own_figure_id: int) -> OwnIndicator:
    found = OwnIndicator.objects.select_for_update().filter(pk=own_figure_id).first()
    if found is None:
        raise NotFound(_("Fant ikke tallet."))
    return found


def _owner_role(said: Said, at: datetime) -> str:
    """Return the role the owner holds today. Raises OwnRefused for whatever in the definition cannot be."""
    if not said.name.strip():
        raise OwnRefused(_("Skriv hva tallet heter."), "name")
    if not said.why.strip():
        raise OwnRefused(_("Skriv hvorfor dere teller dette."), "why")
    if not is_whole(said.recipe):
        raise OwnRefused(_("Dette kan ikke telles slik. Velg en annen måte."), "way")
    least = least_of(said.recipe)
    if not least <= said.least <= MOST_LEAST:
        raise OwnRefused(
            _("Minste gruppe må være fra %(least)s til %(most)s.") % {"least": least, "most": MOST_LEAST}, "least"
        )
    owner = next((one for one in owners(oslo.day_of(at)) if one.employee_id == said.owner_id), None)
    if owner is None:
        raise OwnRefused(_("Velg en som har en rolle i dag."), "owner")
    return owner.role


def _is_as(last: OwnVersion, said: Said, role: str) -> bool:
    new = _fields(said, role)
    return all(getattr(last, name) == value for name, value in new.items())


def _fields(said: Said, role: str) -> dict[str, object]:
    recipe = said.recipe
    return {
        "name": said.name.strip(), "why": said.why.strip(), "target": said.target.strip(), "fact": recipe.fact,
        "way": recipe.way.value, "column": recipe.column, "other": recipe.other, "only_column": recipe.only_column,
        "only_value": recipe.only_value, "step": recipe.step.value, "better": said.better.value, "least": said.least,
        "owner_id": said.owner_id, "owner_role": role,
    }  # fmt: skip


def _add(actor: Actor, made: OwnIndicator, version: int, said: Said, role: str, *, at: datetime) -> None:
    OwnVersion.objects.create(
        indicator=made, version=version, decided_by_id=actor.employee_id, decided_at=at, **_fields(said, role)
    )
    change = {"version": version, "fact": said.recipe.fact, "way": said.recipe.way.value, "least": said.least}
    audit.record(actor, DEFINE_FIGURES, str(made), everywhere(), at=at, change=change)
