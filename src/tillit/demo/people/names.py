# ruff: noqa: E501 – sentences stay on one line
"""Names for the people of Fjordvik. Put together by chance; nobody real is meant."""

WOMEN_OLD = (
    "Aslaug", "Astrid", "Aud", "Berit", "Bjørg", "Bodil", "Borghild", "Brita", "Dagny", "Edith", "Eldbjørg", "Eli",
    "Ella", "Else", "Esther", "Gerd", "Gudrun", "Gunhild", "Haldis", "Helga", "Hjørdis", "Ingebjørg", "Inger", "Ingrid",
    "Jenny", "Jorunn", "Kari", "Karin", "Kirsten", "Klara", "Lilly", "Liv", "Magda", "Marie", "Marta", "Mary", "Målfrid",
    "Nelly", "Oddny", "Oddlaug", "Olaug", "Olga", "Ragna", "Ragnhild", "Randi", "Reidun", "Ruth", "Sigrid", "Signe",
    "Sissel", "Sonja", "Synnøve", "Svanhild", "Tora", "Torbjørg", "Tordis", "Turid", "Unni", "Valborg", "Vigdis",
    "Wenche", "Åse", "Åshild", "Anna Marie", "Anne Lise", "Randi Elise", "Bjørg Irene",
)  # fmt: skip
MEN_OLD = (
    "Aksel", "Alf", "Anders", "Arne", "Arnfinn", "Arvid", "Asbjørn", "Birger", "Bjarne", "Dagfinn", "Edvin", "Egil",
    "Einar", "Erling", "Finn", "Gunnar", "Hallvard", "Hans", "Harald", "Helge", "Ivar", "Jakob", "Johan", "Johannes",
    "Jon", "Kjell", "Knut", "Kristian", "Kåre", "Leif", "Magne", "Magnus", "Nils", "Norvald", "Oddvar", "Odd", "Olav",
    "Ole", "Oskar", "Per", "Peder", "Ragnar", "Reidar", "Roald", "Rolf", "Sigurd", "Sigvald", "Sverre", "Terje", "Tor",
    "Torbjørn", "Torleif", "Trygve", "Øivind", "Øystein", "Åge", "Jan Erik", "Per Inge", "Ole Johan",
)  # fmt: skip
FAMILY = (
    "Aa", "Aasen", "Aarvik", "Bakke", "Bakken", "Berge", "Bjørnstad", "Bolstad", "Brekke", "Bruland", "Bøe", "Dahl",
    "Dale", "Dalsbø", "Eide", "Eikrem", "Engen", "Espeland", "Fjeld", "Fjære", "Flatebø", "Fossum", "Frøyen", "Førde",
    "Gjerde", "Grimstad", "Grønli", "Hagen", "Hammer", "Hansen", "Haugland", "Heggdal", "Hellevik", "Hjelle", "Holm",
    "Hovland", "Husby", "Indrebø", "Johansen", "Kalvatn", "Karlsen", "Kleppe", "Klungsøyr", "Knutsen", "Kvamme", "Larsen",
    "Leirvåg", "Lien", "Lund", "Løken", "Midtbø", "Moe", "Mork", "Myklebust", "Nes", "Ness", "Nesse", "Nordal", "Nybø",
    "Olsen", "Opdal", "Osland", "Otterlei", "Pedersen", "Rabben", "Ramsvik", "Rekdal", "Risøy", "Ruud", "Røed", "Sande",
    "Sandvik", "Seim", "Sjåstad", "Skare", "Skogstad", "Solbakken", "Solberg", "Stene", "Storvik", "Strøm", "Sunde",
    "Svendsen", "Sæther", "Sætre", "Takle", "Teigen", "Tveit", "Ulvund", "Vangen", "Vik", "Volden", "Vågen", "Wold",
    "Ytrehus", "Øvrebø", "Øyen", "Årdal", "Ålund",
)  # fmt: skip
#: Citizens who came from elsewhere, or speak another of the country's languages: given, family, gender, language.
FROM_ELSEWHERE = (
    ("Zahra", "Ahmadi", "K", "dari"), ("Nguyen", "Thi Lan", "K", "vietnamesisk"), ("Stanisław", "Wójcik", "M", "polsk"),
    ("Krystyna", "Zielińska", "K", "polsk"), ("Hassan", "Warsame", "M", "somali"), ("Faduma", "Jama", "K", "somali"),
    ("Yusuf", "Özdemir", "M", "tyrkisk"), ("Elif", "Yıldız", "K", "tyrkisk"), ("Sivakumar", "Nadarajah", "M", "tamil"),
    ("Parvathi", "Nadarajah", "K", "tamil"), ("Mohammad", "Karimi", "M", "farsi"), ("Rosa", "Fuentes", "K", "spansk"),
    ("Carlos", "Fuentes", "M", "spansk"), ("Svetlana", "Orlova", "K", "russisk"), ("Ivan", "Petrenko", "M", "ukrainsk"),
    ("Oksana", "Bondarenko", "K", "ukrainsk"), ("Tesfay", "Berhane", "M", "tigrinja"), ("Letebrhan", "Gebre", "K", "tigrinja"),
    ("Mei", "Chen", "K", "kinesisk"), ("Jasna", "Hadžić", "K", "bosnisk"), ("Mirsad", "Hadžić", "M", "bosnisk"),
    ("Khadija", "Bouzid", "K", "arabisk"), ("Ahmed", "Haidar", "M", "arabisk"), ("Shazia", "Malik", "K", "urdu"),
    ("Abdul", "Malik", "M", "urdu"), ("Ánte", "Sara", "M", "nordsamisk"), ("Elle Márjá", "Utsi", "K", "nordsamisk"),
    ("Heinz", "Krüger", "M", "tysk"), ("Margaret", "Doyle", "K", "engelsk"), ("Erzsébet", "Nagy", "K", "ungarsk"),
)  # fmt: skip

