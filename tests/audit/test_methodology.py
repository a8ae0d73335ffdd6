"""The methodology review: its ten steps, its verdicts, and its words in both languages."""

import pytest

import govtransparency as gt
from govtransparency import InputError
from govtransparency.audit import claims, relations
from govtransparency.audit.methodology_checks import Case, _evidence, _weights
from govtransparency.texts.audit_words import CLAIM_VERDICTS, CONTRADICTIONS
from govtransparency.texts.bilingual import Text
from govtransparency.texts.methodology_words import REVIEW_QUESTIONS, REVIEW_VERDICTS, STEPS


def test_review_goes_through_the_ten_steps_in_both_languages(toy_root):
    edition = gt.read_edition("toy", 2024, root=toy_root)
    table = gt.review(edition)
    assert sorted(set(table["step"])) == list(range(1, 11))
    assert set(table["verdict"]) <= {"yes", "partly", "no", "not checkable"}
    assert (table[[name for name in table if name.endswith(("_zh", "_en"))]] != "").all(axis=None)
    assert table["question_zh"].is_unique
    with pytest.raises(InputError, match="group = 'citty' is unknown; did you mean 'city'"):
        gt.review(edition, group="citty")


def test_the_review_words_every_question_and_verdict_from_the_texts(toy_root):
    table = gt.review(gt.read_edition("toy", 2024, root=toy_root))
    assert set(table["question_zh"]) <= {text.zh for text in REVIEW_QUESTIONS.values()}
    assert table["verdict_zh"].tolist() == [REVIEW_VERDICTS[verdict].zh for verdict in table["verdict"]]
    steps = table.drop_duplicates("step").set_index("step")[["step_zh", "step_en"]]
    assert [tuple(row) for row in steps.to_numpy()] == [tuple(STEPS[step]) for step in steps.index]
    assert set(CLAIM_VERDICTS) == set(claims.VERDICTS)
    assert set(CONTRADICTIONS) == set(relations.KINDS)


def test_evidence_names_five_codes_and_says_that_there_are_more():
    few = _evidence("outliers", count=2, named=["a", "b"])
    assert few.en.endswith("after treatment: a, b.")
    assert few.zh.endswith("峰度超过 3.5：a、b。")
    many = _evidence("outliers", count=6, named=list("abcdef"))
    assert many.en.endswith(": a, b, c, d, e, ....")
    assert many.zh.endswith("：a、b、c、d、e等。")
    assert _evidence("outliers", count=0).en.endswith("after treatment.")


def test_a_review_of_scores_that_do_not_vary_says_so_in_both_languages(toy_root):
    edition = gt.read_edition("toy", 2024, root=toy_root)
    index = gt.build_index(edition.tables["city"].iloc[:3], edition.recipe)
    finding = next(_weights(Case(edition, "city", index)))
    assert finding.verdict == "not checkable"
    assert finding.evidence == Text(
        "“index”的得分全部相同，或有得分的被评单位不足4个；至少需要4个，且得分不能全部相同",
        "the score of 'index' is constant, or fewer than 4 units have one; expected at least 4 units with different "
        "scores",
    )


def test_review_verdicts_follow_the_figures(shared):
    del shared  # the Handbook's case study is an edition of the project; the fixture says where its data came from
    found = gt.review(gt.read_edition("tai", 2001)).set_index(["step", "question_en"])
    structure = found.loc[(4, "Are indicators more correlated within pillars than across?")]
    assert structure["verdict"] == "no"
    assert structure["evidence_en"].startswith("Mean Spearman correlation 0.12 within and 0.30 across")
    assert found.loc[(2, "Do the figures come from sources that can be checked?"), "verdict"] == "yes"
    outliers = found.loc[(5, "Are outliers treated?")]
    assert outliers["verdict"] == "no"
    assert "patents" in outliers["evidence_en"]
