"""Whether a way in is enough by itself, or a second step follows."""

from collections.abc import Iterable
from enum import StrEnum


class PasswordRule(StrEnum):
    """What a password is worth in this installation. `ALONE` cannot be chosen in production."""

    OFF = "no"
    WITH_SECOND_STEP = "with-second-step"
    ALONE = "alone"


class Next(StrEnum):
    """What happens after the first step."""

    IN = "IN"
    ASK = "ASK"
    SET_UP = "SET_UP"


def after_first_step(
    *,
    strong: bool,
    by_password: bool,
    has_second_step: bool,
    roles: Iterable[str],
    roles_that_must: Iterable[str],
    password_rule: PasswordRule,
) -> Next:
    """Return whether she is in, is asked for her second step, or must choose one first.

    strong: the first step is two in one (a passkey with face, finger or code; a login service that says so).
    by_password: she came by a password, or by an invitation to choose one.
    Somebody who has chosen a second step is asked for it whatever the roles.
    """
    if strong:
        return Next.IN
    if has_second_step:
        return Next.ASK
    must = bool(set(roles) & set(roles_that_must))
    if must or (by_password and password_rule is not PasswordRule.ALONE):
        return Next.SET_UP
    return Next.IN
