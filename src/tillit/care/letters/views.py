"""Letter templates, and the letters that were sent."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tillit.care.letters import actions, contexts, forms, permissions, queries, rendering
from tillit.care.letters.rules import Language, LetterKind, Template, TemplateSection
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import holds_anywhere
from tillit.foundation.login.limiting import limited
from tillit.foundation.login.rules.limits import Door
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.ui import toasts


@never_cache
@require_GET
@requires(permissions.READ_LETTERS)
def pdf(request: ActorRequest, letter_id: int) -> HttpResponse:
    """Hand out a letter as it was sent."""
    letter = queries.get_letter(actor=request.actor, letter_id=letter_id, at=clock.now())
    return _pdf(bytes(letter.pdf), f"brev-{letter.pk}.pdf")


@never_cache
@require_GET
@requires(permissions.READ_TEMPLATES)
def templates(request: ActorRequest) -> HttpResponse:
    """Show which templates are in use."""
    return render(request, "letters/templates.html", {"page": contexts.templates_page(on=_today())})


@never_cache
@require_GET
@requires(permissions.READ_TEMPLATES)
def template(request: ActorRequest, slug: str, language: str) -> HttpResponse:
    """Show one template: its text to the left, a letter made of it to the right."""
    return _show(request, *_known(slug, language))


@require_POST
@requires(permissions.CHANGE_TEMPLATES)
def save(request: ActorRequest, slug: str, language: str) -> HttpResponse:
    """Save the draft, or – with the other button, without script – only look at it."""
    kind, its_language = _known(slug, language)
    form, rows = forms.DraftForm(request.POST), forms.SectionFormSet(request.POST, prefix=forms.PREFIX)
    if not (form.is_valid() and rows.is_valid()):
        return _show(request, kind, its_language, form=form, rows=rows, status=422)
    title, sections = form.cleaned_data["title"], forms.sections_in(rows.cleaned_data)
    if "look" in request.POST:
        return _show(request, kind, its_language, form=form, rows=rows, typed=(title, sections))
    try:
        actions.save_draft(
            actor=request.actor,
            kind=kind,
            language=its_language,
            title=title,
            sections=sections,
            seen_edition=form.cleaned_data["seen"],
            at=clock.now(),
        )
    except ActionRefused as refused:
        form.add_error(None, refused.text)
        return _show(request, kind, its_language, form=form, rows=rows, typed=(title, sections), status=409)
    toasts.say(request, _("Utkastet er lagret. Det er ikke i bruk ennå."))
    return redirect("letters:template", slug, language)


@require_POST
@requires(permissions.CHANGE_TEMPLATES)
@limited(Door.LETTER)
def preview(request: ActorRequest, slug: str, language: str) -> HttpResponse:
    """Draw the letter again with what stands in the form, for htmx while one writes. Nothing is saved."""
    kind, its_language = _known(slug, language)
    in_use = queries.template_for(kind, its_language, _today())
    form, rows = forms.DraftForm(request.POST), forms.SectionFormSet(request.POST, prefix=forms.PREFIX)
    if not (form.is_valid() and rows.is_valid()):
        return HttpResponse(status=204)  # a place that is no number yet: the letter stands as it was
    shown = Template(kind, its_language, form.cleaned_data["title"], forms.sections_in(rows.cleaned_data))
    return render(request, "letters/preview.html", {"preview": contexts.preview(shown, in_use=in_use)})


@require_POST
@requires(permissions.CHANGE_TEMPLATES)
def use(request: ActorRequest, slug: str, language: str) -> HttpResponse:
    """Take the saved draft into use from a day."""
    kind, its_language = _known(slug, language)
    use_form = forms.UseForm(request.POST)
    if not use_form.is_valid():
        return _show(request, kind, its_language, use_form=use_form, status=422)
    try:
        actions.use_draft(
            actor=request.actor,
            kind=kind,
            language=its_language,
            seen_edition=use_form.cleaned_data["seen"],
            in_use_from=use_form.cleaned_data["in_use_from"],
            at=clock.now(),
        )
    except ActionRefused as refused:
        use_form.add_error(None, refused.text)
        return _show(request, kind, its_language, use_form=use_form, status=409)
    toasts.say(request, _("Den nye versjonen er klar. Brev som alt er sendt, er som de var."))
    return redirect("letters:template", slug, language)


@require_POST
@requires(permissions.CHANGE_TEMPLATES)
def drop(request: ActorRequest, slug: str, language: str) -> HttpResponse:
    """Throw the draft away."""
    kind, its_language = _known(slug, language)
    seen = request.POST.get("seen", "")
    actions.drop_draft(
        actor=request.actor,
        kind=kind,
        language=its_language,
        seen_edition=int(seen) if seen.isdigit() else 0,
        at=clock.now(),
    )
    toasts.say(request, _("Utkastet er forkastet."))
    return redirect("letters:template", slug, language)


@never_cache
@require_GET
@requires(permissions.READ_TEMPLATES)
def compare(request: ActorRequest, slug: str, language: str) -> HttpResponse:
    """Show our text beside the one Tillit ships."""
    kind, its_language = _known(slug, language)
    page = contexts.compare_page(kind=kind, language=its_language, on=_today(), may_change=_may_change(request))
    return render(request, "letters/compare.html", {"page": page})


@never_cache
@require_GET
@requires(permissions.READ_TEMPLATES)
@limited(Door.LETTER, on="GET")
def sample_pdf(request: ActorRequest, slug: str, language: str) -> HttpResponse:
    """Hand out an invented letter as it would be printed: of the draft for those who write, else as in use."""
    kind, its_language = _known(slug, language)
    draft = queries.draft_of(kind, its_language) if _may_change(request) else None
    shown = draft.template if draft else queries.template_for(kind, its_language, _today())
    return _pdf(rendering.to_pdf(contexts.sample_letter(shown)), f"eksempel-{slug}-{language}.pdf")


def _show(
    request: ActorRequest,
    kind: LetterKind,
    language: Language,
    *,
    form: forms.DraftForm | None = None,
    rows: object = None,
    use_form: forms.UseForm | None = None,
    typed: tuple[str, tuple[TemplateSection, ...]] | None = None,
    status: int = 200,
) -> HttpResponse:
    today = _today()
    page = contexts.template_page(
        kind=kind,
        language=language,
        on=today,
        may_change=_may_change(request),
        title=typed[0] if typed else None,
        sections=typed[1] if typed else None,
    )
    shown = Template(kind, language, page.heading, page.texts)
    form = form or forms.DraftForm(initial={"title": page.heading, "seen": page.edition})
    rows = rows or forms.SectionFormSet(initial=forms.initial_rows(shown, page.absent), prefix=forms.PREFIX)
    use_form = use_form or forms.UseForm(initial={"in_use_from": today, "seen": page.edition})
    return render(
        request,
        "letters/template.html",
        {"page": page, "form": form, "rows": rows, "use_form": use_form},
        status=status,
    )


def _known(slug: str, language: str) -> tuple[LetterKind, Language]:
    if slug not in contexts.KINDS or language not in tuple(Language):
        raise NotFound(_("Fant ikke brevmalen."))
    return contexts.KINDS[slug], Language(language)


def _may_change(request: ActorRequest) -> bool:
    return holds_anywhere(request.actor, permissions.CHANGE_TEMPLATES)


def _today() -> date:
    return oslo.day_of(clock.now())


def _pdf(made: bytes, name: str) -> HttpResponse:
    """Return a PDF. Its name holds no person's."""
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
