"""Invented letters, one for each kind: what a template is previewed with. Nobody in them exists."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tillit.care.letters.rules import (
    Item,
    Language,
    LetterHead,
    LetterKind,
    Recipient,
    Sender,
    Signer,
    Table,
    fields_of,
)

_NB: dict[str, Any] = {
    "services": ["hjemmesykepleie", "hverdagsrehabilitering"],
    "refused_services": ["hjelp til rengjøring hver uke"],
    "service_lines": [
        Item(
            "hver dag fra 26. november 2026: hjelp til medisiner og stell av operasjonssåret. Vi begynner med to besøk "
            "om dagen, til sammen 3 til 7 timer i uka.",
            "Hjemmesykepleie",
        ),
        Item(
            "i inntil seks uker: trening på trapp og påkledning fem dager i uka, sammen med fysioterapeut.",
            "Hverdagsrehabilitering",
        ),
    ],
    "refused_lines": [Item("hver uke. Du får rengjøring hver tredje uke.", "Rengjøring")],
    "considered_lines": [Item("fra to besøk om dagen til ett besøk om dagen.", "Hjemmesykepleie")],
    "change_table": Table(
        ("Hjelp", "Nå", "Fra 1. mars 2027"),
        (("Hjemmesykepleie", "2 besøk om dagen", "1 besøk om dagen"),),
    ),
    "goal_lines": ["Du går i trappa uten støtte.", "Du kler på deg selv de fleste dagene."],
    "provider_lines": [Item("gir hjelpen. Du har valgt kommunen.", "Team Solvik")],
    "other_help": ["Frivilligsentralen kan følge deg på butikken.", "Du kan leie trygghetsalarm privat."],
    "documents": ["Vedtaket fra 24. november 2026", "Klagen din"],
    "applied_on": date(2026, 11, 9),
    "applied_for": ["hjelp hjemme etter hofteoperasjonen"],
    "conversation_on": date(2026, 11, 16),
    "assessed_on": date(2027, 1, 20),
    "warned_on": date(2027, 1, 4),
    "effective_on": date(2027, 3, 1),
    "decision_on": date(2026, 11, 24),
    "received_on": date(2026, 11, 9),
    "forwarded_on": date(2027, 1, 8),
    "answer_by": date(2026, 12, 7),
    "reply_by": date(2027, 1, 18),
    "review_on": date(2027, 5, 26),
    "plan_on": date(2026, 11, 24),
    "appeal_last_day": date(2026, 12, 28),
    "appeal_body": "Statsforvalteren",
    "what_stands": "vedtaket",
    "matters": "Jeg vil ut i naustet igjen før påske. Og jeg vil klare morgenen selv, bare jeg får tid.",
    "reply": "Du skrev at du gjerne vil ha kveldsbesøket fram til våren, fordi trappa er glatt.",
    "facts": "Du har nylig operert hofta. Du bor alene i andre etasje uten heis.",
    "considerations": "Du trenger helsehjelp hjemme mens du trener deg opp. Uten trening er det fare for at du mister "
    "funksjon.",
    "citizen_view": "Du vil helst klare morgenen selv. Derfor bruker vi tiden på trening og kommer ikke tidligere enn "
    "klokka ni.",
    "delay_reason": "Vi venter på opplysninger fra sykehuset. De er viktige for å gi deg riktig hjelp.",
    "what_to_do": "Si fra til oss hvis sykehuset har gitt deg papirer. Da kan du sende dem til oss.",
    "stay_outcome": "Du ba om å beholde hjelpen mens klagen behandles. Det får du.",
    "legal_references": [
        "helse- og omsorgstjenesteloven § 3-2 første ledd nr. 5 og nr. 6 bokstav a",
        "pasient- og brukerrettighetsloven § 2-1",
    ],
    "procedure_references": ["pasient- og brukerrettighetsloven §§ 7-2 til 7-5", "forvaltningsloven §§ 18 og 42"],
    "free_services": ["hjemmesykepleie", "hverdagsrehabilitering"],
    "charge_lines": [],
}

_NN: dict[str, Any] = _NB | {
    "services": ["heimesjukepleie", "kvardagsrehabilitering"],
    "refused_services": ["hjelp til reingjering kvar veke"],
    "service_lines": [
        Item(
            "kvar dag frå 26. november 2026: hjelp til medisinar og stell av operasjonssåret. Vi byrjar med to besøk "
            "om dagen, til saman 3 til 7 timar i veka.",
            "Heimesjukepleie",
        ),
        Item(
            "i inntil seks veker: trening på trapp og påkleding fem dagar i veka, saman med fysioterapeut.",
            "Kvardagsrehabilitering",
        ),
    ],
    "refused_lines": [Item("kvar veke. Du får reingjering kvar tredje veke.", "Reingjering")],
    "considered_lines": [Item("frå to besøk om dagen til eitt besøk om dagen.", "Heimesjukepleie")],
    "change_table": Table(
        ("Hjelp", "No", "Frå 1. mars 2027"),
        (("Heimesjukepleie", "2 besøk om dagen", "1 besøk om dagen"),),
    ),
    "goal_lines": ["Du går i trappa utan støtte.", "Du kler på deg sjølv dei fleste dagane."],
    "provider_lines": [Item("gir hjelpa. Du har valt kommunen.", "Team Solvik")],
    "other_help": ["Frivilligsentralen kan følgje deg på butikken.", "Du kan leige tryggleiksalarm privat."],
    "documents": ["Vedtaket frå 24. november 2026", "Klaga di"],
    "applied_for": ["hjelp heime etter hofteoperasjonen"],
    "appeal_body": "Statsforvaltaren",
    "matters": "Eg vil ut i naustet igjen før påske. Og eg vil klare morgonen sjølv, berre eg får tid.",
    "reply": "Du skreiv at du gjerne vil ha kveldsbesøket fram til våren, fordi trappa er glatt.",
    "facts": "Du har nyleg operert hofta. Du bur åleine i andre høgda utan heis.",
    "considerations": "Du treng helsehjelp heime medan du trenar deg opp. Utan trening er det fare for at du mistar "
    "funksjon.",
    "citizen_view": "Du vil helst klare morgonen sjølv. Derfor bruker vi tida på trening og kjem ikkje tidlegare enn "
    "klokka ni.",
    "delay_reason": "Vi ventar på opplysningar frå sjukehuset. Dei er viktige for å gi deg rett hjelp.",
    "what_to_do": "Sei frå til oss viss sjukehuset har gitt deg papir. Då kan du sende dei til oss.",
    "stay_outcome": "Du bad om å behalde hjelpa medan klaga blir behandla. Det får du.",
    "legal_references": [
        "helse- og omsorgstenestelova § 3-2 første ledd nr. 5 og nr. 6 bokstav a",
        "pasient- og brukarrettslova § 2-1",
    ],
    "procedure_references": ["pasient- og brukarrettslova §§ 7-2 til 7-5", "forvaltingslova §§ 18 og 42"],
    "free_services": ["heimesjukepleie", "kvardagsrehabilitering"],
}

#: What a kind says otherwise than the rest.
_OWN: dict[LetterKind, dict[Language, dict[str, Any]]] = {
    LetterKind.DECISION_PARTLY: {
        Language.BOKMAL: {
            "charge_lines": [Item("241 kroner i måneden med inntekten du har i dag.", "Rengjøring")],
            "free_services": ["hjemmesykepleie", "hverdagsrehabilitering"],
        },
        Language.NYNORSK: {
            "charge_lines": [Item("241 kroner i månaden med den inntekta du har i dag.", "Reingjering")],
            "free_services": ["heimesjukepleie", "kvardagsrehabilitering"],
        },
    },
    LetterKind.DECISION_REDUCED: {
        Language.BOKMAL: {"services": ["hjemmesykepleie"], "free_services": ["hjemmesykepleie"]},
        Language.NYNORSK: {"services": ["heimesjukepleie"], "free_services": ["heimesjukepleie"]},
    },
    LetterKind.DECISION_ENDED: {
        Language.BOKMAL: {
            "services": ["hverdagsrehabilitering"],
            "service_lines": [Item("slutter 1. mars 2027. Siste trening er 26. februar.", "Hverdagsrehabilitering")],
        },
        Language.NYNORSK: {
            "services": ["kvardagsrehabilitering"],
            "service_lines": [Item("sluttar 1. mars 2027. Siste trening er 26. februar.", "Kvardagsrehabilitering")],
        },
    },
    LetterKind.DISMISSED: {
        Language.BOKMAL: {
            "considerations": "Du bor og oppholder deg i en annen kommune. Da er det den kommunen som gir deg hjelp.",
            "what_to_do": "Du kan søke i kommunen du bor i. Vi sender gjerne søknaden dit hvis du vil.",
        },
        Language.NYNORSK: {
            "considerations": "Du bur og held til i ein annan kommune. Då er det den kommunen som gir deg hjelp.",
            "what_to_do": "Du kan søkje i kommunen du bur i. Vi sender gjerne søknaden dit viss du vil.",
        },
    },
    LetterKind.RECEIPT: {
        Language.BOKMAL: {
            "documents": ["Utskrivingspapirene fra sykehuset, hvis du har dem"],
            "procedure_references": ["forvaltningsloven §§ 11 a, 17 og 18"],
        },
        Language.NYNORSK: {
            "documents": ["Utskrivingspapira frå sjukehuset, viss du har dei"],
            "procedure_references": ["forvaltingslova §§ 11 a, 17 og 18"],
        },
    },
    LetterKind.INTERIM_REPLY: {
        Language.BOKMAL: {"procedure_references": ["forvaltningsloven § 11 a"]},
        Language.NYNORSK: {"procedure_references": ["forvaltingslova § 11 a"]},
    },
    LetterKind.ADVANCE_NOTICE: {
        Language.BOKMAL: {
            "services": ["hjemmesykepleie"],
            "facts": "Såret er grodd, og du tar medisinene selv.",
            "procedure_references": ["forvaltningsloven §§ 16 og 18"],
        },
        Language.NYNORSK: {
            "services": ["heimesjukepleie"],
            "facts": "Såret er grodd, og du tek medisinane sjølv.",
            "procedure_references": ["forvaltingslova §§ 16 og 18"],
        },
    },
    LetterKind.APPEAL_RECEIPT: {
        Language.BOKMAL: {"received_on": date(2026, 12, 10), "answer_by": date(2027, 1, 8), "documents": []},
        Language.NYNORSK: {"received_on": date(2026, 12, 10), "answer_by": date(2027, 1, 8), "documents": []},
    },
    LetterKind.APPEAL_FORWARDED: {
        Language.BOKMAL: {"received_on": date(2026, 12, 10), "services": []},
        Language.NYNORSK: {"received_on": date(2026, 12, 10), "services": []},
    },
    LetterKind.APPEAL_DISMISSED: {
        Language.BOKMAL: {
            "received_on": date(2027, 2, 10),
            "considerations": "Klagen kom etter at fristen var ute, og vi kjenner ikke til noe som hindret deg i "
            "å klage før.",
            "what_to_do": "Er det noe vi ikke vet, så si fra. Da ser vi på det på nytt.",
            "legal_references": ["forvaltningsloven § 31"],
            "appeal_last_day": date(2027, 3, 15),
        },
        Language.NYNORSK: {
            "received_on": date(2027, 2, 10),
            "considerations": "Klaga kom etter at fristen var ute, og vi kjenner ikkje til noko som hindra deg i "
            "å klage før.",
            "what_to_do": "Er det noko vi ikkje veit, så sei frå. Då ser vi på det på nytt.",
            "legal_references": ["forvaltingslova § 31"],
            "appeal_last_day": date(2027, 3, 15),
        },
    },
    LetterKind.APPEAL_CHANGED: {
        Language.BOKMAL: {"received_on": date(2026, 12, 10), "refused_lines": []},
        Language.NYNORSK: {"received_on": date(2026, 12, 10), "refused_lines": []},
    },
}


def fields(kind: LetterKind, language: Language) -> dict[str, Any]:
    """Return invented values for every field that letters of the kind have, but those of the head."""
    all_of_them = _NB if language is Language.BOKMAL else _NN
    values: Mapping[str, Any] = all_of_them | _OWN.get(kind, {}).get(language, {})
    return {name: values[name] for name in fields_of(kind) if name in values}


def head(language: Language) -> LetterHead:
    """Return an invented head: who writes, to whom, who signs."""
    nn = language is Language.NYNORSK
    return LetterHead(
        sender=Sender(
            municipality="Fjordvik kommune",
            unit="Heimetenesta, Team Solvik" if nn else "Hjemmetjenesten, Team Solvik",
            address=("Postboks 100", "0000 Fjordvik"),
            phone="555 00 100",
        ),
        recipient=Recipient("Per Inge Foss", ("Solvikveien 18", "0000 Fjordvik")),
        case_reference="2026/1432",
        dated=date(2026, 11, 24),
        case_worker="Nora Bakke",
        signers=(
            Signer("Marit Aune", "teamleiar" if nn else "teamleder"),
            Signer(
                "Ingrid Solheim", "sjukepleiar og kontakten din" if nn else "sykepleier og din kontakt", "555 00 112"
            ),
        ),
    )
