"""Addresses of consents."""

from django.urls import path

from tillit.care.consents import views

app_name = "consents"
urlpatterns = [
    path("brukere/<int:citizen_id>/min-side/", views.page, name="page"),
    path("brukere/<int:citizen_id>/min-side/<int:consent_id>/avslutt/", views.end, name="end"),
    path("brukere/<int:citizen_id>/min-side/<int:consent_id>/gi/", views.give, name="give"),
    path("brukere/<int:citizen_id>/min-side/<int:consent_id>/nummer/", views.number, name="number"),
    path("brukere/<int:citizen_id>/min-side/innlogging/", views.own_login, name="own_login"),
]
