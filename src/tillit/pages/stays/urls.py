"""Addresses of those who are not at home."""

from django.urls import path

from tillit.pages.stays import views

app_name = "stays"
urlpatterns = [
    path("team/<int:unit_id>/ikke-hjemme/", views.list_stays, name="list"),
    path("team/<int:unit_id>/ikke-hjemme/<int:whereabouts_id>/", views.show, name="show"),
    path("team/<int:unit_id>/ikke-hjemme/<int:whereabouts_id>/steg/", views.add_step, name="step"),
    path("team/<int:unit_id>/ikke-hjemme/<int:whereabouts_id>/ta/", views.take_step, name="take"),
    path("team/<int:unit_id>/ikke-hjemme/<int:whereabouts_id>/gjort/", views.end_step, name="done"),
    path("team/<int:unit_id>/ikke-hjemme/<int:whereabouts_id>/klar/", views.ready, name="ready"),
    path("team/<int:unit_id>/ikke-hjemme/<int:whereabouts_id>/hjem/", views.come_home, name="home"),
    path("team/<int:unit_id>/ikke-hjemme/<int:whereabouts_id>/siste/", views.write_word, name="word"),
    path("team/<int:unit_id>/ikke-hjemme/<int:whereabouts_id>/endret/", views.change, name="change"),
]
