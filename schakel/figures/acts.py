"""What lines about figures say to people."""

from schakel.trail.acts import Family, declare, declare_kinds

declare(
    Family.CHANGE,
    {
        "set": ("stelde … vast", "set"),
        "ended": ("beëindigde", "ended"),
        "prepared": ("bereidde … voor", "prepared"),
        "took up": ("nam … weer op", "took up"),
        "set the hour": ("stelde het uur vast van", "set the hour of"),
        "called off": ("blies … af", "called off"),
        "approved": ("keurde … goed", "approved"),
        "refused": ("keurde … af", "did not approve"),
        "ordered": ("gaf opdracht tot", "ordered"),
        "did not close": ("kwam niet tot", "did not reach"),
        "concluded": ("concludeerde over", "concluded on"),
        "drew": ("trok", "drew"),
        "changed": ("wijzigde", "changed"),
        "removed": ("haalde … weg", "removed"),
        "commented": ("merkte iets op bij", "commented on"),
        "stated": ("verklaarde", "stated"),
        "said what came": ("zei wat er kwam van", "said what came of"),
        "asked to hear of": ("wil horen van", "asked to hear of"),
        "asked no more to hear of": ("wil niet meer horen van", "asked no more to hear of"),
    },
)
declare_kinds(
    {
        "figure": ("cijfer", "figure"),
        "figures": ("cijfers", "figures"),
        "overview": ("overzicht van cijfers", "overview of figures"),
        "target": ("doel", "target"),
        "publication": ("publicatie", "publication"),
        "approving body": ("orgaan dat goedkeurt", "approving body"),
        "closing": ("afsluiting", "closing"),
        "sample": ("steekproef", "sample"),
        "saved view": ("bewaarde weergave", "saved view"),
        "comment on a figure": ("opmerking bij een cijfer", "comment on a figure"),
        "pipeline": ("pijplijn", "pipeline"),
    }
)
