"""Addresses of observations."""

from django.urls import path

from tillit.care.observations.views import checking, following, history

app_name = "observations"
urlpatterns = [
    path("brukere/<int:citizen_id>/ikke-som-vanlig/", checking.check, name="check"),
    path("brukere/<int:citizen_id>/observasjoner/", history.citizen, name="citizen"),
    path("brukere/<int:citizen_id>/observasjoner/ny/", checking.observe, name="observe"),
    path("brukere/<int:citizen_id>/som-vanlig/", history.usual, name="usual"),
    path("ikke-som-vanlig/<int:watch_id>/", following.watch, name="watch"),
    path("ikke-som-vanlig/<int:watch_id>/ta/", following.take, name="take"),
]
