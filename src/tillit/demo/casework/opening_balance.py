"""What must stand before the first case: rates, targets, the law a service rests on, who stands in for whom."""

from collections import defaultdict
from datetime import date, timedelta

from tillit.care.decisions.models import CasePractice, ChargeRate
from tillit.demo.casework.book import Book
from tillit.demo.casework.days import at, back_to_work, years_start
from tillit.demo.casework.powers import Powers
from tillit.demo.store import Store
from tillit.demo.words.cases import CHARGES
from tillit.foundation.access.roles import Role
from tillit.foundation.authority.models import ActingLeader, LegalReference
from tillit.foundation.workforce.models import Absence


def open_book(store: Store, powers: Powers, anchor: date, copies: int) -> Book:
    """Return the book with the municipality's rates and targets in it. Services have been shipped."""
    powers.read_services()
    book = Book(store, powers, anchor, copies)
    legal: dict[str, list[str]] = defaultdict(list)
    rows = LegalReference.objects.filter(service__isnull=False, valid_to=None).order_by("rank", "pk")
    for code, act, section in rows.values_list("service__code", "act", "section"):
        legal[code].append(f"{act} {section}")
    book.legal = {code: legal[code] for code in powers.services}
    store.add(CasePractice, valid_from=years_start(anchor, -6))
    for code, words in CHARGES.items():
        store.add(
            ChargeRate,
            service_id=powers.services[code].service_id,
            words=words,
            source="Kommunestyret, betalingssatser. Oppdiktet for Fjordvik",
            valid_from=years_start(anchor, -6),
        )
        book.charges[code] = words
    return book


def stand_in(store: Store, anchor: date, unit_id: int, by_initials: dict[str, int]) -> None:
    """Ingrid Solheim leads Team Solvik next week, while Marit Aune is on holiday."""
    first = anchor + timedelta(days=7 - anchor.weekday())
    store.add(
        ActingLeader,
        employee_id=by_initials["IS"],
        unit_id=unit_id,
        role=Role.TEAM_LEADER.value,
        basis="Ferie, etter avtale med lederen i distriktet",
        valid_from=first,
        valid_to=first + timedelta(days=7),
    )
    reported = at(back_to_work(anchor - timedelta(days=12)), 10)
    store.add(
        Absence,
        employee_id=by_initials["MA"],
        kind="HOLIDAY",
        valid_from=first,
        valid_to=first + timedelta(days=7),
        reported_at=reported,
    )
