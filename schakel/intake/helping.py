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
        "Elke bevinding zegt in welk bestand en welke cel iets opvalt, wat er staat, wat er verwacht werd en wat u "
        "eraan kunt doen. Fouten staan voorop.",
        "Each finding says in which file and cell something stands out, what is there, what was expected, and what you "
        "can do about it. Errors come first.",
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
