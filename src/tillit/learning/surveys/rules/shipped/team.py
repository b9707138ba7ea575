"""A: the team's empowerment (styrke, mening, autonomi, virkning). Own items; the word is «vi» throughout."""

from typing import Final

from tillit.learning.surveys.rules.instruments import Item, Part, Text

PARTS: Final = (
    Part("STYRKE", Text("Styrke", "Styrke", "Potency"),
         Text("Vi tror vi får det til", "Vi trur vi får det til", "We believe we can do it")),
    Part("AUTONOMI", Text("Autonomi", "Autonomi", "Autonomy"),
         Text("Vi bestemmer selv hvordan", "Vi avgjer sjølve korleis", "We decide how ourselves")),
    Part("VIRKNING", Text("Virkning", "Verknad", "Impact"),
         Text("Det vi gjør, fører til noe", "Det vi gjer, fører til noko", "What we do leads to something")),
    Part("MENING", Text("Mening", "Meining", "Meaning"),
         Text("Arbeidet er verdt å gjøre", "Arbeidet er verdt å gjere", "The work is worth doing")),
)  # fmt: skip

ITEMS: Final = (
    Item("A1", Text(
        "Vi klarer å gi brukerne våre trygg hjelp også på dager med fravær.",
        "Vi klarer å gi brukarane våre trygg hjelp òg på dagar med fråvær.",
        "We manage to give our service users safe help also on days with absence.",
        "Selv om noen er syke, får brukerne hjelpen de trenger."), "AGREE", "STYRKE"),
    Item("A2", Text(
        "Når teamet får et nytt ansvar, finner vi ut av det.",
        "Når teamet får eit nytt ansvar, finn vi ut av det.",
        "When the team is given a new responsibility, we work it out.",
        "Vi greier nye oppgaver sammen."), "AGREE", "STYRKE"),
    Item("A3", Text(
        "Vi løser de fleste problemene våre uten å sende dem oppover.",
        "Vi løyser dei fleste problema våre utan å sende dei oppover.",
        "We solve most of our problems without sending them upwards.",
        "Vi trenger sjelden å spørre en leder for å løse noe."), "AGREE", "STYRKE"),
    Item("A4", Text(
        "Vi bruker tiden vår på det som er viktig for brukerne.",
        "Vi bruker tida vår på det som er viktig for brukarane.",
        "We spend our time on what matters to the service users.",
        "Det vi gjør på jobb, er viktig for brukerne."), "AGREE", "MENING"),
    Item("A5", Text(
        "Vi vet hvorfor vi gjør det vi gjør hos den enkelte.",
        "Vi veit kvifor vi gjer det vi gjer hos den enkelte.",
        "We know why we do what we do for each person.",
        "Vi kjenner målene til hver bruker."), "AGREE", "MENING"),
    Item("A6", Text(
        "Det vi får til sammen, er jeg stolt av.",
        "Det vi får til saman, er eg stolt av.",
        "I am proud of what we achieve together.",
        "Jeg er stolt av teamet."), "AGREE", "MENING"),
    Item("A7", Text(
        "Teamet fordeler selv arbeidslistene.",
        "Teamet fordeler sjølv arbeidslistene.",
        "The team itself hands out the work lists.",
        "Vi bestemmer selv hvem som drar til hvem."), "AGREE", "AUTONOMI"),
    Item("A8", Text(
        "Vi kan endre tiltak når behovet endrer seg, uten å vente på noen utenfor teamet.",
        "Vi kan endre tiltak når behovet endrar seg, utan å vente på nokon utanfor teamet.",
        "We can change what we do when needs change, without waiting for anyone outside the team.",
        "Når en bruker trenger noe annet, kan vi endre hjelpen selv."), "AGREE", "AUTONOMI"),
    Item("A9", Text(
        "Vi velger selv hvordan vi organiserer vakta.",
        "Vi vel sjølve korleis vi organiserer vakta.",
        "We choose ourselves how we organise the shift.",
        "Vi bestemmer selv hvordan vi jobber på vakta."), "AGREE", "AUTONOMI"),
    Item("A10", Text(
        "Forslag fra teamet fører til endringer i tjenesten.",
        "Forslag frå teamet fører til endringar i tenesta.",
        "Suggestions from the team lead to changes in the service.",
        "Når vi foreslår noe, skjer det noe."), "AGREE", "VIRKNING"),
    Item("A11", Text(
        "Brukere og pårørende merker forskjell på grunn av det teamet gjør.",
        "Brukarar og pårørande merkar skilnad på grunn av det teamet gjer.",
        "Service users and relatives notice a difference because of what the team does.",
        "Brukerne får det bedre på grunn av oss."), "AGREE", "VIRKNING"),
    Item("A12", Text(
        "Andre bruker erfaringene våre.",
        "Andre bruker erfaringane våre.",
        "Others use our experiences.",
        "Andre team lærer av det vi har gjort."), "AGREE", "VIRKNING"),
)  # fmt: skip
