"""Which models keep what is delivered to internationalise; a trade activity is an event with trade facts."""

from schakel.events.models import Attendance, Event
from schakel.intake.writing import Beside, RecordTable, register_table
from schakel.internationalise.models import ForeignCase, TradeActivity

FOREIGN_CASES = register_table(RecordTable(kind="foreign_case", model=ForeignCase))
TRADE_ACTIVITIES = register_table(
    RecordTable(
        kind="trade_activity",
        model=Event,
        beside=(Beside(TradeActivity, link="event", fields=("kind", "participants", "together_with")),),
    )
)
TRADE_PARTICIPANTS = register_table(
    RecordTable(kind="trade_participant", model=Attendance, columns={"activity": "event"})
)
