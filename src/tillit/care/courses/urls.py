"""Addresses of everyday rehabilitation."""

from django.urls import path

from tillit.care.courses.views import courses as views

app_name = "courses"
urlpatterns = [
    path("team/<int:unit_id>/hverdagsrehabilitering/", views.list_courses, name="list"),
    path("brukere/<int:citizen_id>/hverdagsrehabilitering/", views.begin, name="begin"),
    path("hverdagsrehabilitering/regler/", views.terms, name="terms"),
    path("hverdagsrehabilitering/<int:course_id>/", views.course, name="course"),
    path("hverdagsrehabilitering/<int:course_id>/endre/", views.change, name="change"),
    path("hverdagsrehabilitering/<int:course_id>/uka/", views.week, name="week"),
    path("hverdagsrehabilitering/<int:course_id>/avslutt/", views.end, name="end"),
]
