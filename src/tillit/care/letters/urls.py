"""Addresses of letters and their templates."""

from django.urls import path

from tillit.care.letters import views

app_name = "letters"
urlpatterns = [
    path("brev/<int:letter_id>.pdf", views.pdf, name="pdf"),
    path("brevmaler/", views.templates, name="templates"),
    path("brevmaler/<slug:slug>/<str:language>/", views.template, name="template"),
    path("brevmaler/<slug:slug>/<str:language>/lagre/", views.save, name="save"),
    path("brevmaler/<slug:slug>/<str:language>/forhandsvis/", views.preview, name="preview"),
    path("brevmaler/<slug:slug>/<str:language>/ta-i-bruk/", views.use, name="use"),
    path("brevmaler/<slug:slug>/<str:language>/forkast/", views.drop, name="drop"),
    path("brevmaler/<slug:slug>/<str:language>/sammenlign/", views.compare, name="compare"),
    path("brevmaler/<slug:slug>/<str:language>/eksempel.pdf", views.sample_pdf, name="sample_pdf"),
]
