"""Every edition whose figures are here reads, ranks its groups and can be held against its record.

Those of publishers' own files are read, ranked and held against the official ranks in
tests/published/test_original_files.py, which names them all.
"""

from pathlib import Path

import pytest

import govtransparency as gt
from govtransparency.audit.claims import VERDICTS
from govtransparency.audit.rebuilt_facts import check_facts

RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
EDITIONS = [
    (str(row.index), int(row.year))
    for row in gt.list_editions(RAW).itertuples(index=False)
    if not (RAW / str(row.index) / "originals.toml").exists()
]


@pytest.mark.parametrize(("index", "year"), EDITIONS)
def test_it_reads_ranks_and_is_audited(index, year):
    edition = gt.read_edition(index, year, root=RAW)
    indices = {group: gt.build_index(table, edition.recipe) for group, table in edition.tables.items()}
    for group, table in edition.tables.items():
        ranks = indices[group].ranks
        assert set(ranks.index) <= set(table.index)
        assert ranks.min() == 1
    if edition.record is None:
        with pytest.raises(gt.InputError, match="no public record"):
            gt.audit_claims(edition, indices)
        return
    audited = gt.audit_claims(edition, indices)
    for view in ("record", "rebuilt"):
        assert audited[f"verdict_{view}"].isin(VERDICTS).all()
        assert (audited[[f"reason_{view}", f"reason_{view}_zh"]] != "").all(axis=None)
    if edition.status == "simulated":
        assert check_facts(edition, indices)["holds"].all()
