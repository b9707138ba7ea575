"""Taking one of the shipped readings into use from a day."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.authority.actions.delegating import record_delegation, said_by
from tillit.foundation.authority.actions.refusals import AuthorityRefused
from tillit.foundation.authority.models import Authority, Delegation
from tillit.foundation.authority.permissions import KEEP
from tillit.foundation.authority.queries import list_services
from tillit.foundation.authority.queries.templates import offices, template_change
from tillit.foundation.authority.shipped_templates import TEMPLATES, Where
from tillit.foundation.organisation.queries import everywhere, see_unit
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound


@transaction.atomic
def take_template(
    *,
    actor: Actor,
    code: str,
    reference: str,
    delegated_by: str,
    valid_from: date,
    valid_to: date | None,
    within_id: int | None,
    office_id: int | None,
    at: datetime,
) -> Delegation:
    """Register a document with the template's lines, and end the lines it replaces that day.

    What ends and what stays is said by `queries.templates.template_change`, which the page has shown. Services that
    the template leaves open get no line. Never back in time, because lines end that decisions rest on.
    Raises NotFound, NotAllowed, AuthorityRefused.
    """
    template = TEMPLATES.get(code)
    if template is None:
        raise NotFound(_("Fant ikke malen."))
    within = see_unit(actor=actor, unit_id=within_id) if within_id is not None else None
    scope = Scope((within.path,)) if within is not None else everywhere()
    require(actor, KEEP, scope)
    if valid_from < oslo.day_of(at):
        raise AuthorityRefused(_("Velg i dag eller en dag som kommer."), field="valid_from")
    office = {unit.pk: unit for unit in offices(valid_from)}.get(office_id or 0)
    if template.needs_office and office is None:
        raise AuthorityRefused(_("Velg kontoret som har resten av myndigheten."), field="office")
    change = template_change(template, valid_from=valid_from, within=within)
    document = record_delegation(
        actor=actor,
        reference=reference,
        title=_("Hvem avgjør hva, etter malen «%(name)s»") % {"name": template.name},
        delegated_by=delegated_by,
        valid_from=valid_from,
        valid_to=valid_to,
        template=template.code,
        at=at,
    )
    entries = []
    ending = Authority.objects.select_for_update(of=("self",)).filter(pk__in=[one.authority_id for one in change.ends])
    for line in ending.order_by("pk"):
        line.valid_to = max(line.valid_from, valid_from)
        line.save(update_fields=["valid_to"])
        entries.append(audit.Entry(KEEP, f"authority:{line.pk}", scope, {"to": line.valid_to.isoformat()}))
    known = {one.code: one for one in list_services(valid_from)}
    made = [
        Authority(
            delegation=document,
            service_id=known[service].service_id,
            role=line.role,
            unit=office if line.where is Where.OFFICE else None,
            within=within,
            valid_from=valid_from,
            valid_to=None,
        )
        for service, line in template.places.items()
        if service in known
    ]
    stored = Authority.objects.bulk_create(made)
    entries.extend(audit.Entry(KEEP, f"authority:{new.pk}", scope, said_by(new)) for new in stored)
    audit.record_all(actor, entries, at=at)
    return document
