"""Words of the sliders in JupyterLab."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["LAB"]

LAB = {
    "pillars": Text(
        "可调的是一级指标的权重，自动折算为100%；以下各级保持官方权重。",
        "Move the weights of the pillars; they count in proportion to each other. Below, the official weights apply.",
    ),
    "official": Text("官方权重", "Official weights"),
    "equal": Text("等权", "Equal weights"),
    "official_rank": Text("官方名次", "Official rank"),
    "moved": Text(
        "{moved}个单位名次改变，最大变动{largest}位；与官方排名的等级相关系数ρ = {rho}。",
        "{moved} units move, by up to {largest} places; Spearman's ρ with the official ranking is {rho}.",
    ),
}
