"""The municipality's rules for signing."""

from datetime import date

from tillit.care.journal.models import SigningTerms


def countersign_for(on: date) -> tuple[str, ...]:
    """Return the professions whose words wait for countersigning on a day; none when nobody has decided any."""
    row = SigningTerms.objects.filter(valid_from__lte=on).order_by("-valid_from").first()
    return tuple(row.countersign_for) if row else ()
