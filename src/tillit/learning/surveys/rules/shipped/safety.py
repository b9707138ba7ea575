"""C: psychological safety. Three of seven are reversed."""

from typing import Final

from tillit.learning.surveys.rules.instruments import Item, Part, Text

PARTS: Final = (
    Part("TRYGGHET", Text("Psykologisk trygghet", "Psykologisk tryggleik", "Psychological safety"),
         Text("Vi tør å si det vi tenker", "Vi torer å seie det vi tenkjer", "We dare to say what we think")),
)  # fmt: skip

ITEMS: Final = (
    Item("C1", Text(
        "Når jeg er usikker på et faglig valg, sier jeg det høyt i teamet.",
        "Når eg er usikker på eit fagleg val, seier eg det høgt i teamet.",
        "When I am unsure about a professional choice, I say so in the team."), "AGREE", "TRYGGHET"),
    Item("C2", Text(
        "Jeg har latt være å melde fra om noe fordi jeg var redd for reaksjonene.",
        "Eg har late vere å melde frå om noko fordi eg var redd for reaksjonane.",
        "I have kept quiet about something because I was afraid of the reactions."),
        "AGREE", "TRYGGHET", reverse=True),
    Item("C3", Text(
        "Vi kan være faglig uenige uten at stemningen blir dårlig.",
        "Vi kan vere fagleg ueinige utan at stemninga blir dårleg.",
        "We can disagree professionally without the mood turning bad."), "AGREE", "TRYGGHET"),
    Item("C4", Text(
        "Nye og vikarer tør å spørre i teamet vårt.",
        "Nye og vikarar torer å spørje i teamet vårt.",
        "New people and temps dare to ask in our team."), "AGREE", "TRYGGHET"),
    Item("C5", Text(
        "Forslag fra noen i teamet blir avfeid før de er hørt.",
        "Forslag frå nokon i teamet blir avfeidde før dei er høyrde.",
        "Suggestions from someone in the team are dismissed before they are heard."),
        "AGREE", "TRYGGHET", reverse=True),
    Item("C6", Text(
        "Jeg kan ringe en kollega midt i et besøk uten å føle meg dum.",
        "Eg kan ringje ein kollega midt i eit besøk utan å kjenne meg dum.",
        "I can call a colleague in the middle of a visit without feeling stupid."), "AGREE", "TRYGGHET"),
    Item("C7", Text(
        "Når noe går galt, leter vi mer etter hvem enn etter hva.",
        "Når noko går gale, leitar vi meir etter kven enn etter kva.",
        "When something goes wrong, we look more for who than for what."), "AGREE", "TRYGGHET", reverse=True),
)  # fmt: skip
