"""surveys/own.html: own instruments; surveys/own_build.html: one of them; surveys/own_form.html: a form about it."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.queries import in_force, within_reach
from tillit.learning.surveys import queries
from tillit.learning.surveys.contexts.findings import number_of, said
from tillit.learning.surveys.contexts.routing import answer_words, shown_when
from tillit.learning.surveys.models import OwnInstrument
from tillit.learning.surveys.permissions import BUILD_SURVEY
from tillit.learning.surveys.rules.building import checks, scales
from tillit.learning.surveys.rules.instruments import Asks, Instrument, Item, Scale
from tillit.learning.surveys.who_answers import WHO
from tillit.ui.choice_text import ChoiceText
from tillit.ui.language import page_language
from tillit.ui.parts import Action, Crumb, Crumbs, ListRow, RowList, Tag


@dataclass(frozen=True, slots=True)
class OwnPage:
    """surveys/own.html."""

    crumbs: Crumbs
    rows: RowList | None = field(metadata={"help": "None: none is made"})
    to_use: RowList | None = field(metadata={"help": "Those made for more than her own units, in use; None: none is"})


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question on the page. code: of the question, in the buttons."""

    code: str
    number: int
    text: str
    notes: tuple[str, ...] = field(metadata={"help": "How it is answered, theme, turned, when it is shown"})
    href: str = field(metadata={"help": "Where it is changed; empty: it is in use"})
    problems: tuple[str, ...]
    warnings: tuple[str, ...]
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class BuildPage:
    """surveys/own_build.html."""

    crumbs: Crumbs
    title: str
    about: str
    tag: Tag
    for_whom: str
    unit_name: str
    version: str
    own_id: int
    edition: int
    is_draft: bool
    rows: tuple[QuestionRow, ...]
    themes: RowList | None
    time: str
    problems: tuple[str, ...] = field(metadata={"help": "Of the whole, not of one question"})
    warnings: tuple[str, ...]
    may_use: bool = field(metadata={"help": "A draft with nothing to mend"})
    to_mend: str = field(metadata={"help": "How much must be mended first; empty: nothing"})
    ask_href: str
    next_href: str = field(metadata={"help": "The version after this one; empty: there is none"})


@dataclass(frozen=True, slots=True)
class OwnFormPage:
    """surveys/own_form.html. remove: words of the button that takes it away; empty: there is none."""

    crumbs: Crumbs
    title: str
    lead: str
    back: str
    submit: str
    more: str = field(default="", metadata={"help": "Words of a button that saves and goes on to the next"})
    remove: str = ""


def own_page(*, actor: Actor) -> OwnPage:
    """Return the page, in two queries."""
    made = queries.list_own(actor=actor)
    hers = {row.pk for row in made}
    rows = tuple(_row(row) for row in made)
    others = tuple(_row_to_use(row) for row in queries.may_ask_with(actor=actor) if row.pk not in hers)
    return OwnPage(
        Crumbs((_top(), Crumb(_("Egne spørreskjemaer")))), RowList(rows) if rows else None,
        RowList(others) if others else None,
    )  # fmt: skip


def _row(row: OwnInstrument) -> ListRow:
    name, note = _name_and_note(row)
    return ListRow(name, note=note, href=reverse("surveys:own_build", args=[row.pk]), end=_tag(row))


def _row_to_use(row: OwnInstrument) -> ListRow:
    name, note = _name_and_note(row)
    href = f"{reverse('surveys:ask')}?sporsmal={row.code}-{row.version}"
    return ListRow(name, note=note, end=Action(_("Bruk"), href, describe=name))


def _name_and_note(row: OwnInstrument) -> tuple[str, str]:
    instrument = queries.instrument_of(row)
    count = len(instrument.items)
    questions = ngettext("%(count)d spørsmål", "%(count)d spørsmål", count) % {"count": count}
    version = _("versjon %(version)d") % {"version": row.version}
    return instrument.name.in_language(page_language()), f"{row.unit.name} · {questions} · {version}"


def _tag(row: OwnInstrument) -> Tag:
    return Tag(_("Utkast"), "warning") if row.in_use_at is None else Tag(_("I bruk"), "success")


def _top() -> Crumb:
    return Crumb(_("Undersøkelser"), reverse("surveys:list"))


def own_crumbs(row: OwnInstrument | None, *last: str) -> Crumbs:
    """Return the way here. row: None on the way to a new one."""
    way = [_top(), Crumb(_("Egne spørreskjemaer"), reverse("surveys:own"))]
    if row is not None:
        href = reverse("surveys:own_build", args=[row.pk]) if last else ""
        way.append(Crumb(queries.instrument_of(row).name.in_language(page_language()), href))
    return Crumbs((*way, *(Crumb(one) for one in last)))


def units_to_build_for(actor: Actor, *, on: date) -> list[tuple[int, str]]:
    """Return the units she may build for, as choices."""
    units = within_reach(actor, BUILD_SURVEY).filter(in_force(on)).order_by("path")
    return list(units.values_list("pk", "name"))


