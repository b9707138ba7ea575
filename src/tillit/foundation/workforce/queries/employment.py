"""Who is employed on a day."""

from datetime import date

from django.db.models import Q


def employed(on: date, way: str = "") -> Q:
    """Rows whose employee has not left by the day. way: the way to the employee, such as "employee__"."""
    return Q(**{f"{way}employed_to__isnull": True}) | Q(**{f"{way}employed_to__gt": on})
