"""Towns of the Netherlands with their province, their agency and their postcode areas.

The names, provinces and four-digit postcode areas are public facts; only the larger areas of a town
are listed. Gooi en Vechtstreek lies in Noord-Holland and belongs to ROM Utrecht Region.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

AGENCIES: dict[str, str] = {
    "bom": "BOM",
    "horizon-flevoland": "Horizon Flevoland",
    "impuls-zeeland": "Impuls Zeeland",
    "innovationquarter": "InnovationQuarter",
    "liof": "LIOF",
    "nom": "NOM",
    "oost-nl": "Oost NL",
    "rom-inwest": "ROM InWest",
    "rom-utrecht-region": "ROM Utrecht Region",
}

_TABLE = """
nom|GR|Groningen 9711-9718 9721-9728 9731-9738|Delfzijl 9931-9934|Veendam 9641-9642 9644-9646
nom|GR|Stadskanaal 9501-9503|Winschoten 9671-9675|Leek 9351|Hoogezand 9601-9603|Appingedam 9901-9903
nom|FR|Leeuwarden 8911-8919 8921-8927 8931-8939|Drachten 9201-9207|Heerenveen 8441-8448|Sneek 8601-8608
nom|FR|Franeker 8801-8802|Harlingen 8861-8862|Dokkum 9101-9103|Joure 8501-8503
nom|DR|Assen 9401-9408|Emmen 7811-7815 7821-7828|Hoogeveen 7901-7909|Meppel 7941-7944|Coevorden 7741-7742
nom|DR|Beilen 9411|Roden 9301-9302
oost-nl|OV|Enschede 7521-7525 7531-7536 7541-7548|Hengelo 7551-7559|Almelo 7601-7609
oost-nl|OV|Zwolle 8011-8017 8021-8026 8031-8035|Deventer 7411-7419 7421-7428|Kampen 8261-8266
oost-nl|OV|Hardenberg 7771-7773|Oldenzaal 7571-7577|Raalte 8101-8103|Nijverdal 7441-7443
oost-nl|GE|Arnhem 6811-6817 6821-6828 6831-6836|Nijmegen 6521-6525 6531-6538 6541-6546
oost-nl|GE|Apeldoorn 7311-7317 7321-7329 7331-7336|Ede 6711-6718|Wageningen 6701-6709
oost-nl|GE|Doetinchem 7001-7009|Tiel 4001-4007|Zutphen 7201-7207|Barneveld 3771-3773|Harderwijk 3841-3849
oost-nl|GE|Winterswijk 7101-7103
horizon-flevoland|FL|Almere 1311-1319 1321-1329 1351-1359|Lelystad 8221-8226 8231-8233 8241-8245
horizon-flevoland|FL|Dronten 8251-8254|Emmeloord 8301-8305|Zeewolde 3891-3899|Urk 8321-8322
rom-utrecht-region|UT|Utrecht 3521-3528 3541-3546 3561-3566|Amersfoort 3811-3819 3821-3826|Nieuwegein 3431-3439
rom-utrecht-region|UT|Zeist 3701-3709|Houten 3991-3995|Veenendaal 3901-3907|Woerden 3441-3449|Bilthoven 3721-3723
rom-utrecht-region|UT|Soest 3761-3766|IJsselstein 3401-3404|Baarn 3741-3744
rom-utrecht-region|NH|Hilversum 1211-1218 1221-1223|Bussum 1401-1406|Huizen 1271-1277|Naarden 1411-1412
rom-inwest|NH|Amsterdam 1011-1019 1051-1069 1071-1079|Haarlem 2011-2015 2021-2026 2031-2037|Zaandam 1501-1509
rom-inwest|NH|Alkmaar 1811-1817 1821-1827|Hoorn 1621-1625|Den Helder 1781-1786|Hoofddorp 2131-2135
rom-inwest|NH|Beverwijk 1941-1948|IJmuiden 1971-1976|Purmerend 1441-1448|Amstelveen 1181-1189|Heerhugowaard 1701-1706
innovationquarter|ZH|Rotterdam 3021-3029 3031-3039 3061-3069|Den Haag 2511-2518 2541-2548 2581-2587
innovationquarter|ZH|Delft 2611-2614 2622-2629|Leiden 2311-2318 2321-2324 2331-2334|Dordrecht 3311-3319 3328-3329
innovationquarter|ZH|Gouda 2801-2809|Zoetermeer 2711-2713 2715-2719 2721-2729|Schiedam 3111-3119 3121-3125
innovationquarter|ZH|Rijswijk 2281-2289|Alphen aan den Rijn 2401-2409|Naaldwijk 2671-2673|Noordwijk 2201-2204
innovationquarter|ZH|Vlaardingen 3131-3138|Gorinchem 4201-4207
impuls-zeeland|ZE|Middelburg 4331-4339|Vlissingen 4381-4387|Goes 4461-4465|Terneuzen 4531-4533 4535-4538
impuls-zeeland|ZE|Zierikzee 4301-4303|Hulst 4561-4562|Yerseke 4401|Kapelle 4421
bom|NB|Eindhoven 5611-5617 5621-5629 5651-5658|Tilburg 5011-5015 5035-5038 5041-5049
bom|NB|Breda 4811-4819 4822-4827 4834-4839|'s-Hertogenbosch 5211-5213 5221-5224 5231-5237|Helmond 5701-5709
bom|NB|Oss 5341-5349|Veldhoven 5501-5509|Best 5681-5685|Roosendaal 4701-4708|Bergen op Zoom 4611-4617 4621-4625
bom|NB|Waalwijk 5141-5146|Boxtel 5281-5283|Uden 5401-5406
liof|LI|Maastricht 6211-6219 6221-6229|Venlo 5911-5916 5921-5928|Heerlen 6411-6419 6421-6422|Geleen 6161-6167
liof|LI|Sittard 6131-6137|Roermond 6041-6045|Weert 6001-6006|Kerkrade 6461-6469|Venray 5801-5804|Horst 5961
"""

_LETTERS = "ABCDEGHJKLMNPRSTVWXZ"
_UNUSED = {"SA", "SD", "SS"}


@dataclass(frozen=True, slots=True)
class Town:
    """A town: its name, province code, the slug of its agency, and its four-digit postcodes."""

    name: str
    province: str
    agency: str
    postcodes: tuple[int, ...]


def _areas(words: list[str]) -> tuple[int, ...]:
    found: list[int] = []
    for word in words:
        first, _, last = word.partition("-")
        found += range(int(first), int(last or first) + 1)
    return tuple(found)


def _town(agency: str, province: str, text: str) -> Town:
    words = text.split()
    areas = [word for word in words if word[0].isdigit()]
    return Town(" ".join(words[: -len(areas)]), province, agency, _areas(areas))


def _read() -> tuple[Town, ...]:
    towns = []
    for line in _TABLE.strip().splitlines():
        agency, province, *texts = line.split("|")
        towns += [_town(agency, province, text) for text in texts]
    return tuple(towns)


TOWNS: tuple[Town, ...] = _read()
TOWNS_OF: dict[str, tuple[Town, ...]] = {slug: tuple(t for t in TOWNS if t.agency == slug) for slug in AGENCIES}


def postcode(town: Town, chance: Random) -> str:
    """An invented postcode within ``town``, as "9711AB" (letters that Dutch postcodes use)."""
    letters = chance.choice(_LETTERS) + chance.choice(_LETTERS)
    if letters in _UNUSED:
        letters = "AA"
    return f"{chance.choice(town.postcodes)}{letters}"
