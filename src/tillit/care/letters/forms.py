"""The form for a draft of a template: the title, and a row for each section in order."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from tillit.care.letters import rules
from tillit.care.letters.rules import Template, TemplateSection
from tillit.ui.fields import DayField

PREFIX = "del"
MOST_ROWS = 40
_SIGNS_ON_A_LINE = 52


class DraftForm(forms.Form):
    """The title of the letter, and which edition of the draft the writer saw."""

    title = forms.CharField(label=gettext_lazy("Overskriften, som sier svaret"), max_length=200, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput())


class SectionForm(forms.Form):
    """One section. An empty row is left out."""

    code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput())
    rank = forms.IntegerField(label=gettext_lazy("Plass"), min_value=1, max_value=99)
    heading = forms.CharField(label=gettext_lazy("Overskrift"), max_length=120, required=False)
    text = forms.CharField(label=gettext_lazy("Tekst"), max_length=4000, required=False, widget=forms.Textarea())

    @property
    def rows(self) -> int:
        """How many lines the text takes in the form."""
        text = str(self["text"].value() or "")
        return max(2, sum(1 + len(line) // _SIGNS_ON_A_LINE for line in text.splitlines()))


class UseForm(forms.Form):
    """From which day the draft is used."""

    in_use_from = DayField(label=gettext_lazy("I bruk fra"))
    seen = forms.IntegerField(widget=forms.HiddenInput(attrs={"id": "bruk-seen"}))


SectionFormSet = forms.formset_factory(SectionForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def initial_rows(template: Template, absent: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Return the sections as the form shows them, empty rows for the absent ones, and one for a section of their own.

    absent: codes of shipped sections that have been taken out; they can be written again.
    """
    rows: list[dict[str, Any]] = [
        {"code": one.code, "rank": place, "heading": one.heading, "text": one.text}
        for place, one in enumerate(template.sections, start=1)
    ]
    rows += [{"code": code, "rank": len(rows) + place} for place, code in enumerate(absent, start=1)]
    return [*rows, {"rank": len(rows) + 1}]


def sections_in(cleaned: list[dict[str, Any]]) -> tuple[TemplateSection, ...]:
    """Return the sections of a valid form in the order of their places; new ones get a code of their own."""
    filled = [row for row in cleaned if row and (row["text"].strip() or row["heading"].strip())]
    taken = {row["code"] for row in filled if row["code"]}
    found = []
    for row in sorted(filled, key=lambda one: one["rank"]):
        code = row["code"] or rules.code_for(row["heading"] or row["text"], taken)
        taken.add(code)
        text = "\n".join(line.rstrip() for line in row["text"].replace("\r\n", "\n").splitlines()).strip()
        found.append(TemplateSection(code, row["heading"].strip(), text))
    return tuple(found)
