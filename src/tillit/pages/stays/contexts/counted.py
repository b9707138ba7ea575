"""The time spent away, as it is: days, waiting when ready, visits on pause. Nobody writes it down."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from tillit.care.citizens.models import WhereaboutsKind
from tillit.care.citizens.queries import citizen_ids_of_unit
from tillit.care.citizens.queries.stays import stays_since
from tillit.care.citizens.rules import stays as rules
from tillit.care.visits.queries.paused import paused_visits
from tillit.foundation.organisation.models import Unit
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Column, DataTable, TableRow

DAYS = 90


def counted_table(*, unit: Unit, at: datetime) -> DataTable | None:
    """Return the last ninety days by kind of place; None when nobody has been away. Nobody is named.

    Three queries, with finding whom the unit follows. Callers have checked the unit.
    """
    today = oslo.day_of(at)
    first, after = today - timedelta(days=DAYS), today
    since, until = oslo.whole_day(first).start, at
    citizen_ids = citizen_ids_of_unit(unit.pk, today)
    stays = stays_since(citizen_ids, since=since, until=until)
    if not stays:
        return None
    visits = paused_visits({stay.citizen_id for stay in stays}, since=since, until=until)
    counted = rules.count(
        (
            rules.Away(
                kind=stay.kind,
                from_on=oslo.day_of(stay.from_at),
                home_on=_day(stay.to_at, at),
                ready_on=_day(stay.ready_at, at),
                paused=sum(
                    one.citizen_id == stay.citizen_id
                    and stay.from_at <= one.at
                    and (stay.to_at is None or one.at < stay.to_at)
                    for one in visits
                ),
            )
            for stay in stays
        ),
        first=first,
        after=after,
    )
    return DataTable(
        caption=_("De siste %(days)s dagene") % {"days": DAYS},
        columns=(
            Column(_("Hvor")),
            Column(_("Opphold"), right=True),
            Column(_("Døgn borte"), right=True),
            Column(_("Dager fra klar til reist"), right=True),
            Column(_("Besøk på pause"), right=True),
        ),
        rows=tuple(
            TableRow(
                (
                    str(label),
                    str(found.stays),
                    formats.number(found.days, language=page_language()),
                    _waited(found),
                    formats.number(found.paused, language=page_language()),
                )
            )
            for kind, label in WhereaboutsKind.choices
            if (found := counted.get(kind)) is not None
        ),
    )


def _waited(found: rules.Counted) -> str:
    if found.waited is None:
        return "–"
    decimals = 0 if found.waited == int(found.waited) else 1
    return _("%(days)s (%(stays)s opphold)") % {
        "days": formats.number(found.waited, decimals, page_language()),
        "stays": found.ready,
    }


def _day(moment: datetime | None, at: datetime) -> date | None:
    return oslo.day_of(moment) if moment is not None and moment <= at else None
