"""How problems are counted, headed and completed with the nearest valid name."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

COUNT = {
    "one": Text("发现{count}个问题", "{count} problem"),
    "several": Text("发现{count}个问题", "{count} problems"),
}
HEADED = Text("{title}：{text}", "{title}: {text}")
MEANT = Text("是否应为“{name}”？{valid}", "did you mean {name!r}? {valid}")
MEANT_ONE_OF = Text("是否应为{names}之一？{valid}", "did you mean one of {names}? {valid}")
NONE_VALID = Text("目前没有可用的", "there is none")
AND_MORE = Text("{listed}等{count}个", "{listed} and more, {count} in all")
VALID = {
    "all": Text("可用：{names}", "valid: {names}"),
    "cut": Text("可用：{names}等（共{count}个）", "valid: {names}, ... ({count} in all)"),
}
