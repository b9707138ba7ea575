"""myday/follow_up.html: what somebody saw, and what was done about it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.citizens import queries as citizens
from tillit.care.needs import queries as needs
from tillit.care.visits import queries as visits
from tillit.foundation.access.actor import Actor
from tillit.foundation.workforce import queries as workforce
from tillit.kernel import oslo
from tillit.pages.myday import queries
from tillit.pages.myday.contexts import words
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Deadline, Matters, Person


@dataclass(frozen=True, slots=True)
class FollowUpPage:
    """myday/follow_up.html: one change with a citizen."""

    follow_up_id: int
    name: str
    citizen_href: str = field(metadata={"help": "To everything about her"})
    call_href: str
    call_label: str
    matters: Matters
    kind: str
    words: str
    told_by: Person | None
    told_when: str
    due: Deadline | None = field(metadata={"help": "None when it is closed"})
    owner: str = field(metadata={"help": "Whose it is, when it is a colleague's"})
    is_closed: bool
    closed_text: str
    answer: str
    autosave: str
    user_id: int


def follow_up_page(*, actor: Actor, follow_up_id: int, now: datetime) -> FollowUpPage:
    """Return one change of a citizen the actor reaches. Raises NotFound."""
    row = visits.get_follow_up(actor=actor, follow_up_id=follow_up_id, at=now)
    today = oslo.day_of(now)
    brief = citizens.briefs([row.citizen_id], on=today, at=now)[row.citizen_id]
    said = needs.newest_words([row.citizen_id]).get(row.citizen_id)
    people = workforce.marks(
        employee_ids=[who for who in (row.told_by_id, row.owner_id, row.closed_by_id) if who is not None]
    )
    told_by = people.get(row.told_by_id or 0)
    owner = people.get(row.owner_id or 0)
    closed_by = people.get(row.closed_by_id or 0)
    closed = ""
    if row.closed_at is not None:
        when = words.near_moment(row.closed_at, today=today)
        closed = _("Lukket %(when)s av %(who)s.") % {"when": when, "who": closed_by.name if closed_by else ""}
    return FollowUpPage(
        follow_up_id=row.pk,
        name=brief.name,
        citizen_href=words.citizen_href(row.citizen_id),
        call_href=words.dialled(brief.phone),
        call_label=_("Ring %(name)s") % {"name": brief.name},
        matters=words.matters_of(said, brief),
        kind=str(queries.CHANGE_KINDS[row.kind]),
        words=row.words,
        told_by=words.person_of(told_by) if told_by else None,
        told_when=words.near_moment(row.told_at, today=today),
        due=None
        if row.closed_at
        else formats.deadline_at(
            row.due_at, now=now, by_the_clock=row.urgency == queries.WITHIN_THE_HOUR, language=page_language()
        ),
        owner=owner.name if owner and owner.employee_id != actor.employee_id else "",
        is_closed=row.closed_at is not None,
        closed_text=closed,
        answer=row.answer,
        autosave=f"followup-{row.pk}",
        user_id=actor.user_id or 0,
    )
