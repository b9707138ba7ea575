"""journal/record.html: one citizen's journal, newest first; and how one entry is shown wherever it stands."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.citizens.queries import get_citizen, last_scope_of
from tillit.care.journal.models import Request
from tillit.care.journal.permissions import CORRECT_ENTRY, WRITE_NOTE
from tillit.care.journal.queries import EntryLine, Page, journal_of, reads_journal
from tillit.care.journal.queries.entries import Asked
from tillit.care.journal.rules.pegs import Peg, PegKind
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.kernel import oslo
from tillit.kernel.errors import NotAllowed
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs, Tag

#: Written so much later than it happened, both moments are shown (J13).
LATE = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Step:
    """What was asked about an entry, and what came of it."""

    text: str
    words: str
    reason: str
    href: str
    link: str


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One entry. Struck when it no longer stands; without words when it was removed."""

    entry_id: int
    title: str
    icon: str
    text: str
    facts: tuple[str, ...]
    pictures: tuple[str, ...] = field(metadata={"help": "Addresses of photos"})
    about: str = field(metadata={"help": "What in the plan it hangs on; empty: nothing"})
    who: str = field(metadata={"help": "«Kari Nilsen, sykepleier»"})
    when: str = field(metadata={"help": "When it happened, and when it was written if that was much later"})
    iso: str
    struck: bool
    why: str = field(metadata={"help": "Why it corrects what stands under it"})
    removed: str = field(metadata={"help": "Who removed it, when and on what ground; empty: it stands here"})
    beside: str = field(metadata={"help": "Who countersigned"})
    tags: tuple[Tag, ...]
    steps: tuple[Step, ...]
    correct_href: str = field(metadata={"help": "Empty: it cannot be corrected, or not by the reader"})


@dataclass(frozen=True, slots=True)
class RecordPage:
    """journal/record.html."""

    citizen_id: int
    crumbs: Crumbs
    title: str
    lead: str
    name: str
    days: tuple["Day", ...]
    everything: bool
    toggle_href: str
    toggle: str
    older_href: str
    newest_href: str
    write_href: str = field(metadata={"help": "Empty: the reader writes no notes here"})


@dataclass(frozen=True, slots=True)
class Day:
    """A day in the journal. Each thread: what stands first, then what it corrected."""

    title: str
    iso: str
    threads: tuple[tuple[ShownEntry, ...], ...]


def record_page(
    *, actor: Actor, citizen_id: int, before: int | None, everything: bool, at: datetime, peg: Peg | None = None
) -> RecordPage:
    """Return a citizen's journal. before: an entry's id, for older pages. peg: only what hangs on that.

    Raises NotFound out of reach.
    """
    today = oslo.day_of(at)
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    scope = last_scope_of(citizen.pk, on=today)
    if not reads_journal(actor, scope):
        raise NotAllowed(_("Journalen leses av dem som gir hjelpen."))
    may_correct = holds(actor, CORRECT_ENTRY, scope)
    found = journal_of(citizen.pk, before=before, everything=everything, peg=peg)
    here = reverse("journal:record", args=[citizen.pk])
    query = f"om={peg.code}&" if peg else "alt=ja&" if everything else ""
    return RecordPage(
        citizen_id=citizen.pk,
        crumbs=Crumbs(
            (
                Crumb(_("Brukere"), reverse("citizens:list")),
                Crumb(citizen.name, reverse("citizens:page", args=[citizen.pk])),
                Crumb(_("Journal")),
            )
        ),
        title=_("Journal"),
        lead=_("Det som er skrevet om %(what)s.") % {"what": _peg_words(found, peg)}
        if peg
        else _("Alt som er skrevet, av hvem og når. Det som er rettet, står strøket under."),
        name=citizen.name,
        days=_days(found.threads, may_correct=may_correct, today=today),
        everything=everything,
        toggle_href=here if everything or peg else f"{here}?alt=ja",
        toggle=_("Vis hele journalen")
        if peg
        else _("Skjul besøk uten merknad")
        if everything
        else _("Vis også besøk som gikk som planlagt"),
        older_href=f"{here}?{query}eldre={found.older_than}" if found.older_than else "",
        newest_href=f"{here}?alt=ja" if before and everything else here if before else "",
        write_href=reverse("journal:write", args=[citizen.pk]) if holds(actor, WRITE_NOTE, scope) else "",
    )


def _peg_words(found: Page, peg: Peg) -> str:
    """What the notes shown hang on, as it was called last."""
    hung = (one for thread in found.threads for line in thread for one in line.pegs)
    return next((peg_text(one) for one in hung if one.code == peg.code and one.words), _("dette i planen"))


def _days(threads: tuple[tuple[EntryLine, ...], ...], *, may_correct: bool, today: date) -> tuple[Day, ...]:
    days: dict[date, list[tuple[ShownEntry, ...]]] = {}
    for thread in threads:
        on = oslo.day_of(thread[-1].happened_at)
        rows = tuple(shown(line, may_correct=may_correct, today=today, with_day=False) for line in in_order(thread))
        days.setdefault(on, []).append(rows)
    return tuple(
        Day(
            title=formats.near_date(on, today=today, language=page_language()).capitalize(),
            iso=on.isoformat(),
            threads=tuple(rows),
        )
        for on, rows in days.items()
    )


