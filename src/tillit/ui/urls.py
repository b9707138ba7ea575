"""Addresses of the design kit."""

from django.urls import path

from tillit.ui import views

app_name = "ui"

urlpatterns = [
    path("komponenter/", views.gallery, name="gallery"),
    path("komponenter/telefon/", views.phone, name="gallery-phone"),
    path("komponenter/papir/", views.paper, name="gallery-paper"),
]
