"""The second of two who change the same thing sees both, and chooses with one press. For forms filled with what stands.

    form = DutyForm(with_both(request.POST, initial) or None, initial=initial)     # initial: as it stands now
    …
    except ChangedMeanwhile as changed:
        clash, status = clash_of(form, changed), 409

What differs is found by the form itself: what was typed against `initial`, which was read anew for this answer.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from tillit.kernel.errors import ActionRefused, ChangedMeanwhile
from tillit.ui import formats
from tillit.ui.parts.messages import Clash, ClashLine

BOTH = "behold_begge"
"""Posted with the names of fields whose text shall be theirs and mine, one below the other."""


class SeenForm(forms.Form):
    """A form that carries the edition it was shown with."""

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def seen(self) -> int:
        """The edition that was shown; 0 when a form was posted without, which is never the one there is."""
        return self.cleaned_data.get("edition") or 0


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent in a form; None when the page is only opened. For the page where one address does both."""
    return request.POST if request.method == "POST" else None


def with_both(sent: QueryDict, initial: Mapping[str, Any]) -> QueryDict:
    """Return what was posted, with theirs above mine in the fields that BOTH names."""
    names = sent.get(BOTH, "").split()
    if not names:
        return sent
    data = sent.copy()
    for name in names:
        theirs, mine = str(initial.get(name) or "").strip(), data.get(name, "").strip()
        if name in initial and name in data and theirs != mine:
            data[name] = "\n".join(part for part in (theirs, mine) if part)
    return data


def clash_of(
    form: forms.Form,
    changed: ChangedMeanwhile,
    *,
    name: str = "edition",
    now: str | None = None,
    compare: bool = True,
    both: bool = False,
) -> Clash:
    """Return what differs, and let the form be sent again as an answer to what stands now.

    name: the hidden field that says what was seen; now: what it says from here on, else the refusal's own.
    compare: False for a form that begins empty, and does not show what stands.
    both: the view takes `with_both`, so long texts can be kept one below the other.
    """
    _answer_now(form, name, str(changed.now) if now is None else now)
    differs = [form[one] for one in form.changed_data if not form[one].is_hidden] if compare else []
    return Clash(
        text=changed.text,
        lines=tuple(
            ClashLine(str(bound.label), theirs=shown(bound, bound.initial), mine=shown(bound, bound.value()))
            for bound in differs
        ),
        both=" ".join(one.html_name for one in differs if both and isinstance(one.field.widget, forms.Textarea)),
    )


def say_refused(form: forms.Form, refused: ActionRefused) -> int:
    """Say on a form why what it asked for was refused, and return the answer's status. What was typed stays.

    409 when somebody else was first: sent again, the form answers to what stands now. Else 422, at the field that the
    refusal names with `fact`, or above all of them.
    """
    if isinstance(refused, ChangedMeanwhile):
        _answer_now(form, "edition", str(refused.now))
        form.add_error(None, refused.text)
        return 409
    fact = getattr(refused, "fact", "")
    form.add_error(fact if fact in form.fields else None, refused.text)
    return 422


def _answer_now(form: forms.Form, name: str, now: str) -> None:
    posted: Any = form.data
    data = posted.copy()
    data[form.add_prefix(name)] = now
    data.pop(BOTH, None)
    form.data = data


def shown(bound: BoundField, value: Any) -> str:
    """Return a field's value in the words the form has for it."""
    values = value if isinstance(value, list | tuple) else [value]
    if isinstance(value, bool):
        return _("Ja") if value else _("Nei")
    known = {str(code): str(text) for code, text in getattr(bound.field, "choices", ()) or ()}
    said = [
        known.get(str(one), formats.short_date(one) if isinstance(one, date) else str(one))
        for one in values
        if one not in (None, "")
    ]
    return ", ".join(said) or _("Tomt")
