"""How long all about a citizen is kept when her help is over, and how long a file that was taken out is."""

from collections.abc import Callable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tillit.care.citizens.models import Citizen, EndOfHelp, Following
from tillit.care.decisions.models import Case
from tillit.care.journal.models import Request
from tillit.care.therapy.models import TherapyCase
from tillit.care.visits.models import Visit
from tillit.exchange.person import collecting, removing
from tillit.exchange.person.models import Handout, HandoutFile, HandoutState
from tillit.foundation.keeping.models import HandedOver
from tillit.foundation.keeping.retention import Batch, Due, InForce, Kind
from tillit.kernel import oslo

Keep = Callable[[Batch], None]


def kept_long_enough(before: date) -> QuerySet[Citizen]:
    """Return the citizens whose help was over before a day and who have had nothing since: no team, visit or case.

    Former registrations go with the one they became. One to whom something was moved from another's journal stays as
    long as that journal does, for it says so.
    """
    about = {"citizen": OuterRef("pk")}
    ended = EndOfHelp.objects.filter(**about, taken_back_at__isnull=True)
    since = Q(valid_to__isnull=True) | Q(valid_to__gt=before)
    return Citizen.objects.filter(
        Exists(ended.filter(ends_on__lt=before)),
        ~Exists(ended.filter(ends_on__gte=before)),
        ~Exists(Following.objects.filter(since, **about)),
        ~Exists(Visit.objects.filter(**about, on__gte=before)),
        ~Exists(TherapyCase.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=before), **about)),
        ~Exists(Case.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=before), **about)),
        ~Exists(Request.objects.filter(right_citizen=OuterRef("pk")).exclude(entry__citizen=OuterRef("pk"))),
        merged_into__isnull=True,
    )


def waiting_for_archive(due: Due) -> QuerySet[Citizen]:
    """Return those kept long enough whom nobody has handed over to the archive: they stay until somebody has."""
    handed = HandedOver.objects.filter(citizen_id=OuterRef("pk"))
    return kept_long_enough(oslo.day_of(due.before)).filter(~Exists(handed)).order_by("pk")


def due_records(due: Due) -> QuerySet[Citizen]:
    """Return those of whom all is deleted: kept long enough, handed over, and under no hold."""
    handed = HandedOver.objects.filter(citizen_id=OuterRef("pk"))
    found = kept_long_enough(oslo.day_of(due.before)).filter(Exists(handed)).order_by("pk")
    held = Citizen.objects.filter(Q(pk__in=due.held_citizens) | Q(merged_from__in=due.held_citizens))
    return found.exclude(pk__in=held.values("pk")) if due.held_citizens else found


def _remove_record(due: Due, keep: Keep) -> bool:
    """Delete all about one of them."""
    citizen_id = due_records(due).values_list("pk", flat=True).first()
    if citizen_id is None:
        return False
    ids = collecting.own_ids(citizen_id)

    def traced(counts: object) -> None:
        assert isinstance(counts, dict)
        keep(Batch(counts, citizen_id))
        for former in ids[1:]:  # tables that only grow ask for the number on their own rows
            keep(Batch({}, former))

    removing.remove(ids, keep=traced)
    return True


RECORDS = Kind(
    code="RECORDS",
    title=_("Journal, saker og alt annet om en bruker"),
    what=_(
        "Alt om en bruker: journal, saker, vedtak, brev, planer og besøk. Regnes fra hjelpen tok slutt. Slettes bare "
        "når arkivet har tatt imot, og aldri mens noen har sperret."
    ),
    source=_(
        "Pasientjournalloven § 25: til det ikke antas å bli bruk for journalen, deretter arkivlova eller sletting. "
        "Arkivlova § 13 og § 14: ingenting kasseres uten hjemmel, og kommunen bevarer. Ti år er vanlig minstetid."
    ),
    shipped=InForce(
        10, "Pasientjournalloven § 25 og arkivlova §§ 13–14. Ti år er satt til kommunen bestemmer noe annet."
    ),
    least=10,
    most=100,
    years=True,
    count=lambda due: due_records(due).count(),
    remove=_remove_record,
)


def _old_files(due: Due) -> QuerySet[HandoutFile]:
    """Files whose day is over, and those that nobody finished: by the rule, from the day they were asked for."""
    today = oslo.day_of(due.at)
    unfinished = Q(handout__made_at__lt=due.before) & ~Q(handout__state=HandoutState.READY)
    return HandoutFile.objects.filter(Q(handout__keep_until__lt=today) | unfinished)


def _remove_files(due: Due, keep: Keep) -> bool:
    found = list(_old_files(due).values_list("pk", "handout_id"))
    if found:
        keep(Batch({"person.HandoutFile": len(found)}))
        HandoutFile.objects.filter(pk__in=[pk for pk, _handout in found]).delete()
        Handout.objects.filter(pk__in=[handout for _pk, handout in found]).update(
            state=HandoutState.DELETED, deleted_at=due.at
        )
    return False


EXPORTS = Kind(
    code="EXPORTS",
    title=_("Filer med alt om én person"),
    what=_("Fila som ble laget for å gis ut. At den ble laget, hvorfor og av hvem, blir."),
    source=_("Personvernforordningen art. 5 nr. 1 e og art. 12 nr. 3: svaret gis innen én måned. Kommunen bestemmer."),
    shipped=InForce(14, "Personvernforordningen art. 5 nr. 1 e."),
    least=1,
    most=31,
    count=lambda due: _old_files(due).count(),
    remove=_remove_files,
)
