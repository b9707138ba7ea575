"""What observations answer when the journal asks for an entry: registered at start-up (`config.wiring`)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.journal.sources import Content
from tillit.care.observations.models import About, Ending, Observation, ObservationKind, Usual, Watch
from tillit.care.observations.queries.seen import observation_line
from tillit.care.observations.words import counted_words, measured_words, weight_words
from tillit.foundation.access.actor import Actor
from tillit.ui import formats
from tillit.ui.language import page_language


class ObservationKeeper:
    """Answers for OBSERVED: what somebody saw, measured, or did about it."""

    def contents(self, row_ids: Iterable[int]) -> Mapping[int, Content]:
        """Return what was seen, in one query."""
        rows = Observation.objects.filter(pk__in=list(row_ids)).select_related("told_by")
        return {row.pk: self._content(row) for row in rows}

    def citizens_of(self, row_ids: Iterable[int]) -> Mapping[int, int]:
        """Return whom each observation is of."""
        return dict(Observation.objects.filter(pk__in=list(row_ids)).values_list("pk", "citizen_id"))

    def remove(self, row_id: int, *, at: datetime) -> None:
        """Empty it. What only it opened is followed no more: nobody is to act on what concerned another."""
        row = Observation.objects.get(pk=row_id)
        Observation.objects.filter(pk=row_id).update(
            respiration=None, saturation=None, oxygen=None, systolic=None, pulse=None, consciousness="",
            temperature=None, scale=None, total=None, level="", weight=None, about="", words="",
        )  # fmt: skip
        if row.watch_id is None:
            return
        others = Observation.objects.filter(watch_id=row.watch_id, kind=ObservationKind.CHECK).exclude(level="")
        if not others.exists():
            Watch.objects.filter(pk=row.watch_id, closed_at__isnull=True).update(closed_at=at, act_by=None)

    def write_again(self, row_id: int, *, text: str, actor: Actor, at: datetime) -> int | None:
        """It is corrected by a note, or by measuring again."""
        return None

    def _content(self, row: Observation) -> Content:
        line = observation_line(row)
        facts = [*measured_words(line.measured), *weight_words(line.weight)]
        if row.kind == ObservationKind.CHECK and row.level:
            facts.append(counted_words(line))
        title = {
            ObservationKind.CHECK.value: _("Ikke som vanlig: hurtigsjekk"),
            ObservationKind.WEIGHT.value: _("Vekt"),
            ObservationKind.STEP.value: _("Ikke som vanlig: hva vi gjør"),
        }.get(row.kind, _("Observasjon"))
        if row.about:
            title = _("Observasjon: %(about)s") % {"about": str(About(row.about).label).lower()}
        return Content(title=title, text=row.words, facts=tuple(facts), icon="Stethoscope")


class WatchKeeper:
    """Answers for WATCH_END: how it ended."""

    def contents(self, row_ids: Iterable[int]) -> Mapping[int, Content]:
        """Return how each ended, in one query."""
        rows = Watch.objects.filter(pk__in=list(row_ids)).values_list("pk", "ending", "answer")
        return {
            pk: Content(
                title=_("Ikke som vanlig: avsluttet"),
                text=answer,
                facts=(f"{Ending(ending).label}.",) if ending else (),
                icon="Checkmark",
            )
            for pk, ending, answer in rows
        }

    def citizens_of(self, row_ids: Iterable[int]) -> Mapping[int, int]:
        """Return whom each was about."""
        return dict(Watch.objects.filter(pk__in=list(row_ids)).values_list("pk", "citizen_id"))

    def remove(self, row_id: int, *, at: datetime) -> None:
        """Empty how it ended. It stays closed."""
        Watch.objects.filter(pk=row_id).update(ending="", answer="")

    def write_again(self, row_id: int, *, text: str, actor: Actor, at: datetime) -> int | None:
        """It is corrected by a note."""
        return None


class UsualKeeper:
    """Answers for USUAL: what is usual for her."""

    def contents(self, row_ids: Iterable[int]) -> Mapping[int, Content]:
        """Return what was said to be usual, in one query."""
        return {row.pk: self._content(row) for row in Usual.objects.filter(pk__in=list(row_ids))}

    def citizens_of(self, row_ids: Iterable[int]) -> Mapping[int, int]:
        """Return for whom."""
        return dict(Usual.objects.filter(pk__in=list(row_ids)).values_list("pk", "citizen_id"))

    def remove(self, row_id: int, *, at: datetime) -> None:
        """Empty it: what was said before it counts again."""
        Usual.objects.filter(pk=row_id).update(words="", saturation=None, scale=0, scale_by="")

    def write_again(self, row_id: int, *, text: str, actor: Actor, at: datetime) -> int | None:
        """It is corrected by saying it anew."""
        return None

    def _content(self, row: Usual) -> Content:
        facts = []
        if row.saturation is not None:
            share = formats.number(row.saturation, language=page_language())
            facts.append(_("Vanlig oksygenmetning er %(share)s %%.") % {"share": share})
        if row.scale == 2:
            facts.append(_("Skala 2 for oksygenmetning, bestemt av %(who)s.") % {"who": row.scale_by})
        return Content(title=_("Som vanlig"), text=row.words, facts=tuple(facts), icon="Stethoscope")
