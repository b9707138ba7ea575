"""Pilots: the list, one of them, what is said of it, its teams and its steps."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.organisation.models import UnitKind
from tillit.kernel import clock, oslo
from tillit.learning.improvement import actions
from tillit.learning.improvement.contexts.form_page import FormPage, pilot_crumbs, top_crumb
from tillit.learning.improvement.contexts.index import index_page
from tillit.learning.improvement.contexts.pilot import pilot_page
from tillit.learning.improvement.forms import EditPilotForm, EndForm, PilotForm, TeamForm
from tillit.learning.improvement.models import Pilot, Variant
from tillit.learning.improvement.permissions import RUN_PILOT, SEE_PILOTS
from tillit.learning.improvement.queries import (
    get_team,
    runnable_units,
    teams_to_choose,
)
from tillit.learning.improvement.views.writing import seen, to_change, written
from tillit.ui import toasts
from tillit.ui.clashing import posted
from tillit.ui.parts import Action, Crumb, Crumbs

_FORM = require_http_methods(["GET", "POST"])


@never_cache
@require_GET
@requires(SEE_PILOTS)
def index(request: ActorRequest) -> HttpResponse:
    """List the pilots one sees."""
    return render(request, "improvement/index.html", {"page": index_page(actor=request.actor)})


@never_cache
@require_GET
@requires(SEE_PILOTS)
def pilot(request: ActorRequest, pilot_id: int) -> HttpResponse:
    """Show one pilot."""
    page = pilot_page(actor=request.actor, pilot_id=pilot_id, now=clock.now())
    return render(request, "improvement/pilot.html", {"page": page})


@never_cache
@_FORM
@requires(RUN_PILOT)
def new(request: ActorRequest) -> HttpResponse:
    """Make a pilot with its first teams."""
    now = clock.now()
    today = oslo.day_of(now)
    units = runnable_units(actor=request.actor, on=today)
    teams = [one for one in units if one.kind in (UnitKind.TEAM, UnitKind.SPECIAL_TEAM)]
    form = PilotForm(
        posted(request),
        units=[(one.pk, one.name) for one in units],
        teams=[(one.pk, one.name) for one in teams],
        initial={"variant": Variant.MODEL_1, "teams": [teams[0].pk] if len(teams) == 1 else []},
    )
    page = FormPage(
        crumbs=Crumbs((top_crumb(), Crumb(_("Ny pilot")))),
        title=_("Ny pilot"),
        lead=_("Ingen team er i pilot før nullpunktet er fryst. Det gjør dere etterpå."),
        submit=_("Lag piloten"),
        back=reverse("improvement:index"),
    )

    def act() -> Pilot:
        data = form.cleaned_data
        return actions.make_pilot(
            actor=request.actor,
            unit_id=data["unit"],
            name=data["name"],
            tries=data["tries"],
            team_ids=data["teams"],
            variant=data["variant"],
            own_words=data["own_words"],
            joined_on=data["joined_on"],
            is_order_drawn=data["is_order_drawn"],
            at=now,
        )

    return written(request, page, form, act, _("Piloten er laget. Velg hva dere måler, og frys nullpunktet."))


@never_cache
@_FORM
@requires(RUN_PILOT)
def change(request: ActorRequest, pilot_id: int) -> HttpResponse:
    """Change what is said of a pilot."""
    found = to_change(request, pilot_id)
    form = EditPilotForm(
        posted(request),
        initial={"edition": found.edition, "name": found.name, "tries": found.tries,
                 "is_order_drawn": found.is_order_drawn},
    )  # fmt: skip
    page = FormPage(pilot_crumbs(found, _("Endre")), _("Endre piloten"), "", _("Lagre"), _href(found))

    def act() -> Pilot:
        data = form.cleaned_data
        return actions.change_pilot(
            actor=request.actor, pilot_id=pilot_id, edition=form.seen(), name=data["name"], tries=data["tries"],
            is_order_drawn=data["is_order_drawn"], at=clock.now(),
        )  # fmt: skip

    return written(request, page, form, act, _("Piloten er endret."))


@never_cache
@_FORM
@requires(RUN_PILOT)
def add_team(request: ActorRequest, pilot_id: int) -> HttpResponse:
    """Let a team join."""
    found = to_change(request, pilot_id)
    units = teams_to_choose(unit=found.unit, on=oslo.day_of(clock.now()), but=found)
    form = TeamForm(
        posted(request),
        teams=[(one.pk, one.name) for one in units],
        initial={"edition": found.edition, "variant": Variant.MODEL_1},
    )
    lead = _("Et team i ordinær drift er med for å sammenlikne, og trenger nullpunkt som de andre.")
    if not units:
        lead = _("Alle teamene under %(unit)s er med.") % {"unit": found.unit.name}
    page = FormPage(pilot_crumbs(found, _("Ta med et team")), _("Ta med et team"), lead, _("Ta med"), _href(found))

    def act() -> Pilot:
        data = form.cleaned_data
        return actions.add_team(
            actor=request.actor, pilot_id=pilot_id, edition=form.seen(), unit_id=data["unit"],
            variant=data["variant"], own_words=data["own_words"], joined_on=data["joined_on"], at=clock.now(),
        )  # fmt: skip

    return written(request, page, form, act, _("Teamet er med. Det trenger nullpunkt før det er i pilot."))


@never_cache
@_FORM
@requires(RUN_PILOT)
def change_team(request: ActorRequest, pilot_id: int, team_id: int) -> HttpResponse:
    """Change what a team tries and from when."""
    found = to_change(request, pilot_id)
    team = get_team(pilot=found, team_id=team_id)
    form = TeamForm(
        posted(request),
        initial={"edition": found.edition, "variant": team.variant, "own_words": team.own_words,
                 "joined_on": team.joined_on},
    )  # fmt: skip
    page = FormPage(
        pilot_crumbs(found, team.unit.name), team.unit.name, "", _("Lagre"), _href(found),
        beside=Action(
            _("Ta teamet ut av piloten"), reverse("improvement:remove_team", args=[pilot_id, team_id]), post=True,
            fields={"edition": str(found.edition)}, variant="tertiary", colour="danger",
        ),
    )  # fmt: skip

    def act() -> Pilot:
        data = form.cleaned_data
        return actions.change_team(
            actor=request.actor, pilot_id=pilot_id, team_id=team_id, edition=form.seen(), variant=data["variant"],
            own_words=data["own_words"], joined_on=data["joined_on"], at=clock.now(),
        )  # fmt: skip

    return written(request, page, form, act, _("Teamet er endret."))


@never_cache
@_FORM
@requires(RUN_PILOT)
def end(request: ActorRequest, pilot_id: int) -> HttpResponse:
    """End a pilot."""
    found = to_change(request, pilot_id)
    form = EndForm(posted(request), initial={"edition": found.edition})
    page = FormPage(
        pilot_crumbs(found, _("Avslutt")), _("Avslutt piloten"),
        _("Tallene, loggen og nullpunktet blir stående."), _("Avslutt"), _href(found),
    )  # fmt: skip

    def act() -> Pilot:
        data = form.cleaned_data
        return actions.end_pilot(
            actor=request.actor, pilot_id=pilot_id, edition=form.seen(), outcome=data["outcome"], words=data["words"],
            at=clock.now(),
        )  # fmt: skip

    return written(request, page, form, act, _("Piloten er avsluttet."))


@require_POST
@requires(RUN_PILOT)
def start(request: ActorRequest, pilot_id: int) -> HttpResponse:
    """Set a pilot «i pilot»."""
    return _pressed(request, pilot_id, actions.start_pilot, _("Piloten er i gang."))


@require_POST
@requires(RUN_PILOT)
def evaluate(request: ActorRequest, pilot_id: int) -> HttpResponse:
    """Begin to evaluate."""
    return _pressed(request, pilot_id, actions.evaluate_pilot, _("Evalueringen er i gang. Teamene fortsetter som før."))


@require_POST
@requires(RUN_PILOT)
def go_on(request: ActorRequest, pilot_id: int) -> HttpResponse:
    """Go on after an evaluation."""
    return _pressed(request, pilot_id, actions.go_on, _("Piloten fortsetter."))


@require_POST
@requires(RUN_PILOT)
def begin_team(request: ActorRequest, pilot_id: int, team_id: int) -> HttpResponse:
    """Let a team that joined later begin."""
    actions.begin_team(actor=request.actor, pilot_id=pilot_id, team_id=team_id, edition=seen(request), at=clock.now())
    toasts.say(request, _("Teamet er i pilot."))
    return redirect("improvement:pilot", pilot_id)


@require_POST
@requires(RUN_PILOT)
def remove_team(request: ActorRequest, pilot_id: int, team_id: int) -> HttpResponse:
    """Take a team out."""
    actions.remove_team(actor=request.actor, pilot_id=pilot_id, team_id=team_id, edition=seen(request), at=clock.now())
    toasts.say(request, _("Teamet er tatt ut av piloten."))
    return redirect("improvement:pilot", pilot_id)


def _pressed(request: ActorRequest, pilot_id: int, act: Callable[..., Pilot], told: str) -> HttpResponse:
    act(actor=request.actor, pilot_id=pilot_id, edition=seen(request), at=clock.now())
    toasts.say(request, told)
    return redirect("improvement:pilot", pilot_id)


def _href(found: Pilot) -> str:
    return reverse("improvement:pilot", args=[found.pk])
