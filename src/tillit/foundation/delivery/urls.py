"""Addresses of delivery: what phones ask, what did not go through, and emptying a phone from afar."""

from django.urls import path

from tillit.foundation.delivery.views import pages, phones

app_name = "delivery"
urlpatterns = [
    path("levering/", phones.send, name="send"),
    path("levering/telefon/", phones.enrol, name="enrol"),
    path("levering/telefon/<uuid:phone_code>/", phones.phone, name="phone"),
    path("ikke-gjennom/", pages.undelivered, name="undelivered"),
    path("ikke-gjennom/<int:undelivered_id>/", pages.choose, name="choose"),
    path("ikke-gjennom/<int:undelivered_id>/bilde/", pages.picture, name="picture"),
    path("meg/innlogging/telefoner/", pages.my_phones, name="my-phones"),
    path("meg/innlogging/telefoner/<int:phone_id>/tom/", pages.wipe, name="wipe"),
    path("medarbeidere/<int:employee_id>/telefoner/", pages.phones_of_employee, name="phones-of-employee"),
    path("medarbeidere/<int:employee_id>/telefoner/tom/", pages.wipe_of_employee, name="wipe-of-employee"),
]
