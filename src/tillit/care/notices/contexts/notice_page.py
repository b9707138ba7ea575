"""notices/show.html: one notice, whose it is and why, and its answer; notices/write.html: a new one."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.models import Citizen
from tillit.care.citizens.queries import followers_of, get_citizen
from tillit.care.notices.contexts.words import near, waited_text, whose_text
from tillit.care.notices.models import Notice
from tillit.care.notices.permissions import ANSWER_NOTICE, WRITE_NOTICE
from tillit.care.notices.queries import one_line, place, scope_of_notice
from tillit.care.notices.rules.whose import By
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds, require
from tillit.foundation.organisation import queries as organisation
from tillit.foundation.organisation.models import Unit
from tillit.foundation.responsibility.contexts.routing import WhyHere, why_here
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs, Deadline


@dataclass(frozen=True, slots=True)
class NoticePage:
    """notices/show.html."""

    notice_id: int
    crumbs: Crumbs
    title: str
    text: str
    note: str = field(metadata={"help": "From whom, when"})
    whose: str
    unowned: bool
    waited: str
    deadline: Deadline | None
    citizen_href: str
    why: WhyHere | None = field(metadata={"help": "Why it lies with this team; None: it was written to somebody"})
    take_href: str
    may_answer: bool
    is_news: bool = field(metadata={"help": "It tells what came of something: one press is answer enough"})
    read_by: str = field(metadata={"help": "Who wrote from Min side, and reads the answer there; empty: a colleague"})
    answer: str
    answered: str = field(metadata={"help": "By whom and when; empty while it is open"})
    autosave: str
    user_id: int
    back: str


@dataclass(frozen=True, slots=True)
class WritePage:
    """notices/write.html."""

    unit_id: int
    citizen_id: int | None
    crumbs: Crumbs
    title: str
    about: str = field(metadata={"help": "The citizen it is about; empty: it is chosen in the form"})
    team_text: str = field(metadata={"help": "Where one to the team goes"})
    back: str
    autosave: str
    user_id: int


def notice_page(notice: Notice, *, actor: Actor, at: datetime) -> NoticePage:
    """Return one notice the actor has come to by `get_notice`."""
    line = one_line(notice, at=at)
    on = oslo.day_of(at)
    may = holds(actor, ANSWER_NOTICE, scope_of_notice(notice, on=on)) and line.answered_at is None
    back = reverse("notices:list", args=[line.unit_id])
    placed = (
        place(unit=notice.unit, citizen_id=line.citizen_id, on=on)
        if line.owner_id is None and line.answered_at is None
        else None
    )
    return NoticePage(
        notice_id=line.notice_id,
        crumbs=Crumbs((Crumb(_("Meldinger"), back), Crumb(_("Beskjed")))),
        title=_("Om %(name)s") % {"name": line.citizen_name} if line.citizen_name else _("Beskjed i teamet"),
        text=line.text,
        note=_("Fra %(name)s %(when)s")
        % {"name": line.written_by_name or _("systemet"), "when": near(line.written_at, at=at)},
        whose=whose_text(line, employee_id=actor.employee_id),
        unowned=line.whose.is_unowned and line.answered_at is None,
        waited=waited_text(line, at=at).capitalize() if line.answered_at is None else "",
        deadline=formats.deadline_at(line.due_at, now=at, language=page_language())
        if line.answered_at is None
        else None,
        citizen_href=reverse("citizens:page", args=[line.citizen_id]) if line.citizen_id else "",
        why=why_here(placed.routed, what=_("Beskjeden"), holder=line.unit_name) if placed else None,
        take_href=reverse("notices:take", args=[line.notice_id])
        if may and line.whose.by is not By.OWNER and line.owner_id != actor.employee_id
        else "",
        may_answer=may,
        is_news=may and notice.asks_nothing,
        read_by=notice.written_name if line.written_by_id is None else "",
        answer=line.answer,
        answered=_("%(name)s svarte %(when)s") % {"name": line.answered_by_name, "when": near(line.answered_at, at=at)}
        if line.answered_at
        else "",
        autosave=f"beskjed-{line.notice_id}",
        user_id=actor.user_id or 0,
        back=back,
    )


def write_page(
    *, actor: Actor, unit: Unit, citizen: Citizen | None, visit_id: int | None = None, at: datetime
) -> WritePage:
    """Return the frame around a new notice in a unit the actor reaches. Raises NotAllowed.

    visit_id: the visit she stood in, and goes back to.
    """
    require(actor, WRITE_NOTICE, organisation.scope_of(unit))
    back = reverse("notices:list", args=[unit.pk])
    crumbs = Crumbs((Crumb(_("Meldinger"), back), Crumb(_("Ny beskjed"))))
    if citizen is not None:
        back = reverse("citizens:page", args=[citizen.pk])
        crumbs = Crumbs((Crumb(citizen.name, back), Crumb(_("Ny beskjed"))))
        back = back if visit_id is None else reverse("myday:visit", args=[visit_id])
    return WritePage(
        unit_id=unit.pk,
        citizen_id=citizen.pk if citizen else None,
        crumbs=crumbs,
        title=_("Ny beskjed"),
        about=citizen.name if citizen else "",
        team_text=_("Til teamet går den til den som svarer på meldinger i dag."),
        back=back,
        autosave=f"ny-beskjed-{citizen.pk}" if citizen else f"ny-beskjed-team-{unit.pk}",
        user_id=actor.user_id or 0,
    )


def citizen_and_unit(*, actor: Actor, citizen_id: int, at: datetime) -> tuple[Citizen, Unit]:
    """Return a citizen the actor reaches, and the unit the notice is written in: the first of hers within reach.

    Raises NotFound out of reach.
    """
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    for one in followers_of((citizen.pk,))[citizen.pk].on(oslo.day_of(at)):
        unit = organisation.within_reach(actor).filter(pk=one.unit_id).first()
        if unit is not None and holds(actor, WRITE_NOTICE, Scope((unit.path,), citizen.pk)):
            return citizen, unit
    raise NotFound(_("Ingen team du er i, følger brukeren nå."))
