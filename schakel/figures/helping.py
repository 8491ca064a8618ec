"""Help for the pages of figures."""

from schakel.web.helping import register
from schakel.words import Words

register(
    "figures:overview",
    Words("Cijfers van het netwerk", "Figures of the network"),
    Words(
        "Hier staan de kerncijfers van een jaar; alle andere staan achter ‘Alle cijfers’. Het cijfer van het netwerk "
        "is vaak lager dan de som van de ROM’s: wat twee ROM’s samen deden, telt voor het netwerk één keer en voor elk "
        "van hen één keer.",
        "Here are the key figures of a year; all others are behind ‘All figures’. The network's figure is often less "
        "than the sum of the agencies: what two agencies did together counts once for the network and once for each of "
        "them.",
    ),
    Words(
        "Kies bovenaan een weergave (uw eigen ROM, een provincie, het netwerk) en een jaar, of open een indicator "
        "om te zien hoe hij is opgebouwd. Een ROM telt waaraan zij meedeed; een provincie telt wat er ligt. Het adres "
        "onthoudt wat u koos; de pdf toont precies dezelfde cijfers.",
        "Choose a view at the top (your own agency, a province, the network) and a year, or open an indicator to see "
        "how it is made up. An agency counts what it took part in; a province counts what lies there. The address "
        "keeps what you chose; the PDF shows exactly the same figures.",
    ),
)
register(
    "figures:all",
    Words("Alle cijfers van een jaar", "All figures of a year"),
    Words(
        "Elke indicator van het jaar op één regel: het cijfer van uw weergave, dat van het netwerk en, waar iets "
        "ontbreekt, hoeveel ROM’s leverden. Het secretariaat ziet eronder elk cijfer per ROM.",
        "Each indicator of the year on one line: the figure of your view, that of the network and, where something is "
        "missing, how many agencies delivered. The secretariat sees each figure by agency below it.",
    ),
    Words(
        "Open een indicator voor zijn definitie, zijn loop door de jaren en de records erachter.",
        "Open an indicator for its definition, its course over the years and the records behind it.",
    ),
)
register(
    "figures:indicator",
    Words("Een indicator", "An indicator"),
    Words(
        "U ziet wat er geteld wordt, volgens welke regel, en hoe het cijfer verdeeld is over jaren, provincies, "
        "thema’s of ROM’s. Achter elke grafiek staat de tabel met dezelfde getallen.",
        "You see what is counted, by which rule, and how the figure divides over years, provinces, themes or agencies. "
        "Behind each chart is the table with the same numbers.",
    ),
    Words(
        "Staat er ‘niet getoond’, dan zou het getal iets zeggen over een enkele organisatie. Open het cijfer om "
        "te zien welke records erachter zitten; u ziet alleen de records die u mag zien.",
        "Where it says ‘withheld’, the number would tell something about a single organisation. Open the figure to see "
        "the records behind it; you see only the records that you may see.",
    ),
)
register(
    "figures:definitions",
    Words("Eigen definities", "Own definitions"),
    Words(
        "Niet elke ROM verstaat hetzelfde onder een indicator. Hier staat per ROM wat zij ermee bedoelt, en hoe dat "
        "het landelijke cijfer wordt.",
        "Not every agency means the same by an indicator. Here stands for each what it means, and how that becomes "
        "the national figure.",
    ),
)
register(
    "figures:list",
    Words("De lijst achter een cijfer", "The list behind a figure"),
    Words(
        "Dit zijn de records waaruit het cijfer is geteld. Bovenaan staat hoeveel het er zijn en hoeveel u er "
        "mag zien. Open een record om bij elke waarde de cel te zien waar zij vandaan komt.",
        "These are the records from which the figure was counted. At the top is how many there are and how many "
        "you may see. Open a record to see for each value the cell that it came from.",
    ),
)
register(
    "figures:year",
    Words("De stand van een jaar", "The standing of a year"),
    Words(
        "Hier ziet u hoe ver de cijfers van een jaar zijn: gecertificeerd, afgesloten, goedgekeurd, uur bepaald en "
        "gepubliceerd. Tot de publicatie zien alleen de ROM’s en het secretariaat ze.",
        "Here you see how far a year's figures are: certified, closed, approved, hour set and published. Until they "
        "are published only agencies and the secretariat see them.",
    ),
    Words(
        "Wat u zelf kunt doen, staat bij de stap: het secretariaat sluit af, bereidt de publicatie voor en bepaalt het "
        "uur; een ROM legt vast wat haar orgaan besloot. Cijfers gaan vanzelf open.",
        "What you can do yourself stands with the step: the secretariat closes, prepares the publication and sets the "
        "hour; an agency records what its body decided. Figures open by themselves.",
    ),
)
register(
    "figures:bodies",
    Words("Organen die cijfers goedkeuren", "Bodies that approve figures"),
    Words(
        "Elk van deze organen moet instemmen voordat cijfers openbaar worden. Het secretariaat houdt de lijst bij.",
        "Each of these bodies must approve before figures become public. The secretariat keeps the list.",
    ),
    Words(
        "Wat een orgaan besloot, legt zijn eigen organisatie vast op de stand van het jaar.",
        "What a body decided is recorded by its own organisation, on the standing of the year.",
    ),
)
register(
    "figures:explore",
    Words("Cijfers verkennen", "Exploring figures"),
    Words(
        "Hier kruist u indicatoren met ROM, provincie, thema, jaar en wat een indicator verder verdeelt. U kiest "
        "wat de rijen en de kolommen zijn en waartoe u beperkt. Alles wat u ziet staat in het adres: stuur het "
        "door, of bewaar het onder een naam. Wie het opent, ziet de cijfers die hij of zij zelf mag zien.",
        "Here you cross indicators with agency, province, theme, year and whatever else divides an indicator. You "
        "choose what the rows and the columns are and what to limit to. All that you see is in the address: send "
        "it, or keep it under a name. Who opens it sees the figures that are for them.",
    ),
    Words(
        "Elk jaar staat op zichzelf: jaren worden niet opgeteld, want wat in twee jaren voorkomt zou dubbel "
        "tellen. De nummers achter een getal verwijzen naar de voetnoten. Klik op een getal voor de lijst "
        "erachter. Onder ‘Meenemen’ haalt u dezelfde cijfers op als csv, Excel, JSON of Parquet.",
        "Each year stands by itself: years are not added up, as what occurs in two years would count twice. The "
        "numbers behind a figure refer to the footnotes. Open a figure for the list behind it. Under ‘Take along’ "
        "you get the same figures as csv, Excel, JSON or Parquet.",
    ),
)
_KEPT_VIEWS = (
    Words("Bewaarde weergaven", "Kept views"),
    Words(
        "Een weergave is een vraag die u bewaart: welke indicatoren, waarbij, en over welke jaren. Zij bewaart geen "
        "cijfers; wie haar opent krijgt de cijfers van dat moment, zoals die voor hem of haar zijn.",
        "A view is a question that you keep: which indicators, by what, and of which years. It keeps no figures; who "
        "opens it gets the figures of that moment, as they are for them.",
    ),
    Words(
        "Deel een weergave als collega’s in het netwerk haar ook mogen openen. Verwijderen vraagt eerst of u het zeker "
        "weet.",
        "Share a view if colleagues in the network may open it too. Removing asks first whether you are sure.",
    ),
)
for _page in ("figures:explore_views", "figures:explore_view", "figures:explore_drop"):
    register(_page, *_KEPT_VIEWS)
