"""Addresses of the therapists' work."""

from django.urls import path

from tillit.care.therapy.views import cases, lists

app_name = "therapy"
urlpatterns = [
    path("terapi/", lists.mine, name="mine"),
    path("terapi/lister/", lists.groups, name="groups"),
    path("terapi/lister/<int:group_id>/", lists.waiting, name="waiting"),
    path("terapi/lister/<int:group_id>/tall/", lists.numbers, name="numbers"),
    path("terapi/lister/<int:group_id>/frister/", lists.terms, name="terms"),
    path("team/<int:unit_id>/henvist/", lists.referred, name="referred"),
    path("brukere/<int:citizen_id>/henvis/", cases.refer, name="refer"),
    path("terapi/saker/<int:therapy_id>/", cases.case, name="case"),
    path("terapi/saker/<int:therapy_id>/ta/", cases.take, name="take"),
    path("terapi/saker/<int:therapy_id>/skriv/", cases.write, name="write"),
    path("terapi/saker/<int:therapy_id>/gi-tilbake/", cases.give_back, name="give_back"),
    path("terapi/saker/<int:therapy_id>/gi-videre/", cases.hand_over, name="hand_over"),
    path("terapi/saker/<int:therapy_id>/prioritet/", cases.priority, name="priority"),
    path("terapi/saker/<int:therapy_id>/avslutt/", cases.close, name="close"),
    path("terapi/saker/<int:therapy_id>/samarbeidsbesok/", cases.join, name="join"),
    path("terapi/samarbeidsbesok/<int:joint_id>/svar/", cases.answer_joint, name="answer_joint"),
    path("terapi/samarbeidsbesok/<int:joint_id>/trekk/", cases.leave_joint, name="leave_joint"),
]
