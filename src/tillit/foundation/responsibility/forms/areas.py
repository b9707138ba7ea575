"""What is typed about an area: name, day and postal codes, and texts from other map programs."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.foundation.organisation import rules
from tillit.foundation.responsibility.rules.geojson import Trouble, UnreadableGeojson
from tillit.ui.fields import DayField

#: A municipality's borders are some hundred kilobytes.
LARGEST_FILE = 2_000_000

TROUBLES: dict[Trouble, str | Promise] = {
    Trouble.NOT_JSON: gettext_lazy("Dette er ikke GeoJSON. Be om en fil som slutter på .geojson eller .json."),
    Trouble.NO_AREA: gettext_lazy("Vi fant ikke et område med minst tre hjørner. Det må være en «Polygon» i GeoJSON."),
    Trouble.HOLE: gettext_lazy("Området har et hull i midten. Del det i to områder uten hull."),
    Trouble.SEVERAL_PARTS: gettext_lazy("Området er i flere deler. Legg inn hver del som et eget område."),
    Trouble.NOT_DEGREES: gettext_lazy(
        "Tallene er meter, ikke grader. Be om fila i lengde- og breddegrad (WGS 84, EPSG:4326)."
    ),
    Trouble.TURNED_ROUND: gettext_lazy("Tallene står i omvendt rekkefølge. I GeoJSON kommer lengdegraden først."),
    Trouble.TOO_MANY: gettext_lazy("Området har over 2000 hjørner. Be om en forenklet utgave."),
    Trouble.TOO_MANY_AREAS: gettext_lazy("Fila har over 500 områder. Del den i flere filer."),
}


class AreaForm(forms.Form):
    """An area. The points come beside the form, as many as there are; `ring` only carries what is wrong with them."""

    name = forms.CharField(label=gettext_lazy("Hva kaller dere området?"), max_length=100)
    valid_from = DayField(label=gettext_lazy("Gjelder fra"))
    ring = forms.CharField(label=gettext_lazy("Punktene"), required=False, widget=forms.HiddenInput)
    postal_codes = forms.CharField(
        label=gettext_lazy("Postnumre"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy("Med komma eller mellomrom mellom. 6770–6774 går også. Det som er tegnet, går først."),
    )

    def clean_postal_codes(self) -> tuple[str, ...]:
        """Every word must be a postal code or a span of them."""
        codes, unread = rules.read_postal_codes(self.cleaned_data["postal_codes"])
        if unread:
            raise forms.ValidationError(
                _("Vi forsto ikke %(words)s. Et postnummer har fire sifre."), params={"words": ", ".join(unread[:5])}
            )
        return codes


class ManyAreasForm(forms.Form):
    """Areas from a file. What is typed of each comes beside the form, as many as there are."""

    valid_from = DayField(label=gettext_lazy("Gjelder fra"))


def text_of_file(sent: "UploadedFile[bytes] | None") -> str:
    """Return what stands in a file that was sent; empty when none was. Raises UnreadableGeojson."""
    if sent is None:
        return ""
    if (sent.size or 0) > LARGEST_FILE:
        raise UnreadableGeojson(Trouble.TOO_MANY)
    try:
        return bytes(sent.read()).decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableGeojson(Trouble.NOT_JSON) from None


def trouble_text(trouble: UnreadableGeojson) -> str:
    """Say what is wrong, and with which of several areas."""
    text = str(TROUBLES[trouble.trouble])
    if trouble.feature:
        return _("Område nummer %(number)s: %(trouble)s") % {"number": trouble.feature, "trouble": text}
    return text
