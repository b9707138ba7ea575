"""citizens/undo_merge.html: what goes back when a merge was a mistake, what stays, and what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens import queries
from tillit.care.citizens.actions import Outcome, Undone
from tillit.care.citizens.contexts.change import Line, crumbs
from tillit.care.citizens.models import Citizen, Merge
from tillit.care.citizens.rules import Fate
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Column, Crumbs, DataTable, TableRow


@dataclass(frozen=True, slots=True)
class UndoMergePage:
    """citizens/undo_merge.html. `wrong` becomes a registration of her own again, `right` keeps what is hers."""

    crumbs: Crumbs
    title: str
    lead: str
    wrong_name: str
    right_name: str
    parts: DataTable | None = field(metadata={"help": "How much goes back and how much stays; None: nothing is known"})
    stays: tuple[Line, ...] = field(metadata={"help": "What cannot be put back, and why"})
    also: tuple[str, ...] = field(metadata={"help": "What else happens, one sentence each"})
    edition: int
    refused: str = field(metadata={"help": "Why it was not, or cannot be, done; empty when it can"})
    can_undo: bool
    is_done: bool
    right_href: str
    wrong_href: str = field(metadata={"help": "Empty until it is done"})
    back: str


def undo_merge_page(
    right: Citizen, wrong_id: int, foreseen: Undone | None, *, refused: str, at: datetime
) -> UndoMergePage:
    """Return what would happen. foreseen: None when it cannot be undone. Callers have come through both doors."""
    line = next((one for one in queries.merged_from(right.pk) if one.citizen_id == wrong_id), None)
    wrong_name = line.name if line else ""
    return UndoMergePage(
        crumbs=crumbs(right, _("Angre sammenslåing")),
        title=_("Angre sammenslåing"),
        lead=_("%(wrong)s ble slått sammen med %(right)s %(when)s.")
        % {"wrong": wrong_name, "right": right.name, "when": _when(line.merged_at, at)}
        if line
        else "",
        wrong_name=wrong_name,
        right_name=right.name,
        parts=_parts(foreseen.outcome) if foreseen else None,
        stays=_stays(foreseen.outcome, wrong_name, right.name) if foreseen else (),
        also=(
            _("%(wrong)s blir en egen bruker igjen, med samme team som før.") % {"wrong": wrong_name},
            _("Det som er skrevet eller gjort etter sammenslåingen, blir stående hos %(right)s.")
            % {"right": right.name},
            _("Kommende besøk lages på nytt fra planene til de to. Se over hvem som skal gå."),
            _("Ingenting slettes. I loggen står det hva som ble flyttet begge veier."),
        )
        if foreseen
        else (),
        edition=right.edition,
        refused=refused,
        can_undo=foreseen is not None,
        is_done=False,
        right_href=reverse("citizens:page", args=[right.pk]),
        wrong_href="",
        back=reverse("citizens:facts", args=[right.pk]),
    )


def undone_page(merge: Merge, *, at: datetime) -> UndoMergePage:
    """Return what became of it. Callers have come through the doors of both."""
    wrong, right = merge.wrong, merge.right
    by = merge.undone_by.name if merge.undone_by else ""
    return UndoMergePage(
        crumbs=crumbs(right, _("Angre sammenslåing")),
        title=_("Sammenslåingen er angret"),
        lead=_("Angret av %(name)s %(when)s. Se over det som står hos begge.")
        % {"name": by, "when": _when(merge.undone_at or at, at)},
        wrong_name=wrong.name,
        right_name=right.name,
        parts=_parts(merge.outcome),
        stays=_stays(merge.outcome, wrong.name, right.name),
        also=(),
        edition=right.edition,
        refused="",
        can_undo=False,
        is_done=True,
        right_href=reverse("citizens:page", args=[right.pk]),
        wrong_href=reverse("citizens:page", args=[wrong.pk]),
        back=reverse("citizens:facts", args=[right.pk]),
    )


def _when(moment: datetime, at: datetime) -> str:
    return formats.near_moment(moment, today=oslo.day_of(at), language=page_language())


def _part_names() -> dict[str, str]:
    """Part → what people call it, in the order it is read."""
    return {
        "visits": _("Besøk"),
        "plans": _("Planer"),
        "conversations": _("Samtaler"),
        "words": _("Hva som er viktig"),
        "cases": _("Saker"),
        "scores": _("Funksjonsnivå"),
        "disqualifications": _("Hvem som er inhabil"),
        "follow_ups": _("Endringer som er meldt"),
        "journal_entries": _("Innføringer i journalen"),
        "journal_notes": _("Notater"),
        "followings": _("Team som følger"),
        "homes": _("Adresser"),
        "whereabouts": _("Fravær"),
        "responsibles": _("Ansvarlige"),
        "network": _("Egne folk"),
        "wishes": _("Ønsker om hjelpere"),
        "alerts": _("Varsler"),
        "handovers": _("Overleveringer"),
        "moves": _("Flyttinger"),
        "questions": _("Spørsmål om kompetanse"),
        "numbers": _("Nummer"),
        "keys": _("Nummer i fagsystemet"),
        "ends": _("Avslutning av hjelpen"),
        "minutes": _("Tid hjelpen pleier å ta"),
    }


def _met(outcome: Outcome) -> Iterator[tuple[str, str, dict[Fate, int]]]:
    for part, name in _part_names().items():
        fates = {Fate(fate): count for fate, count in outcome.get(part, {}).items()}
        if fates:
            yield part, name, fates


def _parts(outcome: Outcome) -> DataTable:
    rows = []
    for part, name, fates in _met(outcome):
        if part == "visits":
            fates.pop(Fate.GONE, None)  # coming ones, which are made anew: told on their own
        if not fates:
            continue
        back = fates.get(Fate.BACK, 0) + fates.get(Fate.KEPT, 0)
        rows.append(TableRow(cells=(name, str(back), str(sum(fates.values()) - back))))
    return DataTable(
        caption=_("Hva som settes tilbake"),
        columns=(
            Column(_("Hva")),
            Column(_("Settes tilbake"), right=True),
            Column(_("Kan ikke settes tilbake"), right=True),
        ),
        rows=tuple(rows),
    )


def _stays(outcome: Outcome, wrong_name: str, right_name: str) -> tuple[Line, ...]:
    """Say, part by part, what is not as it was before the merge, and why."""
    found = []
    for part, name, fates in _met(outcome):
        for fate, count in fates.items():
            told = _told(fate, count, is_visit=part == "visits")
            if told:
                found.append(Line(title=name, note=told % {"count": count, "wrong": wrong_name, "right": right_name}))
    return tuple(found)


def _told(fate: Fate, count: int, *, is_visit: bool) -> str:
    match fate:
        case Fate.CHANGED if is_visit:
            return ngettext(
                "%(count)s er gjennomført eller avlyst etter sammenslåingen, og blir stående hos %(right)s.",
                "%(count)s er gjennomført eller avlyst etter sammenslåingen, og blir stående hos %(right)s.",
                count,
            )
        case Fate.CHANGED:
            return ngettext(
                "%(count)s er endret etter sammenslåingen, og blir stående hos %(right)s.",
                "%(count)s er endret etter sammenslåingen, og blir stående hos %(right)s.",
                count,
            )
        case Fate.KEPT:
            return ngettext(
                "%(count)s går tilbake til %(wrong)s slik det er endret etter sammenslåingen.",
                "%(count)s går tilbake til %(wrong)s slik de er endret etter sammenslåingen.",
                count,
            )
        case Fate.GONE if is_visit:
            return ngettext(
                "%(count)s kommende besøk ble tatt bort. Det lages på nytt fra planen til %(wrong)s hvis det ikke er "
                "passert. Se over hvem som skal gå.",
                "%(count)s kommende besøk ble tatt bort. De som ikke er passert, lages på nytt fra planen til "
                "%(wrong)s. Se over hvem som skal gå.",
                count,
            )
        case Fate.GONE:
            return ngettext(
                "%(count)s er tatt bort etter sammenslåingen.", "%(count)s er tatt bort etter sammenslåingen.", count
            )
        case Fate.TAKEN:
            return ngettext(
                "%(count)s kan ikke settes tilbake, for noe nytt står der nå. Rett det for hånd.",
                "%(count)s kan ikke settes tilbake, for noe nytt står der nå. Rett det for hånd.",
                count,
            )
        case Fate.BACK:
            return ""
