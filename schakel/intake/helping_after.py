"""Help for what follows checking: the difference, the receipt, records kept here, and years over time."""

from schakel.web.helping import register
from schakel.words import Words

register(
    "intake:difference",
    Words("Wat accepteren zou doen", "What accepting would do"),
    Words(
        "Schakel vergelijkt deze aanlevering met wat er voor het jaar al staat: wat er nieuw is, wat er verandert "
        "(veld voor veld) en wat er niet meer in staat. Ook ziet u wat dat met uw eigen cijfers doet.",
        "Schakel compares this delivery with what stands for the year: what is new, what changes (field by field) and "
        "what is no longer in it. You also see what that does to your own figures.",
    ),
    Words(
        "Zijn er rijen met fouten, dan kunt u accepteren zonder die rijen. Ze blijven zichtbaar en tellen als "
        "ontbrekend.",
        "Where there are rows in error, you can accept without them. They stay visible, and count as missing.",
    ),
)
register(
    "intake:receipt",
    Words("Ontvangstbewijs", "Receipt"),
    Words(
        "Hier staat wat er met elke rij gebeurde: nieuw, gewijzigd, ongewijzigd of geweigerd, en in welke cijfers die "
        "soort telt. U kunt het als xlsx of csv meenemen.",
        "Here is what happened to each row: new, changed, unchanged or refused, and in which figures its kind counts. "
        "You can take it along as xlsx or csv.",
    ),
)
register(
    "intake:returned",
    Words("Uw bestand met markeringen", "Your file with marks"),
    Words(
        "Uw eigen werkmap komt terug met de foute cellen gekleurd en van een opmerking voorzien, en vooraan een blad "
        "met alle bevindingen. De rest is zoals u het stuurde. Van andere bestanden krijgt u een werkmap met uw rijen.",
        "Your own workbook comes back with its faulty cells coloured and commented, and a sheet of all findings in "
        "front. All else is as you sent it. Of other files you get a workbook of your rows.",
    ),
)
register(
    "intake:vanished",
    Words("Wat verdween", "What vanished"),
    Words(
        "Deze records staan niet meer in de laatste aanlevering van het jaar. Ze tellen mee tot u beslist: intrekken "
        "of houden, met een reden.",
        "These records are no longer in the last delivery of the year. They go on counting until you decide: withdraw "
        "or keep, with a reason.",
    ),
)
register(
    "intake:discard",
    Words("Een aanlevering weggooien", "Discarding a delivery"),
    Words(
        "Een aanlevering die niet is geaccepteerd, kunt u wegleggen. De bestanden blijven bewaard; er verandert "
        "niets aan uw records.",
        "A delivery that was not accepted can be laid aside. Its files are kept; nothing changes in your records.",
    ),
)
register(
    "intake:kept-here",
    Words("Records die u hier bijhoudt", "Records you keep here"),
    Words(
        "Hebt u voor een soort geen eigen systeem, dan houdt u de records hier bij. Dezelfde controles gelden. U "
        "kunt ook een lege werkmap invullen en die aanleveren.",
        "Where you have no system of your own for a kind, you keep its records here. The same checks hold. You can "
        "also fill in a blank workbook and deliver that.",
    ),
)
register(
    "intake:new-record",
    Words("Een record toevoegen", "Adding a record"),
    Words(
        "Vul de velden in en bewaar. Wat niet te lezen is, staat bij het veld. Uw naam blijft bij het record als "
        "degene die het invoerde.",
        "Fill in the fields and save. What cannot be read is said next to its field. Your name stays with the record "
        "as who typed it.",
    ),
)
register(
    "intake:edit-record",
    Words("Een record bewerken", "Editing a record"),
    Words(
        "U bewerkt een record dat hier is ingevoerd. De vorige waarden blijven bewaard.",
        "You edit a record that was typed here. Its former values are kept.",
    ),
)
register(
    "intake:withdraw-record",
    Words("Een record intrekken", "Withdrawing a record"),
    Words(
        "Een ingetrokken record telt niet meer mee. Het wordt niet verwijderd; de reden blijft erbij staan.",
        "A withdrawn record no longer counts. It is not removed; the reason stays with it.",
    ),
)
register(
    "intake:override",
    Words("Een waarde wijzigen", "Changing a value"),
    Words(
        "U zet een waarde in de plaats van de aangeleverde, met een reden. Zij geldt ook bij latere aanleveringen, "
        "tot uw bron hetzelfde zegt of u haar terugneemt.",
        "You put a value in the place of the delivered one, with a reason. It holds for later deliveries too, until "
        "your source says the same or you take it back.",
    ),
)
register(
    "intake:mapping-version",
    Words("Een versie van de koppeling", "A version of the mapping"),
    Words(
        "Hier staat hoe uw tabellen met deze versie werden gelezen, en wat er anders is dan in de versie ervoor.",
        "This is how your tables were read by this version, and what differs from the version before.",
    ),
)
register(
    "intake:quality",
    Words("Kwaliteit van aanleveringen", "Quality of deliveries"),
    Words(
        "Elke soort klimt zeven treden: geleverd, leesbaar, volledig, samenhangend, gekoppeld, gecertificeerd en op "
        "tijd. Bij elke trede die niet is bereikt, staat waarom en wat u kunt doen. Andere ROM's zien dit niet.",
        "Each kind climbs seven steps: delivered, readable, complete, consistent, linked, certified and on time. Each "
        "step that is not reached says why, and what you can do. Other agencies do not see this.",
    ),
)
register(
    "intake:agency_year",
    Words("Een ROM in een jaar", "An agency in a year"),
    Words(
        "Het secretariaat ziet hier hoe ver een ROM is: aantallen en wat de controles vonden, nooit de rijen. U kunt "
        "uitzonderingen maken, termijnen verzetten en bewaren met wie u sprak.",
        "Here the secretariat sees how far an agency is: counts and what the checks found, never its rows. You can "
        "make exceptions, move dates and keep whom you spoke with.",
    ),
)
