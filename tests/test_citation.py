"""What `cite` says is what CITATION.cff and the README say."""

import re
from pathlib import Path

import pytest
import yaml

import govtransparency as gt

ROOT = Path(__file__).resolve().parent.parent


def test_the_citation_is_that_of_the_file_and_of_the_readme():
    file = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    (author,) = file["authors"]
    year = re.search(r"Copyright \(c\) (\d{4}) ", (ROOT / "LICENSE").read_text(encoding="utf-8"))[1]
    assert gt.cite() == f"{author['name']} ({year}). {file['title']}. Version {file['version']}."
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert gt.cite() in readme.replace("\n", " ")
    assert gt.cite("bibtex") in readme
    assert gt.cite("bibtex").startswith("@misc{")  # which BibTeX knows as well as biblatex


def test_another_form_is_refused():
    with pytest.raises(gt.InputError, match="did you mean 'bibtex'"):
        gt.cite("bibtx")
