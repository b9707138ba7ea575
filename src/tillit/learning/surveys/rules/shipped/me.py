"""B: my own empowerment, and D: basic needs at work. The word is «jeg»: never merged with A."""

from typing import Final

from tillit.learning.surveys.rules.instruments import Item, Part, Text

B_PARTS: Final = (
    Part("B_MENING", Text("Mening", "Meining", "Meaning"),
         Text("Jobben betyr noe", "Jobben betyr noko", "The job means something")),
    Part("B_KOMPETANSE", Text("Kompetanse", "Kompetanse", "Competence"),
         Text("Jeg kan det jeg skal", "Eg kan det eg skal", "I know what I need to")),
    Part("B_SELVBESTEMMELSE", Text("Selvbestemmelse", "Sjølvråderett", "Self-determination"),
         Text("Jeg kan velge hvordan", "Eg kan velje korleis", "I can choose how")),
    Part("B_INNFLYTELSE", Text("Innflytelse", "Innverknad", "Influence"),
         Text("Det jeg sier, får følger", "Det eg seier, får følgjer", "What I say has consequences")),
)  # fmt: skip

B_ITEMS: Final = (
    Item("B1", Text("Jeg gjør noe i løpet av en vakt som jeg er stolt av.",
                    "Eg gjer noko i løpet av ei vakt som eg er stolt av.",
                    "During a shift I do something I am proud of."), "AGREE", "B_MENING"),
    Item("B2", Text("Jobben gir meg noe også når dagen har vært travel.",
                    "Jobben gir meg noko òg når dagen har vore travel.",
                    "The job gives me something also when the day has been busy."), "AGREE", "B_MENING"),
    Item("B3", Text("Det jeg bidrar med, betyr noe for brukerne.",
                    "Det eg bidreg med, betyr noko for brukarane.",
                    "What I contribute means something to the service users."), "AGREE", "B_MENING"),
    Item("B4", Text("Jeg kan det som skal til for ansvaret jeg har fått.",
                    "Eg kan det som skal til for ansvaret eg har fått.",
                    "I have what it takes for the responsibility I have been given."), "AGREE", "B_KOMPETANSE"),
    Item("B5", Text("Jeg vet hva jeg skal gjøre når tilstanden til en bruker endrer seg.",
                    "Eg veit kva eg skal gjere når tilstanden til ein brukar endrar seg.",
                    "I know what to do when a service user's condition changes."), "AGREE", "B_KOMPETANSE"),
    Item("B6", Text("Jeg er trygg på det jeg dokumenterer.",
                    "Eg er trygg på det eg dokumenterer.",
                    "I am confident in what I document."), "AGREE", "B_KOMPETANSE"),
    Item("B7", Text("Jeg kan tilpasse besøket til det brukeren trenger den dagen.",
                    "Eg kan tilpasse besøket til det brukaren treng den dagen.",
                    "I can adapt the visit to what the service user needs that day."), "AGREE", "B_SELVBESTEMMELSE"),
    Item("B8", Text("Jeg har rom for faglig skjønn.",
                    "Eg har rom for fagleg skjønn.",
                    "I have room for professional judgement."), "AGREE", "B_SELVBESTEMMELSE"),
    Item("B9", Text("Jeg er med og bestemmer hvilke oppgaver jeg har i teamet.",
                    "Eg er med og bestemmer kva oppgåver eg har i teamet.",
                    "I take part in deciding which tasks I have in the team."), "AGREE", "B_SELVBESTEMMELSE"),
    Item("B10", Text("Det jeg sier på teammøtet, får betydning for hva vi gjør.",
                     "Det eg seier på teammøtet, får noko å seie for kva vi gjer.",
                     "What I say in the team meeting matters for what we do."), "AGREE", "B_INNFLYTELSE"),
    Item("B11", Text("Jeg kan være med og endre rutiner som ikke virker.",
                     "Eg kan vere med og endre rutinar som ikkje verkar.",
                     "I can take part in changing routines that do not work."), "AGREE", "B_INNFLYTELSE"),
    Item("B12", Text("Observasjonene mine fører til endringer i tiltaksplanen.",
                     "Observasjonane mine fører til endringar i tiltaksplanen.",
                     "My observations lead to changes in the care plan."), "AGREE", "B_INNFLYTELSE"),
)  # fmt: skip

D_PARTS: Final = (
    Part("D_AUTONOMI", Text("Autonomi", "Autonomi", "Autonomy"),
         Text("Jeg kan stå for måten jeg jobber på", "Eg kan stå for måten eg jobbar på", "I can stand by how I work")),
    Part("D_KOMPETANSE", Text("Kompetanse", "Kompetanse", "Competence"),
         Text("Jeg får til jobben", "Eg får til jobben", "I manage the job")),
    Part("D_TILHORIGHET", Text("Tilhørighet", "Tilhøyrsle", "Belonging"),
         Text("Jeg hører til", "Eg høyrer til", "I belong")),
)  # fmt: skip

D_ITEMS: Final = (
    Item("D1", Text("Jeg kan stå inne for måten jeg må jobbe på.",
                    "Eg kan stå inne for måten eg må jobbe på.",
                    "I can stand by the way I have to work."), "AGREE", "D_AUTONOMI"),
    Item("D2", Text("Jeg kan gjøre jobben på en måte som passer meg.",
                    "Eg kan gjere jobben på ein måte som passar meg.",
                    "I can do the job in a way that suits me."), "AGREE", "D_AUTONOMI"),
    Item("D3", Text("Jeg blir styrt i detalj.", "Eg blir styrt i detalj.",
                    "I am controlled in detail."), "AGREE", "D_AUTONOMI", reverse=True),
    Item("D4", Text("Jeg får brukt det jeg kan.", "Eg får brukt det eg kan.",
                    "I get to use what I know."), "AGREE", "D_KOMPETANSE"),
    Item("D5", Text("Jeg blir stadig flinkere i jobben.", "Eg blir stadig flinkare i jobben.",
                    "I keep getting better at the job."), "AGREE", "D_KOMPETANSE"),
    Item("D6", Text("Jeg går ofte hjem med følelsen av ikke å strekke til.",
                    "Eg går ofte heim med kjensla av ikkje å strekke til.",
                    "I often go home feeling that I fall short."), "AGREE", "D_KOMPETANSE", reverse=True),
    Item("D7", Text("Jeg hører til i teamet.", "Eg høyrer til i teamet.",
                    "I belong in the team."), "AGREE", "D_TILHORIGHET"),
    Item("D8", Text("Noen i teamet merker det hvis jeg har en tung dag.",
                    "Nokon i teamet merkar det om eg har ein tung dag.",
                    "Someone in the team notices if I have a heavy day."), "AGREE", "D_TILHORIGHET"),
    Item("D9", Text("Jeg står alene med vanskelige ting.", "Eg står åleine med vanskelege ting.",
                    "I am alone with difficult things."), "AGREE", "D_TILHORIGHET", reverse=True),
)  # fmt: skip
