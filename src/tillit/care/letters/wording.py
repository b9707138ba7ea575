"""Kinds, fields, sections, problems and gaps in words, for whoever writes templates and letters."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.letters.rules import Gap, Hint, PartCode, ProblemCode, TemplateProblem

FIELDS: dict[str, str | Promise] = {
    "services": gettext_lazy("Tjenestene brevet gjelder, som «hjemmesykepleie og trening»"),
    "refused_services": gettext_lazy("Tjenestene som ikke blir gitt"),
    "service_lines": gettext_lazy("Hver tjeneste: innhold, omfang og periode. Liste på egen linje"),
    "refused_lines": gettext_lazy("Hver tjeneste som ikke blir gitt, og hva det gjelder. Liste på egen linje"),
    "considered_lines": gettext_lazy("Hver endring vi vurderer. Liste på egen linje"),
    "change_table": gettext_lazy("Tabell med hjelpen før og etter. På egen linje"),
    "goal_lines": gettext_lazy("Målene brukeren har nådd. Liste på egen linje"),
    "provider_lines": gettext_lazy("Hvem som gir hjelpen, og hva brukeren har valgt"),
    "other_help": gettext_lazy("Andre som kan hjelpe"),
    "documents": gettext_lazy("Dokumenter vi trenger eller sender"),
    "applied_on": gettext_lazy("Dagen søknaden kom"),
    "applied_for": gettext_lazy("Det søknaden gjelder"),
    "conversation_on": gettext_lazy("Dagen vi snakket sammen"),
    "assessed_on": gettext_lazy("Dagen behovet ble vurdert på nytt"),
    "warned_on": gettext_lazy("Dagen vi sendte forhåndsvarsel"),
    "effective_on": gettext_lazy("Dagen endringen gjelder fra"),
    "decision_on": gettext_lazy("Dagen for vedtaket det klages på"),
    "received_on": gettext_lazy("Dagen søknaden eller klagen kom"),
    "forwarded_on": gettext_lazy("Dagen klagen sendes videre"),
    "answer_by": gettext_lazy("Dagen vi regner med å svare innen"),
    "reply_by": gettext_lazy("Siste dag brukeren kan svare oss"),
    "review_on": gettext_lazy("Dagen hjelpen skal være vurdert på nytt"),
    "plan_on": gettext_lazy("Dagen for tiltaksplanen, bare i rammevedtak"),
    "appeal_last_day": gettext_lazy("Siste dag å klage, etter fire uker og helligdager"),
    "appeal_body": gettext_lazy("Den som avgjør klagen"),
    "what_stands": gettext_lazy("Det som ikke endres: «vedtaket» eller «resten av vedtaket»"),
    "matters": gettext_lazy("Det som er viktig, med brukerens egne ord"),
    "reply": gettext_lazy("Det brukeren svarte på forhåndsvarselet. På egen linje"),
    "facts": gettext_lazy("Det vi bygger på. På egen linje"),
    "considerations": gettext_lazy("Det vi har lagt vekt på, og hvorfor. På egen linje"),
    "citizen_view": gettext_lazy("Det brukeren mener, og hvordan det er vektlagt. På egen linje"),
    "delay_reason": gettext_lazy("Hvorfor svaret tar lenger tid. På egen linje"),
    "what_to_do": gettext_lazy("Det brukeren kan gjøre. På egen linje"),
    "stay_outcome": gettext_lazy("Svaret på om vi venter med å gjennomføre vedtaket. På egen linje"),
    "legal_references": gettext_lazy("Reglene vedtaket bygger på"),
    "procedure_references": gettext_lazy("Reglene om saksbehandling, innsyn og klage"),
    "free_services": gettext_lazy("Tjenestene som er gratis"),
    "charge_lines": gettext_lazy("Tjenestene som koster noe, og hvor mye. Liste på egen linje"),
    "municipality": gettext_lazy("Kommunens navn"),
    "unit": gettext_lazy("Enheten som skriver"),
    "phone": gettext_lazy("Enhetens telefon"),
    "case_worker": gettext_lazy("Saksbehandlerens navn"),
    "case_reference": gettext_lazy("Saksnummeret"),
    "recipient_name": gettext_lazy("Mottakerens navn"),
}

SECTIONS: dict[str, str | Promise] = {
    "opening": gettext_lazy("Innledning: hva brevet svarer på"),
    "matters": gettext_lazy("Det som er viktig for brukeren"),
    "decided": gettext_lazy("Det som er bestemt"),
    "refused": gettext_lazy("Det brukeren ikke får"),
    "considered": gettext_lazy("Det vi vurderer"),
    "provider": gettext_lazy("Hvem som hjelper"),
    "reasons": gettext_lazy("Begrunnelse"),
    "ask_reasons": gettext_lazy("Retten til å få en begrunnelse"),
    "other": gettext_lazy("Andre som kan hjelpe"),
    "goals": gettext_lazy("Mål som er nådd"),
    "your_reply": gettext_lazy("Det brukeren svarte"),
    "free": gettext_lazy("Hjelpen er gratis"),
    "charge": gettext_lazy("Egenandel, og at den kan regnes på nytt"),
    "appeal": gettext_lazy("Klage: rett, frist, hvem som avgjør og hjelp til å klage"),
    "access": gettext_lazy("Innsyn i dokumentene"),
    "stay": gettext_lazy("Å vente med å gjennomføre vedtaket"),
    "next": gettext_lazy("Det som skjer videre"),
    "reply": gettext_lazy("Hvordan brukeren sier hva hun mener"),
    "documents": gettext_lazy("Dokumenter"),
    "way_on": gettext_lazy("Det brukeren kan gjøre"),
}

WHEN: dict[str, str | Promise] = {
    "free": gettext_lazy("Står bare i brev der ingenting koster noe."),
    "charge": gettext_lazy("Står bare i brev der noe koster noe."),
    "ask_reasons": gettext_lazy("Står bare i brev uten begrunnelse."),
}

_GAPS: dict[PartCode, str | Promise] = {
    PartCode.DECIDER: gettext_lazy("Det mangler hvem som bestemmer, med navn, tittel, enhet og adresse."),
    PartCode.CASE_WORKER: gettext_lazy("Navnet på saksbehandleren mangler."),
    PartCode.CASE_REFERENCE: gettext_lazy("Saksnummeret mangler."),
    PartCode.RECIPIENT: gettext_lazy("Mottakerens navn eller adresse mangler."),
    PartCode.TITLE: gettext_lazy("Overskriften mangler."),
    PartCode.APPLIED: gettext_lazy("Det mangler hva brevet svarer på, og når det kom."),
    PartCode.OUTCOME: gettext_lazy("Det mangler hva som er bestemt for hver tjeneste, med innhold, omfang og periode."),
    PartCode.REFUSED: gettext_lazy("Det mangler hva som ikke blir gitt."),
    PartCode.RULES: gettext_lazy("Reglene vedtaket bygger på, mangler."),
    PartCode.FACTS: gettext_lazy("Det mangler hvilke forhold vi bygger på."),
    PartCode.CONSIDERATIONS: gettext_lazy("Det mangler hva vi har lagt vekt på, og hvorfor."),
    PartCode.CITIZEN_VIEW: gettext_lazy("Det mangler hva brukeren mener, og hvordan det er vektlagt."),
    PartCode.MATTERS: gettext_lazy("Brukerens egne ord om hva som er viktig, er ikke med."),
    PartCode.CHARGE: gettext_lazy("Det mangler om hjelpen er gratis, eller hva den koster."),
    PartCode.APPEAL: gettext_lazy("Retten til å klage, fristen eller hvem som avgjør, mangler."),
    PartCode.ACCESS: gettext_lazy("Det mangler at brukeren kan se dokumentene."),
    PartCode.STAY: gettext_lazy("Det mangler at brukeren kan be oss vente med å gjennomføre vedtaket."),
    PartCode.NEXT: gettext_lazy("Det mangler hva som skjer videre, eller når hjelpen blir vurdert på nytt."),
    PartCode.ANSWER_BY: gettext_lazy("Det mangler når vi regner med å svare."),
    PartCode.DELAY: gettext_lazy("Det mangler hvorfor svaret tar lenger tid."),
    PartCode.REPLY: gettext_lazy("Det mangler hvordan og innen når brukeren kan si hva hun mener."),
}
_FULL_GRANT = gettext_lazy(
    "Brevet har ikke begrunnelse. Det er lov når brukeren får alt, men ber hun om den, begynner klagefristen på nytt."
)


def gap_text(gap: Gap) -> str:
    """Return what is missing, in a sentence."""
    if not gap.blocks and gap.code in (PartCode.FACTS, PartCode.CONSIDERATIONS):
        return str(_FULL_GRANT)
    return str(_GAPS[gap.code])


def field_text(name: str) -> str:
    """Return what a field holds."""
    return str(FIELDS.get(name, name))


def section_text(code: str) -> str:
    """Return what a section is for."""
    return str(SECTIONS.get(code, _("Kommunens egen del")))


def problem_text(problem: TemplateProblem) -> str:
    """Return what must be mended in a template, in a sentence that says where."""
    name = problem.name
    match problem.code:
        case ProblemCode.NO_TITLE:
            return _("Overskriften mangler.")
        case ProblemCode.NO_TEXT:
            return _("Delen «%(section)s» har ingen tekst.") % {"section": section_text(problem.section)}
        case ProblemCode.SECTION_MISSING:
            return _("Delen «%(section)s» må være med.") % {"section": section_text(name)}
        case ProblemCode.SECTION_TWICE:
            return _("Delen «%(section)s» står to ganger.") % {"section": section_text(name)}
        case ProblemCode.FIELD_UNKNOWN if problem.nearest:
            return _("Feltet «%(name)s» finnes ikke. Mente du «%(nearest)s»?") % {
                "name": name,
                "nearest": problem.nearest,
            }
        case ProblemCode.FIELD_UNKNOWN:
            return _("Feltet «%(name)s» finnes ikke i dette brevet.") % {"name": name}
        case ProblemCode.FIELD_MISSING:
            return _("Feltet «%(name)s» må være med: %(help)s.") % {"name": name, "help": field_text(name)}
        case ProblemCode.FIELD_NOT_ALONE:
            return _("Feltet «%(name)s» må stå på en egen linje.") % {"name": name}
        case ProblemCode.BRACES:
            return _("Et felt mangler en klamme. Skriv det slik: {{navn}}.")
        case ProblemCode.TOO_LONG:
            return _("Delen «%(section)s» er for lang.") % {"section": section_text(problem.section)}
        case ProblemCode.TOO_MANY:
            return _("Brevet har for mange deler.")


def about_text(hint: Hint) -> str:
    """Return that a sentence seems to speak about the reader. Advice only: it may be about somebody else."""
    return _("«%(sentence)s» Gjelder det brukeren, skriv «du» i stedet for «%(word)s».") % {
        "sentence": hint.sentence,
        "word": hint.office_word,
    }


def hint_text(hint: Hint) -> str:
    """Return what may be said more plainly. Advice only."""
    if not hint.office_word:
        return _("Lang setning, %(words)d ord: «%(sentence)s»") % {"words": hint.words, "sentence": hint.sentence}
    if not hint.instead:
        return _("Ordet «%(word)s» kan strykes.") % {"word": hint.office_word}
    return _("Skriv heller «%(instead)s» enn «%(word)s».") % {"instead": hint.instead, "word": hint.office_word}
