"""What funds and investments hold of people."""

from schakel.privacy.declaring import Holding, holding

holding(
    Holding("invest_fund", "deliveries", free=("name", "number", "state_reason")),
    Holding(
        "invest_investment",
        "deliveries",
        named=("co_investors",),
        free=("number", "state_reason"),
        none=("instrument", "type", "stage"),
    ),
    Holding("invest_position", "deliveries", free=("number", "state_reason")),
)
