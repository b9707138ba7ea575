"""Those a citizen lets in to her own page, stored."""

from collections.abc import Iterable
from datetime import datetime

from tests.cast import MONDAY, MONDAY_DATE
from tillit.care.citizens.models import Citizen
from tillit.care.consents.models import Consent, ConsentPart, PrivateAccount
from tillit.care.consents.rules import Basis, Part
from tillit.foundation.access import sources
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import User


def own_login(citizen: Citizen) -> User:
    """A login of the citizen's own."""
    user = User.objects.create_user(f"bruker-{citizen.pk}", name=citizen.name)
    PrivateAccount.objects.create(user=user, citizen=citizen, opened_at=MONDAY)
    return user


def let_in(
    citizen: Citizen, *parts: Part, name: str = "Berit Hansen", basis: Basis = Basis.CONSENT
) -> tuple[User, Consent]:
    """A login of a daughter, let in to these parts."""
    user = User.objects.filter(name=name).first()
    if user is None:
        user = User.objects.create_user(name.lower().replace(" ", "."), name=name)
        PrivateAccount.objects.create(user=user, opened_at=MONDAY)
    consent = Consent.objects.create(
        citizen=citizen, account=user.private_account, relation="Datter", basis=basis, basis_words="Sagt i samtale.",
        valid_from=MONDAY_DATE, recorded_at=MONDAY,
    )  # fmt: skip
    give(consent, parts)
    return user, consent


def give(consent: Consent, parts: Iterable[Part]) -> None:
    """Give parts more."""
    ConsentPart.objects.bulk_create([ConsentPart(consent=consent, part=part, given_at=MONDAY) for part in parts])


def actor_at(user: User, at: datetime = MONDAY) -> Actor:
    """Who the login is at a moment."""
    return sources.actor_for(user_id=user.pk, name=user.name, at=at)
