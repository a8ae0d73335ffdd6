"""Each fault of the catalogue gives its problems, all of them and no other, in both languages, and writes nothing."""

import re
import warnings

import pytest

import govtransparency as gt
from govtransparency.errors import headed
from tests.faults.catalogue import Fault, faults

FAULTS = [(fault, form) for fault in faults() for form in fault.forms]
LEFT = re.compile(r"\{\w+(![rs])?\}")  # a placeholder that nothing filled
QUOTED = re.compile(r"[\u4e00-\u9fff]'\w")  # a text as Python shows it, amid Chinese


def told(folder, files):
    """Return the problems of an edition of these files, places within it; the files are as they were."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            edition = gt.read_edition("toy", 2024, root=folder / "data" / "raw")
            edition.record  # noqa: B018 (read on first use)
    except gt.InputError as error:
        texts = error.texts if error.title == "toy 2024" else headed(error)
    else:
        return []
    there = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert there == files
    for text in texts:
        assert str(text.zh) and re.search("[\u4e00-\u9fff]", text.zh), text
        assert text.zh != text.en and not LEFT.search(text.zh + text.en), text
        assert not QUOTED.search(text.zh), text.zh
    return [re.sub(rf"{re.escape(str(folder))}/(data/(raw|external)/)?(toy/)?(2024/)?", "", text.en) for text in texts]


def test_the_edition_without_a_fault_is_read(tmp_path):
    assert told(tmp_path, Fault("none", []).files("csv")) == []
    assert told(tmp_path / "with its record", Fault("none", [], file="record/claims.csv").files("csv")) == []


@pytest.mark.parametrize(("fault", "form"), FAULTS, ids=[f"{fault.what} ({form})" for fault, form in FAULTS])
def test_a_fault_gives_its_problems_and_no_other(tmp_path, fault, form):
    assert told(tmp_path, fault.files(form)) == fault.expected(form)


def test_the_catalogue_has_at_least_two_hundred_faults():
    names = [fault.what for fault in faults()]
    assert len(names) >= 200
    assert len(set(names)) == len(names)
    assert all(fault.problems for fault in faults())
