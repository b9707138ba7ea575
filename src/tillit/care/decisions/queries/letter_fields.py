"""What a case's letters have in common: who writes, to whom, who signs, which law; and how one is put together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tillit.care.citizens.queries import CitizenBrief, briefs
from tillit.care.decisions.models import Case, DecisionLine, Line, Origin
from tillit.care.decisions.rules.letter_words import TITLES, WORDS, called, lower
from tillit.care.letters import queries as letters
from tillit.care.letters.rendering import MissingField, Value, compose
from tillit.care.letters.rules import (
    Gap,
    Language,
    LetterContent,
    LetterHead,
    LetterKind,
    PartCode,
    Recipient,
    Sender,
    Signer,
    listed,
    missing_parts,
    required_parts,
)
from tillit.foundation.authority.queries import InRole, LegalLine, legal_references, procedure_references
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.organisation.rules import ids_in
from tillit.foundation.workforce.models import Employee

MISSING = "…"
"""What stands in a preview where something is missing. A letter with it is never kept."""


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter as it would be now. Where a field is missing, it says «…» and `gaps` says so."""

    content: LetterContent
    template_id: int | None
    gaps: tuple[Gap, ...]
    rates_missing: tuple[str, ...] = field(default=(), metadata={"help": "May be charged for, and no rate is stored"})
    law_missing: tuple[str, ...] = field(default=(), metadata={"help": "Services that nothing is registered for"})

    @property
    def stops(self) -> int:
        """How many gaps stop it from being sent."""
        return sum(gap.blocks for gap in self.gaps)


def draft(
    kind: LetterKind,
    fields: Mapping[str, Value],
    *,
    language: Language,
    head: LetterHead,
    on: date,
    rates_missing: tuple[str, ...] = (),
    law_missing: tuple[str, ...] = (),
    more_gaps: tuple[Gap, ...] = (),
) -> LetterDraft:
    """Return the letter of a kind, from the template in use on the day, with what is missing told. One query.

    more_gaps: what the letter cannot say truly, found by whoever fills it in.
    """
    template = letters.template_for(kind, language, on)
    filled, gaps = dict(fields), {gap.code: gap for gap in more_gaps}
    while True:
        try:
            content = compose(template, filled, head=head)
            break
        except MissingField as missing:
            if missing.name in filled and filled[missing.name] == MISSING:
                raise
            filled[missing.name] = MISSING
            part = next((one for one in required_parts(kind) if missing.name in one.fields), None)
            code = part.code if part else PartCode.OUTCOME
            gaps[code] = Gap(code, True)
    for gap in missing_parts(content):
        gaps.setdefault(gap.code, gap)
    return LetterDraft(content, template.template_id, tuple(gaps.values()), rates_missing, law_missing)


def language_of(case: Case) -> Language:
    """The language of the case's letters."""
    return Language(case.language)


def letter_head(
    case: Case, *, on: date, signers: Sequence[Signer] = (), brief: CitizenBrief | None = None
) -> LetterHead:
    """Return what stands around the text of a case's letters. Seven queries; one with the citizen's brief.

    The address that answers and appeals are sent to is the unit's, or the nearest above it that has one; else the
    municipality by name.
    """
    about = brief or briefs([case.citizen_id], on=on)[case.citizen_id]
    above = {unit.pk: unit for unit in Unit.objects.filter(pk__in=ids_in(case.unit.path))}
    chain = [above[pk] for pk in reversed(ids_in(case.unit.path)) if pk in above]
    municipality = next((unit.name for unit in chain if unit.kind == UnitKind.MUNICIPALITY), chain[-1].name)
    street = next((unit.base_street for unit in chain if unit.base_street), "")
    return LetterHead(
        sender=Sender(
            municipality=municipality,
            unit=case.unit.name,
            address=(street or municipality,),
            phone=next((unit.phone for unit in chain if unit.phone), ""),
        ),
        recipient=_recipient(case, about),
        case_reference=case.number,
        dated=on,
        case_worker=case_worker_name(case),
        signers=tuple(signers),
    )


def is_to_carer(case: Case) -> bool:
    """Whether the letters go to a carer who asks for herself: she is the party, and no more of the citizen's health
    goes into them than whoever writes them has written there (forvaltningsloven § 13, pbrl § 3-6).
    """
    return case.origin == Origin.CARER


