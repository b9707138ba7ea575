"""Workload and home: six own items, asked apart from the others."""

from typing import Final

from tillit.learning.surveys.rules.instruments import Item, Part, Text

PARTS: Final = (
    Part("L_MENGDE", Text("Arbeidsmengde", "Arbeidsmengd", "Workload"),
         Text("Jeg rekker det jeg skal", "Eg rekk det eg skal", "I have time for what I should do")),
    Part("L_HJEM", Text("Arbeid og hjem", "Arbeid og heim", "Work and home"),
         Text("Jobben lar seg forene med livet ellers", "Jobben lèt seg sameine med livet elles",
              "The job fits with the rest of life")),
)  # fmt: skip

ITEMS: Final = (
    Item("L1", Text("Jeg rekker det jeg skal på en vanlig vakt.", "Eg rekk det eg skal på ei vanleg vakt.",
                    "I have time for what I should do on an ordinary shift."), "AGREE", "L_MENGDE"),
    Item("L2", Text("Jeg må hoppe over pauser for å bli ferdig.", "Eg må hoppe over pausar for å bli ferdig.",
                    "I have to skip breaks to finish."), "AGREE", "L_MENGDE", reverse=True),
    Item("L3", Text("Vi hjelper hverandre når en av oss har for mye.",
                    "Vi hjelper kvarandre når ein av oss har for mykje.",
                    "We help each other when one of us has too much."), "AGREE", "L_MENGDE"),
    Item("L4", Text("Jeg vet i god tid når jeg skal jobbe.", "Eg veit i god tid når eg skal jobbe.",
                    "I know well in advance when I will work."), "AGREE", "L_HJEM"),
    Item("L5", Text("Jeg har overskudd til noe etter jobb.", "Eg har overskot til noko etter jobb.",
                    "I have energy left for something after work."), "AGREE", "L_HJEM"),
    Item("L6", Text("Jeg tar med meg bekymringer for jobben hjem.", "Eg tek med meg uro for jobben heim.",
                    "I take worries about the job home with me."), "AGREE", "L_HJEM", reverse=True),
)  # fmt: skip
