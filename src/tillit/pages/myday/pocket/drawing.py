"""Parts of pages for the phone, drawn by the very templates the pages use, in another layout."""

from dataclasses import dataclass

from django.template.loader import render_to_string

_PARTED = "<!--pocket-->"
_LAYOUT = "myday/pocket/part.html"
#: Forms are sealed by the phone and never posted as they stand: they carry no token.
_NO_TOKEN = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page in three parts, each ready to be put in its place."""

    top: str
    main: str
    bar: str


def parted(template: str, **values: object) -> Drawn:
    """Return a phone page in its three parts."""
    top, main, bar = draw(template, layout=_LAYOUT, **values).split(_PARTED)
    return Drawn(top.strip(), main.strip(), bar.strip())


def draw(template: str, **values: object) -> str:
    """Return a template drawn without a token."""
    return render_to_string(template, {**values, "csrf_token": _NO_TOKEN})
