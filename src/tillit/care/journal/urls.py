"""Addresses of the journal."""

from django.urls import path

from tillit.care.journal.views import changing, record

app_name = "journal"
urlpatterns = [
    path("brukere/<int:citizen_id>/journal/", record.record, name="record"),
    path("brukere/<int:citizen_id>/journal/notat/", record.write, name="write"),
    path("journal/utkast/<int:note_id>/", record.draft, name="draft"),
    path("journal/<int:entry_id>/rett/", changing.correct, name="correct"),
    path("journal/<int:entry_id>/feil-person/", changing.wrong_person, name="wrong_person"),
    path("journal/<int:entry_id>/krav/", changing.demand, name="demand"),
    path("journal/krav/<int:journal_request_id>/", changing.show_request, name="request"),
    path("journal/krav/<int:journal_request_id>/svar/", changing.answer, name="answer"),
    path("signering/", record.waiting, name="waiting"),
    path("signering/regler/", record.terms, name="terms"),
]
