"""What the pages about the conversation have in common."""

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.models import Citizen
from tillit.ui.parts import Crumb, Crumbs


def crumbs(citizen: Citizen, title: str) -> Crumbs:
    """Return the way to a page about the conversation."""
    return Crumbs(
        (
            Crumb(_("Brukere"), reverse("citizens:list")),
            Crumb(citizen.name, reverse("citizens:page", args=[citizen.pk])),
            Crumb(title),
        )
    )
