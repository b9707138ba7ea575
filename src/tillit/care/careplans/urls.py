"""Addresses of the care plan."""

from django.urls import path

from tillit.care.careplans.views import adjusting
from tillit.care.careplans.views import plan as views

app_name = "careplans"
urlpatterns = [
    path("brukere/<int:citizen_id>/plan/", views.show, name="plan_edit"),
    path("brukere/<int:citizen_id>/plan/hvem/", views.sharing, name="sharing"),
    path("brukere/<int:citizen_id>/plan/juster/", adjusting.adjust, name="adjust"),
    path("brukere/<int:citizen_id>/plan/juster/<int:plan_id>/angre/", adjusting.undo, name="undo_adjustment"),
    path("brukere/<int:citizen_id>/plan/utkast/", views.begin, name="begin"),
    path("brukere/<int:citizen_id>/plan/legg-bort/", views.drop, name="drop"),
    path("brukere/<int:citizen_id>/plan/ta-i-bruk/", views.start, name="start"),
    path("brukere/<int:citizen_id>/plan/behov/", views.need, name="add_need"),
    path("brukere/<int:citizen_id>/plan/behov/<int:subject_id>/", views.need, name="change_need"),
    path("brukere/<int:citizen_id>/plan/mal/", views.goal, name="add_goal"),
    path("brukere/<int:citizen_id>/plan/mal/<int:subject_id>/", views.goal, name="change_goal"),
    path("brukere/<int:citizen_id>/plan/tiltak/", views.intervention, name="add_intervention"),
    path("brukere/<int:citizen_id>/plan/tiltak/<int:subject_id>/", views.intervention, name="change_intervention"),
    path("brukere/<int:citizen_id>/plan/blir/", views.preview, name="preview"),
    path("brukere/<int:citizen_id>/plan/mal/<int:goal_id>/framgang/", views.progress, name="progress"),
    path("brukere/<int:citizen_id>/plan/mal/<int:goal_id>/tilstand/", views.goal_state, name="goal_state"),
]
