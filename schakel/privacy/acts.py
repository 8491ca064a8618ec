"""What lines about personal data say to people."""

from schakel.trail.acts import Family, declare, declare_kinds

declare(
    Family.CHANGE,
    {
        "identified": ("stelde vast wie het vroeg bij", "made sure who asked for"),
        "decided": ("besloot over", "decided on"),
        "erased": ("wiste", "erased"),
        "corrected": ("verbeterde", "corrected"),
        "let go": ("liet gaan na de bewaartermijn", "let go after its period"),
    },
)
declare(Family.LOOK, {"looked up": ("zocht op wat er staat voor", "looked up what is held for")})
declare_kinds(
    {
        "personal request": ("verzoek over persoonsgegevens", "request about personal data"),
        "trail line": ("regel van het logboek", "line of the audit log"),
    }
)
