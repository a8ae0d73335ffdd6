"""One run over several indices as a notebook sees it, and what its results come to in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govtransparency.report.conclusion import Conclusion
from govtransparency.report.run import Run
from govtransparency.several_indices.pairs_of_indices import linked
from govtransparency.texts.agreement_words import AGREEMENT_CAPTIONS, SAID
from govtransparency.texts.bilingual import Text, decimal
from govtransparency.texts.captions import CAPTIONS, Caption

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from govtransparency.robustness.stability.concordance import Concordance
    from govtransparency.several_indices.compared_indices import ComparedIndices
    from govtransparency.several_indices.income import Income
    from govtransparency.texts.bilingual import Shown

__all__ = ["AgreementRun", "start_agreement"]

CERTAIN = 0.05


@dataclass(frozen=True)
class AgreementRun(Run):
    """One run over several indices, whose edition has what they have in common."""

    @property
    def captions(self) -> Mapping[str, Caption]:
        """The captions that exhibits are looked up in: those of the comparison first."""
        return {**CAPTIONS, **AGREEMENT_CAPTIONS}

    def conclude_agreement(
        self, indices: ComparedIndices, shared: pd.DataFrame, pairs: pd.DataFrame, concordance: Concordance | None
    ) -> None:
        """Say what is compared, how many pairs share sources, and how far they agree, all together too."""
        counts = pairs["countries"]
        ends = {"least": counts.min(), "most": counts.max(), "all": len(indices.ranks.dropna())}
        self._conclude("covered", "assessed", indices=len(indices.indices), pairs=len(pairs), **ends)
        if len(shared):
            self._conclude("shared", "assessed", pairs=len(pairs), shared=sum(linked(pairs.index, shared)))
        known = pairs["spearman"].dropna()
        if len(known):
            (a, b), (c, d) = known.idxmax(), known.idxmin()
            names = {place: indices.titles[name] for place, name in {"a": a, "b": b, "c": c, "d": d}.items()}
            figures = {"median": known.median(), "high": known.max(), "low": known.min()}
            said = {name: decimal(value) for name, value in figures.items()}
            self._conclude("correlations", "robust", pairs=len(known), certain=_certain(pairs), **names, **said)
        if concordance is not None:
            sentence = Text(concordance.sentence("zh"), concordance.sentence("en"))
            self._conclude("all", "robust", sentence=sentence)

    def conclude_income(self, pairs: pd.DataFrame | None, reason: Text | None) -> None:
        """Say what is left of the correlations given income, or why that is not known; nothing without one."""
        if pairs is None:
            self._conclude("no_income", "robust", reason=reason)
            return
        known = pairs.dropna(subset="partial")
        if known.empty:
            return
        before, after = decimal(known["spearman"].median()), decimal(known["partial"].median())
        self._conclude("income", "robust", pairs=len(known), before=before, after=after, certain=_certain(known))

    def conclude_quarters(self, pairs: pd.DataFrame) -> None:
        """Say in how many pairs the first quarters agree beyond chance; nothing where no pair shares enough."""
        known = pairs.dropna(subset="p_value")
        if known.empty:
            return
        kappa = decimal(known["kappa"].median())
        self._conclude("quarters", "robust", pairs=len(known), certain=_certain(known), kappa=kappa)

    def _conclude(self, name: str, part: str, **values: object) -> None:
        self.conclude(Conclusion(name, part, SAID[name].format(**values)))


def _certain(pairs: pd.DataFrame) -> int:
    return int((pairs["p_adjusted"] < CERTAIN).sum())


def start_agreement(
    indices: ComparedIndices,
    income: Income | None = None,
    output: str | Path | None = None,
    *,
    language: Shown = "both",
    notebook: str = "notebook",
) -> AgreementRun:
    """Begin a notebook on several indices.

    Parameters
    ----------
    indices : ComparedIndices
    income : Income, optional
        What they are held against: a source more.
    output, language, notebook
        As for `govtransparency.report.start`.

    Returns
    -------
    AgreementRun
    """
    folder = None if output is None else Path(output)
    edition = income.of(indices.edition) if income else indices.edition
    run = AgreementRun(edition, folder, notebook, language)
    run.write(run.exhibits_file, [])
    return run
