"""Addresses of organisation, models and duties.

The pages of the organisation show positions, duties and models beside units, so they stand here on the top of the
foundation; their addresses keep a name of their own.
"""

from django.urls import URLPattern, URLResolver, include, path

from tillit.foundation.responsibility.views import (
    areas_page,
    duties_page,
    enacting,
    joining,
    many_areas_page,
    model_page,
    models_page,
    organisation_page,
    overviews,
    principles,
    unit_page,
)

organisation: list[URLPattern] = [
    path("organisasjon/", organisation_page.overview, name="index"),
    path("organisasjon/<int:unit_id>/", unit_page.show, name="unit"),
    path("organisasjon/<int:unit_id>/endre/", unit_page.edit, name="edit-unit"),
    path("organisasjon/<int:unit_id>/omrade/", areas_page.new_area, name="new-area"),
    path("organisasjon/omrader/", many_areas_page.take_in, name="many-areas"),
    path("organisasjon/omrade/<int:area_id>/endre/", areas_page.change_area, name="change-area"),
    path("organisasjon/omrade/<int:area_id>/avslutt/", areas_page.end_area, name="end-area"),
    path("organisasjon/<int:unit_id>/mote/", unit_page.new_meeting, name="new-meeting"),
    path("organisasjon/mote/<int:meeting_id>/avslutt/", unit_page.end_meeting, name="end-meeting"),
    path("organisasjon/<int:unit_id>/felles-lister/", joining.join_lists, name="join-lists"),
    path("organisasjon/<int:unit_id>/modell/", unit_page.choose_model, name="choose-model"),
]

responsibility: list[URLPattern] = [
    path("modeller/", models_page.compare, name="models"),
    path("modeller/hent/", models_page.ship, name="ship-models"),
    path("modeller/varianter/", overviews.variants, name="variants"),
    path("modeller/sjekk/", overviews.check, name="check"),
    path("modeller/prinsipper/", principles.show, name="principles"),
    path("modeller/prinsipper/endre/", principles.edit, name="edit-principles"),
    path("modeller/endring/<int:change_id>/angre/", model_page.undo_cell, name="undo-cell"),
    path("modeller/iverksetting/<int:enactment_id>/ta-tilbake/", enacting.take_back, name="take-back"),
    path("modeller/<int:version_id>/", model_page.show, name="model"),
    path("modeller/<int:version_id>/kopi/", model_page.copy, name="copy-model"),
    path("modeller/<int:version_id>/navn/", model_page.rename, name="name-variant"),
    path("modeller/<int:version_id>/juster/", model_page.adjust, name="adjust-model"),
    path("modeller/<int:version_id>/forkast/", model_page.discard, name="discard-draft"),
    path("modeller/<int:version_id>/oppgave/<str:code>/", model_page.change_cell, name="change-cell"),
    path("modeller/<int:version_id>/iverksett/", enacting.enact, name="enact"),
    path("team/<int:unit_id>/vakter/", duties_page.show, name="duties"),
    path("team/<int:unit_id>/vakter/ny/", duties_page.new, name="new-duty"),
    path("team/<int:unit_id>/vakter/vanlige/", duties_page.start, name="usual-duties"),
    path("vakter/<int:duty_id>/endre/", duties_page.arrange, name="arrange-duty"),
    path("vakter/<int:duty_id>/avslutt/", duties_page.end, name="end-duty"),
    path("vakter/<int:duty_id>/ta/", duties_page.take, name="take-duty"),
    path("vakter/<int:duty_id>/gi-tilbake/", duties_page.give_back, name="give-back-duty"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((organisation, "organisation"))),
    path("", include((responsibility, "responsibility"))),
]
