"""What lines about identity say to people."""

from schakel.trail.acts import Family, declare, declare_kinds

declare(
    Family.CHANGE,
    {
        "judged": ("beantwoordde", "judged"),
        "accepted proposal": ("nam … aan", "accepted"),
        "declined proposal": ("wees … af", "declined"),
        "took in": ("las … in", "took in"),
    },
)
declare(
    Family.SYSTEM,
    {
        "linked": ("bracht … samen", "linked"),
        "learned": ("leerde", "learned"),
        "chose model": ("koos", "chose"),
        "counted effects": ("telde gevolgen van", "counted the effects of"),
    },
)
declare_kinds(
    {
        "doubt": ("twijfel over identiteit", "doubt about identity"),
        "judgement": ("antwoord over identiteit", "answer about identity"),
        "proposal": ("voorstel over identiteit", "proposal about identity"),
        "round": ("ronde van samenbrengen", "joining round"),
        "keyed round": ("ronde zonder namen", "round without names"),
        "identity": ("identiteiten", "identities"),
        "model": ("model", "model"),
        "register_fact": ("feiten van het handelsregister", "facts of the trade register"),
        "workbook of answers": ("werkboek met antwoorden", "workbook of answers"),
    }
)
