"""Form fields for days and times as they are written in Norway.

A day is a text field, not the browser's calendar: it takes 24.11.2026, 24.11.26, 24112026 and 2026-11-24, and the
error says what is wrong with the day («31. februar finnes ikke»).
"""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tillit.ui import formats

_DAY = re.compile(r"(?P<d>\d{1,2})[./ -]?(?P<m>\d{1,2})[./ -]?(?P<y>\d{4}|\d{2})")
_ISO_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})")
_TIME = re.compile(r"(?P<h>\d{1,2})(?:[.: ]?(?P<m>\d{2}))?")


FIRST_YEAR, LAST_YEAR = 1850, 2199
"""Nobody we know was born before, and no day of ours lies after: a year outside is a slip of the keys."""


class DayInput(forms.TextInput):
    """A short text field that brings up the number keys on a phone."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "class": "ti-short", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """21.11.2026 for a day; what was typed for anything else."""
        return formats.short_date(value) if isinstance(value, date) else super().format_value(value)


class DayField(forms.Field):
    """A day. Gives a date."""

    widget = DayInput
    default_error_messages = {
        "invalid": _("Skriv dagen som dag, måned og år, for eksempel 26.02.2027."),
        "no_such_day": _("%(day)s finnes ikke. Skriv en dato som 26.02.2027."),
        "far_away": _("%(day)s er for langt unna. Se over årstallet."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For eksempel 15.01.2027"))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """The day, or None when the field is empty. Raises ValidationError."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return formats.day_of(value)
        text = str(value).strip()
        found = _ISO_DAY.fullmatch(text) or _DAY.fullmatch(text)
        if not found:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
        try:
            read = date(year if year > 99 else 2000 + year, month, day)
        except ValueError:
            raise ValidationError(
                self.error_messages["no_such_day"], code="no_such_day", params={"day": text}
            ) from None
        if not FIRST_YEAR <= read.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["far_away"], code="far_away", params={"day": text})
        return read


class TimeInput(forms.TextInput):
    """A short text field for a time of day."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "class": "ti-short", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """08.15 for a time; what was typed for anything else."""
        return f"{value:%H.%M}" if isinstance(value, time) else super().format_value(value)


class TimeField(forms.Field):
    """A time of day: 08.15, 8:15, 0815 or 8. Gives a time without zone, as it stands on a Norwegian clock."""

    widget = TimeInput
    default_error_messages = {"invalid": _("Skriv klokkeslettet som 08.15.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For eksempel 08.15"))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> time | None:
        """The time, or None when the field is empty. Raises ValidationError."""
        if value in self.empty_values or isinstance(value, time):
            return value or None
        found = _TIME.fullmatch(str(value).strip())
        hour, minute = (int(found["h"]), int(found["m"] or 0)) if found else (99, 0)
        if hour > 23 or minute > 59:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return time(hour, minute)
