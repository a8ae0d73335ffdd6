"""What readers call the methods, in Chinese and in English."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text


def display_name(method: str) -> Text:
    """Return what readers call a method; one without an entry below goes by its own name in both languages."""
    return METHOD_NAMES.get(method, Text(method, method))


METHOD_NAMES: dict[str, Text] = {
    # treatment
    "screen_units": Text("按数据完整率筛选单位", "screening of units by coverage"),
    "denominate": Text("按规模折算", "denomination by size"),
    "impute_value": Text("定值插补", "imputation of a fixed value"),
    "impute_mean": Text("均值插补", "mean imputation"),
    "impute_median": Text("中位数插补", "median imputation"),
    "impute_group_mean": Text("组内均值插补", "group mean imputation"),
    "impute_regression": Text("回归插补", "regression imputation"),
    "impute_knn": Text("K 近邻插补", "nearest-neighbour imputation"),
    "impute_iterative": Text("迭代回归插补", "iterative regression imputation"),
    "impute_panel": Text("历年数据插补", "imputation from other years"),
    "winsorise": Text("缩尾处理", "winsorisation"),
    "log_transform": Text("对数变换", "logarithmic transformation"),
    "box_cox": Text("Box-Cox 变换", "Box-Cox transformation"),
    "jrc_outliers": Text("JRC 异常值处理", "outlier treatment of the JRC"),
    # missing data
    "spread_weights": Text("缺失项权重分摊", "weights of missing values spread"),
    "require_all": Text("要求数据完整", "complete data required"),
    "missing_score": Text("缺失项按固定得分计", "fixed score for missing values"),
    # normalisation
    "min_max": Text("极差标准化", "min-max"),
    "z_score": Text("标准分标准化", "z-scores"),
    "robust_z": Text("稳健标准分（中位数与绝对中位差）", "robust z-scores (median and MAD)"),
    "rank_score": Text("按位次标准化", "ranks as scores"),
    "borda": Text("Borda 计分", "Borda points"),
    "percentile_rank": Text("百分位标准化", "percentile ranks"),
    "categorical": Text("分档赋分", "categorical scale"),
    "ratio_to_best": Text("与最优值之比", "ratio to the best"),
    "ratio_to_worst": Text("与最差值之比", "ratio to the worst"),
    "ratio_to_mean": Text("与平均值之比", "ratio to the mean"),
    "difference_to_best": Text("与最优值的相对差", "relative difference to the best"),
    "difference_to_worst": Text("与最差值的相对差", "relative difference to the worst"),
    "difference_to_mean": Text("与平均值的相对差", "relative difference to the mean"),
    "distance_to_target": Text("与目标之比", "distance to target"),
    "distance_to_unit": Text("与参照单位之比", "distance to a reference unit"),
    "above_below_mean": Text("高于或低于平均值", "above or below the mean"),
    "logistic": Text("逻辑斯蒂标准化", "logistic scale"),
    "mazziotta_pareto_scale": Text("Mazziotta-Pareto 标准化", "Mazziotta-Pareto scale"),
    "unscaled": Text("不作标准化", "no scaling"),
    # weighting
    "given_weights": Text("既定权重", "given weights"),
    "equal_weights": Text("逐级等权", "equal weights at each level"),
    "equal_indicator_weights": Text("指标等权", "equal weights of indicators"),
    "budget_allocation": Text("专家预算分配法", "budget allocation"),
    "ahp_weights": Text("层次分析法", "analytic hierarchy process"),
    "best_worst_weights": Text("最优最劣法", "best-worst method"),
    "rank_order_weights": Text("排序赋权法", "rank-order weights"),
    "entropy_weights": Text("熵权法", "entropy weights"),
    "critic_weights": Text("CRITIC 法", "CRITIC weights"),
    "merec_weights": Text("MEREC 法", "MEREC weights"),
    "sd_weights": Text("标准差法", "standard deviation weights"),
    "cv_weights": Text("变异系数法", "coefficient of variation weights"),
    "pca_weights": Text("主成分法", "principal component weights"),
    "regression_weights": Text("回归系数法", "regression weights"),
    "unobserved_components_weights": Text("不可观测成分模型", "unobserved components model"),
    "importance_weights": Text("重要性匹配赋权法", "weights that match importance"),
    # aggregation
    "arithmetic_mean": Text("算术平均", "arithmetic mean"),
    "sum": Text("加权求和", "weighted sum"),
    "geometric_mean": Text("几何平均", "geometric mean"),
    "harmonic_mean": Text("调和平均", "harmonic mean"),
    "power_mean": Text("幂平均", "power mean"),
    "median": Text("加权中位数", "weighted median"),
    "owa": Text("有序加权平均", "ordered weighted average"),
    "choquet": Text("Choquet 积分", "Choquet integral"),
    "mazziotta_pareto": Text("Mazziotta-Pareto 指数", "Mazziotta-Pareto index"),
    "adjusted_mazziotta_pareto": Text("调整的 Mazziotta-Pareto 指数", "adjusted Mazziotta-Pareto index"),
    "mean_min": Text("均值与最小值函数", "mean-min function"),
    "borda_count": Text("Borda 计数法", "Borda count"),
    "copeland": Text("Copeland 法", "Copeland's rule"),
    "kemeny": Text("Kemeny 法", "Kemeny's rule"),
    "topsis": Text("优劣解距离法（TOPSIS）", "TOPSIS"),
    "vikor": Text("折衷排序法（VIKOR）", "VIKOR"),
    "promethee": Text("PROMETHEE 法", "PROMETHEE II"),
    "benefit_of_the_doubt": Text("最有利权重法", "benefit of the doubt"),
    "rounded": Text("汇总后取整", "aggregation with rounding"),
    "rescaled": Text("汇总后再标准化", "aggregation with rescaling"),
}
