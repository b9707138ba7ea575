"""Addresses of services and authority."""

from django.urls import path

from tillit.foundation.authority.views import delegations, law, who_page

app_name = "authority"

urlpatterns = [
    path("organisasjon/myndighet/", who_page.who, name="who"),
    path("organisasjon/myndighet/tjenester/hent/", who_page.ship, name="ship-services"),
    path("organisasjon/myndighet/tjenester/ny/", who_page.new_service, name="new-service"),
    path("organisasjon/myndighet/ny-lov/", who_page.act, name="act"),
    path("organisasjon/myndighet/hjemler/", law.law, name="law"),
    path("organisasjon/myndighet/hjemler/tjeneste/<int:service_id>/", law.add_basis, name="add-basis"),
    path("organisasjon/myndighet/hjemler/<int:basis_id>/avslutt/", law.end_basis, name="end-basis"),
    path("organisasjon/myndighet/fungerende/<int:unit_id>/", who_page.appoint, name="appoint"),
    path("organisasjon/myndighet/fungerende/<int:acting_id>/avslutt/", who_page.end_acting, name="end-acting"),
    path("organisasjon/myndighet/delegering/ny/", delegations.new, name="new-delegation"),
    path("organisasjon/myndighet/delegering/<int:delegation_id>/", delegations.show, name="delegation"),
    path("organisasjon/myndighet/delegering/<int:delegation_id>/linje/", delegations.add_line, name="add-line"),
    path("organisasjon/myndighet/delegering/<int:delegation_id>/avslutt/", delegations.end, name="end-delegation"),
    path("organisasjon/myndighet/linje/<int:authority_id>/avslutt/", delegations.end_line, name="end-line"),
    path("organisasjon/myndighet/mal/<slug:code>/", delegations.template, name="template"),
]
