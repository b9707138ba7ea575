"""Which logins go when all about a citizen is deleted."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from tillit.care.consents.models import Consent, PrivateAccount


def logins_that_go(citizen_ids: Iterable[int]) -> list[int]:
    """Return the private accounts that open nobody's page without these citizens: theirs, and those they let in."""
    ids = list(citizen_ids)
    by_account = Consent.objects.filter(account=OuterRef("pk"))
    theirs = Q(citizen_id__in=ids) | (Q(citizen__isnull=True) & Exists(by_account.filter(citizen_id__in=ids)))
    rows = PrivateAccount.objects.filter(theirs).exclude(Exists(by_account.exclude(citizen_id__in=ids)))
    return list(rows.values_list("pk", flat=True))
