"""Addresses of photos."""

from django.urls import path

from tillit.care.photos import views

app_name = "photos"
urlpatterns = [
    path("brukere/<int:citizen_id>/bilder/nytt/", views.add, name="add"),
    path("bilder/<int:photo_id>/", views.picture, name="picture"),
]
