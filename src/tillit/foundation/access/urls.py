"""Addresses of one's own settings."""

from django.urls import path

from tillit.foundation.access import views

app_name = "access"
urlpatterns = [
    path("sprak/", views.choose_language, name="language"),
    path("meg/", views.preferences, name="preferences"),
]
