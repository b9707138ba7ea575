"""insight/counting.html: the count in the background, how far it has come, and how the last ones went."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.jobs.models import JobState
from tillit.learning.insight.queries.count_jobs import CountRun, counts
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Action, Crumb, Crumbs, Fact, Facts, ListRow, Progress, RowList


@dataclass(frozen=True, slots=True)
class CountPage:
    """insight/counting.html."""

    crumbs: Crumbs
    progress: Progress | None = field(metadata={"help": "None: nothing is counted now"})
    facts: Facts
    runs: RowList | None


def count_page(*, actor: Actor) -> CountPage:
    """Return the page. A constant number of queries. Raises NotAllowed."""
    found = counts(actor=actor)
    working = next((run for run in found.runs if run.is_under_way), None)
    last = formats.date_and_time(found.last_at, page_language()) if found.last_at else _("Ikke ennå")
    waiting = formats.number(found.waiting, 0, page_language())
    return CountPage(
        crumbs=Crumbs((Crumb(_("Innsikt"), reverse("insight:start")), Crumb(_("Tellingen")))),
        progress=count_progress(working) if working else None,
        facts=Facts((
            Fact(_("Sist et tall ble nytt eller endret"), last),
            Fact(_("Endringer som venter på å bli talt"), waiting),
            Fact(_("Fast telling"), _("Hver natt")),
        )),
        runs=_runs([run for run in found.runs if not run.is_under_way]),
    )  # fmt: skip


def progress_now(*, actor: Actor) -> Progress | None:
    """Return how far the count under way has come; None when there is none. Raises NotAllowed."""
    working = next((run for run in counts(actor=actor).runs if run.is_under_way), None)
    return count_progress(working) if working else None


def count_progress(run: CountRun) -> Progress:
    """How far a count has come; htmx asks again every two seconds."""
    share = run.done / (run.total or 100)
    waits = _("Venter på tur. Du kan gå videre imens.")
    return Progress(
        heading=_("Teller: %(what)s") % {"what": _what(run)},
        value=round(share * 100),
        maximum=100,
        shown=formats.percent(share, language=page_language()),
        text=_("Stopper når denne delen er ferdig.")
        if run.stop_asked
        else (_("%(said)s. Du kan gå videre imens.") % {"said": run.said} if run.said else waits),
        stop=None
        if run.stop_asked
        else Action(_("Stopp tellingen"), reverse("insight:counting-stop"), post=True, icon="Stop"),
        poll_href=reverse("insight:counting-progress"),
        id="count-progress",
    )


def _what(run: CountRun) -> str:
    if run.names:
        return ", ".join(run.names)
    return _("alt på nytt") if run.everything else _("det som er nytt eller endret")


def _runs(runs: list[CountRun]) -> RowList | None:
    rows = tuple(
        ListRow(
            _first_upper(_what(run)),
            _ended(run),
            more=" · ".join(
                part for part in (formats.date_and_time(run.asked_at, page_language()), run.asked_by) if part
            ),
            icon={JobState.FAILED: "ExclamationmarkTriangle"}.get(run.state, "Checkmark" if run.whole else "Stop"),
        )
        for run in runs
    )
    return RowList(rows, label=_("Tellinger noen har bedt om")) if rows else None


def _ended(run: CountRun) -> str:
    if run.state == JobState.FAILED:
        return _(
            "Stanset av en feil. Det som var talt før, er som det var. Si fra til den som drifter Tillit, med nummeret "
            "%(reference)s, og prøv igjen."
        ) % {"reference": run.reference}
    if run.state == JobState.CANCELLED:
        return _("Stoppet før den begynte. Ingenting er endret.")
    language = page_language()
    told = _("%(looked)s tall sett på, %(new)s nye, %(replaced)s endret.") % {
        "looked": formats.number(run.looked_at, 0, language),
        "new": formats.number(run.new, 0, language),
        "replaced": formats.number(run.replaced, 0, language),
    }
    return told if run.whole else _("Stoppet underveis. Det som ble talt, er tatt vare på.") + " " + told


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
