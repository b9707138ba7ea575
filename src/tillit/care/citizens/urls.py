"""Addresses of what passes between teams about citizens. Those about one citizen alone are in pages/citizen/urls.py."""

from django.urls import URLPattern, URLResolver, include, path

from tillit.care.citizens.views import emergency, handover, protection, questions

handovers: list[URLPattern] = [
    path("team/<int:unit_id>/overleveringer/", handover.list_handovers, name="list"),
    path("brukere/<int:citizen_id>/overlever/", handover.offer, name="offer"),
    path("overlevering/<int:handover_id>/", handover.show, name="show"),
    path("overlevering/<int:handover_id>/ta-over/", handover.accept, name="accept"),
    path("overlevering/<int:handover_id>/send-tilbake/", handover.send_back, name="send_back"),
    path("flytting/<int:move_id>/behold/", handover.keep_after_move, name="keep_after_move"),
    path("overlevering/<int:handover_id>/behold/", handover.keep, name="keep"),
]

competence: list[URLPattern] = [
    path("team/<int:unit_id>/sporsmal/", questions.list_questions, name="list"),
    path("brukere/<int:citizen_id>/sporsmal/", questions.ask, name="ask"),
    path("sporsmal/<int:question_id>/", questions.show, name="show"),
    path("sporsmal/<int:question_id>/svar/", questions.answer, name="answer"),
    path("sporsmal/<int:question_id>/trekk/", questions.withdraw, name="withdraw"),
]

emergencies: list[URLPattern] = [
    path("nodtilgang/", emergency.open_record, name="open"),
    path("nodtilgang/<int:emergency_id>/lukk/", emergency.end, name="end"),
    path("nodtilganger/", emergency.list_emergencies, name="list"),
    path("nodtilganger/<int:emergency_id>/", emergency.review, name="review"),
]

protected: list[URLPattern] = [
    path("brukere/<int:citizen_id>/innsyn/", protection.page, name="page"),
    path("innsyn/regler/", protection.terms, name="terms"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((handovers, "handover"))),
    path("", include((competence, "questions"))),
    path("", include((emergencies, "emergency"))),
    path("", include((protected, "protection"))),
]
