"""minside/write.html: where she writes to the team, and what it answered."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from tillit.care.consents.permissions import WRITE_TO_TEAM
from tillit.care.consents.queries import Door, open_door
from tillit.care.notices.queries.written_outside import WrittenLine, written_by_her
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.pages.minside.contexts.frame import Frame, frame
from tillit.ui import formats
from tillit.ui.language import page_language


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """What she wrote, and the answer to it."""

    id: str
    when: str
    text: str
    answer: str
    answered: str = field(metadata={"help": "By whom and when; empty: it waits"})


@dataclass(frozen=True, slots=True)
class WritePage:
    """minside/write.html. written: newest first; hers alone, never what another wrote."""

    frame: Frame
    written: tuple[WrittenPart, ...]


def write_page(*, actor: Actor, citizen_id: int, at: datetime) -> WritePage:
    """Return where she writes to the team. Raises NotFound."""
    door = open_door(actor=actor, citizen_id=citizen_id, permission=WRITE_TO_TEAM, at=at)
    return WritePage(
        frame(door, "write", at=at),
        tuple(_part(one, at=at) for one in written_by_her(citizen_id=citizen_id, user_id=actor.user_id or 0)),
    )


def answers_to(door: Door, actor: Actor, *, since: datetime, at: datetime) -> tuple[WrittenPart, ...]:
    """Return what the team has answered this login since a moment; nothing to one who may not write. One query."""
    if not door.opens(WRITE_TO_TEAM):
        return ()
    written = written_by_her(citizen_id=door.citizen.pk, user_id=actor.user_id or 0)
    return tuple(_part(one, at=at) for one in written if one.answered_at is not None and one.answered_at >= since)


def _part(one: WrittenLine, *, at: datetime) -> WrittenPart:
    today = oslo.day_of(at)
    return WrittenPart(
        id=f"svar-{one.notice_id}",
        when=_capital(_when(one.written_at, today)),
        text=one.text or _("Fjernet fra journalen."),
        answer=one.answer,
        answered=_("%(name)s svarte %(when)s")
        % {
            "name": one.answered_by or _("Teamet"),
            "when": _when(one.answered_at, today),
        }
        if one.answered_at
        else "",
    )


def _when(moment: datetime, today: date) -> str:
    if abs((oslo.day_of(moment) - today).days) > 1:
        return formats.long_date(moment, page_language())
    return formats.near_moment(moment, today=today, language=page_language())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
