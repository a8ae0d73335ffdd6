"""Why an exercise of a tutorial cannot be judged with an index."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

LACKS = Text(
    "index：没有练习“{exercise}”所问的{codes}（有名次的单位、指标或一级指标）；请用该教程的指数",
    "index: without {codes}, which exercise {exercise!r} asks about (units with a rank, indicators, pillars); give the "
    "index that its tutorial builds",
)
NO_ANSWER = Text(
    "index：练习“{exercise}”用这个指数没有答案；请用该教程的指数",
    "index: exercise {exercise!r} has no answer with it; give the index that its tutorial builds",
)
