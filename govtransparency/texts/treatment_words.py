"""What a treatment did to an indicator, as the notes of `treatment_report` say it."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["OUTLIER_ACTIONS", "TREATMENT_NOTES"]

OUTLIER_ACTIONS = {
    "winsorised": Text("缩尾处理", "winsorised"),
    "log": Text("取对数", "log"),
    "left alone": Text("未作处理", "left alone"),
}
TREATMENT_NOTES = {
    "still outlying": Text("{action}，仍有离群值", "{action}, still outlying"),
    "power": Text("幂次{power}", "power {power}"),
    "logarithm": Text("取对数（{variant}）", "logarithm ({variant})"),
}
