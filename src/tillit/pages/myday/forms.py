"""What is said on the phone: how a visit went, what has changed, what was done about it."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.care.visits.rules.reports import outcome_of
from tillit.pages.myday import queries, rules

#: How the helper saw it go with the goal.
TRENDS: tuple[tuple[str, Any], ...] = (("HARDER", _("Tyngre")), ("SAME", _("Som før")), ("EASIER", _("Lettere")))
NOTE_LENGTH = 4000


class Codes(forms.MultipleChoiceField):
    """What the note is about. Which are hers is found when it is stored: a plan changed meanwhile refuses no note."""

    def valid_value(self, value: str) -> bool:
        """Take it as it is."""
        return len(value) <= 30


class ReportForm(forms.Form):
    """How a visit went. Empty it says «as planned»: nothing has to be filled in.

    outcome: what the pressed button said; cancelled_by: one of the buttons for a visit that did not happen.
    `done` is the helper's own memory while she works: it is not stored.
    """

    outcome = forms.ChoiceField(choices=[("AS_PLANNED", ""), ("DIFFERENT", "")], required=False)
    press_key = forms.CharField(max_length=64)
    done = forms.MultipleChoiceField(required=False)
    not_done = forms.MultipleChoiceField(label=_("Hva ble ikke gjort?"), required=False)
    goal_trend = forms.ChoiceField(choices=TRENDS, required=False)
    time_step = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    cancelled_by = forms.ChoiceField(required=False)
    about = Codes(required=False)
    note = forms.CharField(
        label=_("Notat"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": " "}),
        error_messages={"max_length": _("Notatet er for langt. Kort det ned til %(limit_value)s tegn.")},
    )

    def __init__(self, *args: Any, task_ids: Sequence[int], minutes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tasks = [(str(task_id), "") for task_id in task_ids]
        self._choices("done", tasks)
        self._choices("not_done", tasks)
        self._choices("time_step", [("0", ""), *((str(step), "") for step in rules.time_steps(minutes))])
        self._choices("cancelled_by", list(queries.CANCELLED_BY_SOMEBODY.items()))

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        chosen = self.fields[name]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = choices

    def clean(self) -> dict[str, Any]:
        """«Something was different» must say what."""
        said = super().clean() or {}
        if said.get("outcome") == "DIFFERENT" and not (
            said.get("not_done") or said.get("time_step") or said.get("note") or said.get("goal_trend")
        ):
            self.add_error(None, _("Si hva som ble annerledes, eller trykk «Ferdig som planlagt»."))
        return said

    @property
    def said_outcome(self) -> str:
        """What became of the visit: what was filled in counts for more than which button was pressed."""
        said = self.cleaned_data
        return outcome_of(
            pressed=said["outcome"],
            cancelled_by=said["cancelled_by"],
            not_done=bool(said["not_done"]),
            time_step=bool(said["time_step"]),
        )


class ChangeForm(forms.Form):
    """«Noe har endret seg»: what, one sentence, and when somebody must look at it."""

    press_key = forms.CharField(max_length=64)
    kind = forms.ChoiceField(
        label=_("Hva har endret seg?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva som har endret seg.")},
    )
    words = forms.CharField(
        label=_("Hva så du?"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Skriv hva du så. Én setning holder."),
            "max_length": _("Teksten er for lang. Kort den ned til %(limit_value)s tegn."),
        },
    )
    urgency = forms.ChoiceField(
        label=_("Når må noen se på det?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg når noen må se på det.")},
    )

    def __init__(self, *args: Any, urgencies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("kind", list(queries.CHANGE_KINDS.items())), ("urgency", list(urgencies))):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = choices


class MoveForm(forms.Form):
    """When the visit is instead: one press on a time, or a clock time of one's own."""

    press_key = forms.CharField(max_length=64)
    to = forms.TimeField(required=False, error_messages={"invalid": _("Velg et klokkeslett.")})
    start = forms.TimeField(
        label=_("Et annet klokkeslett"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Skriv klokkeslettet slik: 10.30.")},
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
    )

    def clean(self) -> dict[str, Any]:
        """One of them must be said."""
        said = super().clean() or {}
        if not self.errors and not (said.get("to") or said.get("start")):
            self.add_error("start", _("Velg når besøket skal være."))
        return said

    @property
    def clock(self) -> time:
        """The time that was chosen: the press before what stands in the field."""
        found: time = self.cleaned_data["to"] or self.cleaned_data["start"]
        return found


class CancelForm(forms.Form):
    """Why a visit is called off: who, by one press, and words if there are any."""

    press_key = forms.CharField(max_length=64)
    cancelled_by = forms.ChoiceField(
        choices=list(queries.CANCELLED_BY_SOMEBODY.items()),
        error_messages={
            "required": _("Velg hvorfor besøket avlyses."),
            "invalid_choice": _("Velg hvorfor besøket avlyses."),
        },
    )
    words = forms.CharField(
        label=_("Vil du si mer?"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("Teksten er for lang. Kort den ned til %(limit_value)s tegn.")},
    )


class FollowUpForm(forms.Form):
    """What was done about a change."""

    answer = forms.CharField(
        label=_("Hva gjør dere med det?"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Skriv kort hva dere gjør med det."),
            "max_length": _("Teksten er for lang. Kort den ned til %(limit_value)s tegn."),
        },
    )
