"""What others have told in a case."""

from django.utils.translation import gettext as _

from tillit.care.decisions.models import Case, OutsideFact
from tillit.kernel.errors import NotFound


def fact_of(case: Case, fact_id: int) -> OutsideFact:
    """Return a fact of a case that the reader has reached. Raises NotFound."""
    found = OutsideFact.objects.filter(pk=fact_id, case=case).first()
    if found is None:
        raise NotFound(_("Fant ikke opplysningen."))
    return found
