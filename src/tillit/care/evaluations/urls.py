"""Addresses of evaluations and measures."""

from django.urls import path

from tillit.care.evaluations.views import goals, measures

app_name = "evaluations"
urlpatterns = [
    path("team/<int:unit_id>/evalueringer/", goals.due, name="due"),
    path("brukere/<int:citizen_id>/evaluering/", goals.citizen, name="citizen"),
    path("brukere/<int:citizen_id>/evaluering/<int:goal_id>/", goals.evaluate, name="evaluate"),
    path("brukere/<int:citizen_id>/maling/<str:tool>/", measures.measure, name="measure"),
]
