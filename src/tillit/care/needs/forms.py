"""The form for a new version of the conversation template: one row for each question, in order."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from tillit.care.needs import rules

EMPTY_ROWS = 3


class VersionForm(forms.Form):
    """What the version is called, and from when it is used."""

    name = forms.CharField(label=gettext_lazy("Navn på malen"), max_length=100)
    in_use_from = forms.DateField(
        label=gettext_lazy("I bruk fra"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": gettext_lazy("Skriv en dato som finnes, som 24.11.2026."),
            "required": gettext_lazy("Velg en dato."),
        },
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )
    seen = forms.IntegerField(widget=forms.HiddenInput())


class QuestionForm(forms.Form):
    """One question. A row without text is left out."""

    code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput())
    kind = forms.CharField(required=False, widget=forms.HiddenInput())
    rank = forms.IntegerField(label=gettext_lazy("Plass"), min_value=1, max_value=99)
    part = forms.CharField(label=gettext_lazy("Del"), max_length=100, required=False)
    text = forms.CharField(label=gettext_lazy("Spørsmål"), max_length=200, required=False)
    help = forms.CharField(
        label=gettext_lazy("Hjelp til den som spør"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    short = forms.BooleanField(label=gettext_lazy("Med i kort samtale"), required=False)


QuestionFormSet = forms.formset_factory(QuestionForm, extra=0, max_num=60)


def initial_rows(questions: tuple[rules.Question, ...]) -> list[dict[str, Any]]:
    """Return the questions as the form shows them, with some empty rows at the end."""
    rows: list[dict[str, Any]] = [
        {
            "code": question.code,
            "kind": question.kind,
            "rank": number,
            "part": question.part,
            "text": question.text,
            "help": question.help,
            "short": question.short,
        }
        for number, question in enumerate(questions, start=1)
    ]
    return rows + [{"rank": len(rows) + number, "kind": "text"} for number in range(1, EMPTY_ROWS + 1)]


def questions_in(cleaned: list[dict[str, Any]]) -> tuple[rules.Question, ...]:
    """Return the questions of a valid form, in the order of their places; new ones get a code of their own."""
    filled = [row for row in cleaned if row and row.get("text", "").strip()]
    taken = {row["code"] for row in filled if row["code"]}
    found = []
    for row in sorted(filled, key=lambda one: one["rank"]):
        code = row["code"] or rules.code_for(row["text"], taken)
        taken.add(code)
        found.append(
            rules.Question(
                code=code,
                part=row["part"].strip(),
                text=row["text"].strip(),
                help=row["help"].strip(),
                kind=row["kind"] or "text",
                short=row["short"],
            )
        )
    return tuple(found)
