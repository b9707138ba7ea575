"""After a gathering: three questions, half a minute."""

from typing import Final

from tillit.learning.surveys.rules.instruments import Item, Part, Text

PARTS: Final = (
    Part("S_SAMLING", Text("Samlingen", "Samlinga", "The gathering"),
         Text("Samlingen var verdt tida", "Samlinga var verd tida", "The gathering was worth the time")),
)  # fmt: skip

ITEMS: Final = (
    Item("S1", Text("Samlingen var verdt tida.", "Samlinga var verd tida.", "The gathering was worth the time.",
                    "Det var bra å være med."), "AGREE", "S_SAMLING"),
    Item("S2", Text("Jeg fikk sagt det jeg ville.", "Eg fekk sagt det eg ville.", "I got to say what I wanted.",
                    "Jeg slapp til."), "AGREE", "S_SAMLING"),
    Item("S3", Text("Jeg vet hva jeg skal gjøre annerledes nå.", "Eg veit kva eg skal gjere annleis no.",
                    "I know what I will do differently now.", "Jeg vet hva som skjer videre."), "AGREE", "S_SAMLING"),
)  # fmt: skip
