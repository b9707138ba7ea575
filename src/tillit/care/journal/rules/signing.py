"""Who signs alone, and what waits for somebody else's name beside the author's."""

from collections.abc import Collection

#: Professions with authorisation of their own (helsepersonelloven § 48), by the codes of `workforce.Profession`.
AUTHORISED = frozenset({"NURSE", "HEALTH_WORKER", "OCCUPATIONAL_THERAPIST", "PHYSIOTHERAPIST", "SOCIAL_EDUCATOR"})
#: Those a municipality may want another name beside: who may be a student, a temp or an assistant.
MAY_BE_COUNTERSIGNED = ("HOME_HELPER", "OTHER")


def wants_countersign(profession: str, *, has_words: bool, wanted_for: Collection[str]) -> bool:
    """Whether an entry waits for countersigning.

    has_words: a visit that went as planned, without a word written, never waits. wanted_for: professions the
    municipality has chosen. An authorised author always signs alone (helsepersonelloven §§ 39–40).
    """
    return has_words and profession in wanted_for and profession not in AUTHORISED


def may_countersign(*, signer_id: int | None, author_id: int | None, signer_profession: str, is_leader: bool) -> bool:
    """Whether somebody may put her name beside an author's: never her own, and authorised or leader of the team."""
    return signer_id is not None and signer_id != author_id and (signer_profession in AUTHORISED or is_leader)
