"""Who may answer for a citizen in which way (R15)."""

_THERAPISTS = frozenset({"OCCUPATIONAL_THERAPIST", "PHYSIOTHERAPIST"})
_MAY_BE_RESPONSIBLE = frozenset({"NURSE", "SOCIAL_EDUCATOR"}) | _THERAPISTS


def may_answer(kind: str, *, profession: str) -> bool:
    """Whether somebody with this training may hold the task.

    kind: SERVICE_RESPONSIBLE (who owns plan, assessment and follow-up) asks for three years' health education,
    THERAPIST for a therapist; PRIMARY_CONTACT, whom citizen and relatives turn to first, is anybody in the team.
    Source: glossary, "usually a nurse"; OSLO 11.3.
    """
    if kind == "SERVICE_RESPONSIBLE":
        return profession in _MAY_BE_RESPONSIBLE
    if kind == "THERAPIST":
        return profession in _THERAPISTS
    return True