def _recipient(case: Case, about: CitizenBrief) -> Recipient:
    """The party: the citizen, or the carer at her own address. Never the carer's letter to the citizen's address."""
    if not is_to_carer(case):
        home = " ".join(filter(None, (about.postal_code, about.place)))
        address = () if about.is_secret else tuple(filter(None, (about.street, home)))  # a letter is read by many
        return Recipient(about.name, address)
    home = " ".join(filter(None, (case.party_postal_code, case.party_place)))
    name = case.applicant.name if case.applicant else ""
    return Recipient(name, tuple(filter(None, (case.party_street, home))))


def says_where_to_ask(head: LetterHead) -> bool:
    """Whether the letter names a telephone or a street: else there is nowhere to send her with a question."""
    return bool(head.sender.phone) or head.sender.address != (head.sender.municipality,)


def named(line: Line | DecisionLine, language: Language, *, inside: bool = False) -> str:
    """Return what a line's service is called in the letter; inside: in the middle of a sentence."""
    name = called(line.service.name, line.service.name_nn, language)
    return lower(name) if inside else name


def case_worker_name(case: Case) -> str:
    """Return who works with the case: its case worker, else who proposed, else who registered it."""
    found = _case_worker(case)
    return found.name if found else ""


def _case_worker(case: Case) -> Employee | None:
    return case.case_worker or case.proposed_by or case.registered_by


def letter_signer(employee: Employee, held: InRole | None, language: Language) -> Signer:
    """Return how somebody signs: by the role she decides in, or by her profession when the document names her."""
    titles = TITLES[language]
    if held is None or not held.role:
        return Signer(employee.name, titles[employee.profession])
    title = titles[held.role]
    if held.unit_kind == UnitKind.OFFICE and held.role == "TEAM_LEADER":
        title = titles["office"].format(unit=held.unit_name)
    return Signer(employee.name, titles["acting"].format(title=title) if held.acting else title)


def worker_signer(case: Case, language: Language) -> tuple[Signer, ...]:
    """Return the case worker as the one who writes, for letters that decide nothing."""
    found = _case_worker(case)
    return (letter_signer(found, None, language),) if found else ()


def contact_signer(brief: CitizenBrief, language: Language, *, but: int | None) -> tuple[Signer, ...]:
    """Return the citizen's service-responsible as her contact, with a telephone; nobody when it is the signer.

    A query.
    """
    wanted = brief.service_responsible_id
    found = Employee.objects.filter(pk=wanted).first() if wanted and wanted != but else None
    if found is None:
        return ()
    title = WORDS[language]["contact"].format(title=TITLES[language][found.profession])
    return (Signer(found.name, title, found.phone),)


@dataclass(frozen=True, slots=True)
class LawOf:
    """What decisions on some services rest on, as cited; and the services that nothing is registered for."""

    cited: list[str]
    missing: tuple[str, ...]


def law_on(lines: Iterable[Line | DecisionLine], *, on: date, language: Language) -> LawOf:
    """Return the sections the services rest on, as cited, in force on the day. A service without one rests on the
    municipality's own rules, and the letter says so. One query.
    """
    services = {line.service.code: line for line in lines}
    found = legal_references(services, on)
    known = {one.service_code for one in found}
    without = [line for code, line in services.items() if code not in known]
    cited = list(dict.fromkeys(_cited(one, language) for one in found))
    if without:
        names = listed([named(line, language, inside=True) for line in without], language)
        cited.append(WORDS[language]["own_rules"].format(services=names))
    return LawOf(cited, tuple(line.service.name for line in without))


def law_of(lines: Iterable[Line | DecisionLine], *, on: date, language: Language) -> list[str]:
    """Return only what is cited. One query."""
    return law_on(lines, on=on, language=language).cited


def procedure_of(*topics: str, on: date, language: Language) -> list[str]:
    """Return rules of procedure as cited, each once. One query."""
    found = procedure_references(on, topics=topics)
    return list(dict.fromkeys(_cited(found[topic], language) for topic in topics if topic in found))


def _cited(one: LegalLine, language: Language) -> str:
    return one.cited_nn if language is Language.NYNORSK else one.cited
