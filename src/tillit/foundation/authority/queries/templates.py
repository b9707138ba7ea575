"""What taking a shipped template into use would change, before it is done."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from tillit.foundation.authority.queries.law import ServiceLine, list_services
from tillit.foundation.authority.queries.registered import AuthorityLine, authorities_not_over
from tillit.foundation.authority.shipped_templates import Template, TemplateLine
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.organisation.queries import in_force


@dataclass(frozen=True, slots=True)
class ServiceChange:
    """One service: which lines end, which stay, and what the template adds."""

    service: ServiceLine
    ends: tuple[AuthorityLine, ...]
    stays: tuple[AuthorityLine, ...]
    new: TemplateLine | None
    open_reason: str = field(metadata={"help": "Why the template leaves it open; empty when it does not"})

    @property
    def nobody_after(self) -> bool:
        """Whether nobody may decide it afterwards."""
        return self.new is None and not self.stays


@dataclass(frozen=True, slots=True)
class TemplateChange:
    """All that taking a template into use would do."""

    services: tuple[ServiceChange, ...]
    ends: tuple[AuthorityLine, ...] = field(metadata={"help": "Each once, also those for a whole group"})


def template_change(template: Template, *, valid_from: date, within: Unit | None) -> TemplateChange:
    """Return what would change from the day, for the cases of `within` and below, or of the whole municipality.

    Lines about the services the template places end, and so do lines for a group with one of them, when they hold
    only there. Lines that hold more widely stay, and so do those about services the template leaves open. Two queries.
    """
    places, reasons = template.places, template.open
    services = list_services(valid_from)
    placed_groups = {one.group for one in services if one.code in places}
    placed_ids = {one.service_id for one in services if one.code in places}
    reach = within.path if within is not None else ""
    lines = [
        one
        for one in authorities_not_over(valid_from)
        if reach.startswith(one.within_path) or one.within_path.startswith(reach)
    ]
    ends = [
        one
        for one in lines
        if one.within_path.startswith(reach)
        and (one.service_id in placed_ids if one.service_id is not None else one.group in placed_groups)
    ]
    ending = {one.authority_id for one in ends}
    about: dict[int, list[AuthorityLine]] = defaultdict(list)
    for service in services:
        for line in lines:
            if line.service_id == service.service_id or (line.service_id is None and line.group == service.group):
                about[service.service_id].append(line)
    return TemplateChange(
        tuple(
            ServiceChange(
                service,
                ends=tuple(one for one in about[service.service_id] if one.authority_id in ending),
                stays=tuple(one for one in about[service.service_id] if one.authority_id not in ending),
                new=places.get(service.code),
                open_reason=str(reasons.get(service.code, "")),
            )
            for service in services
        ),
        tuple(ends),
    )


def offices(on: date) -> list[Unit]:
    """Return the application offices in force on the day, by name: where the office's roles can be held."""
    return list(Unit.objects.filter(in_force(on), kind=UnitKind.OFFICE).order_by("name", "pk"))
