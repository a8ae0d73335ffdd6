"""What is wrong with the bands that an edition declares for its scores."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

UNKNOWN = Text("bands：未知的“{key}”；{nearest}", "bands: {key!r} is unknown; {nearest}")
EDGES = Text(
    "bands：edges = {value}，应为由小到大的数的列表，如[40, 70]",
    "bands: edges = {value}, expected a list of numbers in increasing order, such as [40, 70]",
)
ASCENDING = Text(
    "bands：edges应由小到大，而{low}之后是{high}", "bands: edges must increase, but {high} comes after {low}"
)
LABELS = Text(
    "bands：labels = {value}，应为各档名称的列表，由低到高",
    "bands: labels = {value}, expected a list with the name of each band, from the lowest to the highest",
)
LABEL = Text(
    'bands：名称{value}应为文字，或含两种语言：{{ en = "...", zh = "..." }}',
    'bands: label {value} must be a text, or one in both languages: {{ en = "...", zh = "..." }}',
)
COUNT = Text(
    "bands：有{edges}个分界和{labels}个名称；名称应比分界多一个，即{needed}个",
    "bands: {edges} edges and {labels} labels; there is one label more than edges, here {needed}",
)
DECIMALS = Text("bands：decimals = {value}，应为整数", "bands: decimals = {value}, expected a whole number")
ROUNDING = Text("bands：rounding = {value}无效；{nearest}", "bands: rounding = {value} is unknown; {nearest}")
