"""Addresses of all about one person: ask, follow, read through, fetch."""

from django.urls import path

from tillit.exchange.person import views

app_name = "person"
urlpatterns = [
    path("brukere/<int:citizen_id>/alt/", views.citizen, name="citizen"),
    path("brukere/<int:citizen_id>/alt/sperr/", views.hold, name="hold"),
    path("brukere/<int:citizen_id>/alt/opphev/", views.lift, name="lift"),
    path("medarbeidere/<int:employee_id>/alt/", views.employee, name="employee"),
    path("meg/alt/", views.mine, name="mine"),
    path("utlevering/<int:handout_id>/", views.handout, name="handout"),
    path("utlevering/<int:handout_id>/framdrift/", views.progress, name="progress"),
    path("utlevering/<int:handout_id>/tekster/", views.texts, name="texts"),
    path("utlevering/<int:handout_id>/ta-med/", views.take_along, name="take-along"),
    path("utlevering/<int:handout_id>/gjennomgatt/", views.finish, name="finish"),
    path("utlevering/<int:handout_id>/stopp/", views.stop, name="stop"),
    path("utlevering/<int:handout_id>/hent/", views.fetch, name="fetch"),
    path("utlevering/<int:handout_id>/slett/", views.delete, name="delete"),
]
