"""The errors of methods that fill values, where the true ones are known, and which method is best."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from govtransparency.robustness.stability.resampling import percentile_interval

__all__ = ["BASE", "JudgedMethods", "relative_to_mean"]

BASE = "impute_mean"  # what every other method is compared with


@dataclass(frozen=True, eq=False)
class JudgedMethods:
    """Filled values against true ones, each method on the cells that it and the mean filled."""

    true: np.ndarray
    masked: np.ndarray
    filled: dict[str, np.ndarray]
    draws: np.ndarray  # of the bootstrap, how often each unit is drawn
    level: float

    @cached_property
    def there(self) -> np.ndarray:
        """The cells that were masked and that the method and the mean filled, methods x units x indicators."""
        return self.masked & ~np.isnan(np.stack(list(self.filled.values()))) & ~np.isnan(self.filled[BASE])

    @cached_property
    def errors(self) -> np.ndarray:
        """Filled less true, methods x units x indicators; 0 where it does not count."""
        return np.where(self.there, np.stack(list(self.filled.values())) - self.true, 0.0)

    @cached_property
    def of_mean(self) -> np.ndarray:
        """The errors of the mean on the cells of each method."""
        return np.where(self.there, self.errors[0], 0.0)

    def tables(self, codes: list[str], gaps: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """Return the errors by indicator and method, the best by indicator, and the errors over all indicators."""
        names, count = list(self.filled), self.there.sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            rmse, base = (np.sqrt((errors**2).sum(axis=1) / count) for errors in (self.errors, self.of_mean))
            times = self.draws @ self.there
            drawn, drawn_base = (np.sqrt(self.draws @ errors**2 / times) for errors in (self.errors, self.of_mean))
            mae, bias = np.abs(self.errors).sum(axis=1) / count, self.errors.sum(axis=1) / count
            true = np.where(self.there, self.true, 0.0)
            centred = np.where(self.there, true - (true.sum(axis=1) / count)[:, None], 0.0)
            r2 = 1 - (self.errors**2).sum(axis=1) / (centred**2).sum(axis=1)
        gain, drawn_gain = base - rmse, drawn_base - drawn
        rows = {
            (code, name): (
                count[row, at],
                rmse[row, at],
                *percentile_interval(drawn[row, :, at], self.level),
                mae[row, at],
                bias[row, at],
                r2[row, at],
                gain[row, at],
                *percentile_interval(drawn_gain[row, :, at], self.level),
            )
            for at, code in enumerate(codes)
            for row, name in enumerate(names)
        }
        columns = ["cells", "rmse", "rmse_low", "rmse_high", "mae", "bias", "r2", "gain", "gain_low", "gain_high"]
        errors = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
        errors.index = pd.MultiIndex.from_tuples(rows, names=["indicator", "method"])
        p_values = pd.DataFrame(_p_values(gain, drawn_gain), index=names, columns=codes)
        return errors, _best(errors, gaps, p_values, self.level), self._overall()

    def _overall(self) -> pd.DataFrame:
        """Return the errors over all indicators that vary, in their standard deviations."""
        variance = np.nanvar(self.true, axis=0, ddof=1)
        varies = variance > 0
        total, base = (
            (errors[:, :, varies] ** 2 / variance[varies]).sum(axis=2) for errors in (self.errors, self.of_mean)
        )
        count = self.there[:, :, varies].sum(axis=2)
        with np.errstate(invalid="ignore", divide="ignore"):
            drawn = np.sqrt((total @ self.draws.T) / (count @ self.draws.T))
            rows, of_mean = (np.sqrt(squares.sum(axis=1) / count.sum(axis=1)) for squares in (total, base))
        ends = [percentile_interval(row, self.level) for row in drawn]
        found = {
            "cells": count.sum(axis=1),
            "rmse": rows,
            "rmse_low": [low for low, _ in ends],
            "rmse_high": [high for _, high in ends],
            "rmse_mean": of_mean,
        }
        return pd.DataFrame(found, index=pd.Index(list(self.filled), name="method"))

    def cells(self, units: pd.Index, codes: list[str]) -> pd.DataFrame:
        """Return what was filled into each masked cell, indicator after indicator."""
        columns, rows = np.nonzero(self.masked.T)
        given = {
            "unit": units[rows],
            "indicator": np.array(codes, dtype=object)[columns],
            "true": self.true[rows, columns],
        }
        return pd.DataFrame(given | {name: values[rows, columns] for name, values in self.filled.items()})


def _p_values(gain: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """Return the p-values of gains, methods x indicators, adjusted by the largest deviation of each resample."""
    deviation = np.where(np.isnan(drawn), 0.0, drawn - gain[:, None, :])
    spread = np.sqrt((deviation**2).mean(axis=1))
    with np.errstate(invalid="ignore", divide="ignore"):
        largest = np.nan_to_num(deviation / spread[:, None, :]).max(axis=(0, 2))
        found = np.where(gain == 0, 0.0, gain / spread)  # the mean itself, and columns that do not vary
    as_large = (largest[:, None, None] >= found).sum(axis=0)
    return np.where(np.isnan(gain), np.nan, (1 + as_large) / (1 + len(largest)))


def relative_to_mean(rmse: pd.Series, of_mean: pd.Series) -> pd.Series:
    """Return errors relative to those of the mean on the same cells; infinite where there are none, 1 for 0 to 0."""
    return (rmse / of_mean).where((rmse != 0) | (of_mean != 0), 1.0).fillna(np.inf)


def _best(errors: pd.DataFrame, gaps: pd.Series, p_values: pd.DataFrame, level: float) -> pd.DataFrame:
    """Return the method with the smallest error for each indicator, and whether it beats the mean."""
    rows = {}
    for code, mine in errors.droplevel("indicator").groupby(errors.index.get_level_values("indicator"), sort=False):
        name = relative_to_mean(mine["rmse"], mine["rmse"] + mine["gain"]).idxmin()
        found, p_value = mine.loc[name], p_values.at[name, code]
        if not mine["cells"].drop(BASE).any():
            verdict = "unchecked"
        elif not found["gain"] > 0:
            verdict = "nothing"
        else:
            verdict = "better" if p_value <= (1 - level) / 2 else "unsure"
        rows[code] = (int(gaps[code]), name, *found[["gain", "gain_low", "gain_high"]], p_value, verdict)
    columns = ["gaps", "method", "gain", "gain_low", "gain_high", "p_value", "verdict"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("indicator")
