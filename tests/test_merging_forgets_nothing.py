"""Every table that hangs on a citizen follows a merge, and comes back when it was a mistake."""

from django.apps import apps

from tillit.care.careplans.actions import ending as plans
from tillit.care.citizens.actions import merging
from tillit.care.citizens.models import Citizen, Correction, Merge
from tillit.care.consents.models import Consent, PrivateAccount
from tillit.care.courses.actions import merging as courses
from tillit.care.decisions.actions import merging as cases
from tillit.care.evaluations.actions import merging as evaluations
from tillit.care.journal.actions import merging as journal
from tillit.care.journal.models import Request
from tillit.care.letters.models import SentLetter
from tillit.care.needs.actions import merging as needs
from tillit.care.notices.actions import merging as notices
from tillit.care.observations.actions import merging as observations
from tillit.care.photos.actions import merging as photos
from tillit.care.therapy.actions import merging as therapy
from tillit.care.visits.actions import merging as visits
from tillit.teamwork.deviations.actions import merging as deviations

MOVED = {
    table.model
    for table in (
        *merging.AROUND, merging.FOLLOWINGS, merging.NUMBERS, merging.ENDS, plans.PLANS, needs.CONVERSATIONS,
        needs.WORDS, *visits.TABLES, *cases.TABLES, *journal.TABLES, evaluations.MEASURES, courses.COURSES,
        therapy.CASES,
        notices.NOTICES, *observations.TABLES, photos.PHOTOS, deviations.DEVIATIONS,
    )
}  # fmt: skip
#: What was corrected in each stays with each. A letter as it was sent is never altered; reads follow the merge. Whose
#: journal something belongs in is followed when it is decided. A door to somebody's page is never moved: it opens nothing
#: while the registration is merged, and whom the kept one lets in is said anew.
STAYS = {Correction, Merge, Citizen, SentLetter, Request, PrivateAccount, Consent}
#: What was taken out of one stays hers; both are in the next file.
TAKEN_OUT = "person.Handout"


def test_every_table_that_hangs_on_a_citizen_is_moved_and_put_back() -> None:
    hanging = {
        model
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is Citizen and model._meta.label != TAKEN_OUT
    }

    assert hanging - STAYS == MOVED
