"""Which models keep what is delivered to the register."""

from schakel.intake.writing import RecordTable, register_table
from schakel.register.models import KeyedEntry, KeyedRecord, Organisation, RegisterEntry

ORGANISATIONS = register_table(RecordTable(kind="organisation", model=Organisation))
REGISTER_ENTRIES = register_table(RecordTable(kind="register_entry", model=RegisterEntry))
ORGANISATION_CODES = register_table(RecordTable(kind="organisation_codes", model=KeyedRecord))
REGISTER_CODES = register_table(RecordTable(kind="register_codes", model=KeyedEntry, left_out=frozenset({"place"})))
