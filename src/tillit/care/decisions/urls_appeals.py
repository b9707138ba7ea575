"""Addresses of appeals, of cases in numbers, and of the municipality's own targets and rates."""

from django.urls import path

from tillit.care.decisions.views import appeal, appeals, numbers, practice

patterns = [
    path("klager/", appeals.list_all, name="appeals"),
    path("vedtak/<int:decision_id>/klage/", appeals.new, name="new_appeal"),
    path("brukere/<int:citizen_id>/klage/", appeals.choose_decision, name="appeal_of_citizen"),
    path("klager/<int:appeal_id>/", appeal.show, name="appeal"),
    path("klager/<int:appeal_id>/mottatt/", appeals.receipt, name="appeal_receipt"),
    path("klager/<int:appeal_id>/mangler/", appeal.ask_for_more, name="appeal_more"),
    path("klager/<int:appeal_id>/i-orden/", appeal.complete, name="complete_appeal"),
    path("klager/<int:appeal_id>/ta-opp/", appeal.take_up, name="take_up_appeal"),
    path("klager/<int:appeal_id>/avvis/", appeal.dismiss, name="dismiss_appeal"),
    path("klager/<int:appeal_id>/vurdering/", appeal.review, name="review_appeal"),
    path("klager/<int:appeal_id>/videre/", appeals.forward, name="forward_appeal"),
    path("klager/<int:appeal_id>/svar/", appeal.answer, name="answer_appeal"),
    path("klager/<int:appeal_id>/be-om-utsetting/", appeal.ask_for_stay, name="ask_for_stay"),
    path("klager/<int:appeal_id>/utsetting/", appeal.answer_stay, name="answer_stay"),
    path("klager/<int:appeal_id>/trukket/", appeal.withdraw, name="withdraw_appeal"),
    path("saker-i-tall/", numbers.figures, name="figures"),
    path("team/<int:unit_id>/saker-i-tall/", numbers.show, name="numbers"),
    path("organisasjon/saksbehandling/", practice.show, name="practice"),
    path("organisasjon/saksbehandling/frister/", practice.new, name="new_practice"),
    path("organisasjon/saksbehandling/satser/<int:service_id>/", practice.new_rate, name="new_rate"),
]
