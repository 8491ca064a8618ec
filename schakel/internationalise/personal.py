"""What foreign cases and trade activities hold of people."""

from schakel.privacy.declaring import Holding, about_nobody, holding

holding(
    Holding(
        "internationalise_foreigncase",
        "deliveries",
        free=("number", "state_reason"),
        none=("origin", "kind", "together_with"),
    )
)
about_nobody("internationalise_tradeactivity", "kind", "together_with")
