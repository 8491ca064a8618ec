"""Which models keep the lists that only counting needs."""

from schakel.figures.models import CompanyOutcome, MarketRound, Staff
from schakel.intake.writing import RecordTable, register_table

STAFF = register_table(RecordTable(kind="staff", model=Staff))
MARKET_ROUNDS = register_table(RecordTable(kind="market_round", model=MarketRound))
OUTCOMES = register_table(RecordTable(kind="outcome", model=CompanyOutcome))
