"""H: the citizen's own experience, and the relatives'. Questions H1–H11 are facts one by one: no sum is made.

Version 2 asks the citizen last who helped her to answer (measures.md §5 H: «may be answered with help – record who»).
Relatives are not asked: they answer for themselves, of what they see.
"""

from typing import Final

from tillit.learning.surveys.rules.instruments import Item, Part, Text

CITIZEN_PARTS: Final[tuple[Part, ...]] = ()

CITIZEN_ITEMS: Final = (
    Item("H1", Text("Kjenner du dem som kommer hjem til deg?", "Kjenner du dei som kjem heim til deg?",
                    "Do you know the people who come to your home?"), "OFTEN"),
    Item("H2", Text("Vet du hvem du kan ringe i teamet?", "Veit du kven du kan ringje i teamet?",
                    "Do you know whom you can call in the team?"), "OFTEN"),
    Item("H3", Text("Kommer de når dere har avtalt?", "Kjem dei når de har avtalt?",
                    "Do they come when you have agreed?"), "OFTEN"),
    Item("H4", Text("Får du vite om endringer på forhånd?", "Får du vite om endringar på førehand?",
                    "Are you told about changes beforehand?"), "OFTEN"),
    Item("H5", Text("Spør de hva som er viktig for deg?", "Spør dei kva som er viktig for deg?",
                    "Do they ask what matters to you?"), "OFTEN"),
    Item("H6", Text("Er du med og bestemmer hva du får hjelp til?", "Er du med og bestemmer kva du får hjelp til?",
                    "Do you take part in deciding what you get help with?"), "OFTEN"),
    Item("H7", Text("Får du gjøre det du klarer selv?", "Får du gjere det du klarer sjølv?",
                    "Are you allowed to do what you can yourself?"), "OFTEN"),
    Item("H8", Text("Har de nok tid?", "Har dei nok tid?", "Do they have enough time?"), "OFTEN"),
    Item("H9", Text("Snakker de seg imellom, så du slipper å gjenta deg?",
                    "Snakkar dei seg imellom, så du slepp å gjenta deg?",
                    "Do they talk among themselves, so that you need not repeat yourself?"), "OFTEN"),
    Item("H10", Text("Føler du deg trygg med hjelpen?", "Kjenner du deg trygg med hjelpa?",
                     "Do you feel safe with the help?"), "OFTEN"),
    Item("H11", Text("Blir det gjort noe når du sier fra?", "Blir det gjort noko når du seier frå?",
                     "Is something done when you speak up?"), "OFTEN"),
    Item("H12", Text("Alt i alt: hvor fornøyd er du?", "Alt i alt: kor nøgd er du?",
                     "All in all: how satisfied are you?"), "ZERO_TO_TEN"),
)  # fmt: skip

#: The twelve of version 1, word for word, and then who helped.
CITIZEN_ITEMS_2: Final = (
    *CITIZEN_ITEMS,
    Item("H13", Text("Fikk du hjelp til å svare?", "Fekk du hjelp til å svare?", "Did you get help to answer?",
                     "At noen leste, forklarte eller trykket for deg. Den som ringer og spør, regnes ikke."), "HELPED"),
)  # fmt: skip

RELATIVE_PARTS: Final = (
    Part("P_SAMLET", Text("Pårørende", "Pårørande", "Relatives"),
         Text("Vi er trygge på hjelpen", "Vi er trygge på hjelpa", "We feel safe with the help")),
)  # fmt: skip

RELATIVE_ITEMS: Final = (
    Item("P1", Text("Jeg vet hvem jeg skal kontakte.", "Eg veit kven eg skal kontakte.",
                    "I know whom to contact."), "AGREE", "P_SAMLET"),
    Item("P2", Text("Jeg får vite det jeg trenger.", "Eg får vite det eg treng.",
                    "I am told what I need to know."), "AGREE", "P_SAMLET"),
    Item("P3", Text("Jeg blir hørt.", "Eg blir høyrd.", "I am listened to."), "AGREE", "P_SAMLET"),
    Item("P4", Text("Jeg er trygg når jeg ikke er der.", "Eg er trygg når eg ikkje er der.",
                    "I feel safe when I am not there."), "AGREE", "P_SAMLET"),
    Item("P5", Text("Hjelpen henger sammen.", "Hjelpa heng saman.", "The help hangs together."), "AGREE", "P_SAMLET"),
    Item("P6", Text("Belastningen min er til å leve med.", "Belastninga mi er til å leve med.",
                    "I can live with the strain on me."), "AGREE", "P_SAMLET"),
    Item("P7", Text("Avtaler holdes.", "Avtalar blir haldne.", "Agreements are kept."), "AGREE", "P_SAMLET"),
    Item("P8", Text("Er det noe mer du vil si?", "Er det noko meir du vil seie?",
                    "Is there anything else you want to say?"), "WORDS"),
)  # fmt: skip
