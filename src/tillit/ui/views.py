"""The gallery of the design kit. Needs no database and shows no real person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tillit.ui import gallery_charts, gallery_shows, samples

SCHEMES = ("light", "dark", "auto")


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with sample data in every state. ?farge=dark shows it in the dark."""
    return render(
        request,
        "ui/gallery/components.html",
        {**_frame(request), "shows": (*gallery_shows.shows(), *gallery_charts.shows())},
    )


@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """The frame of a phone page during a visit."""
    return render(
        request,
        "ui/gallery/phone.html",
        {**_frame(request), "shows": (*gallery_shows.shows(), *gallery_charts.shows())},
    )


@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """A work list on paper."""
    return render(request, "ui/gallery/paper.html", {**_frame(request), "sheet": samples.worklist_sheet()})


def _frame(request: HttpRequest) -> dict[str, object]:
    scheme = request.GET.get("farge", "light")
    form = samples.form_with_errors()
    return {
        "shell": samples.shell("tavla", colour_scheme=scheme if scheme in SCHEMES else "light"),
        "form": form,
        "bare": samples.GoalForm(),
        "toast": samples.toast(),
    }
