"""What innovation projects hold of people."""

from schakel.privacy.declaring import Holding, holding

holding(
    Holding(
        "innovate_innovationproject",
        "deliveries",
        free=("title", "description", "number", "state_reason"),
        none=("themes", "status", "together_with", "eu_number"),
    ),
    Holding("innovate_participation", "deliveries", free=("number", "state_reason"), none=("role",)),
)
