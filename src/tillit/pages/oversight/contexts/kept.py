"""oversight/kept*.html: what is kept for how long, by which rule, and what the night will delete."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.exchange.person.queries import newest_handouts
from tillit.exchange.person.retention import EXPORTS, RECORDS, waiting_for_archive
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds, whole_municipality
from tillit.foundation.keeping import retention
from tillit.foundation.keeping.models import Removal
from tillit.foundation.keeping.permissions import DECIDE_RETENTION, HOLD_DATA
from tillit.foundation.keeping.retention import InForce, Kind
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Column, Crumb, Crumbs, DataTable, TableRow, Tag

_SHOWN = 12
_WAITING = 100


@dataclass(frozen=True, slots=True)
class KindLine:
    """One kind in the list."""

    title: str
    href: str
    rule: str
    what: str
    due: str = field(metadata={"help": "What the night deletes"})
    held: Tag | None


@dataclass(frozen=True, slots=True)
class KeptPage:
    """oversight/kept.html."""

    title: str
    lead: str
    kinds: tuple[KindLine, ...]
    removals: DataTable | None
    archive: str = field(metadata={"help": "How many wait for the archive; empty: none"})
    archive_href: str = field(metadata={"help": "Empty: for others to do"})


@dataclass(frozen=True, slots=True)
class KindPage:
    """oversight/kept_kind.html."""

    crumbs: Crumbs
    code: str
    title: str
    what: str
    rule: str
    basis: str
    since: str
    source: str
    ahead: str = field(metadata={"help": "A rule that is decided and has not begun"})
    due: str
    held: str
    may_decide: bool
    may_hold: bool
    bounds: str
    hold_error: str
    removals: DataTable | None
    made: DataTable | None = field(
        metadata={"help": "EXPORTS: the newest files, by whom and of what kind; never about whom"}
    )


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """oversight/kept_archive.html."""

    crumbs: Crumbs
    title: str
    lead: str
    waiting: DataTable | None


def kept_page(*, actor: Actor, at: datetime) -> KeptPage:
    """Return every kind. A constant number of queries for each."""
    held = retention.held_kinds()
    waiting = _waiting_count(at)
    night = formats.long_date(oslo.day_of(at) + timedelta(days=1), page_language())
    return KeptPage(
        title=_("Hva som oppbevares hvor lenge"),
        lead=_("Neste sletting er natt til %(day)s. Da slettes det tida er ute for.") % {"day": night},
        kinds=tuple(_line(kind, is_held=kind.code in held, at=at) for kind in retention.kinds()),
        removals=_removals(retention.removals_of(most=_SHOWN), with_kind=True),
        archive=ngettext(
            "%(n)d bruker har tida ute og venter på arkivet", "%(n)d brukere har tida ute og venter på arkivet", waiting
        ) % {"n": waiting} if waiting else "",
        archive_href=reverse("oversight:kept_archive") if _may_decide(actor) else "",
    )  # fmt: skip


def _line(kind: Kind, *, is_held: bool, at: datetime) -> KindLine:
    return KindLine(
        title=str(kind.title),
        href=reverse("oversight:kept_kind", args=[kind.code]),
        rule=_length(kind, retention.in_force(kind, on=oslo.day_of(at))),
        what=str(kind.what),
        due=_due(kind, at=at),
        held=Tag(_("Sperret mot sletting"), "warning", "PadlockLocked") if is_held else None,
    )


def _length(kind: Kind, rule: InForce) -> str:
    if kind.years:
        return ngettext("%(n)d år", "%(n)d år", rule.length) % {"n": rule.length}
    return ngettext("%(n)d dag", "%(n)d dager", rule.length) % {"n": rule.length}


def _due(kind: Kind, *, at: datetime) -> str:
    count = retention.count_due(kind, at=at)
    if not count:
        return _("Ingenting å slette nå")
    number = formats.number(count, language=page_language())
    if kind is RECORDS:
        return ngettext("%(n)s bruker slettes i natt", "%(n)s brukere slettes i natt", count) % {"n": number}
    return ngettext("%(n)s rad slettes i natt", "%(n)s rader slettes i natt", count) % {"n": number}


def kind_page(kind: Kind, *, actor: Actor, at: datetime, hold_error: str = "") -> KindPage:
    """Return one kind with its rule, hold and traces."""
    today = oslo.day_of(at)
    rule = retention.in_force(kind, on=today)
    ahead = retention.ahead_of(kind, on=today)
    hold = retention.hold_of(kind=kind.code)
    return KindPage(
        crumbs=Crumbs((Crumb(_("Hva som oppbevares hvor lenge"), reverse("oversight:kept")), Crumb(str(kind.title)))),
        code=kind.code,
        title=str(kind.title),
        what=str(kind.what),
        rule=_length(kind, rule),
        basis=rule.basis,
        since=_("Fra %(day)s") % {"day": formats.short_date(rule.rule_from, page_language())}
        if rule.rule_from
        else _("Fulgte med Tillit. Kommunen har ikke bestemt noe annet."),
        source=str(kind.source),
        ahead=_("Fra %(day)s: %(length)s. %(basis)s")
        % {
            "day": formats.short_date(ahead.valid_from, page_language()),
            "length": _length(kind, InForce(ahead.length, "")), "basis": ahead.basis,
        }
        if ahead
        else "",
        due=_due(kind, at=at),
        held=_("%(reason)s (%(who)s, %(day)s)")
        % {
            "reason": hold.reason, "who": hold.placed_by.name if hold.placed_by else _("Drift"),
            "day": formats.short_date(hold.placed_at, page_language()),
        }
        if hold
        else "",
        may_decide=_may_decide(actor),
        may_hold=holds(actor, HOLD_DATA, whole_municipality(actor, HOLD_DATA)),
        bounds=_("Fra %(least)d til %(most)d.") % {"least": kind.least, "most": kind.most},
        hold_error=hold_error,
        removals=_removals(retention.removals_of(kind.code, most=_SHOWN), with_kind=False),
        made=_made() if kind is EXPORTS else None,
    )  # fmt: skip


def _made() -> DataTable | None:
    """The trace of what was taken out, to those who look after it: by whom and when, and not about whom."""
    found = newest_handouts(most=_SHOWN)
    if not found:
        return None
    return DataTable(
        caption=_("Sist hentet ut"),
        columns=(Column(_("Når")), Column(_("Av hvem")), Column(_("Om")), Column(_("Hvor langt"))),
        rows=tuple(
            TableRow(
                (
                    formats.date_and_time(one.made_at, page_language()),
                    one.made_by.name,
                    _("En bruker") if one.citizen_id else _("En medarbeider"),
                    one.get_state_display(),
                )
            )
            for one in found
        ),
    )


def _may_decide(actor: Actor) -> bool:
    return holds(actor, DECIDE_RETENTION, whole_municipality(actor, DECIDE_RETENTION))


def _removals(found: list[Removal], *, with_kind: bool) -> DataTable | None:
    if not found:
        return None
    titles = {kind.code: str(kind.title) for kind in retention.kinds()}
    return DataTable(
        caption=_("Sist slettet"),
        columns=(
            Column(_("Når")), *((Column(_("Hva")),) if with_kind else ()), Column(_("Rader"), right=True),
            Column(_("Regel")),
        ),
        rows=tuple(
            TableRow(
                (
                    formats.date_and_time(one.at, page_language()),
                    *((titles.get(one.kind, one.kind),) if with_kind else ()),
                    formats.number(sum(one.counts.values()), language=page_language()),
                    one.basis,
                )
            )
            for one in found
        ),
    )  # fmt: skip


def _waiting_count(at: datetime) -> int:
    return waiting_for_archive(retention.due_now(RECORDS, at=at)).count()


def waiting_number(number: int, *, at: datetime) -> int | None:
    """Return the number of somebody who waits for the archive; None for any other."""
    found = waiting_for_archive(retention.due_now(RECORDS, at=at)).filter(pk=number)
    return found.values_list("pk", flat=True).first()


def archive_page(*, at: datetime) -> ArchivePage:
    """Return those who wait for the archive, by number: whoever looks after this reaches no journals."""
    waiting = waiting_for_archive(retention.due_now(RECORDS, at=at))
    numbers = list(waiting.values_list("pk", flat=True)[:_WAITING])
    return ArchivePage(
        crumbs=Crumbs(
            (Crumb(_("Hva som oppbevares hvor lenge"), reverse("oversight:kept")), Crumb(_("Venter på arkivet")))
        ),
        title=_("Venter på arkivet"),
        lead=_("Tida er ute for disse, men ingenting slettes før arkivet har tatt imot. Numre, ingen navn."),
        waiting=DataTable(
            caption=_("Brukere som venter"),
            columns=(Column(_("Nummer")), Column(_("Fila til arkivet"))),
            rows=tuple(TableRow((str(number), f"./run tillit person {number} {number}.zip")) for number in numbers),
        )
        if numbers
        else None,
    )
