"""What is written when an own instrument is made: its head, one question, one theme. Other languages may be empty."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.learning.surveys.actions.building import MOST_QUESTION
from tillit.learning.surveys.rules.instruments import Instrument, Item, Part, Text
from tillit.learning.surveys.who_answers import WHO
from tillit.ui.clashing import SeenForm

_TOO_LONG = _("Teksten er for lang. Kort den ned til %(limit_value)s tegn.")


def _text(label: Any, most: int, *, required: Any = "", help_text: Any = "", rows: int = 0) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=bool(required), help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(),
        error_messages={"required": required, "max_length": _TOO_LONG},
    )  # fmt: skip


class _InLanguages(SeenForm):
    """A form whose texts are in bokmål and, when somebody writes them, in the others."""

    def has_folded_errors(self) -> bool:
        """Whether something is wrong with a text in another language, or in easy words: then they stand open."""
        return any(name.endswith(("_nn", "_en", "_easy")) for name in self.errors)

    def said_in(self, name: str) -> Text:
        """Return one text in its languages, white space tidied. Only after `is_valid()`."""
        each = [
            " ".join(self.cleaned_data.get(f"{name}{language}", "").split()) for language in ("", "_nn", "_en", "_easy")
        ]
        return Text(*each)


def initial_of(name: str, text: Text) -> dict[str, str]:
    """Return a text as a form begins with it."""
    return {name: text.nb, f"{name}_nn": text.nn, f"{name}_en": text.en, f"{name}_easy": text.easy}


class HeadForm(_InLanguages):
    """Name, purpose, who answers; and for which unit, when it is made."""

    name = _text(_("Navn"), 80, required=_("Gi spørreskjemaet et navn."), help_text=_("Slik de som svarer, ser det."))
    about = _text(
        _("Hva skal svarene brukes til?"), 200, required=_("Skriv hva svarene skal brukes til."),
        help_text=_("Én setning. Vet dere ikke hva svaret skal endre, så la være å spørre."),
    )  # fmt: skip
    for_whom = forms.ChoiceField(
        label=_("Hvem svarer?"), choices=WHO, widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvem som svarer."), "invalid_choice": _("Velg hvem som svarer.")},
    )  # fmt: skip
    unit = forms.TypedChoiceField(
        label=_("Hvilken enhet er det laget for?"), coerce=int, help_text=_("Teamene der kan spørres."),
        error_messages={"required": _("Velg en enhet."), "invalid_choice": _("Velg en enhet fra lista.")},
    )  # fmt: skip
    name_nn = _text(_("Navn på nynorsk"), 80)
    about_nn = _text(_("Hva svarene skal brukes til, på nynorsk"), 200)
    name_en = _text(_("Navn på engelsk"), 80)
    about_en = _text(_("Hva svarene skal brukes til, på engelsk"), 200)

    IN_LANGUAGES = ("name_nn", "about_nn", "name_en", "about_en")

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = list(units)
        if not units:
            del self.fields["unit"]


@dataclass(frozen=True, slots=True)
class LeadOption:
    """An answer that can lead to the question."""

    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class LeadGroup:
    """The answers to one earlier question."""

    question: str
    options: tuple[LeadOption, ...]


class QuestionForm(_InLanguages):
    """One question. leads: earlier questions with what can be answered to them: (code, words, ((value, words), …))."""

    text = _text(_("Spørsmålet"), MOST_QUESTION, required=_("Skriv spørsmålet."), rows=2)
    text_easy = _text(
        _("Med enkle ord"), MOST_QUESTION, help_text=_("Lettlest. Vises under spørsmålet: «Det betyr: …».")
    )
    scale = forms.ChoiceField(
        label=_("Hvordan svares det?"), widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvordan det svares."), "invalid_choice": _("Velg fra lista.")},
    )  # fmt: skip
    part = forms.ChoiceField(
        label=_("Tema"), required=False, error_messages={"invalid_choice": _("Velg et tema fra lista.")},
        help_text=_("Spørsmål i samme tema får ett felles gjennomsnitt. De må svares på samme måte."),
    )  # fmt: skip
    new_theme = _text(_("Eller: navn på et nytt tema"), 60)
    reverse = forms.BooleanField(
        label=_("Spørsmålet er snudd"), required=False,
        help_text=_(
            "Snudd betyr at den som er enig, sier noe dårlig, som «Jeg gruer meg til vakta». Da snur vi svaret før vi "
            "regner: 5 blir 1, og 4 blir 2. Et høyt tall i temaet betyr da alltid det samme."
        ),
    )  # fmt: skip
    only_if = forms.MultipleChoiceField(
        label=_("Vis bare etter disse svarene"), required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Velg svar fra lista.")},
    )  # fmt: skip
    text_nn = _text(_("Spørsmålet på nynorsk"), MOST_QUESTION, rows=2)
    text_en = _text(_("Spørsmålet på engelsk"), MOST_QUESTION, rows=2)

    def __init__(
        self,
        *args: Any,
        scales: Sequence[tuple[str, str]],
        parts: Sequence[tuple[str, str]],
        leads: Sequence[tuple[str, str, Sequence[tuple[str, str]]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._leads = leads
        for name, choices in (
            ("scale", list(scales)),
            ("part", [("", _("Står for seg selv")), *parts]),
            ("only_if", [(f"{code}:{value}", words) for code, _words, each in leads for value, words in each]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def lead_groups(self) -> tuple[LeadGroup, ...]:
        """Return the earlier questions with their answers, as they are ticked now."""
        chosen = set(self["only_if"].value() or ())
        return tuple(
            LeadGroup(
                words,
                tuple(LeadOption(f"{code}:{value}", each, f"{code}:{value}" in chosen) for value, each in answers),
            )
            for code, words, answers in self._leads
        )

    def has_lead(self) -> bool:
        """Whether an answer is ticked, or the ticks are wrong: then they stand open."""
        return bool(self["only_if"].value() or self.errors.get("only_if"))

    def clean_only_if(self) -> list[str]:
        """Take answers to one question alone: answers to two could contradict each other."""
        chosen: list[str] = self.cleaned_data["only_if"]
        if len({one.split(":")[0] for one in chosen}) > 1:
            raise forms.ValidationError(_("Velg svar på ett spørsmål. Et spørsmål kan bare henge på ett annet."))
        return chosen

    def clean(self) -> dict[str, Any]:
        """Take «snudd» only in a theme."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("reverse") and not (said.get("part") or said.get("new_theme")):
            self.add_error("reverse", _("Bare spørsmål i et tema kan være snudd. Velg et tema."))
        if said.get("part") and said.get("new_theme"):
            self.add_error("new_theme", _("Velg ett av dem: et tema fra lista, eller et nytt."))
        return said

    def item(self, code: str) -> Item:
        """Return the question. code: empty for a new one. Only after `is_valid()`."""
        said = self.cleaned_data
        lead = [one.split(":") for one in said["only_if"]]
        steps = tuple(int(value) if value.isdecimal() else value for _code, value in lead)
        return Item(
            code, self.said_in("text"), said["scale"], said["part"], said["reverse"],
            (lead[0][0], steps) if lead else None,
        )  # fmt: skip


