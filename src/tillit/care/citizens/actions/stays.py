"""The next step for a citizen who is not at home (R16). What was planned before is kept."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens import queries, rules
from tillit.care.citizens.actions.opening import refuse_if_changed
from tillit.care.citizens.actions.whereabouts import NotAway
from tillit.care.citizens.models import WhereaboutsFollowUp
from tillit.care.citizens.permissions import FOLLOW_STAY
from tillit.care.citizens.queries.stays import get_stay, newest_step_id
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused


class StepRefused(ActionRefused):
    """The next step cannot be like this. `field` is the form field concerned."""

    def __init__(self, text: str, *, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@transaction.atomic
def write_next_step(
    *, actor: Actor, whereabouts_id: int, words: str, on: date | None, seen_id: int | None, at: datetime
) -> WhereaboutsFollowUp:
    """Write what comes next for somebody who is away, and by which day.

    on: None when the day is not settled. seen_id: the step the actor saw; None for none, or for what was written when
    she left. Raises NotFound, NotAllowed, NotAway, StepRefused, ChangedMeanwhile.
    """
    row = get_stay(actor=actor, whereabouts_id=whereabouts_id, at=at, lock=True)
    scope = queries.scope_of(row.citizen_id, on=oslo.day_of(at))
    require(actor, FOLLOW_STAY, scope)
    if row.to_at is not None and row.to_at <= at:
        raise NotAway(_("Brukeren er hjemme igjen."))
    refuse_if_changed("step", seen=seen_id, now=newest_step_id(row.pk), at=at)
    if not words.strip():
        raise StepRefused(_("Skriv hva neste steg er."), field="words")
    if on is not None and on < oslo.day_of(at):
        raise StepRefused(_("Velg i dag eller en dag som kommer."), field="on")
    stored = WhereaboutsFollowUp.objects.create(
        whereabouts=row, words=words.strip(), on=on, written_by_id=actor.employee_id, written_at=at
    )
    row.next_step = stored.words  # what the citizen's page and the lists show
    row.save(update_fields=["next_step"])
    audit.record(
        actor,
        FOLLOW_STAY,
        str(stored),
        scope,
        at=at,
        change={"whereabouts": row.pk, "on": rules.as_text(on)},
    )
    return stored
