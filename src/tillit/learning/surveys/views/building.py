"""Make an own instrument: one page with its questions, and a form for each part of it. Nothing is asked here."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.foundation.access.actor import Scope
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import require
from tillit.kernel import clock, oslo
from tillit.kernel.errors import NotFound
from tillit.learning.surveys import actions, queries
from tillit.learning.surveys.contexts import building
from tillit.learning.surveys.contexts.building import OwnFormPage
from tillit.learning.surveys.forms.building import (
    HeadForm,
    QuestionForm,
    ThemeForm,
    initial_of,
    initial_of_head,
    initial_of_question,
)
from tillit.learning.surveys.models import OwnInstrument
from tillit.learning.surveys.permissions import BUILD_SURVEY
from tillit.learning.surveys.rules.building import scales
from tillit.learning.surveys.rules.instruments import Asks, Instrument
from tillit.ui import toasts
from tillit.ui.clashing import posted
from tillit.ui.writing import written

_FORM = require_http_methods(["GET", "POST"])


@never_cache
@require_GET
@requires(BUILD_SURVEY)
def index(request: ActorRequest) -> HttpResponse:
    """Show what is made."""
    return render(request, "surveys/own.html", {"page": building.own_page(actor=request.actor)})


@never_cache
@_FORM
@requires(BUILD_SURVEY)
def new(request: ActorRequest) -> HttpResponse:
    """Begin one: its name, what it is for, who answers."""
    units = building.units_to_build_for(request.actor, on=oslo.day_of(clock.now()))
    form = HeadForm(posted(request), units=units, initial={"unit": units[0][0] if len(units) == 1 else None})
    page = OwnFormPage(
        building.own_crumbs(None, _("Nytt spørreskjema")), _("Nytt spørreskjema"),
        _("Spørsmålene kommer på neste side. Du kan endre alt til det tas i bruk."),
        reverse("surveys:own"), _("Lag utkastet"),
    )  # fmt: skip

    def act() -> str:
        row = actions.make_instrument(
            actor=request.actor, unit_id=form.cleaned_data["unit"], name=form.said_in("name"),
            about=form.said_in("about"), for_whom=form.cleaned_data["for_whom"], at=clock.now(),
        )  # fmt: skip
        return reverse("surveys:own_build", args=[row.pk])

    return written(request, "surveys/own_form.html", page, form, act, _("Utkastet er laget. Legg til spørsmål."))


@never_cache
@require_GET
@requires(BUILD_SURVEY)
def build(request: ActorRequest, own_id: int) -> HttpResponse:
    """Show one with its questions, what must be mended, and what to think of."""
    row = _row(request, own_id)
    return render(request, "surveys/own_build.html", {"page": building.build_page(actor=request.actor, row=row)})


@never_cache
@_FORM
@requires(BUILD_SURVEY)
def head(request: ActorRequest, own_id: int) -> HttpResponse:
    """Change name, purpose and who answers."""
    row, instrument = _draft(request, own_id)
    form = HeadForm(posted(request), initial={"edition": row.edition, **initial_of_head(instrument)})
    page = OwnFormPage(building.own_crumbs(row, _("Navn og formål")), _("Navn og formål"), "", _back(row), _("Lagre"))

    def act() -> str:
        actions.change_head(
            actor=request.actor, own_id=own_id, edition=form.seen(), name=form.said_in("name"),
            about=form.said_in("about"), for_whom=form.cleaned_data["for_whom"], at=clock.now(),
        )  # fmt: skip
        return _back(row)

    return written(request, "surveys/own_form.html", page, form, act, _("Lagret."))


@never_cache
@_FORM
@requires(BUILD_SURVEY)
def question(request: ActorRequest, own_id: int) -> HttpResponse:
    """Add a question, or change the one that «nr» names. The next begins as the one before was answered."""
    row, instrument = _draft(request, own_id)
    code = _named(request, "Q")
    item = next((one for one in instrument.items if one.code == code), None)
    if code and item is None:
        raise NotFound(_("Fant ikke spørsmålet."))
    form = QuestionForm(
        posted(request),
        scales=[(one.code, building.scale_words(one)) for one in scales.CHOICES],
        parts=[(one.code, one.name.nb) for one in instrument.parts],
        leads=building.leads(instrument, code),
        initial={"edition": row.edition, **(initial_of_question(item) if item else _as_before(instrument))},
    )
    title = _("Spørsmål %(number)d") % {"number": instrument.items.index(item) + 1} if item else _("Nytt spørsmål")
    page = OwnFormPage(
        building.own_crumbs(row, title), title, "", _back(row), _("Lagre"),
        more="" if item else _("Lagre og legg til neste"),
    )  # fmt: skip

    def act() -> str:
        actions.put_question(
            actor=request.actor, own_id=own_id, edition=form.seen(), item=form.item(code),
            new_theme=form.cleaned_data["new_theme"], at=clock.now(),
        )  # fmt: skip
        return reverse("surveys:own_question", args=[own_id]) if "more" in request.POST else _back(row)

    return written(request, "surveys/own_question.html", page, form, act, _("Spørsmålet er lagret."))


@never_cache
@_FORM
@requires(BUILD_SURVEY)
def theme(request: ActorRequest, own_id: int) -> HttpResponse:
    """Add a theme, or change or take away the one that «nr» names."""
    row, instrument = _draft(request, own_id)
    code = _named(request, "T")
    part = next((one for one in instrument.parts if one.code == code), None)
    if code and part is None:
        raise NotFound(_("Fant ikke temaet."))
    begins = {**initial_of("name", part.name), **initial_of("says", part.says)} if part else {}
    form = ThemeForm(posted(request), initial={"edition": row.edition, **begins})
    title = part.name.nb if part else _("Nytt tema")
    page = OwnFormPage(
        building.own_crumbs(row, title), title,
        _("Spørsmålene i et tema får ett felles gjennomsnitt. Bruk minst tre spørsmål."), _back(row), _("Lagre"),
        remove=_("Fjern temaet") if part else "",
    )  # fmt: skip
    if part and "remove" in request.POST:
        actions.remove_theme(
            actor=request.actor, own_id=own_id, edition=_edition(request), code=code, at=clock.now()
        )  # fmt: skip
        toasts.say(request, _("Temaet er fjernet. Spørsmålene står for seg selv."))
        return redirect(_back(row))

    def act() -> str:
        actions.put_theme(
            actor=request.actor, own_id=own_id, edition=form.seen(), part=form.part(code), at=clock.now()
        )  # fmt: skip
        return _back(row)

    return written(request, "surveys/own_form.html", page, form, act, _("Temaet er lagret."))


@require_POST
@requires(BUILD_SURVEY)
def order(request: ActorRequest, own_id: int) -> HttpResponse:
    """Move a question up or down, or take it out: «press» is «up-Q3», «down-Q3» or «out-Q3»."""
    way, _dash, code = request.POST.get("press", "").partition("-")
    said: dict[str, Any] = {
        "actor": request.actor, "own_id": own_id, "edition": _edition(request), "code": code, "at": clock.now(),
    }  # fmt: skip
    if way == "out":
        actions.remove_question(**said)
        toasts.say(request, _("Spørsmålet er fjernet."))
        return redirect("surveys:own_build", own_id)
    actions.move_question(**said, by=-1 if way == "up" else 1)
    return redirect(f"{reverse('surveys:own_build', args=[own_id])}#{code}")


@require_POST
@requires(BUILD_SURVEY)
def use(request: ActorRequest, own_id: int) -> HttpResponse:
    """Put it in use: from here on it never changes."""
    actions.put_in_use(actor=request.actor, own_id=own_id, edition=_edition(request), at=clock.now())
    toasts.say(request, _("Spørreskjemaet er tatt i bruk. Nå kan du starte en undersøkelse med det."))
    return redirect("surveys:own_build", own_id)


@require_POST
@requires(BUILD_SURVEY)
def copy(request: ActorRequest, own_id: int) -> HttpResponse:
    """Begin the next version."""
    made = actions.copy_instrument(actor=request.actor, own_id=own_id, edition=_edition(request), at=clock.now())
    toasts.say(request, _("Dette er utkastet til neste versjon. Den gamle står som den var."))
    return redirect("surveys:own_build", made.pk)


@require_POST
@requires(BUILD_SURVEY)
def discard(request: ActorRequest, own_id: int) -> HttpResponse:
    """Throw a draft away."""
    actions.discard_instrument(actor=request.actor, own_id=own_id, edition=_edition(request), at=clock.now())
    toasts.say(request, _("Utkastet er slettet."))
    return redirect("surveys:own")


def _row(request: ActorRequest, own_id: int) -> OwnInstrument:
    row = queries.get_own(actor=request.actor, own_id=own_id)
    require(request.actor, BUILD_SURVEY, Scope((row.unit.path,)))
    return row


def _draft(request: ActorRequest, own_id: int) -> tuple[OwnInstrument, Instrument]:
    row = _row(request, own_id)
    if row.in_use_at is not None:
        raise actions.InUse(_("Spørreskjemaet er tatt i bruk og kan ikke endres. Lag en ny versjon."))
    return row, queries.instrument_of(row)


def _named(request: ActorRequest, letter: str) -> str:
    """Return the code of what the address names by «nr»; empty when it names nothing."""
    number = request.GET.get("nr", "")
    if number and not (number.isdecimal() and number.isascii() and len(number) < 6):
        raise NotFound(_("Fant ikke siden."))
    return f"{letter}{int(number)}" if number else ""


def _as_before(instrument: Instrument) -> dict[str, Any]:
    last = next((one for one in reversed(instrument.items) if instrument.scale_of(one).asks is not Asks.TEXT), None)
    return {"scale": last.scale, "part": last.part} if last else {"scale": scales.CHOICES[0].code}


def _back(row: OwnInstrument) -> str:
    return reverse("surveys:own_build", args=[row.pk])


def _edition(request: ActorRequest) -> int:
    text = request.POST.get("edition", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
