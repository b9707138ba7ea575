"""Addresses of notices."""

from django.urls import path

from tillit.care.notices.views import notices

app_name = "notices"
urlpatterns = [
    path("team/<int:unit_id>/meldinger/", notices.list_notices, name="list"),
    path("team/<int:unit_id>/meldinger/ny/", notices.write, name="write"),
    path("brukere/<int:citizen_id>/beskjed/", notices.write_about, name="write_about"),
    path("meldinger/<int:notice_id>/", notices.show, name="show"),
    path("meldinger/<int:notice_id>/ta/", notices.take, name="take"),
]
