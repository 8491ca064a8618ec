"""What figures hold of people: what is said of them, in words. Extracts and closings hold ids, places and amounts."""

from schakel.privacy.declaring import Ground, Holding, Processing, about_nobody, holding, processing
from schakel.words import Words

processing(
    Processing(
        "figures",
        Words("Cijfers, doelen en wat ervan gezegd is", "Figures, targets and what was said of them"),
        Words("tellen, sturen en verantwoorden", "to count, steer and account"),
        Words("wie een opmerking maakt of erin genoemd wordt", "who makes a remark or is named in one"),
        Ground.TASK,
        Words("wie het cijfer mag lezen", "who may read the figure"),
        "records",
        80,
    )
)
holding(
    Holding("figures_closing", "figures", free=("reason", "failure"), none=("digest", "manifest")),
    Holding(
        "figures_sample",
        "figures",
        free=("purpose",),
        none=("indicator", "cut", "unit", "value", "seed", "frame", "frame_digest"),
    ),
    Holding("figures_conclusion", "figures", free=("remark",), none=("projection",)),
    Holding("figures_staff", "deliveries", free=("number", "state_reason")),
    Holding(
        "figures_marketround",
        "deliveries",
        named=("company", "kvk"),
        free=("number", "state_reason"),
        none=("city", "stage"),
    ),
    Holding("figures_companyoutcome", "deliveries", free=("number", "state_reason"), none=("basis",)),
    Holding("figures_pipelineentry", "figures", free=("source",), none=("indicator",)),
    Holding("figures_approvingbody", "figures", free=("name",)),
    Holding("figures_publication", "figures", free=("remark", "withdrawn_because")),
    Holding("figures_approval", "figures", free=("reference", "reason")),
    Holding("figures_figurecomment", "figures", free=("text",), none=("indicator", "cut")),
    Holding("figures_savedview", "figures", free=("name", "query")),
    Holding(
        "figures_target",
        "figures",
        free=("programme", "counts", "source", "ended_because"),
        none=("indicator",),
    ),
)
about_nobody("figures_closingfile", "name", "sha256", "content")
about_nobody("figures_sampleitem", "kind")
about_nobody("figures_alert", "indicator", "province")
