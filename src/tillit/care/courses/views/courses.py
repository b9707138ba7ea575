"""The courses of a team, and one course: begun, changed, its week, ended."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tillit.care.courses import actions, queries
from tillit.care.courses.contexts.course import course_page
from tillit.care.courses.contexts.lists import list_page
from tillit.care.courses.contexts.writing import FormPage, form_page
from tillit.care.courses.forms import CourseForm, EndForm, TermsForm, WeekForm
from tillit.care.courses.models import Course
from tillit.care.courses.permissions import DECIDE_TERMS, READ_COURSES, WRITE_COURSE
from tillit.care.courses.rules.course import weeks_of
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused
from tillit.ui import toasts
from tillit.ui.clashing import posted, say_refused

_FORM = require_http_methods(["GET", "POST"])


@never_cache
@require_GET
@requires(READ_COURSES)
def list_courses(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show the courses of a team."""
    page = list_page(actor=request.actor, unit_id=unit_id, at=clock.now())
    return render(request, "courses/list.html", {"page": page})


@never_cache
@require_GET
@requires(READ_COURSES)
def course(request: ActorRequest, course_id: int) -> HttpResponse:
    """Show one course."""
    at = clock.now()
    found = queries.get_course(actor=request.actor, course_id=course_id, at=at)
    page = course_page(actor=request.actor, course=found, at=at)
    return render(request, "courses/course.html", {"page": page})


@never_cache
@_FORM
@requires(WRITE_COURSE)
def begin(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Begin a course. Whoever has one under way is shown it."""
    at = clock.now()
    page = form_page(
        actor=request.actor,
        citizen_id=citizen_id,
        title=_("Start hverdagsrehabilitering"),
        submit=_("Start forløpet"),
        at=at,
    )
    under_way = queries.course_of_citizen(citizen_id)
    if under_way is not None and request.method == "GET":
        return redirect("courses:course", under_way.course_id)
    form = CourseForm(
        posted(request),
        colleagues=page.colleagues,
        initial={
            "press_key": secrets.token_urlsafe(16),
            "starts_on": oslo.day_of(at),
            "weeks": min(max(6, page.terms.least_weeks), page.terms.most_weeks),
            "edition": 0,
        },
    )

    def write(data: dict[str, Any]) -> Course:
        key = data["press_key"]
        made = actions.begin_course(
            actor=request.actor, citizen_id=citizen_id, facts=form.facts(), press_key=key, at=at
        )
        toasts.say(request, _("Forløpet er startet. Mål ved start, og skriv ukeplanen."))
        return made

    return _written(request, page, form, write)


@never_cache
@_FORM
@requires(WRITE_COURSE)
def change(request: ActorRequest, course_id: int) -> HttpResponse:
    """Change the days, the words or who is with her."""
    at = clock.now()
    found, page = _opened(request, course_id, title=_("Endre forløpet"), submit=_("Lagre"), at=at)
    form = CourseForm(
        posted(request),
        colleagues=page.colleagues,
        initial={
            "edition": found.edition,
            "own_words": found.own_words,
            "starts_on": found.starts_on,
            "weeks": weeks_of(found.starts_on, found.last_on),
            "why": found.why,
            "trainer_id": found.trainer_id,
            "therapist_id": found.therapist_id,
        },
    )

    def write(data: dict[str, Any]) -> Course:
        edition = data["edition"] or 0
        made = actions.change_course(
            actor=request.actor, course_id=course_id, edition=edition, facts=form.facts(), at=at
        )
        toasts.say(request, _("Forløpet er endret."))
        return made

    return _written(request, page, form, write)


@never_cache
@_FORM
@requires(WRITE_COURSE)
def week(request: ActorRequest, course_id: int) -> HttpResponse:
    """Write the weekly plan."""
    at = clock.now()
    found, page = _opened(
        request,
        course_id,
        title=_("Ukeplanen"),
        submit=_("Lagre ukeplanen"),
        lead=_("Det brukeren øver på hver uke. Tomme rader teller ikke."),
        at=at,
    )
    form = WeekForm(posted(request), sessions=queries.sessions_of(found.pk), initial={"edition": found.edition})

    def write(data: dict[str, Any]) -> Course:
        made = actions.write_week(
            actor=request.actor, course_id=course_id, edition=data["edition"], sessions=form.sessions(), at=at
        )
        toasts.say(request, _("Ukeplanen er lagret."))
        return made

    return _written(request, page, form, write, template="courses/week.html")


@never_cache
@_FORM
@requires(WRITE_COURSE)
def end(request: ActorRequest, course_id: int) -> HttpResponse:
    """Say how it went, and sign."""
    at = clock.now()
    today = oslo.day_of(at)
    found, page = _opened(
        request,
        course_id,
        title=_("Avslutt forløpet"),
        submit=_("Signer"),
        lead=_("Mål igjen først, med det samme verktøyet som ved start."),
        at=at,
    )
    form = EndForm(posted(request), initial={"edition": found.edition, "ended_on": min(found.last_on, today)})

    def write(data: dict[str, Any]) -> Course:
        made = actions.end_course(
            actor=request.actor,
            course_id=course_id,
            edition=data["edition"],
            result=form.chosen(),
            end_words=data["end_words"],
            result_words=data["result_words"],
            ended_on=data["ended_on"],
            at=at,
        )
        toasts.say(request, _("Forløpet er avsluttet. Se om hjelpen i planen kan bli mindre."))
        return made

    return _written(request, page, form, write)


@never_cache
@_FORM
@requires(DECIDE_TERMS)
def terms(request: ActorRequest) -> HttpResponse:
    """How long courses usually are in the municipality."""
    at = clock.now()
    now = queries.terms_on(oslo.day_of(at))
    form = TermsForm(
        posted(request),
        initial={"least_weeks": now.least_weeks, "most_weeks": now.most_weeks, "valid_from": oslo.day_of(at)},
    )
    if form.is_valid():
        try:
            actions.decide_course_terms(actor=request.actor, at=at, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, refused.text)
        else:
            toasts.say(request, _("Lagret."))
            return redirect("courses:terms")
    return render(request, "courses/terms.html", {"form": form}, status=422 if form.errors else 200)


def _opened(
    request: ActorRequest, course_id: int, *, title: str, submit: str, at: datetime, lead: str = ""
) -> tuple[Course, FormPage]:
    found = queries.get_course(actor=request.actor, course_id=course_id, at=at)
    page = form_page(
        actor=request.actor,
        citizen_id=found.citizen_id,
        title=title,
        submit=submit,
        lead=lead,
        course=found,
        at=at,
    )
    return found, page


def _written(
    request: ActorRequest,
    page: FormPage,
    form: django_forms.Form,
    write: Callable[[dict[str, Any]], Course],
    *,
    template: str = "courses/form.html",
) -> HttpResponse:
    """Show the form, or write what it says and go to the course. What was typed stays when it is refused."""
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            made = write(form.cleaned_data)
        except ActionRefused as refused:
            status = say_refused(form, refused)
        else:
            return redirect("courses:course", made.pk)
    return render(request, template, {"page": page, "form": form}, status=status)
