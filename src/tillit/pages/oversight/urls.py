"""Addresses of the log as people read it."""

from django.urls import path

from tillit.pages.oversight import views, views_kept

app_name = "oversight"
urlpatterns = [
    path("brukere/<int:citizen_id>/hvem-har-sett/", views.citizen, name="citizen"),
    path("meg/hva-jeg-har-sett/", views.mine, name="mine"),
    path("innsyn/gjennomgang/", views.review, name="review"),
    path("innsyn/gjennomgang/svar/", views.answer, name="answer"),
    path("personvern/", views.privacy, name="privacy"),
    path("personvern/<int:unit_id>/", views.privacy_unit, name="privacy_unit"),
    path("oppbevaring/", views_kept.kept, name="kept"),
    path("oppbevaring/arkiv/", views_kept.archive, name="kept_archive"),
    path("oppbevaring/<str:code>/", views_kept.kind, name="kept_kind"),
    path("oppbevaring/<str:code>/sperr/", views_kept.hold, name="kept_hold"),
    path("oppbevaring/<str:code>/opphev/", views_kept.lift, name="kept_lift"),
    path("hvem-kan-gjore-hva/", views.acts, name="acts"),
    path("hvem-kan-gjore-hva/tabell/", views.acts_table, name="acts_table"),
]
