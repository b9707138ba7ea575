"""Let somebody in, with the login she needs, in one act."""

from collections.abc import Iterable
from datetime import date, datetime
from secrets import token_hex

from django.db import transaction

from tillit.care.consents.actions.accounts import open_private_account
from tillit.care.consents.actions.consenting import record_consent
from tillit.care.consents.actions.recognising import account_of_number, read_number, register
from tillit.care.consents.models import Consent, PrivateAccount
from tillit.care.consents.rules import Part
from tillit.foundation.access.actor import Actor


@transaction.atomic
def let_somebody_in(
    *,
    actor: Actor,
    citizen_id: int,
    name: str,
    relation: str,
    basis: str,
    basis_words: str,
    parts: Iterable[Part],
    at: datetime,
    valid_to: date | None = None,
    number: str = "",
) -> Consent:
    """Record a consent for somebody by name. Who has been let in to this citizen before keeps her login.

    number: a national id by which a login service recognises her. It is not kept; who has a login by it keeps that.
    The name alone gives nobody else's login: the same name at another citizen's is another person. Raises as
    `open_private_account` and `record_consent`; then nothing is stored.
    """
    digits = read_number(number) if number.strip() else ""
    known = account_of_number(digits) if digits else None
    known = known or PrivateAccount.objects.filter(consents__citizen_id=citizen_id, user__name=name.strip()).first()
    account = known or open_private_account(
        actor=actor, citizen_id=citizen_id, username=f"minside-{token_hex(6)}", name=name, is_own=False, at=at
    )
    if digits:
        register(actor=actor, user=account.user, number=digits, at=at)
    return record_consent(
        actor=actor, citizen_id=citizen_id, account_id=account.pk, relation=relation, basis=basis,
        basis_words=basis_words, parts=parts, valid_to=valid_to, at=at,
    )  # fmt: skip
