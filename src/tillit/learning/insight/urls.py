"""Addresses of insight."""

from django.urls import path

from tillit.learning.insight.views import files, notes, pages

app_name = "insight"
urlpatterns = [
    path("innsikt/", pages.start, name="start"),
    path("innsikt/<int:unit_id>/", pages.unit, name="unit"),
    path("innsikt/<int:unit_id>/merk/", notes.note, name="note"),
    path("innsikt/<int:unit_id>/merk/<int:mark_id>/trekk/", notes.withdraw, name="withdraw-mark"),
    path("innsikt/<int:unit_id>/last-ned/<slug:file_form>/", files.download, name="file"),
    path("innsikt/<int:unit_id>/tall/<slug:indicator_code>/", pages.indicator, name="indicator"),
    path("innsikt/<int:unit_id>/tall/<slug:indicator_code>/bilde.svg", files.picture, name="picture"),
]
