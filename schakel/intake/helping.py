"""Help for the pages of deliveries and records."""

from schakel.web.helping import register
from schakel.words import Words

register(
    "intake:deliveries",
    Words("Aanleveringen", "Deliveries"),
    Words(
        "Hier staan de aanleveringen van uw organisatie, de nieuwste eerst. U levert de bestanden aan zoals uw eigen "
        "systeem ze uitvoert: xlsx, xls, ods, csv of json. U hoeft ze niet om te bouwen.",
        "These are the deliveries of your organisation, the newest first. You deliver the files as your own system "
        "exports them: xlsx, xls, ods, csv or json. There is no need to rearrange them.",
    ),
    Words(
        "Een aanlevering wordt eerst gelezen en gecontroleerd. Pas als u haar accepteert, worden de regels records "
        "waarmee geteld wordt. U kunt tussendoor stoppen en later verdergaan.",
        "A delivery is first read and checked. Only when you accept it do its rows become records that count. You can "
        "stop in between and go on later.",
    ),
)
register(
    "intake:new",
    Words("Nieuwe aanlevering", "New delivery"),
    Words(
        "Kies het jaar en de bestanden, of sleep ze naar het vak. Breekt de verbinding of sluit u de browser, dan "
        "kiest u later hetzelfde bestand opnieuw; het gaat verder waar het was.",
        "Choose the year and the files, or drop them into the box. If the connection breaks or you close the browser, "
        "choose the same file again later; it goes on where it was.",
    ),
    Words(
        "Zeggen uw bestanden alles wat er van het jaar is, dan wordt wat er niet meer in staat, voorgesteld als "
        "vervallen. Vullen ze alleen aan, dan blijft de rest zoals het is.",
        "If your files say all there is of the year, what is no longer in them is proposed as ended. If they only add "
        "and change, the rest stays as it is.",
    ),
)
register(
    "intake:delivery",
    Words("Een aanlevering", "A delivery"),
    Words(
        "U ziet de bestanden, wat er met elke regel gebeurd is en wat de controles vonden. Open een controle om "
        "te zien in welke cellen het zit.",
        "You see the files, what became of each row, and what the checks found. Open a check to see in which cells it "
        "is.",
    ),
    Words(
        "Een fout houdt de regel tegen: verbeter haar in uw eigen systeem of bestand en lever opnieuw aan. Een "
        "waarschuwing houdt niets tegen, maar vraagt of het klopt.",
        "An error keeps the row out: mend it in your own system or file and deliver again. A warning keeps nothing "
        "out, but asks whether it is right.",
    ),
)
register(
    "intake:findings",
    Words("Bevindingen", "Findings"),
    Words(
        "De bevindingen staan bij elkaar per controle, fouten voorop. Open een controle om te zien welke waarden het "
        "vaakst voorkomen en op welke plaatsen. Met de filters ziet u één tabblad, één soort of alleen uw eigen "
        "taak; de filters staan in het adres, dus u kunt de pagina doorsturen.",
        "The findings stand together by check, errors first. Open a check to see which values occur most and where. "
        "With the filters you see one sheet, one kind or only your own task; the filters stand in the address, so that "
        "you can send the page on.",
    ),
    Words(
        "Een fout houdt de regel tegen. Een waarschuwing of melding kunt u met een reden laten staan. U kunt een groep "
        "bevindingen overdragen aan een collega; die vindt haar onder ‘Mijn werk’.",
        "An error keeps the row out. A warning or notice can be let stand with a reason. You can hand a group of "
        "findings to a colleague, who finds it in the inbox.",
    ),
)
register(
    "intake:finding",
    Words("Een bevinding", "A finding"),
    Words(
        "U ziet de regel met de regels ervoor en erna, zoals in uw eigen bestand. U kunt deze cel herstellen, of alle "
        "cellen in de kolom waarin hetzelfde staat. Uw bestand blijft zoals het is; de aanlevering wordt op de "
        "achtergrond opnieuw gecontroleerd.",
        "You see the row with the rows before and after it, as in your own file. You can mend this cell, or all "
        "cells of the column that say the same. Your file stays as it is; the delivery is checked again in the "
        "background.",
    ),
    Words(
        "Heeft iemand anders de cel intussen gewijzigd, dan ziet u wie dat deed en wat er nu staat.",
        "If somebody else changed the cell meanwhile, you see who did and what it says now.",
    ),
)
register(
    "intake:changes",
    Words("Wijzigingen", "Changes"),
    Words(
        "Alles wat op deze aanlevering hersteld is of mag blijven staan: wie, wanneer, van wat naar wat. Elke "
        "wijziging kan ongedaan gemaakt worden, en kan mee naar de volgende aanlevering.",
        "All that was mended or may stay in this delivery: who, when, from what to what. Each change can be undone, "
        "and can be taken to the next delivery.",
    ),
)
register(
    "intake:talk",
    Words("Gesprek", "Talk"),
    Words(
        "Wat collega's over deze aanlevering, haar regels en haar bevindingen zeggen. Noem iemand met @ en de naam; "
        "die krijgt bericht. Alleen mensen van uw eigen organisatie lezen mee.",
        "What colleagues say about this delivery, its rows and its findings. Mention somebody with @ and the name; "
        "they are told. Only people of your own organisation read it.",
    ),
)
register(
    "intake:tasks",
    Words("Wie herstelt wat", "Who mends what"),
    Words(
        "De datasteward kiest per soort record wie herstelt wat de controles erin vinden. Die persoon mag dan cellen "
        "van dat soort wijzigen en waarschuwingen laten staan.",
        "The data steward chooses for each kind of record who mends what the checks find in it. That person may then "
        "change cells of that kind and let warnings stand.",
    ),
)
register(
    "intake:record",
    Words("Een record", "A record"),
    Words(
        "U ziet elke waarde van het record, met de cel waar zij vandaan komt en wat daar letterlijk stond. Onderaan "
        "staan de records die ernaar verwijzen, en hetzelfde record in andere jaren.",
        "You see each value of the record, with the cell that it came from and what was written there. Below are the "
        "records that refer to it, and the same record in other years.",
    ),
)
register(
    "intake:desk",
    Words("Bestanden laten nakijken", "Having files checked"),
    Words(
        "Laat hier bestanden nakijken voordat u ze aanlevert. U hoeft zich niet aan te melden, en van uw "
        "bestanden wordt niets bewaard. U krijgt dezelfde bevindingen als bij een aanlevering.",
        "Have files checked here before you deliver them. You need not sign in, and nothing of your files is kept. You "
        "get the same findings as for a delivery.",
    ),
)
register(
    "intake:mapping",
    Words("Koppeling", "Mapping"),
    Words(
        "Hier ziet u per tabel hoe Schakel uw kolommen leest. Boven elke kolom staat het veld waar zij naartoe gaat, "
        "en bij elk veld staan voorbeelden van wat uw waarden worden. In rood staat wat niets wordt.",
        "Here you see, table by table, how Schakel reads your columns. Above each column is the field that it goes to, "
        "and each field shows examples of what your values become. What becomes nothing is in red.",
    ),
    Words(
        "Kies een andere kolom als het voorstel niet klopt, en vink per tabel aan dat het klopt. Wat u vaststelt wordt "
        "ook bij volgende aanleveringen gebruikt; dan wordt alleen gevraagd wat veranderd is.",
        "Choose another column where the proposal is wrong, and tick each table that is all right. What you settle is "
        "used for the deliveries after it too; then only what changed is asked.",
    ),
)
register(
    "intake:mappings",
    Words("Koppelingen", "Mappings"),
    Words(
        "Elke keer dat iemand van uw organisatie een koppeling vaststelt, komt er een versie bij. U ziet wie dat deed, "
        "wanneer, en wat er veranderde.",
        "Each time that somebody of your organisation settles a mapping, a version is added. You see who did it, when, "
        "and what changed.",
    ),
    Words(
        "U kunt een versie downloaden, aanpassen en weer gebruiken, of een oudere versie terughalen.",
        "You can download a version, change it and use it again, or bring an older version back.",
    ),
)
register(
    "intake:year",
    Words("Een jaar dat wordt verzameld", "A year that is collected"),
    Words(
        "Hier staat per lijst wat wordt verwacht, wanneer het er moet zijn en hoe ver het is. Een ROM ziet zichzelf; "
        "het secretariaat ziet van elke ROM aantallen en nooit rijen.",
        "For each list you see what is expected, when it is due and how far it is. An agency sees itself; the "
        "secretariat sees counts of each agency and never a row.",
    ),
    Words(
        "De kwaliteit staat als zeven treden: aangeleverd, leesbaar, volledig, samenhangend, gekoppeld, gecertificeerd "
        "en op tijd. Bij elke trede die niet is bereikt, staat waarom en wat u kunt doen.",
        "Quality stands as seven steps: delivered, readable, complete, consistent, linked, certified and on time. With "
        "each step that is not reached stands why, and what to do.",
    ),
)
register(
    "intake:certify",
    Words("Een jaar certificeren", "Certifying a year"),
    Words(
        "Een datasteward tekent voor het hele jaar. Daarna verandert er niets meer, tot u de certificering met een "
        "reden intrekt. Het secretariaat accepteert het jaar voor de telling of geeft het terug.",
        "A data steward signs for the whole year. After that nothing changes until you withdraw the certification "
        "with a reason. The secretariat accepts the year for counting, or returns it.",
    ),
    Words(
        "Van elke certificering wordt een volledige kopie bewaard, die alleen uw organisatie kan lezen. U kunt haar "
        "terughalen.",
        "A whole copy is kept with each certification, which only your organisation can read. You can bring it back.",
    ),
)