STAFF_WOMEN = (
    "Anette", "Aurora", "Beate", "Birgitte", "Camilla", "Cecilie", "Eline", "Emma", "Eva", "Frida", "Grete", "Guro", "Heidi",
    "Helene", "Hilde", "Ida", "Ingunn", "Irene", "Julie", "Karoline", "Kine", "Kristin", "Laila", "Lene", "Linn", "Maja",
    "Malin", "Maren", "Marte", "Mona", "Monica", "Nina", "Oda", "Ragnhild", "Renate", "Sara", "Silje", "Siri", "Solfrid",
    "Stine", "Sunniva", "Tone", "Trine", "Vilde", "Åshild", "Thea", "Bente", "Mette", "Ellen", "Torill",
)  # fmt: skip
STAFF_MEN = (
    "Andreas", "Are", "Bjørn", "Daniel", "Eirik", "Espen", "Geir", "Henrik", "Håkon", "Jan", "Kjetil", "Magnus", "Morten",
    "Ola", "Pål", "Sindre", "Stian", "Thomas", "Tore", "Vegard", "Even", "Øyvind",
)  # fmt: skip
STAFF_FROM_ELSEWHERE = (
    ("Fatuma", "Ali", "K"), ("Ewa", "Kowalska", "K"), ("Marek", "Lewandowski", "M"), ("Thuy", "Pham", "K"),
    ("Selam", "Tekle", "K"), ("Amir", "Rahimi", "M"), ("Rezan", "Demir", "M"), ("Leyla", "Aydin", "K"),
    ("Joy", "Santos", "K"), ("Maria", "Reyes", "K"), ("Daniela", "Popescu", "K"), ("Kamala", "Sivalingam", "K"),
    ("Biniam", "Kidane", "M"), ("Yevheniia", "Koval", "K"), ("Sahra", "Nur", "K"), ("Mikkel", "Eira", "M"),
    ("Precious", "Okafor", "K"), ("Jonas", "Petrauskas", "M"), ("Anja", "Bergström", "K"), ("Milan", "Jovanović", "M"),
)  # fmt: skip
RELATIVES = (
    ("Datter", "K"), ("Sønn", "M"), ("Datter", "K"), ("Sønn", "M"), ("Svigerdatter", "K"), ("Søster", "K"),
    ("Bror", "M"), ("Niese", "K"), ("Nevø", "M"), ("Barnebarn", "K"), ("Barnebarn", "M"),
)  # fmt: skip
RELATIVE_NOTES = (
    "Handler lørdager.", "Ringer hver kveld.", "Bor i Bergen, kommer annenhver helg.", "Ordner post og regninger.",
    "Arbeider på båt, tre uker ute.", "Vil ha SMS ved endringer.", "Har nøkkel.", "Kommer til middag på søndager.",
    "Kan ikke ta telefon før kl. 16.", "Følger til lege.", "", "", "",
)  # fmt: skip
NEIGHBOURS = (
    "Nabo. Måker og har nøkkel.", "Nabo, ser innom på onsdager", "Venninne fra koret", "Kamerat fra verftet", "Nabo i første etasje",
    "Besøksvenn fra Røde Kors", "Venn fra dagsenteret", "Gudbarn",
)  # fmt: skip
SERVICES = (
    ("Dagsenteret Vika", "Tirsdager, kjører med taxi"), ("Dagsenteret Vika", "Mandag og torsdag"),
    ("Fjordvik frivilligsentral", "Besøksvenn annenhver uke"), ("Hørselskontakten", "Skifter batteri i høreapparat"),
    ("Fotterapeut Sunde", "Hver sjette uke"),
)  # fmt: skip
PRACTICES = ("Fjordvik legesenter", "Legekontoret på kaia", "Nordfjorden legegruppe", "Havnegata legekontor")
DOCTORS = ("Birkeland", "Amundsen", "Khan", "Torvund", "Lindqvist", "Farstad", "Hoel", "Rao", "Stavang")
