"""What lines of the inbox say to people."""

from schakel.trail.acts import Family, declare, declare_kinds

declare(
    Family.CHANGE,
    {
        "put": ("legde … neer", "put"),
        "put again": ("legde … opnieuw neer", "put … again"),
        "handed over": ("droeg … over", "handed over"),
        "settled": ("handelde … af", "settled"),
        "retried": ("liet … opnieuw doen", "had … done again"),
        "chose": ("koos", "chose"),
        "set deputy": ("wees een waarnemer aan voor", "set a deputy for"),
        "ended deputy": ("beëindigde de waarneming van", "ended the deputy of"),
    },
)
declare(Family.CHANGE, {"read": ("las", "read")}, kind="inbox item")
declare_kinds(
    {
        "inbox item": ("taak in de inbox", "inbox item"),
        "letter": ("brief", "letter"),
        "mail preference": ("voorkeur voor mail", "mail preference"),
    }
)
