"""E: power, information, rewards, knowledge (PIRK). F: roles and leadership. G: how much the team decides."""

from typing import Final

from tillit.learning.surveys.rules.instruments import Item, Part, Text

E_PARTS: Final = (
    Part("E_MAKT", Text("Makt", "Makt", "Power"),
         Text("Vi får bestemme det vi svarer for", "Vi får avgjere det vi svarar for", "We decide what we answer for")),
    Part("E_INFORMASJON", Text("Informasjon", "Informasjon", "Information"),
         Text("Vi vet det vi trenger", "Vi veit det vi treng", "We know what we need to")),
    Part("E_BELONNING", Text("Belønning", "Løning", "Rewards"),
         Text("Innsats lønner seg", "Innsats lønner seg", "Effort pays off")),
    Part("E_KUNNSKAP", Text("Kunnskap", "Kunnskap", "Knowledge"),
         Text("Vi lærer det vi trenger", "Vi lærer det vi treng", "We learn what we need")),
)  # fmt: skip

E_ITEMS: Final = (
    Item("E1", Text("Teamet har myndighet til å bestemme det vi blir holdt ansvarlig for.",
                    "Teamet har mynde til å avgjere det vi blir haldne ansvarlege for.",
                    "The team has the authority to decide what we are held responsible for."), "AGREE", "E_MAKT"),
    Item("E2", Text("Beslutninger om en bruker tas av dem som kjenner brukeren.",
                    "Avgjerder om ein brukar blir tekne av dei som kjenner brukaren.",
                    "Decisions about a service user are made by those who know the person."), "AGREE", "E_MAKT"),
    Item("E3", Text("Jeg er med på å lage turnusen.", "Eg er med på å lage turnusen.",
                    "I take part in making the roster."), "AGREE", "E_MAKT"),
    Item("E4", Text("Jeg vet hvordan teamet ligger an med økonomi, fravær og kontinuitet.",
                    "Eg veit korleis teamet ligg an med økonomi, fråvær og kontinuitet.",
                    "I know how the team is doing on finances, absence and continuity."), "AGREE", "E_INFORMASJON"),
    Item("E5", Text("Jeg får vite om endringer før de skjer.", "Eg får vite om endringar før dei skjer.",
                    "I am told about changes before they happen."), "AGREE", "E_INFORMASJON"),
    Item("E6", Text("Jeg finner opplysningene jeg trenger om brukeren, når jeg trenger dem.",
                    "Eg finn opplysningane eg treng om brukaren, når eg treng dei.",
                    "I find the information I need about the service user when I need it."), "AGREE", "E_INFORMASJON"),
    Item("E7", Text("Innsats som gjør teamet bedre, blir lagt merke til.",
                    "Innsats som gjer teamet betre, blir lagd merke til.",
                    "Effort that makes the team better is noticed."), "AGREE", "E_BELONNING"),
    Item("E8", Text("Å ta ekstra ansvar får positive følger for meg.",
                    "Å ta ekstra ansvar får positive følgjer for meg.",
                    "Taking extra responsibility has good consequences for me."), "AGREE", "E_BELONNING"),
    Item("E9", Text("Når teamet sparer tid eller penger, får vi noe igjen for det.",
                    "Når teamet sparer tid eller pengar, får vi noko att for det.",
                    "When the team saves time or money, we get something back for it."), "AGREE", "E_BELONNING"),
    Item("E10", Text("Jeg har fått opplæring i oppgavene teamet har overtatt.",
                     "Eg har fått opplæring i oppgåvene teamet har teke over.",
                     "I have been trained in the tasks the team has taken over."), "AGREE", "E_KUNNSKAP"),
    Item("E11", Text("Jeg får veiledning når jeg prøver noe nytt.", "Eg får rettleiing når eg prøver noko nytt.",
                     "I get guidance when I try something new."), "AGREE", "E_KUNNSKAP"),
    Item("E12", Text("Vi setter av tid til å lære av hverandre.", "Vi set av tid til å lære av kvarandre.",
                     "We set aside time to learn from each other."), "AGREE", "E_KUNNSKAP"),
)  # fmt: skip

