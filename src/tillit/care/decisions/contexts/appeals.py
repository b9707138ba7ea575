"""decisions/appeals.html and the parts of other pages: appeals in lists."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens.queries import briefs
from tillit.care.decisions.contexts.appeal_words import OUTCOME_WORDS, deadline_of, tag_of
from tillit.care.decisions.contexts.words import short_date
from tillit.care.decisions.queries.appeals import AppealLine, last_day_of, line_of, list_appeals
from tillit.care.decisions.queries.facts import targets
from tillit.care.decisions.queries.file import CaseFile
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.rules import ids_in
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Action, Crumb, Crumbs, Deadline, ListRow, RowList, TabLink, Tabs, Tag
from tillit.ui.parts.part import Part


@dataclass(frozen=True, slots=True)
class AppealRow:
    """An appeal in the list."""

    href: str
    citizen: str
    about: str = field(metadata={"help": "Which decision, and when the appeal came"})
    unit: str
    tag: Tag
    stay: Tag | None = field(metadata={"help": "Asked us to wait, or we do"})
    deadline: Deadline | None


@dataclass(frozen=True, slots=True)
class AppealsPage:
    """decisions/appeals.html: the appeals one reaches."""

    crumbs: Crumbs
    lead: str
    tabs: Tabs
    rows: tuple[AppealRow, ...]
    nothing: str = field(metadata={"help": "What to say when there are none"})
    numbers_href: str = field(metadata={"help": "Cases in numbers for her own unit; empty: she has none"})


@dataclass(frozen=True, slots=True)
class CaseAppeals(Part):
    """decisions/case_appeals.html: appeals on a case's decisions, and the door to write one down."""

    folder: ClassVar[str] = "decisions"

    rows: RowList | None
    words: str = field(metadata={"help": "Until when one may appeal on the newest decision"})
    action: Action | None


def appeals_page(*, actor: Actor, at: datetime, ended: bool) -> AppealsPage:
    """Return the list, the open ones by deadline, in a number of queries that does not grow with it."""
    today = oslo.day_of(at)
    lines = list_appeals(actor, on=today, ended=ended)
    reading.note_all(line.citizen_id for line in lines)
    about = briefs({line.citizen_id for line in lines}, on=today, at=at)
    href = reverse("decisions:appeals")
    return AppealsPage(
        crumbs=Crumbs((Crumb(_("Saker"), reverse("decisions:queue")), Crumb(_("Klager")))),
        lead=_lead(lines, ended=ended, today=today),
        tabs=Tabs(
            _("Hvilke klager"),
            (TabLink(_("Åpne"), href, not ended), TabLink(_("Avsluttet"), f"{href}?vis=avsluttet", ended)),
        ),
        rows=tuple(
            AppealRow(
                href=reverse("decisions:appeal", args=[line.appeal_id]),
                citizen=about[line.citizen_id].name
                if line.citizen_id in about
                else _("Sak %(number)s") % {"number": line.case_number},
                about=about_line(line),
                unit=line.unit_name,
                tag=tag_of(line),
                stay=stay_tag(line),
                deadline=deadline_of(line.dues[0] if line.dues else None, today=today),
            )
            for line in lines
        ),
        nothing=_("Ingen klager er avsluttet ennå.") if ended else _("Ingen åpne klager."),
        numbers_href=_numbers_href(actor),
    )


def part_of_case(found: CaseFile, *, on: date) -> Part | None:
    """Return what the case page shows of appeals; None while nothing is decided. The case has been reached."""
    decision = found.rows.newest_decision
    if decision is None:
        return None
    appeals = sorted(found.rows.appeals, key=lambda one: (one.received_on, one.pk))
    wanted = targets(found.practice)
    rows = appeal_rows([line_of(one, on=on, wanted=wanted) for one in appeals], today=on)
    last = last_day_of(decision)
    if last is None:
        words = _("Vedtaket er ikke meldt ennå. Klagefristen begynner når det er det.")
    elif last >= on:
        words = _("Siste dag å klage på vedtaket er %(day)s.") % {"day": short_date(last)}
    else:
        words = _("Siste dag å klage på vedtaket var %(day)s. En klage som kommer nå, skal også tas imot.") % {
            "day": short_date(last)
        }
    return CaseAppeals(
        rows=RowList(rows) if rows else None,
        words=words,
        action=Action(
            _("Skriv inn en klage"),
            reverse("decisions:new_appeal", args=[decision.pk]),
            variant="secondary",
            tight=True,
        ),
    )


def appeal_rows(lines: Iterable[AppealLine], *, today: date) -> tuple[ListRow, ...]:
    """Return appeals as rows that open them."""
    return tuple(
        ListRow(
            _("Klage på vedtak %(day)s") % {"day": short_date(line.decided_on)},
            _("Mottatt %(day)s") % {"day": short_date(line.received_on)},
            href=reverse("decisions:appeal", args=[line.appeal_id]),
            badges=tuple(tag for tag in (tag_of(line), stay_tag(line)) if tag),
            end=formats.deadline_of(line.dues[0].by, today=today, language=page_language()) or "" if line.dues else "",
        )
        for line in lines
    )


def about_line(line: AppealLine) -> str:
    """«Vedtak 1.11.2026 (avslag), klage mottatt 20.11.2026»."""
    return _("Vedtak %(decided)s (%(outcome)s), klage mottatt %(received)s") % {
        "decided": short_date(line.decided_on),
        "outcome": OUTCOME_WORDS[line.decision_outcome],
        "received": short_date(line.received_on),
    }


def stay_tag(line: AppealLine) -> Tag | None:
    """Return whether we wait with carrying it out."""
    if not line.is_open or line.stay_asked_on is None or line.stay_granted is False:
        return None
    if line.stay_granted:
        return Tag(_("Vedtaket venter"), "info")
    return Tag(_("Ber oss vente"), "warning")


def _numbers_href(actor: Actor) -> str:
    own = ids_in(actor.home_path)
    return reverse("decisions:numbers", args=[own[-1]]) if own else ""


def _lead(lines: list[AppealLine], *, ended: bool, today: date) -> str:
    if ended or not lines:
        return ""
    late = sum(1 for line in lines if line.dues and line.dues[0].by < today)
    said = ngettext("%(count)d åpen klage.", "%(count)d åpne klager.", len(lines)) % {"count": len(lines)}
    if late:
        over = ngettext("%(count)d er over fristen.", "%(count)d er over fristen.", late) % {"count": late}
        return f"{said} {over}"
    return said
