"""What the words of headers and sheet names mean: Dutch and English words of the trade, by concept.

Invariant: this is knowledge of the field, not of any sender. A word may stand under several concepts;
a phrase counts as one word. Compounds ("fondsnummer") need no entry of their own: `headers` splits them.
"""

from __future__ import annotations

from functools import cache

from schakel.intake.proposing.folding import fold

CONCEPTS: dict[str, str] = {
    # what a row is about
    "organisation": (
        "organisatie, organisaties, organisation, organization, bedrijf, bedrijven, bedrijfs, relatie, relaties, "
        "klant, klanten, cliënt, cliënten, client, clients, onderneming, ondernemingen, ondernemer, company, "
        "companies, account, accounts, firma, business, businesses, customer, debiteur, entiteit, entity, "
        "instelling, vennootschap, partij, partijen, party, parties, doelgroep, stakeholder, stakeholders, crm, "
        "contactorganisatie, enterprise, enterprises, investee, firm, firms, portfoliobedrijf, portfolio company, "
        "begunstigde, beneficiary, adressenbestand, relatiebestand, relatiebeheer"
    ),
    "project": (
        "project, projecten, projects, innovatieproject, traject, trajecten, initiatief, initiatieven, programma, "
        "ontwikkelproject, subsidieproject, proj, innovatietraject"
    ),
    "innovation": (
        "innovatie, innovaties, innovation, innovations, innoveren, innovate, r&d, onderzoek, ontwikkeling, i&o"
    ),
    "fund": (
        "fonds, fondsen, fund, funds, investeringsfonds, participatiefonds, vehikel, vehicle, regeling, fonds/regeling"
    ),
    "investment": (
        "investering, investeringen, investment, investments, deal, deals, transactie, transacties, transaction, "
        "transactions, financiering, financieringen, financing, financings, uitzetting, uitzettingen, belegging, "
        "verstrekking, verstrekkingen, ticket, tickets, inv, geïnvesteerd, invested"
    ),
    "position": (
        "participatie, participaties, deelneming, deelnemingen, positie, posities, position, positions, "
        "portefeuille, portfolio, holding, holdings, belang, belangen, stand ultimo, ultimostand, jaareindestand, "
        "stand 31 december, year end, eindestand, uitstaand, outstanding, bezit"
    ),
    "foreign": (
        "buitenlands, buitenlandse, foreign, fdi, acquisitie, acquisities, acquisition, inward, internationaal, "
        "internationale, international, invest in holland, vestiger, vestigers, aangetrokken, nieuwkomer, "
        "nieuwkomers, acq, landings, landing, soft landing, location decisions, vestigingsbesluiten, "
        "vestigingsbesluit"
    ),
    "case": (
        "dossier, dossiers, case, cases, casus, casussen, zaak, zaken, lead, leads, aanvraag, aanvragen, kwestie, "
        "traject, file"
    ),
    "trade": (
        "handel, handels, trade, export, handelsbevordering, internationalisering, internationalisation, "
        "internationalization"
    ),
    "activity": (
        "activiteit, activiteiten, activity, activities, event, events, evenement, evenementen, missie, missies, "
        "mission, missions, reis, reizen, bijeenkomst, bijeenkomsten, beurs, beurzen, fair, fairs, "
        "programmaonderdeel, actie, trip, trips, handelsmissie, handelsmissies, agenda"
    ),
    "participant": (
        "deelnemer, deelnemers, deelnemend, deelnemende, deelname, deelnames, participant, participants, "
        "participation, participations, attendee, attendees, attendance, aanwezige, aanwezigen, partner, partners, "
        "bezoeker, bezoekers, consortium, consortia, consortiumpartner, consortiumleden, consortiumlid, "
        "samenwerkingspartner, partnership, member, members, lid, leden, deelnemerslijst, aanmelding, aanmeldingen, "
        "registratie, registrations, delegatie, delegate, delegates, delegation, gast, gasten, projectleden, "
        "visitors, betrokkenen"
    ),
    "staff": (
        "medewerker, medewerkers, personeel, personeelsleden, staff, employee, employees, werknemer, werknemers, "
        "formatie, bezetting, personeelsbestand, workforce, personnel, hr, collega, collega's, team, payroll, "
        "dienstverband, dienstverbanden, hrm, personeelsopgave"
    ),
    "market": "markt, market, kapitaalmarkt, marktoverzicht",
    "register": "register, handelsregister, trade register, inschrijving, inschrijvingen, registerinschrijving",
    # how it is told apart
    "number": (
        "nr, nrs, nummer, num, no, number, id, ids, code, kenmerk, referentie, reference, ref, sleutel, key, "
        "volgnummer, volgnr, identifier, identificatie, uid, guid, uuid, identificatienummer, recordnummer, "
        "recordnr, record id"
    ),
    "name": "naam, namen, name, names, titel, title, benaming, aanduiding, onderwerp, subject, roepnaam, heet",
    "description": (
        "omschrijving, beschrijving, description, samenvatting, summary, abstract, toelichting, inhoud, doel, "
        "doelstelling, korte inhoud, details, tekst, text, objective, objectives, publiekssamenvatting, scope"
    ),
    "kvk": (
        "kvk, kvknr, kamer van koophandel, coc, handelsregister, chamber of commerce, handelsregisternummer, trade "
        "register, registration, registratienummer, inschrijfnummer, inschrijvingsnummer, company registration, hr "
        "nummer, hrnr, dossiernummer kvk, chamber, koophandel"
    ),
    "vat": (
        "btw, btw id, vat, omzetbelasting, omzetbelastingnummer, ob, tax, tva, ob nummer, belastingnummer, btwnr, "
        "tax id, fiscaal identificatienummer"
    ),
    "rsin": "rsin, fiscaal nummer, fiscaal, fi nummer, finummer, fiscalnumber",
    "legal form": (
        "rechtsvorm, legal form, rechtspersoon, rv, juridische vorm, entity type, ondernemingsvorm, "
        "rechtspersoonsvorm, legal, legal entity, bedrijfsvorm, legal status, juridisch"
    ),
    "address": (
        "adres, address, straat, street, bezoekadres, vestigingsadres, straatnaam, postadres, straat en huisnummer, "
        "adresregel, street address, adresregel 1, address line, correspondentieadres, standplaatsadres"
    ),
    "house number": "huisnummer, huisnr, house number, hnr",
    "postcode": "postcode, zip, zipcode, zip code, postal code, pc, postal, pc6, postcode6, postkode",
    "city": (
        "plaats, city, gemeente, woonplaats, vestigingsplaats, stad, town, locatie, location, place, plaatsnaam, "
        "standplaats, municipality, vestigingsgemeente, bestemming, destination, kern, venue"
    ),
    "country": (
        "land, country, herkomst, herkomstland, origin, hq, moederland, hoofdkantoor, headquarters, nationaliteit, "
        "nationality, bestemmingsland, doelland, doelmarkt, landnaam, landen, countries, market country, thuisland, "
        "land van oorsprong, oorsprong, land moederbedrijf, parent, moederbedrijf, moedermaatschappij"
    ),
    "origin": (
        "herkomst, herkomstland, origin, hq, moederland, hoofdkantoor, headquarters, oorsprong, moederbedrijf, "
        "thuisland, parent, nationaliteit, nationality, moedermaatschappij, land van oorsprong, land moederbedrijf"
    ),
    "website": (
        "website, url, web, internet, site, homepage, webadres, www, internetadres, webpagina, internetsite, "
        "weblink, link, domein, domain, web address, webpage, internetpagina, hyperlink"
    ),
    # sorts and states
    "type": (
        "soort, type, kind, categorie, category, klasse, class, aard, vorm, sort, nature, typering, classificatie, "
        "groep"
    ),
    "size": (
        "fase, stage, groeifase, ontwikkelingsfase, ontwikkelfase, levensfase, phase, grootte, grootteklasse, "
        "bedrijfsgrootte, omvangsklasse, size, segment, maturity, growth stage, omvang, bedrijfsomvang, "
        "levenscyclus, lifecycle, bedrijfsfase, size class, bedrijfsklasse, volwassenheid, mkb klasse, growth "
        "phase, development stage"
    ),
    "stage": (
        "fase, stage, groeifase, ontwikkelingsfase, ontwikkelfase, levensfase, phase, investeringsfase, "
        "financieringsfase, growth stage, bedrijfsfase, invest europe, stadium, levenscyclus, lifecycle, segment, "
        "growth phase, development stage, maturity, venture stage"
    ),
    "theme": (
        "thema, themas, thema's, theme, themes, opgave, opgaven, transitie, transities, transition, transitions, "
        "speerpunt, speerpunten, domein, topic, topics, focusgebied, focus, maatschappelijke opgave, missie, kia, "
        "topsector, sector, agenda, programmalijn, inhoudelijk, beleidsthema, challenge, societal challenge, "
        "uitdaging, cluster, ecosysteem, focus area, werkveld, inhoudslijn, pijler, aandachtsgebied, prioriteit, "
        "mission"
    ),
    "status": (
        "status, voortgang, stand, state, toestand, fase, projectfase, progress, stand van zaken, lopend, afgerond, "
        "projectstatus, situatie, phase"
    ),
    "role": (
        "rol, role, hoedanigheid, functie, capacity, positie, rol in project, rol in consortium, taak, function, part"
    ),
    "instrument": (
        "instrument, instrumenten, financieringsvorm, vorm, product, financieringsinstrument, instrumenttype, "
        "financial instrument, security, financieringstype, productvorm, investment instrument, kapitaalvorm, "
        "financieringssoort, soort financiering, vermogensvorm, funding type"
    ),
    "first or follow-on": (
        "initieel, vervolg, initial, follow on, eerste, first, initieel/vervolg, eerste of vervolg, "
        "vervolginvestering, nieuw/vervolg, nieuw of vervolg, new or follow on, herhaling, repeat"
    ),
    # who with whom
    "lead": (
        "penvoerder, penvoerderschap, lead, trekker, trekkend, trekkende, aanvragend, aanvragende, hoofdaanvrager, "
        "coordinator, coördinator, projectleider, aanvrager, kartrekker, consortiumleider, leider, leading, "
        "hoofdpartner, applicant, coordinating, projecteigenaar, penvoerend, trekkende partij, lead partner, lead "
        "party, leadpartner, verantwoordelijke organisatie, leidende, main, principal, hoofduitvoerder, lead "
        "applicant, project lead, hoofdpartij, initiatiefnemer, indiener"
    ),
    "together": (
        "samen, samen met, samenwerking, samenwerkend, samenwerkende, together, together with, rom, roms, rom's, "
        "rom partners, rom partner, andere roms, andere rom's, collega rom, collega roms, mede rom, joint, joint "
        "with, collaboration, betrokken roms, betrokken rom's, ook betrokken, partner rom, partner roms, "
        "zusterorganisaties, mede betrokken, in samenwerking met, collaborating, co-organiser, medeorganisator, "
        "gezamenlijk, gezamenlijk met, other agencies, agencies, agency, jointly, jointly with, partner agencies, "
        "partner agency, ontwikkelingsmaatschappij, ontwikkelingsmaatschappijen, regional agencies, shared with, "
        "gedeeld met, bovenregionaal, collega's, with, met, rda, rdas, sister agencies, sister agency, overige "
        "roms, overige rom's, mede uitgevoerd door, in cooperation with, co agencies, other roms, other rom, "
        "collaborating roms, andere ontwikkelingsmaatschappijen"
    ),
    "eu": (
        "eu, europees, europese, european, europe, grant, grant agreement, horizon, cordis, subsidienummer, "
        "subsidie, interreg, efro, ga, subsidiebeschikking, beschikking, horizon europe, rvo, agreement"
    ),
    "co-investor": (
        "co-investeerder, co-investeerders, coinvesteerder, coinvesteerders, co-investor, co-investors, coinvestor, "
        "coinvestors, mede-investeerder, mede-investeerders, medeinvesteerder, medeinvesteerders, medefinancier, "
        "medefinanciers, syndicaat, syndicate, overige investeerders, andere investeerders, other investors, co "
        "investors, co investeerders, mede investeerders, co financiers, cofinanciers, cofinancier, mede "
        "financiers, investeerders, investors, financiers, andere financiers, overige financiers, co investor, co "
        "investeerder, mede investeerder, private partijen, fellow investors, medebeleggers, andere partijen, "
        "syndicaatspartners, meefinanciers"
    ),
    # when
    "date": "datum, data, date, d.d., dd, dag, day, moment, peildatum, wanneer, when, tijdstip",
    "decision": (
        "besluit, decision, beslissing, beslisdatum, decided, vestigingsbesluit, besloten, beschikt, closing, "
        "getekend, signed, ondertekening, transactie, transaction, passering, effectuering, effectief, uitbetaling, "
        "uitbetaald, betaling, payment, disbursement, disbursed, stand per, peil, per, ultimo, as of, toekenning, "
        "verstrekt, executed"
    ),
    "reference date": (
        "peildatum, per, ultimo, as of, stand per, peil, reporting date, waarderingsdatum, valuation date, per datum"
    ),
    "start": (
        "start, begin, aanvang, vertrek, departure, heenreis, vanaf, van, from, ingang, gestart, begonnen, "
        "beginning, commencement, kick-off, kickoff, startmoment, opening, startdag, commences, starting, started, "
        "starts, eerste dag, datum van, first day"
    ),
    "end": (
        "eind, einde, end, terugkomst, terugreis, return, tot, t/m, tm, until, finish, afloop, gereed, oplevering, "
        "slot, tot en met, afgerond op, afronding, completion, finished, gepland einde, sluiting, ends, ending, "
        "closes, afsluiting, to, through, looptijd, beoogd einde, einddag, laatste dag, verwacht einde, stop, loopt "
        "tot, last day, datum tot"
    ),
    "year": (
        "jaar, year, boekjaar, verslagjaar, kalenderjaar, jr, periode, period, peiljaar, jaartal, fiscal year, "
        "reporting year"
    ),
    "founded": (
        "startjaar, vintage, oprichtingsjaar, oprichting, opgericht, founded, inception, sinds, since, "
        "lanceringsjaar, start, jaar van oprichting, launch, launch year, first closing, established, aanvangsjaar, "
        "bouwjaar, beginjaar, vintagejaar, vintage year, startmoment"
    ),
    # how much
    "amount": "bedrag, bedragen, amount, som, sum, euro, euros, waarde in euro, geld, grootte, hoogte, omvang, size",
    "ticket": (
        "ticket, inleg, toegezegd, verstrekt, geïnvesteerd, invested, toezegging, bijdrage, ons aandeel, uitgezet, "
        "our share, own share, ticketsize, ticket size, ticketgrootte, eigen bijdrage, eigen inleg, eigen aandeel, "
        "hoofdsom, principal, investeringsbedrag, investeringssom, dealbedrag, contribution, gecommitteerd, "
        "committed, toegekend"
    ),
    "volume": (
        "omvang, volume, budget, kosten, cost, costs, begroting, projectkosten, projectbudget, projectbegroting, "
        "projectvolume, totaalbudget, total budget, totale kosten, projectsom, grootte, totaal, size, total cost, "
        "projectwaarde, waarde, projectgrootte, begroot, subsidiabele kosten, project value, projectomzet, project "
        "size, totale projectsom, financiële omvang, bedrag, envelope, totale investering, totaalbedrag"
    ),
    "cost": (
        "kostprijs, aanschafwaarde, verkrijgingsprijs, verkrijgingswaarde, historische kosten, historische "
        "kostprijs, cost, aankoop, aanschaf, verkrijging, aankoopbedrag, cost price, acquisition cost, at cost, "
        "boekkosten, aankoopwaarde, aanschafprijs, aankoopprijs, aanschafkosten, inleg, invested, geïnvesteerd, "
        "investeringskosten, investment cost, cost basis, historical cost, purchase price, geïnvesteerd vermogen, "
        "kosten, inkoopwaarde, aankoopsom, invested capital, inbreng"
    ),
    "value": (
        "waarde, value, fair value, reële waarde, marktwaarde, taxatiewaarde, nav, net asset value, boekwaarde, "
        "waardering, valuation, huidige waarde, actuele waarde, waarde per ultimo, waarde ultimo, eindwaarde, "
        "carrying value, market value, getaxeerd, fmv, current value, book value, waarde ultimo jaar, closing "
        "value, balanswaarde, fv, dagwaarde"
    ),
    "capital": (
        "fondsvermogen, vermogen, kapitaal, capital, commitment, commitments, fondsomvang, fondsgrootte, aum, fund "
        "size, fondskapitaal, committed capital, assets, toegezegd kapitaal, beschikbaar, gecommitteerd, omvang, "
        "size, grootte, beschikbaar kapitaal, totaal kapitaal, total capital, committed, volume, fund volume, "
        "doelvermogen, vol, budget, fondsbudget, kapitaalomvang, vermogen onder beheer, assets under management, "
        "beheerd vermogen, toezegging"
    ),
    "round": (
        "ronde, round, financieringsronde, investeringsronde, rondeomvang, funding round, totale ronde, total "
        "round, kapitaalronde, dealomvang, deal size, totale financiering, total financing, rondetotaal, "
        "rondegrootte, total raise, raised, opgehaald, ophaalbedrag, round size, totale deal, total deal, totale "
        "dealomvang, raise, syndicaatsbedrag"
    ),
    "capex": (
        "capex, investering, investeringen, investment, investeringsbedrag, kapitaalinvestering, capital "
        "expenditure, verwachte investering, geplande investering, toegezegde investering, planned investment, "
        "expected investment, invest, aangekondigde investering, announced investment, investeringssom, te "
        "investeren, investment volume, kapitaaluitgaven, investeringswaarde"
    ),
    "jobs": (
        "banen, baan, arbeidsplaatsen, arbeidsplaats, arbeidsplekken, jobs, job, werkgelegenheid, werkplekken, fte, "
        "fte's, ftes, positions, vacatures, werknemers, employment, employees, arb.pl, arbpl, personen, arbeid, "
        "arbeidspl, werk"
    ),
    "new": (
        "nieuw, nieuwe, new, created, gecreëerd, gecreeerd, gecreëerde, extra, toename, additional, directe, te "
        "creëren, creatie, creation, added, bij, toegevoegd, toegevoegde, erbij, gerealiseerd, groei, nwe"
    ),
    "retained": (
        "behouden, behoud, retained, retention, saved, safeguarded, bestaand, bestaande, preserved, secured, "
        "blijvend, veiliggesteld, gered, maintained, kept, existing, behoudend, geborgd, gewaarborgd, "
        "instandhouding"
    ),
    "count": (
        "aantal, aantallen, count, hoeveelheid, number of, qty, #, tal, opkomst, turnout, numbers, totaal aantal, "
        "cnt, total number, amount of, n"
    ),
    "heads": (
        "medewerkers, personen, koppen, headcount, heads, personeelsleden, werknemers, employees, mensen, people, "
        "persons, hoofden, dienstverbanden, medewerker, bezetting, personeel, staff, head count, in dienst, "
        "collega's, werkzame personen, natuurlijke personen, aantal personen"
    ),
    "fte": (
        "fte, fte's, ftes, full time, fulltime, voltijd, voltijds, formatieplaatsen, formatie, voltijdsequivalent, "
        "voltijdequivalent, full time equivalent, fulltime equivalent, arbeidsjaren, voltijdsequivalenten, full "
        "time equivalents"
    ),
    "confirmed": (
        "bevestiging, bevestigd, confirmation, confirmed, bevestigingsbrief, letter, brief, confirmation letter, "
        "bedrijfsverklaring, verklaring"
    ),
    "trade names": (
        "handelsnaam, handelsnamen, trade name, trade names, dba, trading as, ook bekend als, alias, aliassen"
    ),
    "statutory": "statutair, statutaire, statutory, officieel, officiële, official",
    # columns nobody asked for
    "region": "regio, region, provincie, province, regionaal, county, state/province, werkgebied, rayon",
    "share": "percentage, belang, aandeel, perc, procent, percent, %",
    "person": "contactpersoon, contact, persoon, person, voornaam, achternaam, medewerker naam",
    "nobody asked": (
        "opmerking, opmerkingen, notitie, notities, remarks, remark, comment, comments, note, notes, gewijzigd, "
        "mutatie, mutatiedatum, gewijzigd door, laatst gewijzigd, laatst gewijzigd door, laatst gewijzigd op, "
        "aangemaakt, aangemaakt door, aangemaakt op, modified, modified by, modified on, last modified, created by, "
        "created on, owner, eigenaar, adviseur, accountmanager, account manager, account owner, behandelaar, "
        "contactpersoon, contact person, e-mail, email, telefoon, phone, telefoonnummer, intern, internal, memo, "
        "paraaf, gecontroleerd, checked, bron, source, versie, version, regel, rij, row, invoerder, ingevoerd door, "
        "projectmanager, business developer, businessdeveloper, dossierhouder, updated, last updated, tijdstempel, "
        "timestamp, concept, mobiel, tags, label, labels, geslacht, voorletters, achternaam, investment manager, "
        "investeringsmanager, fondsmanager, fund manager, ingevoerd, datum invoer, bewerkt, invoerdatum, "
        "exportdatum, last edited, edited by, entered by, intern nummer, archief"
    ),
}

_SMALL = (
    "de het een der den des van voor in op te per aan bij uit om en of the a an for on at by and or to as is "
    "alle all komende coming next over y yr yrs jaren years onze ons our eigen own betrokken verwacht verwachte "
    "expected andere overige other others s e n via wel niet incl inclusief excl exclusief totaal totale total"
)
STOP_WORDS = frozenset(_SMALL.split())

_UNITS = "€ eur euro euros keur meur mln mio miljoen duizend million thousand x k m mm millions thousands"
UNIT_WORDS = frozenset(_UNITS.split())

WEIGHTS = {
    "number": 0.6,
    "date": 0.6,
    "name": 0.7,
    "type": 0.6,
    "count": 0.5,
    "amount": 0.6,
    "year": 0.6,
    "decision": 0.5,
}


@cache
def words() -> dict[str, frozenset[str]]:
    """Every word and phrase (folded as `folding.fold` folds) with the concepts it may mean."""
    found: dict[str, set[str]] = {}
    for concept, listed in CONCEPTS.items():
        for word in listed.split(","):
            found.setdefault(fold(word), set()).add(concept)
    return {word: frozenset(concepts) for word, concepts in found.items()}
