"""What is written when figures are brought in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.learning.insight.actions.bringing import LONGEST, SHORTEST

#: Of what is pasted or sent, in letters and bytes.
_MOST = 300_000


class BringForm(forms.Form):
    """Figures, pasted or as a file. looked: what was looked through, so that just that is stored."""

    looked = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())
    source = forms.CharField(
        label=_("Hvor er tallene hentet fra?"),
        min_length=SHORTEST,
        max_length=LONGEST,
        help_text=_("For eksempel «Agresso og Visma, tatt ut av økonomi i november 2026». Det står ved tallene."),
        error_messages={
            "required": _("Skriv hvor tallene er hentet fra."),
            "min_length": _("Skriv litt mer om hvor tallene er hentet fra."),
            "max_length": _("Skriv det kortere: høyst %(limit_value)s tegn."),
        },
    )
    text = forms.CharField(
        label=_("Lim inn tallene fra regnearket"),
        required=False,
        max_length=_MOST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        error_messages={"max_length": _("Det er for mye på én gang. Hent inn noen år om gangen.")},
    )
    file = forms.FileField(
        label=_("Eller velg en CSV-fil"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
        error_messages={"empty": _("Fila er tom.")},
    )

    def clean(self) -> dict[str, Any]:
        """Put the file's text where it can be seen and mended. One of the two must be there."""
        said = super().clean() or {}
        sent = said.get("file")
        if sent is not None:
            if sent.size > _MOST:
                self.add_error("file", _("Fila er for stor. Hent inn noen år om gangen."))
                return said
            raw = sent.read()
            try:
                said["text"] = raw.decode("utf-8-sig")
            except UnicodeDecodeError:
                said["text"] = raw.decode("cp1252", errors="replace")
            if "\x00" in said["text"]:
                self.add_error("file", _("Fila er ikke tekst. Lagre arket som CSV, eller lim inn tallene."))
                return said
            data: Any = self.data
            data = data.copy()
            data[self.add_prefix("text")] = said["text"]
            self.data = data
        if "text" in said and not said["text"].strip():
            self.add_error("text", _("Lim inn tallene, eller velg en fil."))
        return said
