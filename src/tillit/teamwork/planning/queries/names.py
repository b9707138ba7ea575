"""What competences are called."""

from collections.abc import Iterable

from tillit.foundation.workforce.models import Competence


def competence_names(codes: Iterable[str]) -> dict[str, str]:
    """Return code → name in lower case, as it stands inside a sentence. Unknown codes are left out."""
    wanted = set(codes)
    if not wanted:
        return {}
    rows = Competence.objects.filter(code__in=wanted).values_list("code", "name")
    return {code: name[:1].lower() + name[1:] for code, name in rows}
