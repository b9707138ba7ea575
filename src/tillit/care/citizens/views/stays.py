"""Those who are in hospital, helsehus, KAD or on a short stay."""

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tillit.care.citizens import permissions
from tillit.care.citizens.actions import stays as actions
from tillit.care.citizens.contexts import stays as contexts
from tillit.care.citizens.forms.stays import NextStepForm
from tillit.care.citizens.queries.stays import get_stay, newest_step_id
from tillit.care.citizens.views.change import with_value
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile
from tillit.ui import toasts


@never_cache
@require_GET
@requires(permissions.READ_CITIZEN)
def list_stays(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Who is not at home, and who follows up."""
    return _page(request, unit_id)


@never_cache
@require_POST
@requires(permissions.FOLLOW_STAY)
def write_step(request: ActorRequest, unit_id: int, whereabouts_id: int) -> HttpResponse:
    """Write what comes next. Out of reach before anything else is looked at."""
    get_stay(actor=request.actor, whereabouts_id=whereabouts_id, at=clock.now())
    form = NextStepForm(request.POST, prefix=_prefix(whereabouts_id))
    changed = False
    if form.is_valid():
        try:
            actions.write_next_step(
                actor=request.actor,
                whereabouts_id=whereabouts_id,
                words=form.cleaned_data["words"],
                on=form.cleaned_data["on"],
                seen_id=form.cleaned_data["seen"],
                at=clock.now(),
            )
        except ChangedMeanwhile as refused:
            changed = True
            now = newest_step_id(whereabouts_id)
            form.data = with_value(request, form.add_prefix("seen"), "" if now is None else str(now))
            form.add_error(None, refused.text)
        except ActionRefused as refused:
            form.add_error(getattr(refused, "field", "") or None, refused.text)
        else:
            toasts.say(request, _("Neste steg er lagret."))
            return redirect("stays:list", unit_id)
    return _page(request, unit_id, (whereabouts_id, form), status=409 if changed else 422, changed=changed)


def _page(
    request: ActorRequest,
    unit_id: int,
    opened: tuple[int, BaseForm] | None = None,
    *,
    status: int = 200,
    changed: bool = False,
) -> HttpResponse:
    page = contexts.stays_page(
        actor=request.actor, unit_id=unit_id, at=clock.now(), forms=_form, opened=opened, changed=changed
    )
    return render(request, "citizens/stays.html", {"page": page}, status=status)


def _form(whereabouts_id: int, seen_id: int | None) -> BaseForm:
    return NextStepForm(initial={"seen": seen_id}, prefix=_prefix(whereabouts_id))


def _prefix(whereabouts_id: int) -> str:
    return f"opphold{whereabouts_id}"
