"""Reports on real bodies say how a figure is contested; those of simulated figures do not."""

from dataclasses import replace

import pytest

import govtransparency as gt
from govtransparency.report.how_to_contest import how_to_contest
from govtransparency.report.pages.profile_page import write_profile
from govtransparency.report.render.html_report import _contest
from govtransparency.texts.bilingual import Text
from tests.conftest import write_toy

MAKERS = Text(
    "本报告转录或计算有误的，请向本报告的编制者提出。",
    "If this report copies or computes a figure wrongly, write to those who made the report.",
)
SEND = Text(
    "请写明：单位、年度、本报告所载数字及其所在的表或图、正确的数字，以及可公开查阅的来源。",
    (
        "Please give the unit, the year, the figure as printed and the table or figure in which it appears, "
        "the right figure, and a public source for it."
    ),
)


@pytest.fixture
def edition(tmp_path):
    root = write_toy(tmp_path)
    toml = root / "toy" / "2024" / "edition.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace('"simulated"', '"own"'), encoding="utf-8")
    (root / "toy" / "2024" / "sources.csv").write_text(
        "source,title,url,publisher\na,Counts,https://a.org/x,The Office\nb,,,\n", encoding="utf-8"
    )
    return gt.read_edition("toy", 2024, root=root)


def test_it_says_to_whom_and_what(edition):
    assert how_to_contest(edition) == [
        Text("来源所载数字有误的，请向该来源的发布者提出：Counts（The Office，https://a.org/x）；b。",
             (
"If a figure is wrong in its source, write to the publisher of the source: Counts (The Office, "
"https://a.org/x); b."
)),
        MAKERS,
        SEND,
        Text("更正的数字连同日期、更正前后的数字和理由记入corrections.csv，并列于此后的各份报告。",
             "A correction goes into corrections.csv with its date, the figures before and after and the reason, and "
             "is listed in every later report."),
    ]  # fmt: skip


def test_the_contact_of_the_edition_stands_in_place_of_the_makers(edition):
    toml = edition.path / "edition.toml"
    contact = '[contact]\nen = "The Registry, 1 High Street."\nzh = "登记处，高街1号。"\n'
    toml.write_text(toml.read_text(encoding="utf-8") + contact, encoding="utf-8")
    found = gt.read_edition("toy", 2024, root=edition.path.parents[1])
    assert found.contact == {"en": "The Registry, 1 High Street.", "zh": "登记处，高街1号。"}
    assert how_to_contest(found)[1] == Text(
        "本报告转录或计算有误的，请联系：登记处，高街1号。",
        "If this report copies or computes a figure wrongly, write to: The Registry, 1 High Street.",
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ('contact = { en = "X" }', "contact: expected { en = ..., zh = ... }"),
        ('contact = "a@b.org"', "contact: expected { en = ..., zh = ... }"),
        ('contact = { en = "X", zh = " " }', "contact: zh is empty"),
        ('contact = { en = "X", zh = "甲", email = "x" }', "contact: unknown key 'email'"),
    ],
)
def test_a_contact_in_one_language_is_refused(edition, given, said):
    toml = edition.path / "edition.toml"
    toml.write_text(f"{given}\n" + toml.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(gt.InputError, match="contact") as error:
        gt.read_edition("toy", 2024, root=edition.path.parents[1])
    assert len(error.value.texts) == 1, said


def test_many_sources_are_left_to_their_table(edition):
    many = replace(edition, sources=edition.sources.loc[[0] * 5])
    assert how_to_contest(many)[0] == Text(
        "来源所载数字有误的，请向该来源的发布者提出，各来源及其网址见年度报告的“数据来源”表。",
        (
            "If a figure is wrong in its source, write to the publisher of the source; the table 'Sources of the "
            "data' in the report of the year has the address of each."
        ),
    )


def test_without_sources_only_the_makers_are_named(edition):
    assert how_to_contest(replace(edition, sources=edition.sources.iloc[:0]))[0] == MAKERS


def test_simulated_figures_are_nobodys_to_contest(edition, tmp_path):
    simulated = replace(edition, status="simulated")
    assert how_to_contest(simulated) == [] and _contest(simulated) == ""
    assert "contest" not in write_profile(simulated, "u1", tmp_path)[0].read_text(encoding="utf-8")


def test_report_and_profile_have_the_section(edition, tmp_path):
    assert SEND.en in _contest(edition) and "How to contest a figure" in _contest(edition)
    page = write_profile(edition, "u1", tmp_path)[0].read_text(encoding="utf-8")
    assert "如何对数字提出异议" in page and SEND.zh in page
