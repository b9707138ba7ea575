"""What came in by one press: the main case and those split from it."""

from django.db.models import Prefetch, Q, QuerySet

from tillit.care.decisions.models import Case, Holding, Line


def received_together(case: Case) -> list[tuple[Case, list[Line], Holding | None]]:
    """Return the main case, then those split from it, with services and where each was first sent. Three queries.

    case: one of them; callers have reached it.
    """
    return _with_rows(_together(case))


def received_beside(case: Case) -> list[tuple[Case, list[Line], Holding | None]]:
    """Return the others that were received with a case. One query when there are none, else three."""
    return _with_rows(_together(case).exclude(pk=case.pk))


def _together(case: Case) -> QuerySet[Case]:
    main_id = case.split_from_id or case.pk
    return (
        Case.objects.filter(Q(pk=main_id) | Q(split_from_id=main_id))
        .select_related("citizen", "unit", "case_worker", "urgent_unit")
        .prefetch_related(
            Prefetch("lines", Line.objects.select_related("service").order_by("rank", "pk")),
            Prefetch("holdings", Holding.objects.select_related("unit").order_by("offered_at", "pk")),
        )
        .order_by("pk")
    )


def _with_rows(cases: QuerySet[Case]) -> list[tuple[Case, list[Line], Holding | None]]:
    return [(one, list(one.lines.all()), next(iter(one.holdings.all()), None)) for one in cases]
