"""Addresses of the front door."""

from django.urls import path

from tillit.pages.home import views

app_name = "home"
urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("velg-team/", views.choose_team, name="choose_team"),
]
