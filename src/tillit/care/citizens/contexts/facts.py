"""citizens/facts.html: who a citizen is, as it stands, and what stood before."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens import permissions, queries
from tillit.care.citizens.actions import may_undo
from tillit.care.citizens.contexts.change import Line, crumbs
from tillit.care.citizens.models import Citizen, CorrectedField
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds
from tillit.kernel import oslo
from tillit.kernel.national_id import IdKind
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumbs


@dataclass(frozen=True, slots=True)
class OldLine:
    """What stood before."""

    title: str
    was: str
    note: str
    href: str = ""
    href_text: str = field(default="", metadata={"help": "What the link says"})
    hint: str = field(default="", metadata={"help": "Why there is no link, in plain words"})


@dataclass(frozen=True, slots=True)
class FactsPage:
    """citizens/facts.html."""

    citizen_id: int
    crumbs: Crumbs
    lead: str
    now: tuple[Line, ...] = field(
        metadata={"help": "What stands, for those who may not correct it, or when it changed"}
    )
    number: str = field(metadata={"help": "Kind and number, grouped; only for those who may correct it"})
    may_facts: bool
    may_number: bool
    may_death: bool
    may_merge: bool
    is_dead: bool
    changed_by_others: bool
    merge_href: str = field(metadata={"help": "When the number that was written belongs to somebody in reach"})
    old: tuple[OldLine, ...]
    back: str


def facts_page(
    *,
    actor: Actor,
    citizen: Citizen,
    scope: Scope,
    last_scope: Scope,
    now: queries.FactsNow,
    at: datetime,
    changed_by_others: bool = False,
    merge_with: int | None = None,
) -> FactsPage:
    """Return the page about who a citizen is, in a constant number of queries. Callers have come through the door."""
    may_facts = holds(actor, permissions.CORRECT_FACTS, scope)
    may_number = holds(actor, permissions.CORRECT_NUMBER, scope)
    may_merge = holds(actor, permissions.MERGE_CITIZENS, last_scope)
    return FactsPage(
        citizen_id=citizen.pk,
        crumbs=crumbs(citizen, _("Opplysninger")),
        lead=_(
            "Rett det som er feil eller har endret seg. Det som sto før, blir stående under Tidligere opplysninger."
        ),
        now=_now(now) if changed_by_others or not may_facts else (),
        number=number_in_words(now.number_kind, now.number) if may_number else "",
        may_facts=may_facts,
        may_number=may_number,
        may_death=holds(actor, permissions.REGISTER_DEATH, last_scope),
        may_merge=may_merge,
        is_dead=citizen.died_on is not None,
        changed_by_others=changed_by_others,
        merge_href=reverse("citizens:merge", args=[citizen.pk, merge_with]) if may_merge and merge_with else "",
        old=_old(actor, citizen.pk, today=oslo.day_of(at), show_numbers=may_number, may_merge=may_merge),
        back=reverse("citizens:page", args=[citizen.pk]),
    )


def number_in_words(kind: str, number: str) -> str:
    """Return a number with what sort it is: «Fødselsnummer 109155 96784»."""
    names = {
        IdKind.FNR: _("Fødselsnummer"),
        IdKind.DNR: _("D-nummer"),
        IdKind.HNR: _("H-nummer"),
        IdKind.FHN: _("Felles hjelpenummer"),
        IdKind.DUF: _("DUF-nummer"),
    }
    if not number:
        return _("Identiteten er ikke kjent ennå")
    return f"{names[IdKind(kind)]} {number[:6]} {number[6:]}"


def _now(now: queries.FactsNow) -> tuple[Line, ...]:
    facts = now.facts
    said = [
        (_("Navn"), f"{facts.given_name} {facts.family_name}".strip()),
        (_("Vil bli kalt"), facts.call_name),
        (_("Fødselsdato"), formats.short_date(facts.born_on, page_language()) if facts.born_on else ""),
        (_("Telefon"), facts.phone),
        (_("Språk"), facts.language),
        (_("Tolk"), _("Trenger tolk") if facts.needs_interpreter else ""),
    ]
    return tuple(Line(title=value, note=name) for name, value in said if value)


def _old(actor: Actor, citizen_id: int, *, today: date, show_numbers: bool, may_merge: bool) -> tuple[OldLine, ...]:
    corrected = [
        (
            row.corrected_at,
            OldLine(
                title=row.field_name,
                was=_was(row, show_numbers=show_numbers),
                note=_by(row.corrected_by_name, row.corrected_at, row.reason_name, today=today),
            ),
        )
        for row in queries.old_facts(citizen_id)
    ]
    merged = [
        (
            row.merged_at,
            OldLine(
                title=_("Var også registrert som"),
                was=f"{row.name}, {row.number[:6]} {row.number[6:]}" if row.number and show_numbers else row.name,
                note=_by(row.merged_by_name, row.merged_at, _("Slått sammen"), today=today),
                href=reverse("citizens:undo_merge", args=[citizen_id, row.citizen_id])
                if may_merge and row.merge is not None and may_undo(actor, row.merge)
                else "",
                href_text=_("Angre sammenslåing"),
                hint=_("Sammenslått før Tillit tok vare på hva som ble flyttet. Kan ikke angres med en knapp.")
                if may_merge and row.merge is None
                else "",
            ),
        )
        for row in queries.merged_from(citizen_id)
    ]
    undone = [
        (
            row.undone_at,
            OldLine(
                title=_("Var slått sammen med en annen"),
                was=_("Det var to personer"),
                note=_by(row.undone_by.name if row.undone_by else "", row.undone_at, _("Angret"), today=today),
                href=reverse("citizens:undo_merge", args=[citizen_id, row.wrong_id])
                if may_merge and may_undo(actor, row)
                else "",
                href_text=_("Se hva som ble satt tilbake"),
            ),
        )
        for row in queries.undone_merges_into(citizen_id)
        if row.undone_at is not None
    ]
    lines = sorted([*corrected, *merged, *undone], key=lambda one: one[0], reverse=True)
    return tuple(line for _at, line in lines)


def _was(row: queries.OldFact, *, show_numbers: bool) -> str:
    match row.which:
        case CorrectedField.NUMBER:
            if not row.was:
                return _("Ikke kjent")
            return f"{row.was[:6]} {row.was[6:]}" if show_numbers else _("Et annet nummer")
        case CorrectedField.BORN_ON | CorrectedField.DIED_ON if row.was:
            return formats.short_date(date.fromisoformat(row.was), page_language())
        case CorrectedField.NEEDS_INTERPRETER | CorrectedField.LIVES_ALONE if row.was:
            return _("Ja") if row.was == "true" else _("Nei")
    return row.was or _("Ikke skrevet inn")


def _by(name: str, at: datetime, reason: str, *, today: date) -> str:
    when = formats.near_moment(at, today=today, language=page_language())
    return " · ".join(part for part in (reason, name, when) if part)
