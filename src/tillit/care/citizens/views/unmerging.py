"""A merge that was a mistake: say what goes back and what stays, undo it, and say what became of it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tillit.care.citizens import actions, contexts, permissions, queries
from tillit.care.citizens.views.change import number_in
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import require
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused
from tillit.ui import toasts


@never_cache
@require_http_methods(["GET", "POST"])
@requires(permissions.MERGE_CITIZENS)
def undo_merge(request: ActorRequest, citizen_id: int, wrong_id: int) -> HttpResponse:
    """Undo the merge of another registration into this one; afterwards, show what became of it.

    404 when one of the two is out of reach.
    """
    at = clock.now()
    right = queries.get_citizen(actor=request.actor, citizen_id=citizen_id, at=at)
    require(request.actor, permissions.MERGE_CITIZENS, queries.last_scope_of(right.pk, on=oslo.day_of(at)))
    done = queries.undone_merge(actor=request.actor, wrong_id=wrong_id, right_id=right.pk, at=at)
    if done is not None and done.wrong.merged_into_id is None:
        return render(request, "citizens/undo_merge.html", {"page": contexts.undone_page(done, at=at)})
    refused = ""
    if request.method == "POST":
        try:
            actions.undo_merge(
                actor=request.actor,
                wrong_id=wrong_id,
                right_id=right.pk,
                right_edition=number_in(request, "edition"),
                at=at,
            )
        except ActionRefused as problem:
            refused = problem.text
        else:
            toasts.say(request, _("Sammenslåingen er angret. Se over begge."))
            return redirect("citizens:undo_merge", right.pk, wrong_id)
    foreseen: actions.Undone | None = None
    cannot = ""
    try:
        foreseen = actions.foresee_undo(
            actor=request.actor, wrong_id=wrong_id, right_id=right.pk, right_edition=right.edition, at=at
        )
    except actions.CannotUndo as problem:
        cannot = problem.text
    page = contexts.undo_merge_page(right, wrong_id, foreseen, refused=cannot or refused, at=at)
    return render(request, "citizens/undo_merge.html", {"page": page}, status=409 if refused else 200)