register(
    "figures:revision",
    Words("Een herziening", "A revision"),
    Words(
        "Een herziening is een nieuwe afsluiting van een jaar. Hier staat per cijfer hoeveel het verschilt van de "
        "vorige en waardoor: een record dat is ingetrokken, te laat kwam of is gewijzigd, wat één ding is, of de "
        "definitie. De delen tellen precies op tot het verschil.",
        "A revision is a new closing of a year. Here stands for each figure how much it differs from the one before "
        "and by what: a record that was withdrawn, came late or was changed, what is one thing, or the definition. The "
        "parts add exactly to the difference.",
    ),
)
register(
    "figures:targets",
    Words("Doelen", "Targets"),
    Words(
        "Hier ziet u wat cijfers moeten worden en hoe ze ervoor staan. Het secretariaat stelt de doelen van het "
        "netwerk, elke ROM haar eigen doelen. De stand volgt uit de cijfers die u mag lezen; een doel zelf is vaak al "
        "eerder te lezen.",
        "Here you see what figures should become and how they stand. The secretariat sets the network's targets, each "
        "agency its own. How they stand follows from the figures that you may read; a target itself can often be read "
        "before.",
    ),
    Words(
        "Een doel zegt wat het telt (bedrijven of transacties) en of het een aantal in het jaar is of een stand aan "
        "het eind ervan. Dat moet kloppen met de indicator. Een doel wordt niet gewijzigd: beëindig het, en laat er "
        "een ander op volgen.",
        "A target says what it counts (companies or transactions), and whether it is a number in the year or at its "
        "end. Both must agree with the indicator. A target is not altered: end it, and have another follow it.",
    ),
)
register(
    "figures:expected",
    Words("Verwachting en schattingen", "Expectation and estimates"),
    Words(
        "Naast cijfers die nog niet zijn gecertificeerd, ziet u hier wat er waarschijnlijk nog bij komt. Een "
        "verwachting of schatting is geen cijfer en komt nooit in wat wordt gepubliceerd.",
        "Beside figures that are not certified yet, you see here what will probably be added. An expectation or "
        "estimate is no figure, and is never in what is published.",
    ),
    Words(
        "Een ROM geeft in aantallen op wat in haar pijplijn zit, en na het jaar hoeveel daarvan kwam: daaruit volgt de "
        "kans. Een schatting voor een ROM die ontbreekt, ziet alleen die ROM zelf en het secretariaat.",
        "An agency states in numbers what is in its pipeline, and after the year how many of those came: from that "
        "follows the chance. An estimate for an agency that is missing is for that agency and the secretariat alone.",
    ),
)
register(
    "figures:comments",
    Words("Opmerkingen bij een cijfer", "Comments on a figure"),
    Words(
        "Wat u hier schrijft, reist met het cijfer mee: op zijn pagina en in bestanden die u ophaalt. Het is voor uw "
        "eigen organisatie, of voor iedereen die het cijfer mag lezen.",
        "What you write here travels with the figure: on its page and in files that are taken along. It is for your "
        "own organisation, or for everybody who may read the figure.",
    ),
    Words(
        "Ministerie en provincies lezen een gedeelde opmerking pas als het cijfer waarover zij gaat, is gepubliceerd. "
        "Noem een collega met @ en de naam; die vindt het in de inbox.",
        "Ministry and provinces read a shared comment only once the figure that it is about is published. Mention a "
        "colleague with @ and the name; they find it in their inbox.",
    ),
)
register(
    "figures:alerts",
    Words("Meldingen bij publicatie", "Alerts of publication"),
    Words(
        "Kies van welke indicator of provincie u wilt horen als de cijfers worden gepubliceerd of herzien.",
        "Choose of which indicator or province you want to hear when figures are published or revised.",
    ),
    Words(
        "U vindt het in uw inbox en krijgt mail zoals u daar hebt gekozen. Een mail noemt geen getallen.",
        "You find it in your inbox, and get mail as you have chosen there. A mail names no numbers.",
    ),
)
register(
    "figures:target",
    Words("Een doel", "A target"),
    Words(
        "U ziet wat het doel zegt, hoe het ervoor staat en hoe dat is bepaald. Wie het stelde, kan het hier beëindigen "
        "of er een ander op laten volgen.",
        "You see what the target says, how it stands and how that is decided. Who set it can end it here, or have "
        "another follow it.",
    ),
)
register(
    "figures:target_new",
    Words("Een doel stellen", "Setting a target"),
    Words(
        "Kies de indicator en zeg wat u telt en of het om een aantal in het jaar gaat of om een stand aan het eind "
        "ervan. Klopt dat niet met de indicator, dan zegt de pagina wat u kunt doen. Een aandeel vult u in als "
        "percentage.",
        "Choose the indicator, and say what you count and whether it is a number in the year or at its end. Where it "
        "does not agree with the indicator, the page says what to do. A share is typed in per cents.",
    ),
)
