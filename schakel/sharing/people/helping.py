"""Help for the pages of people, invitations and leaving."""

from schakel.web.helping import register
from schakel.words import Words

register(
    "people:people",
    Words("Mensen en hun rollen", "People and their roles"),
    Words(
        "Hier staat wie er voor uw organisatie werkt, in welke rollen, sinds wanneer, en wie die gaf. Alleen de "
        "beheerder van uw organisatie ziet deze pagina en geeft en neemt rollen.",
        "Here you see who works for your organisation, in which roles, since when, and who gave them. Only the "
        "administrator of your organisation sees this page, and gives and takes roles.",
    ),
    Words(
        "De beheerder van het secretariaat geeft ook de rollen van het netwerk zelf, en de accountant zijn rol.",
        "The administrator of the secretariat also gives the roles of the network itself, and auditors theirs.",
    ),
)
register(
    "people:person",
    Words("De rollen van één persoon", "The roles of one person"),
    Words(
        "Geef een rol erbij, met of zonder laatste dag, of neem er een. Een genomen rol opent vanaf dat moment niets "
        "meer. Uw organisatie houdt altijd een beheerder: de laatste kan die rol niet kwijt.",
        "Give another role, with or without a last day, or take one. A role that was taken opens nothing from that "
        "moment. Your organisation always keeps an administrator: the last one cannot lose that role.",
    ),
)
register(
    "people:mine",
    Words("Mijn rollen", "My roles"),
    Words(
        "U werkt in één rol tegelijk, namens één organisatie. Kies hier een andere; boven aan elke pagina staat "
        "namens wie u werkt.",
        "You act in one role at a time, for one organisation. Choose another here; the top of each page says for whom "
        "you act.",
    ),
)
register(
    "people:invite",
    Words("Iemand uitnodigen", "Inviting somebody"),
    Words(
        "Noem naam, adres en rollen. Wie de link in de e-mail opent, kiest een wachtwoord en heeft dan die rollen; is "
        "het adres al bekend, dan meldt hij of zij zich aan en neemt aan.",
        "Name the person, the address and the roles. Who opens the link in the mail chooses a password and then has "
        "those roles; where the address is known already, they sign in and accept.",
    ),
    Words(
        "De link werkt één keer. U kunt een uitnodiging opnieuw sturen of intrekken; een eerdere link opent dan niets "
        "meer.",
        "The link works once. You can send an invitation again or withdraw it; an earlier link then opens nothing.",
    ),
)
register(
    "people:accept",
    Words("Een uitnodiging aannemen", "Accepting an invitation"),
    Words(
        "Kies een wachtwoord van ten minste twaalf tekens. Werkt u al met Schakel, dan meldt u zich eerst aan. Opent "
        "de link niets, vraag dan de beheerder van uw organisatie om een nieuwe.",
        "Choose a password of at least twelve characters. If you work with Schakel already, sign in first. If the link "
        "opens nothing, ask the administrator of your organisation for another.",
    ),
)
register(
    "people:leaving",
    Words("Iemand vertrekt", "Somebody leaves"),
    Words(
        "In één handeling eindigen alle rollen van deze persoon bij uw organisatie. Wat op hem of haar wacht, gaat "
        "naar de collega die u kiest, of terug naar de rol. Waarnemingen eindigen, uitnodigingen worden "
        "ingetrokken, en sleutels die deze persoon maakte ook, als u dat aangevinkt laat.",
        "In one act all roles of this person at your organisation end. What waits for them goes to the colleague that "
        "you choose, or back to the role. Standing in ends, invitations are withdrawn, and so are keys that they made, "
        "if you leave that ticked.",
    ),
    Words(
        "Wie nergens meer een rol heeft, wordt overal afgemeld. Daarna zegt de pagina wat er is overgedragen.",
        "Who has no role left anywhere is signed out everywhere. After that the page says what was handed over.",
    ),
)
