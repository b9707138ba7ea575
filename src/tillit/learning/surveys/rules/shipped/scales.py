"""The scales that the shipped instruments use."""

from tillit.learning.surveys.rules.instruments import Asks, Scale, Text

AGREE = Scale(
    "AGREE", Asks.STEPS, 1, 5,
    (
        Text("Helt uenig", "Heilt ueinig", "Strongly disagree"),
        Text("Litt uenig", "Litt ueinig", "Somewhat disagree"),
        Text("Verken enig eller uenig", "Verken einig eller ueinig", "Neither agree nor disagree"),
        Text("Litt enig", "Litt einig", "Somewhat agree"),
        Text("Helt enig", "Heilt einig", "Strongly agree"),
    ),
    Text("Ikke aktuelt", "Ikkje aktuelt", "Not relevant"),
)  # fmt: skip

#: «Hvor mye bestemmer teamet i dag? / Hvor mye bør teamet bestemme?»: 0 nothing – 4 everything.
SAY = Scale(
    "SAY", Asks.TWICE, 0, 4,
    (
        Text("Ingenting", "Ingenting", "Nothing"),
        Text("Litt", "Litt", "A little"),
        Text("Omtrent halvparten", "Om lag halvparten", "About half"),
        Text("Det meste", "Det meste", "Most of it"),
        Text("Alt", "Alt", "Everything"),
    ),
)  # fmt: skip

OFTEN = Scale(
    "OFTEN", Asks.STEPS, 1, 4,
    (
        Text("Nei", "Nei", "No"),
        Text("Av og til", "Av og til", "Sometimes"),
        Text("Som oftest", "Som oftast", "Usually"),
        Text("Ja, alltid", "Ja, alltid", "Yes, always"),
    ),
    Text("Vet ikke", "Veit ikkje", "Don't know"),
)  # fmt: skip

ZERO_TO_TEN = Scale(
    "ZERO_TO_TEN", Asks.NUMBER, 0, 10,
    (Text("Svært misfornøyd", "Svært misnøgd", "Very dissatisfied"),
     Text("Svært fornøyd", "Svært nøgd", "Very satisfied")),
)  # fmt: skip

WORDS = Scale("WORDS", Asks.TEXT)

#: Who helped with the answering. By herself first; the numbers are names, none is more than another.
HELPED = Scale(
    "HELPED", Asks.KIND, 1, 4,
    (
        Text("Nei, jeg svarte selv", "Nei, eg svarte sjølv", "No, I answered by myself"),
        Text("Ja, av en pårørende eller venn", "Ja, av ein pårørande eller ven", "Yes, from a relative or friend"),
        Text("Ja, av en som jobber i hjemmetjenesten", "Ja, av ein som jobbar i heimetenesta",
             "Yes, from someone who works in the home care service"),
        Text("Ja, av noen andre", "Ja, av nokon andre", "Yes, from someone else"),
    ),
)  # fmt: skip

ALL = (AGREE, SAY, OFTEN, ZERO_TO_TEN, WORDS, HELPED)
