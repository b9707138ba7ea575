"""What came in by one press: the main case and those split from it."""

from collections import defaultdict

from tillit.care.decisions.models import Case, Holding, Line


def received_together(case: Case) -> list[tuple[Case, list[Line], Holding | None]]:
    """Return the main case, then those split from it, with services and where each was first sent. Three queries.

    case: one of them; callers have reached it.
    """
    main_id = case.split_from_id or case.pk
    found = list(
        (Case.objects.filter(pk=main_id) | Case.objects.filter(split_from_id=main_id))
        .select_related("citizen", "unit", "case_worker", "urgent_unit")
        .order_by("pk")
    )
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in Line.objects.filter(case__in=found).select_related("service").order_by("rank", "pk"):
        lines[line.case_id].append(line)
    holdings: dict[int, Holding] = {}
    for holding in Holding.objects.filter(case__in=found).select_related("unit").order_by("-offered_at", "-pk"):
        holdings[holding.case_id] = holding  # the first one stays
    return [(one, lines[one.pk], holdings.get(one.pk)) for one in found]