F_PARTS: Final = (
    Part("F_ROLLER", Text("Roller og samordning", "Roller og samordning", "Roles and coordination"),
         Text("Vi vet hvem som gjør hva", "Vi veit kven som gjer kva", "We know who does what")),
    Part("F_LEDELSE", Text("Ledelse", "Leiing", "Leadership"),
         Text("Lederen støtter teamet i å bestemme", "Leiaren støttar teamet i å bestemme",
              "The leader supports the team in deciding")),
)  # fmt: skip

F_ITEMS: Final = (
    Item("F1", Text("Jeg vet hvilke oppgaver som er mine.", "Eg veit kva oppgåver som er mine.",
                    "I know which tasks are mine."), "AGREE", "F_ROLLER"),
    Item("F2", Text("Jeg vet hvem som bestemmer hva.", "Eg veit kven som bestemmer kva.",
                    "I know who decides what."), "AGREE", "F_ROLLER"),
    Item("F3", Text("Oppgaver blir liggende fordi ingen vet hvem som har dem.",
                    "Oppgåver blir liggjande fordi ingen veit kven som har dei.",
                    "Tasks are left undone because nobody knows who has them."), "AGREE", "F_ROLLER", reverse=True),
    Item("F4", Text("Sykepleiere og helsefagarbeidere hos oss vet hva de kan overlate til hverandre.",
                    "Sjukepleiarar og helsefagarbeidarar hos oss veit kva dei kan overlate til kvarandre.",
                    "Nurses and care workers here know what they can leave to each other."), "AGREE", "F_ROLLER"),
    Item("F5", Text("Planen for brukeren er det stedet vi alle ser.",
                    "Planen for brukaren er den staden vi alle ser.",
                    "The service user's plan is the place we all look."), "AGREE", "F_ROLLER"),
    Item("F6", Text("Vi treffes ofte nok til å snakke om brukerne.",
                    "Vi møtest ofte nok til å snakke om brukarane.",
                    "We meet often enough to talk about the service users."), "AGREE", "F_ROLLER"),
    Item("F7", Text("Lederen min er til stede når teamet trenger det.",
                    "Leiaren min er til stades når teamet treng det.",
                    "My leader is present when the team needs it."), "AGREE", "F_LEDELSE"),
    Item("F8", Text("Lederen veileder mer enn hun eller han kontrollerer.",
                    "Leiaren rettleier meir enn ho eller han kontrollerer.",
                    "The leader guides more than she or he controls."), "AGREE", "F_LEDELSE"),
    Item("F9", Text("Lederen lar teamet stå for beslutningene det har fått ansvar for.",
                    "Leiaren lèt teamet stå for avgjerdene det har fått ansvar for.",
                    "The leader lets the team stand by the decisions it is responsible for."), "AGREE", "F_LEDELSE"),
    Item("F10", Text("Jeg vet hva lederen fortsatt bestemmer.", "Eg veit kva leiaren framleis bestemmer.",
                     "I know what the leader still decides."), "AGREE", "F_LEDELSE"),
)  # fmt: skip

G_PARTS: Final = (
    Part("G_GAP", Text("Selvbestemmelse", "Sjølvråderett", "Say"),
         Text("Hvor mye teamet bestemmer, og hvor mye det bør bestemme",
              "Kor mykje teamet bestemmer, og kor mykje det bør bestemme",
              "How much the team decides, and how much it should")),
)  # fmt: skip

G_ITEMS: Final = (
    Item("G1", Text("Fordele arbeidslister", "Fordele arbeidslister", "Handing out work lists"), "SAY", "G_GAP"),
    Item("G2", Text("Endre tiltak hos bruker", "Endre tiltak hos brukar", "Changing what is done for a service user"),
         "SAY", "G_GAP"),
    Item("G3", Text("Skaffe vikar ved fravær", "Skaffe vikar ved fråvær", "Finding a substitute for absence"),
         "SAY", "G_GAP"),
    Item("G4", Text("Turnus", "Turnus", "The roster"), "SAY", "G_GAP"),
    Item("G5", Text("Prioritere mellom brukere", "Prioritere mellom brukarar", "Giving priority among service users"),
         "SAY", "G_GAP"),
    Item("G6", Text("Hente inn spesialkompetanse", "Hente inn spesialkompetanse", "Calling in special competence"),
         "SAY", "G_GAP"),
)  # fmt: skip
