"""Adjust the plan within the frame: one press with one line, from wherever the steps are shown."""

import re
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tillit.care.careplans import actions
from tillit.care.careplans.actions.adjusting import MOST_SIGNS
from tillit.care.careplans.contexts import adjust_page as contexts
from tillit.care.careplans.contexts.adjusting import done_text, read_value
from tillit.care.careplans.models import Adjustment
from tillit.care.careplans.permissions import ADJUST_PLAN
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile
from tillit.ui import toasts

_CASE = re.compile(r"sak-(\d{1,18})")


@never_cache
@require_http_methods(["GET", "POST"])
@requires(ADJUST_PLAN)
def adjust(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Take the step that was pressed, and go back; else show the steps, with the line and what is in the way."""
    at = clock.now()
    back = request.POST.get("fra") or request.GET.get("fra", "")
    page = contexts.adjust_page(actor=request.actor, citizen_id=citizen_id, back=back, at=at)
    if request.method == "GET":
        return render(request, "careplans/adjust.html", {"page": page})
    why = " ".join(request.POST.get("why", "").split())
    pressed = read_value(request.POST.get("endring", ""))
    plan = request.POST.get("plan", "")
    if pressed is None or not plan.isdecimal():
        page = contexts.refused_page(page, why, str(contexts.NOTHING_PRESSED))
        return render(request, "careplans/adjust.html", {"page": page}, status=422)
    line, step = pressed
    try:
        made = actions.adjust_plan(
            actor=request.actor, citizen_id=citizen_id, plan_id=int(plan), line=line, step=step, why=why, at=at
        )
    except actions.StrangeFacts as strange:
        if strange.fact == "why":
            page = contexts.page_with_error(page, why[:MOST_SIGNS], strange.text)
        else:
            page = contexts.refused_page(page, why, strange.text)
        return render(request, "careplans/adjust.html", {"page": page}, status=422)
    except actions.OutsideFrame as refused:
        page = contexts.outside_page(page, refused, actor=request.actor, why=why, step=step, at=at)
    except ActionRefused as refused:  # a colleague was first, or there is no frame or plan any more
        # What she did is part of the page that is shown.
        if isinstance(refused, ChangedMeanwhile):
            page = contexts.adjust_page(actor=request.actor, citizen_id=citizen_id, back=back, at=at)
        page = contexts.refused_page(page, why, refused.text)
    else:
        return _done(request, made, citizen_id, back, at=at)
    return render(request, "careplans/adjust.html", {"page": page}, status=409)


@never_cache
@require_POST
@requires(ADJUST_PLAN)
def undo(request: ActorRequest, citizen_id: int, plan_id: int) -> HttpResponse:
    """Take the opposite step of the one that made this version of the plan."""
    at = clock.now()
    back = request.GET.get("fra", "")
    made = actions.undo_adjustment(actor=request.actor, citizen_id=citizen_id, plan_id=plan_id, at=at)
    return _done(request, made, citizen_id, back, at=at)


def _done(request: ActorRequest, made: Adjustment, citizen_id: int, back: str, *, at: datetime) -> HttpResponse:
    undo_href = ""
    if made.undoes_id is None:
        undo_href = f"{reverse('careplans:undo_adjustment', args=[citizen_id, made.plan_id])}?fra={_known(back)}"
    toasts.say(request, done_text(made), undo_href=undo_href)
    return redirect(f"{_href(back, citizen_id)}#juster")


def _known(back: str) -> str:
    return back if back in ("bruker", "plan") or _CASE.fullmatch(back) else "bruker"


def _href(back: str, citizen_id: int) -> str:
    if found := _CASE.fullmatch(back):
        return reverse("decisions:case", args=[int(found[1])])
    if back == "plan":
        return f"{reverse('careplans:plan_edit', args=[citizen_id])}?vis=bruk"
    return reverse("citizens:page", args=[citizen_id])
