"""The competences the product ships with: codes that rules, plans, imports and the demo name.

A municipality adds its own beside these. `professions` bring the competence with them; others hold it one by one,
for `months_valid` months at a time (None: it does not run out).
"""

from dataclasses import dataclass

NURSING = "SYKEPLEIE"
HEALTH_CARE = "HELSEFAG"
MEDICATION = "LEGEMIDLER"
INJECTION = "INJEKSJON"
WOUND_CARE = "SAR"
CATHETER = "KATETER"
STOMA = "STOMI"
PALLIATIVE_CARE = "PALLIASJON"
DEMENTIA = "DEMENS"
OCCUPATIONAL_THERAPY = "ERGO"
PHYSIOTHERAPY = "FYSIO"
ALLOCATOR = "FORDELER"
REABLEMENT_TRAINER = "REHAB"
THERAPY = frozenset({OCCUPATIONAL_THERAPY, PHYSIOTHERAPY, REABLEMENT_TRAINER})
"""What therapists are for: a visit that needs one of these is theirs, other care is others' first."""


@dataclass(frozen=True, slots=True)
class CompetenceEntry:
    """One shipped competence. `name` is in bokmål, as it is stored: the municipality may rename it."""

    code: str
    name: str
    months_valid: int | None = None
    professions: tuple[str, ...] = ()


COMPETENCES: tuple[CompetenceEntry, ...] = (
    CompetenceEntry(NURSING, "Sykepleie", professions=("NURSE",)),
    CompetenceEntry(HEALTH_CARE, "Helsefag", professions=("NURSE", "HEALTH_WORKER", "SOCIAL_EDUCATOR")),
    CompetenceEntry(MEDICATION, "Legemiddelhåndtering", months_valid=24, professions=("NURSE",)),
    CompetenceEntry(INJECTION, "Injeksjon", months_valid=24, professions=("NURSE",)),
    CompetenceEntry(WOUND_CARE, "Sårstell", professions=("NURSE",)),
    CompetenceEntry(CATHETER, "Kateter", months_valid=24, professions=("NURSE",)),
    CompetenceEntry(STOMA, "Stomi", professions=("NURSE",)),
    CompetenceEntry(PALLIATIVE_CARE, "Lindrende behandling"),
    CompetenceEntry(DEMENTIA, "Demens"),
    CompetenceEntry(OCCUPATIONAL_THERAPY, "Ergoterapi", professions=("OCCUPATIONAL_THERAPIST",)),
    CompetenceEntry(PHYSIOTHERAPY, "Fysioterapi", professions=("PHYSIOTHERAPIST",)),
    CompetenceEntry(ALLOCATOR, "Fordeler"),
    CompetenceEntry(REABLEMENT_TRAINER, "Hverdagsrehabilitering"),
)