def initial_of_question(item: Item) -> dict[str, Any]:
    """Return a question as the form begins with it."""
    lead = [f"{item.only_if[0]}:{value}" for value in item.only_if[1]] if item.only_if else []
    said = {"scale": item.scale, "part": item.part, "reverse": item.reverse, "only_if": lead}
    return {**initial_of("text", item.text), **said}


class ThemeForm(_InLanguages):
    """A theme: questions that make one number together."""

    name = _text(_("Navn på temaet"), 60, required=_("Gi temaet et navn."))
    says = _text(_("Hva betyr et høyt tall?"), 100, help_text=_("Slik teamet ville sagt det: «Vi får det til»."))
    name_nn = _text(_("Navn på nynorsk"), 60)
    says_nn = _text(_("Hva et høyt tall betyr, på nynorsk"), 100)
    name_en = _text(_("Navn på engelsk"), 60)
    says_en = _text(_("Hva et høyt tall betyr, på engelsk"), 100)

    IN_LANGUAGES = ("name_nn", "says_nn", "name_en", "says_en")

    def part(self, code: str) -> Part:
        """Return the theme. code: empty for a new one. Only after `is_valid()`."""
        return Part(code, self.said_in("name"), self.said_in("says"))


def initial_of_head(instrument: Instrument) -> dict[str, Any]:
    """Return name, purpose and who answers as the form begins with them."""
    texts = {**initial_of("name", instrument.name), **initial_of("about", instrument.about)}
    return {**texts, "for_whom": instrument.for_whom}
