"""The plan page. Every press is one act; what was typed stays when something is refused or a colleague was first."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tillit.care.careplans import actions, contexts, examples, forms, queries
from tillit.care.careplans.contexts import Opened, PlanPage
from tillit.care.careplans.contexts.sharing import sharing_page
from tillit.care.careplans.models import GoalState
from tillit.care.careplans.permissions import READ_PLAN, RECORD_PROGRESS, START_PLAN, WRITE_PLAN
from tillit.care.citizens.queries import get_citizen
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile, NotFound
from tillit.ui import toasts

_WRITE = re.compile(r"(?P<kind>behov|mal|tiltak|framgang)(-(?P<subject>\d+))?")
_KINDS: dict[str, contexts.FormKind] = {
    "behov": "need",
    "mal": "goal",
    "tiltak": "intervention",
    "framgang": "progress",
}


@never_cache
@require_GET
@requires(READ_PLAN)
def show(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show the draft being written, or the plan in use; ?skriv= opens a form in its place."""
    opened = _asked(request)
    page = contexts.plan_page(
        actor=request.actor,
        citizen_id=citizen_id,
        at=clock.now(),
        opened=opened,
        in_use=request.GET.get("vis") == "bruk",
    )
    if opened and (page.state == "draft") == (opened.kind == "progress"):
        return redirect("careplans:plan_edit", citizen_id)
    return _answer(request, page, _form_of(page, opened) if opened else None)


