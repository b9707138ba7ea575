"""Notices: the list, a new one, one of them, take and answer."""

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.care.citizens.models import Citizen
from tillit.care.notices import actions
from tillit.care.notices.contexts.list_page import list_page
from tillit.care.notices.contexts.notice_page import citizen_and_unit, notice_page, write_page
from tillit.care.notices.forms import NoticeForm, ReplyForm
from tillit.care.notices.permissions import ANSWER_NOTICE, READ_NOTICES, WRITE_NOTICE
from tillit.care.notices.queries import citizens_of_unit, get_notice, receivers
from tillit.care.notices.rules.due import Answer
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.organisation import queries as organisation
from tillit.foundation.organisation.models import Unit
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused
from tillit.ui import toasts

_FORM = require_http_methods(["GET", "POST"])


@never_cache
@require_GET
@requires(READ_NOTICES)
def list_notices(request: ActorRequest, unit_id: int) -> HttpResponse:
    """What is open in a team, whose it is and for how long."""
    page = list_page(actor=request.actor, unit_id=unit_id, at=clock.now())
    return render(request, "notices/list.html", {"page": page})


@never_cache
@_FORM
@requires(WRITE_NOTICE)
def write(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Write a notice in a team, about one of its citizens or none."""
    return _write(request, organisation.get_unit(actor=request.actor, unit_id=unit_id), None)


@never_cache
@_FORM
@requires(WRITE_NOTICE)
def write_about(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Write a notice about a citizen."""
    citizen, unit = citizen_and_unit(actor=request.actor, citizen_id=citizen_id, at=clock.now())
    return _write(request, unit, citizen)


def _write(request: ActorRequest, unit: Unit, citizen: Citizen | None) -> HttpResponse:
    at = clock.now()
    on = oslo.day_of(at)
    visit = request.GET.get("besok", "")
    visit_id = int(visit) if visit.isdecimal() and len(visit) < 19 else None
    page = write_page(actor=request.actor, unit=unit, citizen=citizen, visit_id=visit_id, at=at)
    to = receivers(unit_id=unit.pk, on=on)
    form = NoticeForm(
        request.POST if request.method == "POST" else None,
        duties=[(str(duty.duty_id), duty.name) for duty in to.duties],
        people=[(str(one.employee_id), one.name) for one in to.people if one.employee_id != request.actor.employee_id],
        citizens=None if citizen else citizens_of_unit(actor=request.actor, unit_id=unit.pk, at=at),
        initial={"by": Answer.TODAY.value, "press_key": secrets.token_urlsafe(16)},
    )
    status = 422 if form.errors else 200
    if form.is_valid():
        duty_id, owner_id = form.receiver()
        try:
            actions.write_notice(
                actor=request.actor,
                unit_id=unit.pk,
                citizen_id=citizen.pk if citizen else form.cleaned_data["citizen"],
                text=form.cleaned_data["text"],
                by=form.cleaned_data["by"],
                duty_id=duty_id,
                owner_id=owner_id,
                press_key=form.cleaned_data["press_key"],
                at=at,
            )
        except ActionRefused as refused:
            form.add_error(None, refused.text)
            status = 409
        else:
            toasts.say(request, _("Beskjeden er sendt."))
            if citizen is not None:
                return redirect(page.back)
            return redirect("notices:list", unit_id=unit.pk)
    return render(request, "notices/write.html", {"page": page, "form": form}, status=status)


@never_cache
@_FORM
@requires(ANSWER_NOTICE)
def show(request: ActorRequest, notice_id: int) -> HttpResponse:
    """Show one notice, or answer it: that closes it."""
    at = clock.now()
    notice = get_notice(actor=request.actor, notice_id=notice_id, at=at)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            actions.answer_notice(actor=request.actor, notice_id=notice_id, answer=form.cleaned_data["answer"], at=at)
        except ActionRefused as refused:
            form.add_error(None, refused.text)
            status = 409
        else:
            toasts.say(request, _("Svaret er sendt, og beskjeden er lukket."))
            return redirect("notices:list", unit_id=notice.unit_id)
    page = notice_page(notice, actor=request.actor, at=at)
    return render(request, "notices/show.html", {"page": page, "form": form}, status=status)


@require_POST
@requires(ANSWER_NOTICE)
def take(request: ActorRequest, notice_id: int) -> HttpResponse:
    """Take a notice: from then it is hers. Pressing again changes nothing."""
    actions.take_notice(actor=request.actor, notice_id=notice_id, at=clock.now())
    toasts.say(request, _("Beskjeden er din."))
    return redirect("notices:show", notice_id=notice_id)
