"""The language of the page that is being made: what `formats` wants to be told."""

from django.utils.translation import get_language


def page_language() -> str:
    """Return «nb», «nn» or «en»; bokmål where nobody has chosen one, as in a command or a job."""
    return get_language() or "nb"
