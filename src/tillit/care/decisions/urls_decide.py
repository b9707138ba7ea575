"""Addresses from proposal to delivery, and of looking at it again."""

from django.urls import path

from tillit.care.decisions.views import deciding, delivering, looking_again

patterns = [
    path("saker/<int:case_id>/vedtak/", deciding.show, name="decide"),
    path("saker/<int:case_id>/vedtak/fatt/", deciding.decide, name="make_decision"),
    path("saker/<int:case_id>/vedtak/tilbake/", deciding.send_back, name="send_back"),
    path("saker/<int:case_id>/vedtak/begrunnelse/", deciding.change_reasons, name="change_reasons"),
    path("saker/<int:case_id>/vedtak/send/", deciding.send_to_decider, name="send_to_decider"),
    path("saker/<int:case_id>/vedtak/brev.pdf", deciding.letter_pdf, name="letter_pdf"),
    path("saker/<int:case_id>/vedtak/<int:decision_id>.pdf", deciding.decision_pdf, name="decision_pdf"),
    path("saker/<int:case_id>/vedtak/<int:decision_id>/begrunnelse.pdf", deciding.reasons_pdf, name="reasons_pdf"),
    path("saker/<int:case_id>/meld-fra/", delivering.notify, name="notify"),
    path("saker/<int:case_id>/brev-etter/", delivering.send_written, name="send_written"),
    path("saker/<int:case_id>/vil-ha-begrunnelse/", delivering.ask_for_reasons, name="ask_for_reasons"),
    path("saker/<int:case_id>/begrunnelse/", delivering.reasons, name="reasons"),
    path("saker/<int:case_id>/start/", delivering.start, name="start"),
    path("saker/<int:case_id>/vent/", delivering.pause, name="pause"),
    path("saker/<int:case_id>/videre/", delivering.resume, name="resume"),
    path("saker/<int:case_id>/ny-vurdering/", looking_again.reassess, name="reassess"),
    path("saker/<int:case_id>/uendret/", looking_again.keep, name="keep"),
    path("saker/<int:case_id>/forelopig-svar/", looking_again.interim_reply, name="interim"),
    path("saker/<int:case_id>/forhandsvarsel/", looking_again.advance, name="advance"),
    path("saker/<int:case_id>/svar-pa-varsel/", looking_again.reply, name="reply"),
    path("saker/<int:case_id>/mindre-hjelp/", looking_again.reduce, name="reduce"),
]
