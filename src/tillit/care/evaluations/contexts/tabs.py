"""The pages about how it goes, side by side. The ones above this app are named by their address."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from tillit.ui.parts import TabLink, Tabs


def tabs(unit_id: int, *, here: str) -> Tabs:
    """Return the tabs for a unit."""
    found = [TabLink(_("Evaluering"), reverse("evaluations:due", args=[unit_id]), here == "due")]
    try:
        courses = reverse("courses:list", args=[unit_id])
    except NoReverseMatch:
        return Tabs(_("Mål og mestring"), tuple(found))
    return Tabs(_("Mål og mestring"), (*found, TabLink(_("Hverdagsrehabilitering"), courses, here == "courses")))
