"""The conversation about what matters, and its template."""

from collections.abc import Mapping
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.care.needs import actions, contexts, forms, permissions, queries
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import holds_anywhere
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile, NotFound
from tillit.ui import toasts


@never_cache
@require_GET
@requires(permissions.READ_WORDS)
def conversation(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show the draft, or the page where one is started."""
    may_hold = holds_anywhere(request.actor, permissions.HOLD_CONVERSATION)
    draft = queries.drafts_of((citizen_id,)).get(citizen_id)
    if draft is not None and may_hold:
        return _show(request, draft.conversation_id)
    page = contexts.start_page(actor=request.actor, citizen_id=citizen_id, at=clock.now(), may_hold=may_hold)
    return render(request, "needs/start.html", {"page": page})


@require_POST
@requires(permissions.HOLD_CONVERSATION)
def start(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Begin, or go on with the draft there is."""
    actions.start_conversation(actor=request.actor, citizen_id=citizen_id, at=clock.now())
    return redirect("needs:conversation", citizen_id)


@require_POST
@requires(permissions.HOLD_CONVERSATION)
def save(request: ActorRequest, citizen_id: int, conversation_id: int) -> HttpResponse:
    """Save what stands in the form; for htmx every few seconds, answered with what the page must know."""
    at = clock.now()
    fields = _fields(request)
    saved = _save(request, conversation_id, fields)
    if not request.headers.get("HX-Request"):
        if not saved.met and not saved.unreadable:
            toasts.say(request, _("Lagret."))
        return redirect("needs:conversation", citizen_id)
    page = contexts.saved_page(
        actor=request.actor,
        conversation_id=conversation_id,
        at=at,
        saved=saved,
        fields=fields,
        shown_edition=_shown_edition(request, saved),
    )
    return render(request, "needs/saved.html", {"page": page})


@require_POST
@requires(permissions.HOLD_CONVERSATION)
def choose(request: ActorRequest, citizen_id: int, conversation_id: int) -> HttpResponse:
    """Choose between two texts in the same field."""
    set_aside = request.POST.get("set_aside", "")
    actions.choose_text(
        actor=request.actor,
        conversation_id=conversation_id,
        set_aside_id=int(set_aside) if set_aside.isdigit() else 0,
        choice=request.POST.get("choice", ""),
        at=clock.now(),
    )
    toasts.say(request, _("Valget ditt er lagret."))
    return redirect("needs:conversation", citizen_id)


@require_POST
@requires(permissions.HOLD_CONVERSATION)
def finish(request: ActorRequest, citizen_id: int, conversation_id: int) -> HttpResponse:
    """Save what stands there and finish. What is missing, or was written meanwhile, is said on the page."""
    saved = _save(request, conversation_id, _fields(request))
    try:
        if saved.unreadable:
            raise ActionRefused(_("En dato kan ikke leses, eller en tekst er for lang. Se etter nederst på siden."))
        actions.finish_conversation(
            actor=request.actor,
            conversation_id=conversation_id,
            edition=_shown_edition(request, saved),
            at=clock.now(),
        )
    except (ActionRefused, ChangedMeanwhile) as refused:
        return _show(request, conversation_id, refused=refused.text, status=409)
    toasts.say(request, _("Samtalen er ferdig. Ordene står øverst på siden om brukeren."))
    return redirect("citizens:page", citizen_id)


@require_POST
@requires(permissions.HOLD_CONVERSATION)
def drop(request: ActorRequest, citizen_id: int, conversation_id: int) -> HttpResponse:
    """Put the draft away. It can be taken up again."""
    actions.drop_conversation(actor=request.actor, conversation_id=conversation_id, at=clock.now())
    toasts.say(
        request,
        _("Utkastet er lagt bort."),
        undo_href=reverse("needs:pick_up", args=[citizen_id, conversation_id]),
    )
    return redirect("citizens:page", citizen_id)


@require_POST
@requires(permissions.HOLD_CONVERSATION)
def pick_up(request: ActorRequest, citizen_id: int, conversation_id: int) -> HttpResponse:
    """Take a draft up again."""
    actions.pick_up_conversation(actor=request.actor, conversation_id=conversation_id, at=clock.now())
    return redirect("needs:conversation", citizen_id)


@never_cache
@require_GET
@requires(permissions.READ_WORDS)
def read(request: ActorRequest, citizen_id: int, conversation_id: int) -> HttpResponse:
    """Show a finished conversation as it was written."""
    page = contexts.read_page(actor=request.actor, conversation_id=conversation_id, at=clock.now())
    if page.citizen_id != citizen_id:
        raise NotFound(_("Fant ikke samtalen."))
    return render(request, "needs/read.html", {"page": page})


@never_cache
@require_GET
@requires(permissions.READ_TEMPLATES)
def templates(request: ActorRequest) -> HttpResponse:
    """Show the template in use and its versions."""
    at = clock.now()
    if not queries.list_templates():
        actions.ship_template(at=at)
    page = contexts.templates_page(
        on=oslo.day_of(at), may_change=holds_anywhere(request.actor, permissions.CHANGE_TEMPLATE)
    )
    return render(request, "needs/templates.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
@requires(permissions.CHANGE_TEMPLATE)
def new_template_version(request: ActorRequest) -> HttpResponse:
    """Make a new version of the template out of the newest."""
    at = clock.now()
    versions = queries.list_templates()
    newest = versions[0] if versions else queries.version_of(actions.ship_template(at=at))
    form = forms.VersionForm(
        request.POST or None,
        initial={"name": newest.name, "in_use_from": oslo.day_of(at), "seen": newest.version},
    )
    rows = forms.QuestionFormSet(request.POST or None, initial=forms.initial_rows(newest.questions), prefix="q")
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and rows.is_valid():
            try:
                actions.make_template_version(
                    actor=request.actor,
                    name=form.cleaned_data["name"],
                    questions=forms.questions_in(rows.cleaned_data),
                    seen_version=form.cleaned_data["seen"],
                    in_use_from=form.cleaned_data["in_use_from"],
                    at=at,
                )
            except ActionRefused as refused:
                form.add_error(None, refused.text)
            else:
                toasts.say(request, _("Den nye versjonen er lagret."))
                return redirect("needs:templates")
    return render(request, "needs/template_edit.html", {"form": form, "rows": rows}, status=status)


def _show(request: ActorRequest, conversation_id: int, *, refused: str = "", status: int = 200) -> HttpResponse:
    page = contexts.conversation_page(
        actor=request.actor,
        conversation_id=conversation_id,
        at=clock.now(),
        page_key=uuid4().hex,
        short=request.GET.get("vis") == "kort" or request.POST.get("vis") == "kort",
        refused=refused,
    )
    return render(request, "needs/conversation.html", {"page": page}, status=status)


def _save(request: ActorRequest, conversation_id: int, fields: Mapping[str, str]) -> actions.Saved:
    seen = _prefixed(request, contexts.MARK)
    people = people_seen = None
    if "people_seen" in request.POST:
        people = queries.People(_ids(request.POST.getlist("colleague")), _ids(request.POST.getlist("own")))
        people_seen = queries.People(
            _ids(request.POST["people_seen"].split(",")), _ids(request.POST.get("own_seen", "").split(","))
        )
    return actions.save_conversation(
        actor=request.actor,
        conversation_id=conversation_id,
        fields=fields,
        seen=seen,
        page_key=request.POST.get("page_key", "")[:40],
        people=people,
        people_seen=people_seen,
        at=clock.now(),
    )


def _shown_edition(request: ActorRequest, saved: actions.Saved) -> int:
    """The edition this page has seen: its own saves follow on, somebody else's do not.

    A save of its own may be on its way while the next is sent; then the page says an edition that is past, and shows
    all that is stored.
    """
    text = request.POST.get("edition", "")
    posted = int(text) if text.isdigit() else 0
    return saved.edition if saved.is_as_sent or posted == saved.edition_before else posted


def _fields(request: ActorRequest) -> dict[str, str]:
    return _prefixed(request, contexts.FIELD)


def _prefixed(request: ActorRequest, prefix: str) -> dict[str, str]:
    return {name.removeprefix(prefix): str(value) for name, value in request.POST.items() if name.startswith(prefix)}


def _ids(texts: list[str]) -> frozenset[int]:
    return frozenset(int(text) for text in texts if text.isdigit())
