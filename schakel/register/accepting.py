"""Which models keep what is delivered to the register."""

from schakel.intake.writing import RecordTable, register_table
from schakel.register.models import Organisation, RegisterEntry

ORGANISATIONS = register_table(RecordTable(kind="organisation", model=Organisation))
REGISTER_ENTRIES = register_table(RecordTable(kind="register_entry", model=RegisterEntry))