def build_page(*, actor: Actor, row: OwnInstrument) -> BuildPage:
    """Return the page of an instrument she may build on."""
    instrument = queries.instrument_of(row)
    is_draft = row.in_use_at is None
    wrong, think = (checks.problems(instrument), checks.warnings(instrument)) if is_draft else ((), ())
    after = None if is_draft else queries.next_version(row)
    language = page_language()
    return BuildPage(
        crumbs=own_crumbs(row),
        title=instrument.name.in_language(language),
        about=instrument.about.in_language(language),
        tag=_tag(row),
        for_whom=str(dict(WHO)[instrument.for_whom]),
        unit_name=row.unit.name,
        version=_("versjon %(version)d") % {"version": row.version},
        own_id=row.pk,
        edition=row.edition,
        is_draft=is_draft,
        rows=tuple(_question(row, instrument, item, wrong, think) for item in instrument.items),
        themes=_themes(row, instrument, is_draft=is_draft),
        time=_time(instrument),
        problems=tuple(
            said(instrument, one) for one in wrong if not one.item and one.what is not checks.Problem.NO_ITEMS
        ),
        warnings=tuple(said(instrument, one) for one in think if not one.item),
        may_use=is_draft and not wrong,
        to_mend=_to_mend(instrument, wrong),
        ask_href=f"{reverse('surveys:ask')}?sporsmal={row.code}-{row.version}",
        next_href=reverse("surveys:own_build", args=[after.pk]) if after else "",
    )


def _to_mend(instrument: Instrument, wrong: tuple[checks.Found, ...]) -> str:
    if not instrument.items:
        return _("Legg til det første spørsmålet.")
    if not wrong:
        return ""
    return ngettext("Én ting må rettes først.", "%(count)d ting må rettes først.", len(wrong)) % {"count": len(wrong)}


def _time(instrument: Instrument) -> str:
    if not instrument.items:
        return ""
    minutes = checks.minutes_of(instrument)
    return ngettext("Om lag %(count)d minutt.", "Om lag %(count)d minutter.", minutes) % {"count": minutes}


def _question(
    row: OwnInstrument, instrument: Instrument, item: Item, wrong: tuple[checks.Found, ...],
    think: tuple[checks.Found, ...],
) -> QuestionRow:  # fmt: skip
    number = number_of(instrument, item.code)
    language = page_language()
    part = next((part.name.in_language(language) for part in instrument.parts if part.code == item.part), "")
    notes = [scale_words(instrument.scale_of(item))]
    notes += [_("Tema: %(theme)s") % {"theme": part}] if part else []
    notes += [_("Snudd")] if item.reverse else []
    if when := shown_when(instrument, item):
        notes.append(when)
    change = f"{reverse('surveys:own_question', args=[row.pk])}?nr={item.code[1:]}" if row.in_use_at is None else ""
    return QuestionRow(
        item.code, number, item.text.in_language(language), tuple(notes), change,
        tuple(said(instrument, one) for one in wrong if one.item == item.code),
        tuple(said(instrument, one) for one in think if one.item == item.code),
        is_first=number == 1, is_last=number == len(instrument.items),
    )  # fmt: skip


def scale_words(scale: Scale) -> str:
    """Return a way to answer in a few words: «Helt uenig – Helt enig, 1–5»."""
    if scale.asks is Asks.TEXT:
        return _("Egne ord")
    words = [word.in_language(page_language()) for word in scale.words]
    if scales.answers_on(scale)[:2] == (0, 1) and scale.most == 1:
        said_as = " / ".join(words)
    else:
        said_as = f"{words[0]} – {words[-1]}, {scale.least}–{scale.most}"
    return f"{said_as} / {scale.beside.in_language(page_language())}" if scale.beside else said_as


def leads(instrument: Instrument, code: str) -> list[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """Return the questions before this one that can lead to it, with their answers. code: empty for a new one, last.

    The one it hangs on now is there too, wherever it stands: what was chosen is not lost by looking.
    """
    found = []
    own = next((item for item in instrument.items if item.code == code), None)
    now = own.only_if[0] if own is not None and own.only_if else ""
    passed = False
    for number, item in enumerate(instrument.items, 1):
        passed = passed or item.code == code
        if passed and item.code != now:
            continue
        scale = instrument.scale_of(item)
        if scales.can_lead(scale):
            found.append((item.code, f"{number}. {item.text.in_language(page_language())}", answer_words(scale)))
    return found


def _themes(row: OwnInstrument, instrument: Instrument, *, is_draft: bool) -> RowList | None:
    language = page_language()
    rows = []
    for part in instrument.parts:
        count = len(instrument.items_of(part.code))
        questions = ngettext("%(count)d spørsmål", "%(count)d spørsmål", count) % {"count": count}
        says = part.says.in_language(language)
        href = f"{reverse('surveys:own_theme', args=[row.pk])}?nr={part.code[1:]}" if is_draft else ""
        rows.append(ListRow(part.name.in_language(language), more=says, note=questions, href=href))
    return RowList(tuple(rows)) if rows else None


def made_words(row: OwnInstrument) -> ChoiceText:
    """Return what a choice of it says: its name, and beneath what it is for and whose it is."""
    instrument, language = queries.instrument_of(row), page_language()
    about = instrument.about.in_language(language).rstrip(".")
    whose = _("Laget for %(unit)s.") % {"unit": row.unit.name}
    return ChoiceText(instrument.name.in_language(language), f"{about}. {whose}" if about else whose)
