"""Words that the pages about look-ups share."""

from collections.abc import Iterable

from django.utils.translation import gettext as _


def listed(texts: Iterable[str]) -> str:
    """Return «a, b og c»; nothing for nothing."""
    words = list(texts)
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s og %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
