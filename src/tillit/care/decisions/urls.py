"""Addresses of cases, decisions and appeals."""

from django.urls import path

from tillit.care.decisions import urls_appeals, urls_decide
from tillit.care.decisions.views import assessment, case, holding, more, new_case, proposal, queue

app_name = "decisions"
urlpatterns = [
    path("saker/", queue.queue, name="queue"),
    path("saker/ny/", new_case.new, name="new"),
    path("saker/flytter-hit/<int:citizen_id>/", new_case.moved_in, name="moved_in"),
    path("saker/<int:case_id>/", case.case, name="case"),
    path("saker/<int:case_id>/mottatt/", new_case.received, name="received"),
    path("saker/<int:case_id>/beskjed-gitt/", new_case.tell_receipt, name="tell_receipt"),
    path("saker/<int:case_id>/soknad/", new_case.make_application, name="make_application"),
    path("saker/<int:case_id>/notat/", case.add_note, name="note"),
    path("saker/<int:case_id>/vurder/", assessment.start, name="start_assessment"),
    path("saker/vurdering/<int:assessment_id>/", assessment.assess, name="assess"),
    path("saker/<int:case_id>/forslag/", proposal.propose, name="propose"),
    path("saker/<int:case_id>/send-videre/", holding.hand_over, name="hand_over"),
    path("saker/<int:case_id>/ta-over/<int:holding_id>/", holding.accept, name="accept"),
    path("saker/<int:case_id>/send-tilbake/<int:holding_id>/", holding.send_back, name="send_back_offer"),
    path("saker/<int:case_id>/ta-tilbake/<int:holding_id>/", holding.take_back, name="take_back"),
    path("saker/<int:case_id>/saksbehandler/", holding.worker, name="worker"),
    path("saker/<int:case_id>/hjelp-na/", more.urgent, name="urgent"),
    path("saker/<int:case_id>/valg/", more.choice, name="choice"),
    path("saker/<int:case_id>/trekk/", more.withdraw, name="withdraw"),
    path("saker/<int:case_id>/inhabil/", more.disqualify, name="disqualify"),
    path("saker/<int:case_id>/adresse/", more.party, name="party"),
    path("saker/<int:case_id>/beslutningskompetanse/", more.capacity, name="capacity"),
    path("saker/<int:case_id>/opplysninger/ny/", more.add_fact, name="add_fact"),
    path("saker/<int:case_id>/opplysninger/<int:fact_id>/", more.fact, name="fact"),
    *urls_decide.patterns,
    *urls_appeals.patterns,
]
