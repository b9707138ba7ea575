"""Addresses of a citizen's own page."""

from django.urls import path

from tillit.pages.minside import views

app_name = "minside"
urlpatterns = [
    path("min-side/", views.start, name="start"),
    path("min-side/<int:citizen_id>/", views.page, name="page"),
    path("min-side/<int:citizen_id>/mal/", views.goals, name="goals"),
    path("min-side/<int:citizen_id>/hvem-har-sett/", views.lookups, name="lookups"),
    path("min-side/<int:citizen_id>/vedtak/", views.decisions, name="decisions"),
    path("min-side/<int:citizen_id>/brev/<int:letter_id>/", views.letter, name="letter"),
    path("min-side/<int:citizen_id>/brev/<int:letter_id>.pdf", views.letter_pdf, name="letter_pdf"),
    path("min-side/<int:citizen_id>/hva-du-synes/<int:asked_id>/", views.think, name="think"),
    path("min-side/<int:citizen_id>/skriv/", views.write, name="write"),
    path("min-side/<int:citizen_id>/besok/<int:visit_id>/avlys/", views.cancel, name="cancel"),
    path("min-side/<int:citizen_id>/hvem-ser/", views.sharing, name="sharing"),
    path("min-side/<int:citizen_id>/hvem-ser/<int:consent_id>/slutt/", views.end_sharing, name="end_sharing"),
]
