"""Addresses of the log as people read it."""

from django.urls import path

from tillit.pages.oversight import views

app_name = "oversight"
urlpatterns = [
    path("brukere/<int:citizen_id>/hvem-har-sett/", views.citizen, name="citizen"),
    path("meg/hva-jeg-har-sett/", views.mine, name="mine"),
    path("innsyn/gjennomgang/", views.review, name="review"),
    path("innsyn/gjennomgang/svar/", views.answer, name="answer"),
]
