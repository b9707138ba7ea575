"""What visits answer when decisions ask: registered at start-up (`config.wiring`). How it is counted: frame.md."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from tillit.care.citizens.queries import Away, away_periods
from tillit.care.visits.models import Visit, VisitState
from tillit.care.visits.queries import newest_reports
from tillit.kernel import oslo
from tillit.kernel.periods import Period

WEEK = timedelta(weeks=1)


class DeliveryAnswers:
    """Answers `decisions.sources.DeliverySource`."""

    def minutes_by_week(self, citizen_ids: Iterable[int], *, mondays: Sequence[date]) -> dict[int, list[int | None]]:
        """Return minutes of help given in each ISO week; None for a week she was away for some of. Three queries.

        A visit that was carried out counts what somebody said it took, else what was planned. It belongs to the week of
        its day. Two helpers at once are one help to the one who gets it.
        """
        wanted = list(dict.fromkeys(citizen_ids))
        if not wanted or not mondays:
            return {citizen_id: [] for citizen_id in wanted}
        whole = oslo.whole_days(min(mondays), max(mondays) + WEEK)
        rows = list(
            Visit.objects.filter(
                citizen_id__in=wanted, on__gte=min(mondays), on__lt=max(mondays) + WEEK, state=VisitState.DONE
            ).values_list("pk", "citizen_id", "on", "minutes")
        )
        told = newest_reports([row[0] for row in rows])
        given: dict[tuple[int, date], int] = defaultdict(int)
        for visit_id, citizen_id, on, planned in rows:
            report = told.get(visit_id)
            monday = on - timedelta(days=on.isoweekday() - 1)
            given[citizen_id, monday] += report.minutes if report and report.minutes else planned
        away = away_periods(wanted, whole)
        return {
            citizen_id: [
                None if _away_in(monday, away.get(citizen_id, ())) else given[citizen_id, monday] for monday in mondays
            ]
            for citizen_id in wanted
        }


def _away_in(monday: date, periods: Iterable[Away]) -> bool:
    week = oslo.whole_days(monday, monday + WEEK)
    return any(_touches(week, one) for one in periods)


def _touches(week: Period, away: Away) -> bool:
    return away.from_at < week.end and (away.to_at is None or away.to_at > week.start)
