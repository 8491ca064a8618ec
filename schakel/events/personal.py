"""What events hold of people."""

from schakel.privacy.declaring import Holding, holding

holding(
    Holding("events_event", "deliveries", free=("title", "number", "state_reason"), none=("country", "city")),
    Holding("events_attendance", "deliveries", free=("number", "state_reason")),
)
