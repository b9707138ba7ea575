"""Addresses of login, invitations, log out and one's own settings."""

from django.urls import path

from tillit.foundation.access import views

app_name = "access"
urlpatterns = [
    path("logg-inn/", views.log_in, name="login"),
    path("logg-inn/demo/", views.log_in_to_demo, name="demo-login"),
    path("ny-innlogging/", views.invitation, name="invitation"),
    path("logg-ut/", views.log_out, name="logout"),
    path("sprak/", views.choose_language, name="language"),
    path("meg/", views.preferences, name="preferences"),
]
