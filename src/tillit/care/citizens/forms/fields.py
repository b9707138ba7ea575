"""Days and clock times, picked by the browser."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

Choice = tuple[str, Any]


class DayInput(forms.DateInput):
    """A day, picked by the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """A clock time, picked by the browser."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label,
        required=required,
        widget=DayInput(),
        help_text=help_text,
        error_messages={
            "invalid": gettext_lazy("Skriv en dato som finnes, som 24.11.2026."),
            "required": gettext_lazy("Velg en dato."),
        },
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )
