"""What the pages of all about one person get."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.exchange.person import gathered, queries
from tillit.exchange.person.collecting import text_columns
from tillit.exchange.person.models import Exemption, Handout, HandoutState, HeldBack
from tillit.exchange.person.queries import About
from tillit.exchange.person.words import word_for
from tillit.exchange.person.writing import ROOMS
from tillit.foundation.jobs.models import JobState
from tillit.foundation.keeping import retention
from tillit.kernel.errors import NotFound
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Action, Column, Crumb, Crumbs, DataTable, ListRow, Progress, RowList, TableRow

ON_A_PAGE = 50
_EARLIER = 10


@dataclass(frozen=True, slots=True)
class AskPage:
    """person/ask.html: take out all about somebody."""

    crumbs: Crumbs | None
    title: str
    name: str
    lead: str
    steps: tuple[str, ...]
    earlier: DataTable | None = field(metadata={"help": "What was taken out before: the trace alone"})
    citizen_id: int | None = field(metadata={"help": "None: about an employee"})
    held: str = field(metadata={"help": "Why nothing is deleted; empty: no hold"})
    hold_error: str


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A room of the file, with its tables that people wrote in."""

    title: str
    tables: RowList


@dataclass(frozen=True, slots=True)
class HandoutPage:
    """person/handout.html: one handout, wherever it is."""

    handout_id: int
    crumbs: Crumbs | None
    title: str
    lead: str
    state: str
    progress: Progress | None
    rooms: tuple[RoomLine, ...] = field(metadata={"help": "REVIEW: what should be read through"})
    quiet: str = field(metadata={"help": "REVIEW: how much holds no free text"})
    held: tuple[str, ...] = field(metadata={"help": "What is held back, by law"})
    facts: tuple[str, ...]
    again_href: str = field(metadata={"help": "Where one asks anew"})


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row with what people wrote."""

    row_id: int
    parts: tuple[tuple[str, str], ...]
    mentions: bool
    is_chosen: bool
    held: str = field(metadata={"help": "The law and the reason; empty: it is handed out"})


@dataclass(frozen=True, slots=True)
class TextsPage:
    """person/texts.html: what people wrote in one table."""

    handout_id: int
    crumbs: Crumbs
    title: str
    lead: str
    label: str
    number: int
    rows: tuple[TextRow, ...]
    previous_href: str
    next_href: str
    shown: str = field(metadata={"help": "«Viser 1–50 av 340»; empty when all fit"})
    may_hold: bool


def ask_page(whom: About, *, hold_error: str = "") -> AskPage:
    """Return the page on which it begins. Two queries."""
    own = whom.is_own
    hold = retention.hold_of(citizen_id=whom.citizen_id) if whom.citizen_id is not None else None
    return AskPage(
        crumbs=_crumbs(whom, _("Alt som er lagret")),
        title=_("Alt som er lagret om deg") if own else _("Alt som er lagret"),
        name="" if own else whom.name,
        lead=_("Opplysninger om deg som medarbeider, i en fil bare du kan hente.")
        if own
        else _("Lag en fil med alt, til den som har rett til å se det."),
        steps=_steps(own),
        earlier=_earlier(whom),
        citizen_id=whom.citizen_id,
        held=_("%(reason)s (%(who)s, %(day)s)")
        % {
            "reason": hold.reason, "who": hold.placed_by.name if hold.placed_by else _("Drift"),
            "day": formats.short_date(hold.placed_at, page_language()),
        }
        if hold
        else "",
        hold_error=hold_error,
    )  # fmt: skip


def _steps(own: bool) -> tuple[str, ...]:
    if own:
        return (
            _("Vi samler opplysningene. Du kan gjøre noe annet imens."),
            _("Du laster ned fila: én side å lese og én fil for maskiner."),
            _("Fila slettes etter noen dager. At du hentet den, står i loggen."),
        )
    return (
        _("Vi samler opplysningene. Du kan gjøre noe annet imens."),
        _("Du leser gjennom det folk har skrevet, og holder tilbake det loven unntar."),
        _("Du laster ned fila og gir den på en trygg måte. Svaret skal gis innen én måned."),
        _("Fila slettes etter noen dager. At den ble laget, og hvorfor, står i loggen."),
    )


def _earlier(whom: About) -> DataTable | None:
    found = list(queries.handouts_about(whom)[:_EARLIER])
    if not found:
        return None
    return DataTable(
        caption=_("Tidligere"),
        columns=(Column(_("Når")), Column(_("Hvem laget den")), Column(_("Hvorfor")), Column(_("Hvor langt"))),
        rows=tuple(
            TableRow(
                (
                    formats.date_and_time(one.made_at, page_language()),
                    one.made_by.name,
                    one.why,
                    one.get_state_display(),
                ),
            )
            for one in found
        ),
    )


def _crumbs(whom: About, last: str, *between: Crumb) -> Crumbs | None:
    if whom.citizen_id is None:
        return None if not between else Crumbs((*between, Crumb(last)))
    citizen = Crumb(whom.name, reverse("citizens:page", args=[whom.citizen_id]))
    return Crumbs((Crumb(_("Brukere"), reverse("citizens:list")), citizen, *between, Crumb(last)))


def _ask_href(whom: About) -> str:
    if whom.citizen_id is not None:
        return reverse("person:citizen", args=[whom.citizen_id])
    return reverse("person:mine") if whom.is_own else reverse("person:employee", args=[whom.employee_id])


def handout_page(handout: Handout, whom: About) -> HandoutPage:
    """Return one handout. Two queries at most: nothing is opened that is sealed."""
    held = list(handout.held_back.order_by("label", "row_id"))
    rooms, quiet = _rooms(handout, held) if handout.state == HandoutState.REVIEW else ((), "")
    failed = handout.job is not None and handout.job.state == JobState.FAILED
    title, lead = _headline(handout, whom, failed)
    busy = handout.state in {HandoutState.GATHERING, HandoutState.PACKING} and not failed
    return HandoutPage(
        handout_id=handout.pk,
        crumbs=_crumbs(whom, title, Crumb(_("Alt som er lagret"), _ask_href(whom))),
        title=title,
        lead=lead,
        state="FAILED" if failed else handout.state,
        progress=_progress(handout) if busy else None,
        rooms=rooms,
        quiet=quiet,
        held=_held(held),
        facts=_facts(handout, whom),
        again_href=_ask_href(whom),
    )


def _headline(handout: Handout, whom: About, failed: bool) -> tuple[str, str]:
    if failed and handout.job is not None:
        return _("Det gikk ikke"), _(
            "En feil stanset arbeidet. Ingenting er hentet ut. Si fra til den som drifter Tillit: %(reference)s."
        ) % {
            "reference": handout.job.reference
        }  # fmt: skip
    until = formats.long_date(handout.keep_until, page_language()) if handout.keep_until else ""
    return {
        HandoutState.GATHERING: (_("Samler opplysningene"), _("Du kan gå fra siden og komme tilbake.")),
        HandoutState.REVIEW: (
            _("Les gjennom før den gis ut"),
            _("Se etter det som handler om andre, eller som kan skade. Resten gis ut som det er."),
        ),
        HandoutState.PACKING: (_("Lager fila"), _("Du kan gå fra siden og komme tilbake.")),
        HandoutState.READY: (
            _("Fila er klar"),
            _("Bare du kan hente den. Den slettes etter %(day)s.") % {"day": until},
        ),
        HandoutState.STOPPED: (_("Stoppet"), _("Det som var samlet, er slettet.")),
        HandoutState.DELETED: (_("Fila er slettet"), _("At den ble laget, og hvorfor, står i loggen.")),
    }[HandoutState(handout.state)]


def _progress(handout: Handout) -> Progress:
    done, total, said = 0, 100, ""
    if handout.job is not None:
        done, total, said = handout.job.done, handout.job.total or 100, handout.job.said
    return Progress(
        heading=_("Samler opplysningene") if handout.state == HandoutState.GATHERING else _("Lager fila"),
        value=done,
        maximum=total,
        shown=formats.percent(done / total, language=page_language()),
        text=said,
        stop=Action(_("Avbryt"), reverse("person:stop", args=[handout.pk]), post=True, variant="tertiary"),
        poll_href=reverse("person:progress", args=[handout.pk]),
    )


def _rooms(handout: Handout, held: list[HeldBack]) -> tuple[tuple[RoomLine, ...], str]:
    """Return the tables people wrote in, by room, and how many rows are plain facts."""
    parts = gathered.parts_of(handout)
    by_room: dict[str, list[ListRow]] = {}
    quiet = 0
    for label, (rows, written, mentions) in handout.counts.items():
        quiet += rows - written
        if not written or label not in parts:
            continue
        back = sum(one.label == label for one in held)
        notes = [ngettext("%(n)d tekst", "%(n)d tekster", written) % {"n": written}]
        if mentions:
            notes.append(_("%(n)d nevner kanskje andre") % {"n": mentions})
        if back:
            notes.append(_("%(n)d holdes tilbake") % {"n": back})
        room = ROOMS[label.partition(".")[0]]
        row = ListRow(parts[label].title, ", ".join(notes), href=texts_href(handout.pk, label))
        by_room.setdefault(room, []).append(row)
    told = ngettext("%(n)s rad er", "%(n)s rader er", quiet) % {"n": formats.number(quiet, language=page_language())}
    said = _("%(rows)s datoer, koder og navn på ansatte. De gis ut som de er.") % {"rows": told} if quiet else ""
    return tuple(RoomLine(title, RowList(tuple(rows))) for title, rows in by_room.items()), said


def _held(held: list[HeldBack]) -> tuple[str, ...]:
    by_law: dict[str, int] = {}
    for one in held:
        by_law[one.exemption] = by_law.get(one.exemption, 0) + 1
    return tuple(f"{count}: {Exemption(code).label}" for code, count in sorted(by_law.items()))


def _facts(handout: Handout, whom: About) -> tuple[str, ...]:
    facts = [handout.why, formats.date_and_time(handout.made_at, page_language())]
    return (*([] if whom.is_own else [whom.name]), *facts)


def texts_href(handout_id: int, label: str, number: int = 1) -> str:
    """Return the address of what people wrote in a table."""
    asked = {"del": label} | ({"side": str(number)} if number > 1 else {})
    return f"{reverse('person:texts', args=[handout_id])}?{urlencode(asked)}"


def texts_page(handout: Handout, whom: About, *, label: str, number: int, chosen: frozenset[int]) -> TextsPage:
    """Return a page of what people wrote, those that seem to tell of others first. Raises NotFound."""
    if handout.state != HandoutState.REVIEW:
        raise NotFound(_("Fant ikke tekstene. Kanskje er fila laget alt."))
    found = queries.tables(handout)
    table = next((one for one in found if one.label == label and text_columns(label, one.part)), None)
    if table is None:
        raise NotFound(_("Fant ikke tekstene."))
    held = {one.row_id: one for one in handout.held_back.filter(label=label)}
    rows = queries.texts(table, others=queries.others_in(found, own_name=whom.name), held=held)
    first = (number - 1) * ON_A_PAGE
    shown = rows[first : first + ON_A_PAGE]
    return TextsPage(
        handout_id=handout.pk,
        crumbs=Crumbs(
            (
                Crumb(_("Les gjennom før den gis ut"), reverse("person:handout", args=[handout.pk])),
                Crumb(table.part.title),
            )
        ),
        title=table.part.title,
        lead=_("Kryss av det som ikke skal gis ut. Tekster som kanskje nevner andre, står først."),
        label=label,
        number=number,
        rows=tuple(
            TextRow(
                row_id=one.row_id,
                parts=tuple((word_for(name), text) for name, text in one.parts),
                mentions=one.mentions,
                is_chosen=one.row_id in chosen,
                held=f"{Exemption(one.held.exemption).label}. {one.held.words}" if one.held else "",
            )
            for one in shown
        ),
        previous_href=texts_href(handout.pk, label, number - 1) if number > 1 else "",
        next_href=texts_href(handout.pk, label, number + 1) if first + ON_A_PAGE < len(rows) else "",
        shown=_("Viser %(first)d–%(last)d av %(all)d")
        % {"first": first + 1, "last": first + len(shown), "all": len(rows)}
        if len(rows) > ON_A_PAGE
        else "",
        may_hold=any(one.held is None for one in shown),
    )
