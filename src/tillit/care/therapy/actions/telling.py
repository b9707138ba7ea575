"""Whoever referred a citizen is told when somebody has the case, when nobody has it again, and how it went."""

from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.notices.actions import tell_who_asked
from tillit.care.therapy.models import EventKind, GroupProfession, Result, TherapyCase, TherapyEvent
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import Permission


def tell_who_referred(
    actor: Actor, case: TherapyCase, event: TherapyEvent, scope: Scope, permission: Permission, *, at: datetime
) -> None:
    """Write the notice of an event. Nobody is told of what she did herself, and nobody where no unit referred."""
    herself = actor.employee_id is not None and case.referred_by_id == actor.employee_id
    if case.referred_unit_id is None or herself:
        return
    tell_who_asked(
        actor=actor,
        citizen_id=case.citizen_id,
        unit_id=case.referred_unit_id,
        employee_id=case.referred_by_id,
        text=_text(case, event),
        about=str(event),
        scope=scope,
        permission=permission,
        at=at,
    )


def _text(case: TherapyCase, event: TherapyEvent) -> str:
    said = {"profession": GroupProfession(case.group.profession).label, "who": case.holder.name if case.holder else ""}
    if event.kind == EventKind.TAKEN:
        return _("%(profession)s: %(who)s har tatt saken dere henviste.") % said
    if event.kind == EventKind.CLOSED:
        ended = _("%(profession)s: Saken dere henviste, er avsluttet: %(result)s. Notatet står i journalen.")
        return ended % {**said, "result": str(Result(case.result).label).lower()}
    back = _("%(profession)s: Saken dere henviste, venter på lista igjen.") % said
    return f"{back} {event.words}".strip()
