"""Who can and may do what, on a day."""

from collections.abc import Iterable, Mapping
from datetime import date

from tillit.foundation.organisation.queries import in_force
from tillit.foundation.workforce import rules
from tillit.foundation.workforce.models import Competence, Employee, HeldCompetence
from tillit.kernel.periods import Days


def competences_of(
    *, employee_ids: Iterable[int], on: date, professions: Mapping[int, str] | None = None
) -> dict[int, frozenset[str]]:
    """Return employee id → codes of the competences in force on the day, brought by profession or held.

    professions: given when the caller has read them already; saves a query.
    """
    wanted = set(employee_ids)
    known = (
        dict(Employee.objects.filter(pk__in=wanted).values_list("pk", "profession"))
        if professions is None
        else {employee: profession for employee, profession in professions.items() if employee in wanted}
    )
    return rules.competences_in_force(known, brought(), holdings(wanted, on=on), on)


def brought() -> dict[str, list[str]]:
    """Return competence code → professions that bring it with them."""
    return {code: list(carriers) for code, carriers in Competence.objects.values_list("code", "professions")}


def holdings(employee_ids: Iterable[int], *, on: date) -> list[rules.Holding]:
    """Return what the employees hold themselves on the day."""
    held = HeldCompetence.objects.filter(in_force(on), employee_id__in=set(employee_ids))
    return [
        rules.Holding(employee, code, Days(first, after))
        for employee, code, first, after in held.values_list(
            "employee_id", "competence__code", "valid_from", "valid_to"
        )
    ]


def list_competences() -> list[tuple[int, str]]:
    """Return (id, name) of every competence, by name, for forms."""
    return list(Competence.objects.order_by("name", "pk").values_list("pk", "name"))
