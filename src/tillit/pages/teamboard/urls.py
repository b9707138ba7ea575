"""Addresses of the team board."""

from django.urls import path

from tillit.pages.teamboard import views

app_name = "teamboard"
urlpatterns = [
    path("team/<int:unit_id>/tavle/", views.board, name="board"),
    path("team/<int:unit_id>/tavle/venter/", views.everything, name="everything"),
    path("team/<int:unit_id>/tavle/vegg/", views.wall, name="wall"),
]