@never_cache
@require_GET
@requires(READ_PLAN)
def sharing(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show who has what of the help, and what falls between the units that follow the citizen."""
    page = sharing_page(actor=request.actor, citizen_id=citizen_id, at=clock.now())
    return render(request, "careplans/sharing.html", {"page": page})


@never_cache
@require_POST
@requires(WRITE_PLAN)
def begin(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Begin a draft, or continue on the one there is; «skriv» opens a form in it."""
    actions.take_up_draft(actor=request.actor, citizen_id=citizen_id, at=clock.now())
    href = reverse("careplans:plan_edit", args=[citizen_id])
    wanted = request.POST.get("skriv", "")
    return redirect(f"{href}?skriv={wanted}" if _WRITE.fullmatch(wanted) else href)


@never_cache
@require_POST
@requires(WRITE_PLAN)
def drop(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Put the draft away."""
    at = clock.now()
    plan_id, edition = _draft(request, citizen_id, at=at)
    actions.drop_draft(actor=request.actor, plan_id=plan_id, edition=edition, at=at)
    toasts.say(request, _("Utkastet er lagt bort. Planen som er i bruk, er som før."))
    return redirect("careplans:plan_edit", citizen_id)


@never_cache
@require_POST
@requires(START_PLAN)
def start(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Take the draft into use; the page says what is missing when it is not ready."""
    at = clock.now()
    plan_id, edition = _draft(request, citizen_id, at=at)
    follows = contexts.consequences_text(actor=request.actor, citizen_id=citizen_id, at=at)
    try:
        actions.start_plan(actor=request.actor, plan_id=plan_id, edition=edition, at=at)
    except (actions.PlanNotReady, ChangedMeanwhile) as refused:
        page = contexts.plan_page(actor=request.actor, citizen_id=citizen_id, at=at)
        status = 409 if isinstance(refused, ChangedMeanwhile) else 422
        return _answer(request, contexts.with_meanwhile(page, refused.text, ()), None, status=status)
    toasts.say(request, " ".join(filter(None, (_("Planen er tatt i bruk."), follows))))
    return _go(request, citizen_id)


@never_cache
@require_POST
@requires(WRITE_PLAN)
def need(request: ActorRequest, citizen_id: int, subject_id: int | None = None) -> HttpResponse:
    """Add, change or take out a need."""

    def write(plan_id: int, edition: int, form: Any, at: datetime) -> str:
        text = form.cleaned_data["text"]
        if subject_id is None:
            actions.add_need(actor=request.actor, plan_id=plan_id, edition=edition, text=text, at=at)
            return _("Behovet er lagt til.")
        actions.change_need(actor=request.actor, plan_id=plan_id, edition=edition, need_id=subject_id, text=text, at=at)
        return _("Behovet er endret.")

    def remove(plan_id: int, edition: int, at: datetime) -> str:
        assert subject_id is not None
        actions.remove_need(actor=request.actor, plan_id=plan_id, edition=edition, need_id=subject_id, at=at)
        return _("Behovet er tatt ut av utkastet.")

    return _written(request, citizen_id, Opened("need", subject_id), write, remove)


@never_cache
@require_POST
@requires(WRITE_PLAN)
def goal(request: ActorRequest, citizen_id: int, subject_id: int | None = None) -> HttpResponse:
    """Add, change or take out a goal."""

    def write(plan_id: int, edition: int, form: Any, at: datetime) -> str:
        facts = form.facts()
        if subject_id is None:
            actions.add_goal(actor=request.actor, plan_id=plan_id, edition=edition, facts=facts, at=at)
            return _("Målet er lagt til.")
        actions.change_goal(
            actor=request.actor, plan_id=plan_id, edition=edition, goal_id=subject_id, facts=facts, at=at
        )
        return _("Målet er endret.")

    def remove(plan_id: int, edition: int, at: datetime) -> str:
        assert subject_id is not None
        actions.remove_goal(actor=request.actor, plan_id=plan_id, edition=edition, goal_id=subject_id, at=at)
        return _("Målet er tatt ut av utkastet. Tiltakene står igjen.")

    return _written(request, citizen_id, Opened("goal", subject_id, _number(request, "under")), write, remove)


@never_cache
@require_POST
@requires(WRITE_PLAN)
def intervention(request: ActorRequest, citizen_id: int, subject_id: int | None = None) -> HttpResponse:
    """Add, change or take out an intervention."""

    def write(plan_id: int, edition: int, form: Any, at: datetime) -> str:
        facts = form.facts()
        if subject_id is None:
            actions.add_intervention(actor=request.actor, plan_id=plan_id, edition=edition, facts=facts, at=at)
            return _("Tiltaket er lagt til.")
        actions.change_intervention(
            actor=request.actor, plan_id=plan_id, edition=edition, intervention_id=subject_id, facts=facts, at=at
        )
        return _("Tiltaket er endret.")

    def remove(plan_id: int, edition: int, at: datetime) -> str:
        assert subject_id is not None
        actions.remove_intervention(
            actor=request.actor, plan_id=plan_id, edition=edition, intervention_id=subject_id, at=at
        )
        return _("Tiltaket er tatt ut av utkastet.")

    return _written(request, citizen_id, Opened("intervention", subject_id, _number(request, "under")), write, remove)


@never_cache
@require_POST
@requires(WRITE_PLAN)
def preview(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Read back what is chosen so far, as one sentence."""
    at = clock.now()
    citizen = get_citizen(actor=request.actor, citizen_id=citizen_id, at=at)
    carrying = queries.carrying_of(citizen.pk, citizen.first_name, today=oslo.day_of(at))
    form = forms.InterventionForm(request.POST, goals=(), competences=(), units=carrying.choices())
    form.full_clean()
    recurrence, minutes = form.recurrence(), form.cleaned_data.get("minutes")
    text = ""
    if recurrence and minutes and form.times():
        text = queries.becomes_text(
            recurrence,
            form.times(),
            minutes=minutes,
            helpers=form.cleaned_data.get("helpers") or 1,
            unit=carrying.name_of(form.cleaned_data.get("unit_id")),
        )
    return render(request, "careplans/plan.html#becomes", {"becomes": text})


@never_cache
@require_POST
@requires(RECORD_PROGRESS)
def progress(request: ActorRequest, citizen_id: int, goal_id: int) -> HttpResponse:
    """Write down how far the citizen has come with a goal."""
    at = clock.now()
    form = forms.ProgressForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.record_goal_progress(
                actor=request.actor, goal_id=goal_id, on=data["on"], value=data["value"], words=data["words"], at=at
            )
        except ActionRefused as refused:
            form.add_error(None, refused.text)
        else:
            toasts.say(request, _("Det er skrevet ned."))
            return _go(request, citizen_id)
    page = contexts.plan_page(
        actor=request.actor, citizen_id=citizen_id, at=at, opened=Opened("progress", goal_id), in_use=True
    )
    return _answer(request, page, form, status=422)


@never_cache
@require_POST
@requires(RECORD_PROGRESS)
def goal_state(request: ActorRequest, citizen_id: int, goal_id: int) -> HttpResponse:
    """Say that a goal is reached or no longer matters; «Angre» says that it is active after all."""
    at = clock.now()
    state = request.POST.get("state") or GoalState.ACTIVE.value
    page = contexts.plan_page(actor=request.actor, citizen_id=citizen_id, at=at)
    actions.mark_goal(actor=request.actor, goal_id=goal_id, state=state, on=page.today, at=at)
    texts = {
        GoalState.REACHED.value: _("Målet er nådd. Se om hjelpen kan bli mindre."),
        GoalState.DROPPED.value: _("Målet er lagt bort."),
        GoalState.ACTIVE.value: _("Målet pågår."),
    }
    undo = reverse("careplans:goal_state", args=[citizen_id, goal_id]) if state != GoalState.ACTIVE.value else ""
    toasts.say(request, texts[state], undo_href=undo)
    return _go(request, citizen_id)


Write = Callable[[int, int, Any, datetime], str]
Remove = Callable[[int, int, datetime], str]


def _written(request: ActorRequest, citizen_id: int, opened: Opened, write: Write, remove: Remove) -> HttpResponse:
    """One press in the draft: write what the form says, or take the thing out."""
    at = clock.now()
    plan_id, edition = _draft(request, citizen_id, at=at)
    page = contexts.plan_page(actor=request.actor, citizen_id=citizen_id, at=at, opened=opened)
    form = _form_of(page, opened, data=request.POST)
    is_removal = opened.subject_id is not None and request.POST.get("act") == "remove"
    if is_removal or form.is_valid():
        try:
            said = remove(plan_id, edition, at) if is_removal else write(plan_id, edition, form, at)
        except ChangedMeanwhile as changed:
            return _changed(request, page, opened, changed)
        except actions.StrangeFacts as strange:
            form.add_error(strange.fact if strange.fact in form.fields else None, strange.text)
        else:
            return _done(request, citizen_id, said, at=at)
    return _answer(request, page, form, status=422)


def _changed(request: ActorRequest, page: PlanPage, opened: Opened, changed: ChangedMeanwhile) -> HttpResponse:
    """Show both: what the writer typed, in the form, and how it stands now. Saving again stores what was typed."""
    data = request.POST.copy()
    data["edition"] = str(changed.now)
    content = queries.content_of(page.plan_id or 0)
    theirs: tuple[contexts.Choice, ...] = ()
    if opened.kind == "goal":
        theirs = next((contexts.goal_facts(one) for one in content.goals if one.goal_id == opened.subject_id), ())
    elif opened.kind == "intervention":
        theirs = next(
            (
                contexts.intervention_facts(one)
                for one in content.interventions
                if one.intervention_id == opened.subject_id
            ),
            (),
        )
    elif opened.kind == "need":
        theirs = tuple((_("Behovet"), one.text) for one in content.needs if one.need_id == opened.subject_id)
    shown = contexts.with_meanwhile(page, changed.text, theirs)
    return _answer(request, shown, _form_of(page, opened, data=data), status=409)


def _done(request: ActorRequest, citizen_id: int, said: str, *, at: datetime) -> HttpResponse:
    if not _is_htmx(request):
        toasts.say(request, said)
        return redirect("careplans:plan_edit", citizen_id)
    page = contexts.plan_page(actor=request.actor, citizen_id=citizen_id, at=at)
    return _answer(request, contexts.with_words(page, said), None)


def _go(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Back to the page; htmx is told to load it whole, for more than the plan has changed."""
    href = reverse("careplans:plan_edit", args=[citizen_id])
    if _is_htmx(request):
        response = HttpResponse()
        response["HX-Redirect"] = href
        return response
    return redirect(href)


def _answer(
    request: ActorRequest, page: PlanPage, form: django_forms.Form | None, *, status: int = 200
) -> HttpResponse:
    template = "careplans/plan.html#plan" if _is_htmx(request) else "careplans/plan.html"
    response = render(request, template, {"page": page, "form": form}, status=status)
    response["Vary"] = "HX-Request"
    return response


def _is_htmx(request: ActorRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _asked(request: ActorRequest) -> Opened | None:
    found = _WRITE.fullmatch(request.GET.get("skriv", ""))
    if not found:
        return None
    kind = _KINDS[found["kind"]]
    under = _number(request, "behov" if kind == "goal" else "mal")
    return Opened(kind, int(found["subject"]) if found["subject"] else None, under, request.GET.get("eksempel", ""))


def _number(request: ActorRequest, name: str) -> int | None:
    text = request.POST.get(name) or request.GET.get(name) or ""
    return int(text) if text.isdigit() else None


def _draft(request: ActorRequest, citizen_id: int, *, at: datetime) -> tuple[int, int]:
    """The draft that is being written and the edition the writer has seen; NotFound when it is gone."""
    get_citizen(actor=request.actor, citizen_id=citizen_id, at=at)
    draft = queries.draft_of(citizen_id)
    if draft is None:
        raise NotFound(_("Utkastet er tatt i bruk eller lagt bort."))
    return draft.plan_id, _number(request, "edition") or 0


def _form_of(page: PlanPage, opened: Opened, *, data: Any = None) -> django_forms.Form:
    """The open form: empty, from an example, with what is stored, or with what was typed."""
    if opened.kind == "progress":
        return forms.ProgressForm(data, initial={"on": page.today})
    initial: dict[str, Any] = {"edition": page.edition}
    content = queries.content_of(page.plan_id) if page.plan_id and opened.subject_id is not None else None
    if opened.kind == "need":
        stored = [one.text for one in content.needs if one.need_id == opened.subject_id] if content else []
        return forms.NeedForm(data, initial=initial | {"text": _only(stored, content is not None)})
    if opened.kind == "goal":
        initial |= {"need_id": opened.under_id, "from_matters": page.matters_id is not None}
        if content:
            goals = [one for one in content.goals if one.goal_id == opened.subject_id]
            initial |= forms.GoalForm.initial_of(_only(goals, True))
        initial |= examples.initial_of(examples.GOALS, opened.example)
        return forms.GoalForm(
            data,
            initial=initial,
            needs=page.need_choices,
            colleagues=page.colleagues,
            matters_id=page.matters_id,
        )
    initial |= forms.InterventionForm.initial_new(today=page.today) | {"belongs": str(opened.under_id or "")}
    if content:
        found = [one for one in content.interventions if one.intervention_id == opened.subject_id]
        initial |= forms.InterventionForm.initial_of(_only(found, True))
    initial |= examples.initial_of(examples.INTERVENTIONS, opened.example)
    return forms.InterventionForm(
        data, initial=initial, goals=page.goal_choices, competences=page.competences, units=page.units
    )


def _only(found: list[Any], must_exist: bool) -> Any:
    if found:
        return found[0]
    if must_exist:
        raise NotFound(_("Fant det ikke i dette utkastet. En kollega kan ha tatt det ut."))
    return ""
