"""Every address of the product: each app's `urls.py`, and the pages that gather many apps."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from tillit.config import errors, health
from tillit.foundation.access.guard import requires
from tillit.foundation.access.permissions import PUBLIC

GALLERY = "tillit.ui.urls"
#: Modules with addresses, from the ground up. Each has its own prefix-free, Norwegian paths.
ADDRESS_BOOKS = (
    GALLERY,
    "tillit.foundation.access.urls",
    "tillit.foundation.login.urls",
    "tillit.foundation.organisation.urls",
    "tillit.foundation.workforce.urls",
    "tillit.foundation.delivery.urls",
    "tillit.foundation.authority.urls",
    "tillit.foundation.responsibility.urls",
    "tillit.care.citizens.urls",
    "tillit.care.consents.urls",
    "tillit.care.journal.urls",
    "tillit.care.notices.urls",
    "tillit.care.needs.urls",
    "tillit.care.letters.urls",
    "tillit.care.decisions.urls",
    "tillit.care.careplans.urls",
    "tillit.care.visits.urls",
    "tillit.care.observations.urls",
    "tillit.care.photos.urls",
    "tillit.care.evaluations.urls",
    "tillit.care.courses.urls",
    "tillit.care.therapy.urls",
    "tillit.teamwork.planning.urls",
    "tillit.teamwork.deviations.urls",
    "tillit.teamwork.changeover.urls",
    "tillit.learning.improvement.urls",
    "tillit.learning.surveys.urls",
    "tillit.learning.insight.urls",
    "tillit.exchange.files.urls",
    "tillit.exchange.person.urls",
    "tillit.pages.home.urls",
    "tillit.pages.myday.urls",
    "tillit.pages.teamboard.urls",
    "tillit.pages.citizen.urls",
    "tillit.pages.stays.urls",
    "tillit.pages.oversight.urls",
    "tillit.pages.minside.urls",
)


def _books() -> list[URLPattern | URLResolver]:
    found: list[URLPattern | URLResolver] = []
    for name in ADDRESS_BOOKS:
        parent = name.rsplit(".", 1)[0]
        if find_spec(parent) and find_spec(name):
            module = import_module(name)
            if name == GALLERY:  # the bottom floor knows no permissions: its door is declared here
                for pattern in module.urlpatterns:
                    pattern.callback = requires(PUBLIC)(pattern.callback)
            found.append(path("", include(module)))
    return found


urlpatterns: list[URLPattern | URLResolver] = [path("helse/", health.view, name="health"), *_books()]

handler403 = errors.not_allowed
handler404 = errors.not_found
handler500 = errors.broken
