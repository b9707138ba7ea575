"""Addresses of the conversation about what matters and of its template."""

from django.urls import path

from tillit.care.needs import views

app_name = "needs"
urlpatterns = [
    path("brukere/<int:citizen_id>/samtale/", views.conversation, name="conversation"),
    path("brukere/<int:citizen_id>/samtale/start/", views.start, name="start"),
    path("brukere/<int:citizen_id>/samtale/<int:conversation_id>/lagre/", views.save, name="save"),
    path("brukere/<int:citizen_id>/samtale/<int:conversation_id>/velg/", views.choose, name="choose"),
    path("brukere/<int:citizen_id>/samtale/<int:conversation_id>/ferdig/", views.finish, name="finish"),
    path("brukere/<int:citizen_id>/samtale/<int:conversation_id>/legg-bort/", views.drop, name="drop"),
    path("brukere/<int:citizen_id>/samtale/<int:conversation_id>/ta-opp/", views.pick_up, name="pick_up"),
    path("brukere/<int:citizen_id>/samtaler/<int:conversation_id>/", views.read, name="read"),
    path("samtalemaler/", views.templates, name="templates"),
    path("samtalemaler/ny-versjon/", views.new_template_version, name="template_edit"),
]