def peg_text(peg: Peg) -> str:
    """Return what a note hangs on, in words: a goal is the citizen's own."""
    return _("«%(goal)s»") % {"goal": peg.words} if peg.kind is PegKind.GOAL else peg.words


def in_order(thread: tuple[EntryLine, ...] | list[EntryLine]) -> list[EntryLine]:
    """Return what stands first, then the rest newest first; taking back is told by what it took back."""
    rows = [line for line in thread if not line.takes_back or line.removed_at]
    return sorted(rows, key=lambda line: not line.stands)


def shown(
    line: EntryLine, *, may_correct: bool, today: date, with_day: bool = True, with_open: bool = True
) -> ShownEntry:
    """Return one entry as it is drawn. with_open: also what waits for an answer, but on the page that answers it."""
    tags = []
    if line.waits:
        tags.append(Tag(_("Venter på medsignering"), "info", "PencilWriting"))
    hidden = {Request.State.WITHDRAWN} if with_open else {Request.State.WITHDRAWN, Request.State.OPEN}
    if with_open and any(one.state == Request.State.OPEN for one in line.asked):
        tags.append(Tag(_("Krav venter på svar"), "warning", "Hourglass"))
    struck = not line.stands and line.removed_at is None
    return ShownEntry(
        entry_id=line.entry_id,
        title=line.content.title,
        icon=line.content.icon,
        text=line.content.text,
        facts=line.content.facts,
        pictures=line.content.pictures,
        about=" · ".join(peg_text(peg) for peg in line.pegs if peg.words),
        who=", ".join(part for part in (line.author_name, line.as_what) if part),
        when=_when(line, today=today, with_day=with_day),
        iso=line.happened_at.isoformat(),
        struck=struck,
        why=line.why,
        removed=_removed(line, today=today),
        beside=_("Medsignert av %(who)s %(when)s")
        % {"who": line.countersigned, "when": _near(line.countersigned_at, today)}
        if line.countersigned_at
        else "",
        tags=tuple(tags),
        steps=tuple(_step(one, today=today) for one in line.asked if one.state not in hidden),
        correct_href=reverse("journal:correct", args=[line.entry_id])
        if may_correct and line.stands and not line.takes_back
        else "",
    )


def _near(at: datetime, today: date) -> str:
    return formats.near_moment(at, today=today, language=page_language())


def _when(line: EntryLine, *, today: date, with_day: bool) -> str:
    happened = (
        _near(line.happened_at, today)
        if with_day
        else _("kl. %(clock)s") % {"clock": formats.clock(line.happened_at, page_language())}
    )
    parts = [happened]
    is_correction = line.corrects_id is not None
    if is_correction or abs(line.signed_at - line.happened_at) >= LATE:
        text = _("rettet %(when)s") if is_correction else _("skrevet %(when)s")
        parts.append(text % {"when": _near(line.signed_at, today)})
    if line.placed_at:
        parts.append(_("ført på feil person, flyttet hit %(when)s") % {"when": _near(line.placed_at, today)})
    return " · ".join(parts)


def _removed(line: EntryLine, *, today: date) -> str:
    if line.removed_at is None:
        return ""
    ground = (
        _("Det gjaldt en annen person (helsepersonelloven § 44).")
        if line.removed_ground == Request.Kind.WRONG_PERSON
        else _("Slettet etter krav (helsepersonelloven § 43).")
    )
    return _("Fjernet %(when)s av %(who)s. %(ground)s") % {
        "when": _near(line.removed_at, today),
        "who": line.removed_by,
        "ground": ground,
    }


_DEMAND = {
    Request.State.OPEN: gettext_lazy("%(kind)s er bedt om %(when)s."),
    Request.State.AGREED: gettext_lazy("%(kind)s ble godtatt %(when)s av %(who)s."),
    Request.State.REFUSED: gettext_lazy("%(kind)s ble avslått %(when)s av %(who)s."),
}
_WRONG_PERSON = {
    Request.State.OPEN: gettext_lazy("Meldt som ført på feil person %(when)s."),
    Request.State.AGREED: gettext_lazy("Ført på feil person, avgjort %(when)s av %(who)s."),
    Request.State.REFUSED: gettext_lazy(
        "Meldt som ført på feil person. %(who)s avgjorde %(when)s at det blir stående."
    ),
}


def _step(one: Asked, *, today: date) -> Step:
    texts = _WRONG_PERSON if one.kind == Request.Kind.WRONG_PERSON else _DEMAND
    return Step(
        text=str(texts[Request.State(one.state)])
        % {"kind": one.kind_name, "when": _near(one.decided_at or one.asked_at, today), "who": one.decided_by_name},
        words=one.words if one.from_citizen and one.state != Request.State.AGREED else "",
        reason=one.reason if one.state == Request.State.REFUSED else "",
        href=reverse("journal:request", args=[one.request_id]),
        link=_("Se kravet") if one.state == Request.State.OPEN else _("Se svaret"),
    )
