"""What the file holds, table by table; and what is left out, with the reason. A test reads every model against it.

The document is in bokmål, as the letters are. Titles and words are data here, not texts of a page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Part:
    """One table: its title, how its rows are found from the citizen, and columns that are held back, with the reason.

    withheld_when: a yes-or-no column that holds a whole row back when it is yes, and the law behind it.
    """

    title: str
    path: str
    withheld: Mapping[str, str] = field(default_factory=dict)
    withheld_when: tuple[str, str] | None = None


TECHNICAL = "Teknisk felt som er regnet ut av de andre."
ANOTHER = "Opplysninger om en annen person (personvernforordningen art. 15 nr. 4)."

PARTS: Mapping[str, Part] = {
    "citizens.Citizen": Part("Hvem du er", "pk", {"search_name": TECHNICAL, "sort_name": TECHNICAL}),
    "citizens.Identifier": Part("Fødselsnummer og andre numre", "citizen", {"value_index": TECHNICAL}),
    "citizens.Correction": Part("Rettede opplysninger", "citizen"),
    "citizens.Home": Part("Adresser", "citizen"),
    "citizens.Following": Part("Team som har fulgt deg", "citizen"),
    "citizens.Whereabouts": Part("Når du har vært et annet sted", "citizen"),
    "citizens.WhereaboutsFollowUp": Part("Neste steg mens du var borte", "whereabouts__citizen"),
    "citizens.Responsible": Part("Ansvarlige for deg", "citizen"),
    "citizens.NetworkMember": Part("Dine egne folk", "citizen", {"phone": ANOTHER, "note": ANOTHER}),
    "citizens.HelperWish": Part("Ønsker om hjelpere", "citizen"),
    "citizens.Alert": Part("Varsler", "citizen"),
    "citizens.Handover": Part("Overleveringer mellom team", "citizen"),
    "citizens.CompetenceQuestion": Part("Spørsmål om kompetanse", "citizen"),
    "citizens.Move": Part("Flyttinger", "citizen"),
    "citizens.EndOfHelp": Part("Når hjelpen tok slutt", "citizen"),
    "citizens.Barrier": Part("Medarbeidere som er sperret", "citizen", {"reason": ANOTHER}),
    "citizens.AskedIn": Part("Fagpersoner som er bedt inn", "citizen"),
    "citizens.EmergencyAccess": Part("Nødtilgang", "citizen"),
    "citizens.AddressTrust": Part("Hvem som kjenner en skjult adresse", "citizen"),
    "journal.Entry": Part("Innføringer i journalen: hvem som skrev, og når", "citizen"),
    "journal.Countersign": Part("Hvem som medsignerte", "entry__citizen"),
    "journal.Note": Part("Notater i journalen", "citizen", {"press_key": TECHNICAL}),
    "journal.Request": Part("Krav om retting og sletting", "entry__citizen", {"right_citizen": ANOTHER}),
    "journal.Removal": Part("Det som er fjernet fra journalen", "entry__citizen"),
    "journal.EntryPeg": Part("Hva i planen notatene gjelder", "entry__citizen"),
    "consents.PrivateAccount": Part("Innloggingen din til Min side", "citizen"),
    "consents.Consent": Part("Hvem du har sluppet inn på Min side", "citizen"),
    "consents.ConsentPart": Part("Hva de har fått se", "consent__citizen"),
    "notices.Notice": Part("Beskjeder om deg", "citizen", {"press_key": TECHNICAL}),
    "needs.Conversation": Part("Samtaler om hva som er viktig", "citizen"),
    "needs.Participant": Part("Hvem som var med i samtalene", "conversation__citizen"),
    "needs.WhatMatters": Part("Hva som er viktig for deg", "citizen"),
    "letters.SentLetter": Part("Brev", "citizen", {"pdf": "Ligger som egen fil.", "html": "Ligger som egen fil."}),
    "decisions.Case": Part("Saker", "citizen", {"press_key": TECHNICAL}),
    "decisions.Line": Part("Tjenester i sakene", "case__citizen"),
    "decisions.Decision": Part("Vedtak", "case__citizen"),
    "decisions.DecisionLine": Part("Tjenester i vedtakene", "decision__case__citizen"),
    "decisions.Notice": Part("Når vedtakene ble meldt", "decision__case__citizen"),
    "decisions.AdvanceNotice": Part("Forhåndsvarsler", "case__citizen"),
    "decisions.TemporaryStop": Part("Pauser i hjelpen", "case__citizen"),
    "decisions.Appeal": Part("Klager", "decision__case__citizen", {"press_key": TECHNICAL}),
    "decisions.AppealEvent": Part("Steg i klagene", "appeal__decision__case__citizen"),
    "decisions.Assessment": Part("Kartlegginger", "case__citizen"),
    "decisions.Assessor": Part("Hvem som kartla", "assessment__case__citizen"),
    "decisions.FunctionScore": Part("Funksjonsnivå (IPLOS)", "citizen"),
    "decisions.OutsideFact": Part(
        "Hva andre har fortalt", "case__citizen", {"source": ANOTHER}, ("not_shown", "Unntatt innsyn (fvl. § 19).")
    ),
    "decisions.CapacityAssessment": Part("Vurderinger av beslutningskompetanse", "case__citizen"),
    "decisions.CaseEvent": Part("Steg i sakene", "case__citizen"),
    "decisions.CaseNote": Part("Notater i sakene", "case__citizen", {"press_key": TECHNICAL}),
    "decisions.Holding": Part("Hvem som har hatt sakene", "case__citizen"),
    "decisions.ProviderChoice": Part("Valg av hvem som gir hjelpen", "case__citizen"),
    "careplans.CarePlan": Part("Planer", "citizen"),
    "careplans.Need": Part("Behov", "plan__citizen"),
    "careplans.Goal": Part("Mål", "plan__citizen"),
    "careplans.GoalProgress": Part("Framgang mot målene", "goal__plan__citizen"),
    "careplans.Intervention": Part("Tiltak", "plan__citizen"),
    "careplans.InterventionTime": Part("Tider for tiltakene", "intervention__plan__citizen"),
    "careplans.Adjustment": Part("Justeringer av hjelpen", "plan__citizen"),
    "evaluations.Evaluation": Part("Evalueringer av målene", "goal__plan__citizen", {"press_key": TECHNICAL}),
    "evaluations.Asked": Part("Når du ble spurt hva du synes", "evaluation__goal__plan__citizen"),
    "evaluations.Thought": Part("Hva du svarte", "asked__evaluation__goal__plan__citizen"),
    "evaluations.Measurement": Part("Målinger", "citizen", {"press_key": TECHNICAL}),
    "courses.Course": Part("Hverdagsrehabilitering", "citizen", {"press_key": TECHNICAL}),
    "courses.Session": Part("Ukeplaner i hverdagsrehabilitering", "course__citizen"),
    "therapy.TherapyCase": Part("Saker hos ergo- og fysioterapeut", "citizen", {"press_key": TECHNICAL}),
    "therapy.TherapyEvent": Part("Det som har skjedd i sakene hos terapeut", "case__citizen"),
    "therapy.JointVisit": Part("Besøk sammen med terapeut", "case__citizen"),
    "visits.Visit": Part("Besøk", "citizen"),
    "visits.VisitLink": Part("Tid mellom besøk", "first__citizen"),
    "visits.VisitTask": Part("Oppgaver i besøkene", "visit__citizen"),
    "visits.VisitHelper": Part("Hvem som kom", "visit__citizen"),
    "visits.VisitReport": Part("Hva som ble sagt etter besøkene", "visit__citizen", {"press_key": TECHNICAL}),
    "visits.LearnedMinutes": Part("Hvor lang tid tiltakene tar", "citizen"),
    "visits.FollowUp": Part("Meldinger om at noe har endret seg", "citizen", {"press_key": TECHNICAL}),
    "observations.Usual": Part("Hva som er vanlig for deg", "citizen"),
    "observations.Watch": Part("Når noe ikke var som vanlig", "citizen"),
    "observations.Observation": Part("Observasjoner og målinger", "citizen", {"press_key": TECHNICAL}),
    "delivery.Undelivered": Part("Skrevet om deg uten dekning, og ikke gått igjennom av seg selv", "citizen_id"),
    "deviations.Deviation": Part("Avvik som gjelder deg", "citizen", {"press_key": TECHNICAL, "seen_at": TECHNICAL}),
    "photos.Photo": Part(
        "Bilder i journalen",
        "citizen",
        {"content": "Ligger som egen fil.", "digest": TECHNICAL, "press_key": TECHNICAL},
    ),
    "planning.Assignment": Part("Hvem som står på arbeidslistene", "visit__citizen"),
    "person.Handout": Part("Når opplysninger om deg ble hentet ut", "citizen", {"counts": TECHNICAL, "job": TECHNICAL}),
    "access.AccessEntry": Part(
        "Hvem som har sett opplysningene dine",
        "citizen_id",
        {"key_id": TECHNICAL, "mac": TECHNICAL, "edition": TECHNICAL, "device": ANOTHER, "network": ANOTHER},
    ),
    "access.AuditEntry": Part("Hvem som har gjort hva", "citizen_id", {"key_id": TECHNICAL, "mac": TECHNICAL}),
}

#: Tables that point at a citizen and are not in the file, and why.
LEFT_OUT: Mapping[str, str] = {
    "citizens.Merge": "Sporet etter at to registreringer ble slått sammen. Kan gjelde en annen person.",
    "needs.SetAside": "Utkast som to skrev samtidig. Det som ble stående, er med i samtalen.",
    "decisions.Disqualification": "Gjelder den ansattes forhold, ikke dine.",
    "keeping.HandedOver": "At arkivet har tatt imot det som er lagret om deg.",
    "keeping.Hold": "At noe ikke skal slettes nå, for eksempel mens en sak pågår.",
    "keeping.Removal": "At noe er slettet. Sier ikke hva som sto der.",
    "person.HandoutFile": "Denne fila selv.",
    "person.HeldBack": "Det som er holdt tilbake, står i fila som antall og hjemmel.",
    "planning.Notice": "Beskjeder til den ansatte om egen arbeidsliste. Besøket er med.",
}
