"""Words that several of these pages share."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from tillit.ui import formats
from tillit.ui.language import page_language

DUTY_ICONS = {
    "ALLOCATOR": "Branching",
    "MESSAGES": "EnvelopeClosed",
    "ACUTE": "FirstAid",
    "OTHER": "ClipboardCheckmark",
}

_A_MONDAY = date(2024, 1, 1)


def weekdays_in_words(weekdays: str) -> str:
    """Return stored weekdays in words: "13" is «mandag og onsdag», "12345" is «mandag–fredag», all are «hver dag»."""
    days = sorted({int(digit) for digit in weekdays})
    if days == list(range(1, 8)):
        return _("hver dag")
    names = [formats.weekday(_A_MONDAY + timedelta(days=day - 1), page_language()) for day in days]
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{names[0]}–{names[-1]}"
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s og %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
