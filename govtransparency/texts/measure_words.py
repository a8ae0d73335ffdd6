"""Plain units of measurement, as heads of columns name them in brackets, and the heads of columns that hold them."""

from __future__ import annotations

__all__ = ["MEASURE", "PLAIN_UNITS"]

MEASURE = ("计量单位", "单位", "measure", "unit of measurement", "unit_of_measurement", "unit of measure")
UNITS = (
    "人 户 个 件 次 条 项 家 所 座 处 台 套 辆 册 篇 份 宗 起 张 床 例 站 人次 件次 场次 倍 % ‰ "
    "元 美元 元/人 人/平方公里 吨 千克 公斤 克 米 千米 公里 平方米 平方公里 公顷 亩 立方米 升 千瓦时 "
    "度 天 日 个工作日 工作日 小时 分钟 秒 年 个月 分"
)
PLAIN_UNITS = frozenset(UNITS.split())
