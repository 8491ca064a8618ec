"""What is known of names of Dutch organisations: legal forms, parts of groups, words that are the same word.

All in the spelling of `normalising.plain`: lower case, no diacritics, no full stops, "&" as "en".
"""

from __future__ import annotations

# How a legal form is written, to the one way it is kept; where two begin alike the longer stands first.
LEGAL_FORMS = {
    "besloten vennootschap met beperkte aansprakelijkheid": "bv",
    "besloten vennootschap": "bv",
    "naamloze vennootschap": "nv",
    "vennootschap onder firma": "vof",
    "commanditaire vennootschap": "cv",
    "cooperatieve vereniging": "cooperatie",
    "b v io": "bv",
    "bv io": "bv",
    "b v": "bv",
    "n v": "nv",
    "v o f": "vof",
    "bvba": "bv",
    "flexbv": "bv",
    "bv": "bv",
    "nv": "nv",
    "vof": "vof",
    "cv": "cv",
    "cooperatieve": "cooperatie",
    "cooperatief": "cooperatie",
    "cooperatie": "cooperatie",
    "cooperative": "cooperatie",
    "coop": "cooperatie",
    "ua": "cooperatie",
    "ba": "cooperatie",
    "wa": "cooperatie",
    "u a": "cooperatie",
    "b a": "cooperatie",
    "w a": "cooperatie",
    "stichting": "stichting",
    "foundation": "stichting",
    "stg": "stichting",
    "sticht": "stichting",
    "vereniging": "vereniging",
    "ver": "vereniging",
    "eenmanszaak": "eenmanszaak",
    "maatschap": "maatschap",
    "in oprichting": "",
    "i o": "",
    "io": "",
}
# "St." is a foundation only at the head of a name; elsewhere a saint.
HEAD_FORMS = {"st": "stichting"}
# Words that name a part of a group. An organisation that has one is another than one without.
UNITS = (
    *("holding", "holdings", "beheer", "vastgoed", "productie", "services", "ip", "participaties", "exploitatie"),
    *("management", "deelnemingen", "financiering", "investments", "finance", "pensioen", "materieel", "verhuur"),
    *("onroerend goed", "production", "property", "beleggingen", "participations", "real estate"),
)
SAME_UNIT = {
    "holdings": "holding",
    "production": "productie",
    "onroerend goed": "vastgoed",
    "real estate": "vastgoed",
    "property": "vastgoed",
    "participations": "participaties",
}
# Words that say nothing about which organisation it is.
IDLE = ("nederland", "netherlands", "nederlands", "nl", "en", "and", "the", "holland")
# The same word in another spelling, cut short, or in English.
SAME_WORD = {
    "zn": "zonen",
    "zoon": "zonen",
    "zoons": "zonen",
    "sons": "zonen",
    "gebr": "gebroeders",
    "gebrs": "gebroeders",
    "group": "groep",
    "centre": "centrum",
    "center": "centrum",
    "institute": "instituut",
    "inst": "instituut",
    "energy": "energie",
    "university": "universiteit",
    "technologies": "technologie",
    "technology": "technologie",
    "technologieen": "technologie",
    "tech": "technologie",
    "techniek": "techniek",
    "systems": "systemen",
    "system": "systemen",
    "sys": "systemen",
    "solutions": "solution",
    "sol": "solution",
    "oplossingen": "solution",
    "pharmaceuticals": "pharma",
    "pharmaceutical": "pharma",
    "farma": "pharma",
    "internationaal": "international",
    "intl": "international",
    "int": "international",
    "ned": "nederlandse",
    "engineers": "engineering",
    "eng": "engineering",
    "consulting": "consultancy",
    "consult": "consultancy",
    "consultants": "consultancy",
    "cons": "consultancy",
    "adv": "advies",
    "adviseurs": "advies",
    "architects": "architecten",
    "factories": "factory",
    "laboratories": "labs",
    "laboratorium": "labs",
    "network": "netwerk",
    "works": "work",
    "company": "compagnie",
    "mij": "maatschappij",
    "gem": "gemeente",
    "handelsond": "handelsonderneming",
    "ond": "onderneming",
    "inno": "innovation",
    "innovations": "innovation",
    "innovaties": "innovation",
    "innovatie": "innovation",
}
# Places with two names of their own, not spellings of one.
SAME_PLACE = {
    "den haag": "s gravenhage",
    "the hague": "s gravenhage",
    "haag": "s gravenhage",
    "gravenhage": "s gravenhage",
    "den bosch": "s hertogenbosch",
    "hertogenbosch": "s hertogenbosch",
    "ljouwert": "leeuwarden",
    "snits": "sneek",
    "flushing": "vlissingen",
}
# How street names end, cut short.
STREET_ENDS = {"straat": "str", "weg": "wg", "laan": "ln", "plein": "pln", "gracht": "gr", "kade": "kd", "dijk": "dk"}
# Who has mail here says nothing of where he works.
FREE_MAIL = (
    *("gmail.com", "googlemail.com", "hotmail.com", "hotmail.nl", "outlook.com", "outlook.nl", "live.nl", "live.com"),
    *("msn.com", "yahoo.com", "yahoo.nl", "icloud.com", "me.com", "mac.com", "ziggo.nl", "kpnmail.nl", "kpnplanet.nl"),
    *("planet.nl", "home.nl", "hetnet.nl", "xs4all.nl", "upcmail.nl", "chello.nl", "casema.nl", "quicknet.nl"),
    *("telfort.nl", "tele2.nl", "zonnet.nl", "solcon.nl", "online.nl", "proton.me", "protonmail.com", "wxs.nl"),
    *("caiway.nl", "kabelfoon.nl", "zeelandnet.nl", "freedom.nl", "gmx.net", "gmx.com", "aol.com", "t-online.de"),
)
# Sites on which anyone has a page.
SHARED_SITES = (
    *("linkedin.com", "facebook.com", "instagram.com", "twitter.com", "x.com", "youtube.com", "wordpress.com"),
    *("wixsite.com", "jouwweb.nl", "business.site", "google.com", "blogspot.com", "github.io", "marktplaats.nl"),
)

# Fund I and Fund II, Studio A and Studio B: words by which those are told apart who are named alike; a pattern.
ONE_OF_MANY = "[a-z]|[0-9]{1,3}|[ivx]{1,4}"
