"""What the indicators are about, as questions: the heads of the small charts."""

from django.utils.translation import gettext as _

_LETTERS = "KVTBOPRSCU"


def group_of(code: str) -> str:
    """Return which question an indicator belongs to: the letter of its card, or «» for a municipality's own."""
    letter = code.split("-")[0]
    return letter if letter in _LETTERS else ""


def group_name(group: str) -> str:
    """Return the question."""
    return {
        "K": _("Kjenner brukerne dem som kommer?"),
        "V": _("Rekker vi det vi skal?"),
        "T": _("Kommer hjelpen når den skal?"),
        "B": _("Holder bemanningen?"),
        "O": _("Rekker pengene?"),
        "P": _("Når brukerne målene sine?"),
        "R": _("Går tida til brukerne?"),
        "S": _("Styrer teamet seg selv?"),
        "C": _("Har teamet kompetansen det trenger?"),
        "U": _("Hvordan opplever folk det?"),
    }.get(group, _("Kommunens egne spørsmål"))
