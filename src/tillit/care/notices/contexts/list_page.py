"""notices/list.html: what is open in a team, whose it is and for how long."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.notices.contexts.words import cut, near, waited_text, whose_text
from tillit.care.notices.permissions import ANSWER_NOTICE, READ_NOTICES, WRITE_NOTICE
from tillit.care.notices.queries import NoticeLine, answered_since, open_notices
from tillit.care.notices.rules.whose import By
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds, require
from tillit.foundation.organisation import queries as organisation
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Deadline

#: Answers stay on the page so long.
ANSWERED_DAYS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice in the list."""

    notice_id: int
    href: str
    about: str
    text: str
    whose: str
    note: str = field(metadata={"help": "From whom, and for how long it has waited"})
    deadline: Deadline | None
    unowned: bool
    take_href: str = field(metadata={"help": "Receives POST; empty: it is not for her to take"})


@dataclass(frozen=True, slots=True)
class ListPage:
    """notices/list.html."""

    unit_id: int
    title: str
    unit_name: str
    lead: str
    write_href: str
    unowned: tuple[NoticeRow, ...]
    mine: tuple[NoticeRow, ...]
    others: tuple[NoticeRow, ...]
    answered: tuple[NoticeRow, ...]


def list_page(*, actor: Actor, unit_id: int, at: datetime) -> ListPage:
    """Return the notices of a unit the actor reaches. Raises NotFound, NotAllowed."""
    unit = organisation.get_unit(actor=actor, unit_id=unit_id)
    scope = organisation.scope_of(unit)
    require(actor, READ_NOTICES, scope)
    may = holds(actor, ANSWER_NOTICE, scope)
    lines = open_notices(unit_ids=(unit.pk,), at=at)
    unowned = [line for line in lines if line.whose.is_unowned]
    mine = [line for line in lines if line.whose.employee_id == actor.employee_id and not line.whose.is_unowned]
    others = [line for line in lines if line not in unowned and line not in mine]
    return ListPage(
        unit_id=unit.pk,
        title=_("Meldinger"),
        unit_name=unit.name,
        lead=_lead(len(unowned), len(lines)),
        write_href=reverse("notices:write", args=[unit.pk]) if holds(actor, WRITE_NOTICE, scope) else "",
        unowned=tuple(_row(line, actor, may=may, at=at) for line in unowned),
        mine=tuple(_row(line, actor, may=may, at=at) for line in mine),
        others=tuple(_row(line, actor, may=may, at=at) for line in others),
        answered=tuple(
            _answered(line, at=at) for line in answered_since(unit_id=unit.pk, since=at - ANSWERED_DAYS, at=at)
        ),
    )


def _lead(unowned: int, everything: int) -> str:
    if unowned:
        return ngettext("%(count)d beskjed har ingen.", "%(count)d beskjeder har ingen.", unowned) % {"count": unowned}
    if everything:
        return ngettext(
            "%(count)d beskjed venter på svar. Noen har den.",
            "%(count)d beskjeder venter på svar. Noen har alle.",
            everything,
        ) % {"count": everything}
    return _("Ingen beskjeder venter på svar.")


def _row(line: NoticeLine, actor: Actor, *, may: bool, at: datetime) -> NoticeRow:
    takes = may and line.whose.by is not By.OWNER and line.owner_id != actor.employee_id
    return NoticeRow(
        notice_id=line.notice_id,
        href=reverse("notices:show", args=[line.notice_id]),
        about=line.citizen_name or _("Om noe i teamet"),
        text=cut(line.text),
        whose=whose_text(line, employee_id=actor.employee_id),
        note=_("Fra %(name)s, %(waited)s")
        % {"name": line.written_by_name or _("systemet"), "waited": waited_text(line, at=at)},
        deadline=formats.deadline_at(line.due_at, now=at, language=page_language()),
        unowned=line.whose.is_unowned,
        take_href=reverse("notices:take", args=[line.notice_id]) if takes else "",
    )


def _answered(line: NoticeLine, *, at: datetime) -> NoticeRow:
    when = near(line.answered_at, at=at) if line.answered_at else ""
    return NoticeRow(
        notice_id=line.notice_id,
        href=reverse("notices:show", args=[line.notice_id]),
        about=line.citizen_name or _("Om noe i teamet"),
        text=cut(line.answer),
        whose=_("%(name)s svarte %(when)s") % {"name": line.answered_by_name, "when": when},
        note="",
        deadline=None,
        unowned=False,
        take_href="",
    )
