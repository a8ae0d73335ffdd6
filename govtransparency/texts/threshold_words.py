"""What is said of the weights at which two units swap, and of those at which a unit is first."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["FIRST", "SWAP"]

SWAP = {
    "one": Text(
        "“{weight}”的权重由{nominal}变为{threshold}（其余按比例调整）时，{below}超过{above}。",
        "{below} passes {above} if the weight of {weight} changes from {nominal} to {threshold}, the others "
        "in proportion.",
    ),
    "several": Text(
        "在与原权重相距{distance}（{norm}）的权重下，{below}超过{above}。",
        "{below} passes {above} at weights that are {distance} ({norm}) from the recipe's.",
    ),
    "no_one": Text(
        "任何一项权重的变动都不能使{below}超过{above}。", "No change of one weight puts {below} above {above}."
    ),
    "none": Text("任何权重都不能使{below}超过{above}。", "No weights put {below} above {above}."),
}
FIRST = {
    "is": Text("按原权重，{unit}即为第一。", "{unit} is first under the recipe's weights."),
    "can": Text(
        "{unit}现居第{rank}位；在与原权重相距{distance}（{norm}）的权重下可居第一。",
        "{unit} is now ranked {rank}, and first at weights that are {distance} ({norm}) from the recipe's.",
    ),
    "tied": Text("只能与其他单位并列第一。", "It can be first only tied with others."),
    "cannot": Text(
        "{unit}现居第{rank}位，任何权重都不能使其居第一；最接近时仍落后{behind}。",
        "{unit} is now ranked {rank}, and no weights make it first; at best it is {behind} behind.",
    ),
    "not_within": Text(
        "{unit}现居第{rank}位，各项权重变动不超过{within}时不能居第一；最接近时仍落后{behind}。",
        "{unit} is now ranked {rank}, and no weights within {within} of the recipe's make it first; at best "
        "it is {behind} behind.",
    ),
}
