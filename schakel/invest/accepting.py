"""Which models keep what is delivered to invest; a valuation goes to a table of its own."""

from schakel.intake.writing import Beside, RecordTable, register_table
from schakel.invest.models import Fund, Investment, Position, Valuation

FUNDS = register_table(RecordTable(kind="fund", model=Fund))
INVESTMENTS = register_table(RecordTable(kind="investment", model=Investment))
POSITIONS = register_table(
    RecordTable(kind="position", model=Position, beside=(Beside(Valuation, link="position", fields=("value",)),))
)
