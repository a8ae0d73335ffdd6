"""Words of the sliders in JupyterLab."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["LAB"]

LAB = {
    "pillars": Text(
        "可调的是一级指标的权重，自动折算为100%；以下各级保持本年度权重。",
        "Move the weights of the pillars; they count in proportion to each other. Below the pillars, the "
        "edition's own weights apply.",
    ),
    "official": Text("本年度权重", "The edition's weights"),
    "equal": Text("等权", "Equal weights"),
    "official_rank": Text("本年度名次", "Rank in the edition"),
    "moved": Text(
        "{moved}个单位名次变化，最大变化{largest}位；与本年度排名的等级相关系数ρ = {rho}。",
        "{moved} units change rank, by up to {largest} places; Spearman's ρ with the edition's ranking is {rho}.",
    ),
}
