"""What the columns are called in the page a person reads. A test wants a word for every column that is in the file."""

_WORDS = """
agreed_at: Avtalt tidspunkt | from_whom: Fra hvem | opening: Innsyn nr. | referred_at: Henvist tidspunkt
referred_by: Henvist av | referred_on: Henvist | referred_unit: Henvist fra | source: Hvem som ba om det
taken_on: Tatt | was_earliest_at: Tidligst før avtalen | was_latest_at: Senest før avtalen | was_locked: Var låst
choice: Det som ble valgt | chosen_at: Valgt tidspunkt | chosen_by: Valgt av | envelope: Sending nr.
refusal: Hvorfor det ikke gikk | stood: Det som sto fra før
begun_at: Startet tidspunkt | begun_by: Startet av | course: Forløp nr. | draft: Utkast til plan nr.
end_words: Det du sa til slutt | ended_on: Avsluttet | evaluated_at: Evaluert tidspunkt | evaluated_by: Evaluert av
evaluation: Evaluering nr. | last_on: Siste dag | less: Det som skulle bli mindre | measured_at: Skrevet inn tidspunkt
measured_by: Målt av | measured_on: Målt dato | next_on: Ses på igjen | numbers: Tall | open_until: Du kan svare til
own_words: Det du sa | result: Slik gikk det | result_words: Det vi så | seen: Det vi så | therapist: Terapeut
tool: Måleverktøy | trainer: Hjemmetrener | weekday: Ukedag | who: Sammen med | why_no_words: Hvorfor ordene mangler
with_whom: Hvem andre var med
acting_for: På vegne av | action: Handling | actor_name: Hvem | adjusted_at: Justert tidspunkt
adjusted_by: Justert av | agreed: Avtalt | agrees: Er enig | amount: Mengde | answer: Svar | answer_by: Svarfrist
answer_words: Svar i ord | answered_at: Besvart tidspunkt | answered_by: Besvart av | answers: Svar
appeal: Klage nr. | applicant: Søkt av | asked_at: Spurt tidspunkt | asked_by: Spurt av
asked_for: Hva det ble spurt om | asked_words: Ønsket i egne ord | asks_nothing: Trenger ikke svar
assessment: Kartlegging nr. | assessment_until: Vurderes innen | at: Tidspunkt | authority: Myndighet nr.
authority_seen_on: Myndighet kontrollert | basis: Grunnlag | became: Ble | born_on: Fødselsdato | by: Av
by_citizen: Av deg selv | call_name: Vil bli kalt | cancelled_by: Avlyst av | case: Sak nr.
case_reference: Saksnummer | case_worker: Saksbehandler | change: Endring | changed: Endret noe
changed_at: Endret tidspunkt | changed_by: Endret av | channel: Kom inn på | charge_words: Egenandel
chosen_on: Valgt dato | citizen: Registrering nr. | citizen_id: Registrering nr. | closed_at: Lukket tidspunkt
closed_by: Lukket av | closed_on: Avsluttet | competence: Kompetanse nr. | complete_by: Skal være komplett innen
concluded_at: Konkludert tidspunkt | concluded_by: Konkludert av | content: Innhold | conversation: Samtale nr.
copies_to: Kopi til | corrected_at: Rettet tidspunkt | corrected_by: Rettet av | corrects: Retter nr.
data: Opplysninger | decided_at: Avgjort tidspunkt | decided_by: Avgjort av | decided_on: Vedtaksdato
decision: Vedtak nr. | died_on: Dødsdato | dismissed_for: Avvist fordi | done_at: Ferdig tidspunkt | door: Åpnet fra
door_code: Dørkode | dropped_at: Forkastet tidspunkt | due_at: Frist | due_on: Frist | earliest: Tidligst
earliest_at: Tidligst | edition: Utgave | employee: Medarbeider | ended_at: Avsluttet tidspunkt
ended_by: Avsluttet av | ends_at: Slutter | ends_on: Slutter | evaluate_on: Ses på igjen
every_weeks: Hver n-te uke | expected_on: Ventet svar | extent: Omfang | family_name: Etternavn | field: Opplysning
first: Første besøk nr. | floor: Etasje | followings: Følginger nr. | forwarded_on: Sendt videre
frame_least: Ramme, minst | frame_most: Ramme, mest | from_at: Fra | from_on: Fra | from_unit: Fra enhet
gender: Kjønn | given_name: Fornavn | goal: Mål nr. | goal_trend: Utvikling | goal_words: Målet i ord
good_days: Gode dager | ground: Grunn til innsyn | ground_subject: Hva grunnen bygger på | happened_on: Skjedde
has_capacity: Har beslutningskompetanse | held_on: Holdt dato | help_before: Hjelp fra før
helped_to_write: Fikk hjelp til å skrive | helpers: Antall hjelpere | holder: Ansvarlig | how: Hvordan
how_view_weighed: Hvordan synet ditt er vektlagt | id: Nr. | identifier: Nummer nr.
import_key: Nøkkel i fagsystemet | intervention: Tiltak nr. | is_asked_for: Søkt om | is_deputy: Stedfortreder
is_frame: Er en ramme | is_individual: Enkeltvedtak | is_locked: Låst | is_new: Ny
is_next_of_kin: Nærmeste pårørende | is_secret_address: Skjult adresse | kept_at: Beholdt tidspunkt
kept_by: Beholdt av | key_note: Nøkkel | kind: Slag | known_on: Kjent dato | language: Språk
late_reason: Grunn til forsinkelse | latest: Senest | latest_at: Senest | latitude: Breddegrad
learned_on: Lært dato | least_minutes: Minst minutter | legal_references: Hjemler | letter: Brev nr. | level: Nivå
levels: Nivåer | line: Tjenestelinje nr. | lists: Arbeidsliste nr. | lives_alone: Bor alene | longitude: Lengdegrad
made_at: Laget tidspunkt | made_by: Laget av | made_from: Laget av nr. | matters: Hva er viktig nr.
merged_at: Slått sammen tidspunkt | merged_by: Slått sammen av | merged_into: Slått sammen med nr.
minutes: Minutter | missing: Mangler | most_minutes: Mest minutter | moves_on: Flytter | must_know: Må vite
name: Navn | need: Behov nr. | needs: Krever | needs_interpreter: Trenger tolk | network_member: En av dine egne
new_decision: Nytt vedtak nr. | next_step: Neste steg | no_words_reason: Grunn til at ord mangler
not_done: Ikke gjort | not_shown: Ikke vist | not_shown_why: Hvorfor ikke vist | note: Notat | now_value: Verdi nå
now_words: Nå, i ord | number: Nummer | offered_at: Tilbudt tidspunkt | offered_by: Tilbudt av | on: Dato
on_dismissal_of: Gjelder avvisning av nr. | on_holidays: På helligdager | opened_at: Åpnet tidspunkt
origin: Kommer fra | outcome: Utfall | outcome_on: Utfall dato | outcome_words: Utfall i ord | own_view: Ditt syn
owner: Følges opp av | part: Del | part_of_day: Del av døgnet | party_place: Partens poststed
party_postal_code: Partens postnummer | party_street: Partens adresse | phone: Telefon | place: Sted
plan: Plan nr. | postal_code: Postnummer | posted_on: Postlagt | practical: Praktisk | prepared_by: Forberedt av
priority: Prioritet | proposed_at: Foreslått tidspunkt | proposed_by: Foreslått av | provider: Utfører
purpose: Formål | rank: Rekkefølge | rather_not: Helst ikke | reached_on: Kom fram | reason: Grunn
reasons: Begrunnelse | reasons_asked_on: Begrunnelse bedt om | reasons_known_on: Begrunnelse kjent
reasons_letter: Brev med begrunnelse nr. | reasons_sent_on: Begrunnelse sendt | reassessed_from: Revurdert fra nr.
reassessed_why: Hvorfor revurdert | receipt_letter: Kvittering nr. | receipt_told_on: Kvittering gitt
received_on: Mottatt | recorded_at: Skrevet tidspunkt | recorded_by: Skrevet av
registered_at: Registrert tidspunkt | registered_by: Registrert av | relation: Forhold | replied_on: Svart dato
reply: Svar | reply_by: Svarfrist | reported_at: Sagt tidspunkt | reported_by: Sagt av | responsibility: Ansvar nr.
responsible: Ansvarlig | responsible_profession: Ansvarlig yrke | review: Vurdering | review_on: Ses på igjen
review_words: Gjennomgang | reviewed_at: Gjennomgått tidspunkt | reviewed_by: Gjennomgått av
reviewed_on: Gjennomgått dato | roles: Roller | said_on: Sagt dato | saved_at: Lagret tidspunkt
saved_by: Lagret av | scored_at: Vurdert tidspunkt | scored_by: Vurdert av | sent_at: Sendt tidspunkt
sent_by: Sendt av | sent_on: Sendt dato | separate_visit: Eget besøk | service: Tjeneste nr. | sha256: Kontrollsum
shift_kind: Vakt | short_words: Kort sagt | shown_on: Vist dato | shown_to: Vist til | slot: Plass i planen
span_percent: Spenn i prosent | split_from: Delt fra nr. | start_value: Verdi ved start
start_words: Ved start, i ord | started_at: Begynt tidspunkt | started_by: Begynt av | starts_at: Begynner
starts_on: Begynner | state: Tilstand | state_on: Tilstand fra | stay_answered_on: Utsetting besvart
stay_asked_on: Utsetting bedt om | stay_granted: Utsetting gitt | stay_reasons: Utsetting begrunnet | step: Steg
stopped_on: Stanset | street: Gateadresse | subject: Gjelder | subject_matter: Saksområde | summary: Sammendrag
supersedes: Erstatter nr. | table_of: Tabell fra | taken_back_at: Trukket tilbake tidspunkt
taken_back_by: Trukket tilbake av | target_value: Ønsket verdi | target_words: Ønsket, i ord | template: Mal nr.
terms: Avtalt | text: Tekst | then: Neste besøk nr. | title: Tittel | to_at: Til | to_employee: Til medarbeider
to_on: Til | to_unit: Til enhet | told_at: Meldt tidspunkt | told_by: Meldt av | told_on: Meldt dato
try_again_on: Prøves igjen | undoes: Angrer nr. | unit: Enhet | unit_of_measure: Måles i
unit_path: Enhet i organisasjonen | urgency: Haster | urgent_from: Haster fra | urgent_reason: Hvorfor det haster
urgent_unit: Enhet som handler | user: Bruker av Tillit | valid_from: Gjelder fra | valid_to: Gjelder til
value: Verdi | variable: Variabel | verdict: Konklusjon | version: Versjon nr. | version_id: Versjon nr.
visit: Besøk nr. | was: Var | way: Måte | way_in: Vei inn | ways: Måter | week_after: Uka etter
week_before: Uka før | weekdays: Ukedager | what: Hva | whereabouts: Opphold nr. | why: Hvorfor | wished: Ønsket tid
wished_at: Ønsket tid | withdrawn_at: Trukket tidspunkt | words: I ord | writers: Skrevet av
written_at: Skrevet tidspunkt | written_by: Skrevet av
about: Om | asker: Hvem som ba | began_at: Begynte tidspunkt | browser: Nettleser | colour: Farge
colour_scheme: Lyst eller mørkt | created_at: Laget tidspunkt | delegation: Delegering nr.
deleted_at: Slettet tidspunkt | device: Enhet | duty: Ansvar nr. | employed_from: Ansatt fra | employed_to: Ansatt til
employment: Ansettelse | ended_why: Hvorfor det tok slutt | expires_at: Gjelder til
fetched_at: Hentet tidspunkt | four_eyes: To må være enige
group: Gruppe | home_latitude: Hjemme, breddegrad | home_longitude: Hjemme, lengdegrad | is_active: Er åpen
is_extra: Ekstravakt | issuer: Innloggingstjeneste | keep_until: Slettes etter | last_at: Sist tidspunkt
last_login: Siste innlogging | locked_at: Låst tidspunkt | max_days: Høyst dager | max_extent: Høyst omfang
network: Nett | office: På kontoret | percent: Prosent | pin_tries: Forsøk med PIN | position: Stilling nr.
ready_at: Meldt utskrivningsklar
profession: Yrke | proved_at: Vist hvem det er | reviewer: Gjennomgått av | reviewer_name: Gjennomgått av
role: Rolle | rule: Regel | second_step: Andre steg | share: Andel | sign_count: Ganger brukt
starts_at_home: Begynner hjemmefra | status: Svar | travel: Reisemåte | used_at: Brukt tidspunkt
username: Brukernavn | within: Innenfor
asked_by_name: Bedt om av | author: Skrevet av | author_name: Skrevet av | author_profession: Yrke da
author_role: Rolle da | by_name: Av | by_role: Rolle | conditions: Vilkår | decided_by_name: Avgjort av
entry: Innføring nr. | from_citizen: Fra registrering nr. | happened_at: Skjedde tidspunkt | has_words: Har tekst
placed: Plassert som nr. | placed_at: Plassert tidspunkt | request: Krav nr. | root: Begynte med nr.
row_id: Rad nr. | signed_at: Signert tidspunkt | takes_back: Trekker tilbake | wants_countersign: Venter på medsignering
saturation: Oksygenmetning | scale: Skala for oksygenmetning | scale_by: Hvem bestemte skalaen | set_by: Skrevet av
set_at: Skrevet tidspunkt | reminded: Minnet på | reminded_at: Minnet på tidspunkt
raised: Varslet videre til | raised_at: Varslet videre tidspunkt | act_by: Svar innen | check_by: Måles igjen innen
ending: Hvordan det gikk
watch: Oppfølging nr. | seen_at: Sett tidspunkt | respiration: Pust i minuttet | oxygen: Får oksygen
systolic: Blodtrykk, øverste tall | pulse: Puls | consciousness: Bevissthet | temperature: Temperatur | total: Poeng
account: Innlogging nr. | basis_words: Hva det bygger på | consent: Samtykke nr. | given_at: Gitt tidspunkt
asked: Spørsmål nr. | decided: Fikk du være med og bestemme | helped: Gjør hjelpen det lettere å nå målet
said_at: Sagt tidspunkt | opened_by: Åpnet av
written_name: Skrevet av, fra Min side | written_user: Innlogging som skrev
weight: Vekt i kilo | learned: Hva teamet gjør annerledes | owned_at: Tatt tidspunkt
disturbance: Kan forstyrre tallene | pilot: Pilot nr. | team: Team i piloten nr.
of: Hva det viser | width: Bredde | height: Høyde | taken_by: Tatt av | taken_at: Tatt tidspunkt
"""
WORDS = {
    name.strip(): word.strip()
    for line in _WORDS.strip().splitlines()
    for name, _, word in (pair.partition(":") for pair in line.split("|"))
}


def word_for(column: str) -> str:
    """Return what a column is called."""
    return WORDS[column]
