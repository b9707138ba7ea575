"""Addresses of the import and the export."""

from django.urls import path

from tillit.exchange.files import views

app_name = "files"
urlpatterns = [
    path("import/", views.index, name="index"),
    path("import/start/", views.start, name="start"),
    path("import/mal/", views.template, name="template"),
    path("import/mal/<slug:sheet>/", views.template, name="template_sheet"),
    path("import/uttrekk/", views.export, name="export"),
    path("import/<int:run_id>/", views.run, name="run"),
    path("import/<int:run_id>/framdrift/", views.progress, name="progress"),
    path("import/<int:run_id>/kolonner/", views.mapping, name="mapping"),
    path("import/<int:run_id>/skriv/", views.write, name="write"),
    path("import/<int:run_id>/legg-bort/", views.drop, name="drop"),
]
