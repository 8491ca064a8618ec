"""What lines about packages say to people."""

from schakel.trail.acts import Family, declare, declare_kinds

declare(
    Family.EXPORT,
    {"asked for": ("vroeg om", "asked for"), "made": ("maakte", "made"), "taken away": ("haalde … weg", "took away")},
    kind="package",
)
declare_kinds({"package": ("alles om mee te nemen", "all to take along")})
