"""Publishers' files: fetched once, checked by hash, read as they are."""

import contextlib
import functools
import hashlib
import http.server
import shutil
import threading
import time
from functools import partial
from pathlib import Path

import pytest

import govtransparency as gt
from govtransparency import cli
from govtransparency.editions import download, original_file, originals
from govtransparency.files.table_files import read_csv

TEXT = (
    "year,who,theme,policies,site,theme\n2024,u1,open,20,Yes,open\n2023,u1,open,1,No,open\n2024,u2,open,12,Maybe,open\n"
)
SHEET = """
[[sheets]]
original = "answers.csv"
unit = "who"
pillar = "theme"
where = { year = "2024" }
values = { Yes = 1, No = 0, Maybe = 0 }
"""


@pytest.fixture
def served(tmp_path):
    """Serve a folder on this machine; return it and its address."""
    folder = tmp_path / "publisher"
    folder.mkdir()
    (folder / "answers.csv").write_text(TEXT, encoding="utf-8")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    handler.func.log_message = lambda *arguments: None
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def pin(root: Path, base: str, text: str = TEXT, name: str = "answers.csv") -> str:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    (root / "toy" / "originals.toml").write_text(
        f'base = "{base}"\n\n[sha256]\n"{name}" = "{sha256}"\n', encoding="utf-8"
    )
    return sha256


@pytest.fixture
def root(toy_root):
    """Return the toy edition with two of its indicators in a publisher's file."""
    folder = toy_root / "toy" / "2024"
    toml = folder / "edition.toml"
    toml.write_text(toml.read_text("utf-8").replace("\n[scales]", SHEET + "\n[scales]"), "utf-8")
    tree = folder / "framework.csv"
    text = tree.read_text("utf-8").replace("policies,open", "open.policies,open").replace("site,open", "open.site,open")
    tree.write_text(text, "utf-8")
    (folder / "sheet.csv").write_text("unit,days,share\n" + "".join(f"u{i},{i},9{i}\n" for i in range(1, 7)), "utf-8")
    return toy_root


def test_fetched_once_and_read_as_it_is(root, served):
    folder, base = served
    pin(root, base)
    place = root.parent / "external" / "toy" / "answers.csv"
    assert gt.fetch("toy", root=root) == [place]
    (folder / "answers.csv").unlink()
    assert gt.fetch("toy", root=root) == [place]  # nothing is asked for again
    edition = gt.read_edition("toy", 2024, root=root)
    table = edition.tables["city"]
    assert table["open.policies"].dropna().to_dict() == {"u1": 20, "u2": 12}
    assert table["open.site"].dropna().to_dict() == {"u1": 1, "u2": 0}
    assert place in edition.files


def test_without_the_file_the_error_says_how_to_get_it(root):
    sha256 = pin(root, "https://publisher.example/data")
    with pytest.raises(gt.InputError) as caught:
        gt.read_edition("toy", 2024, root=root)
    text, place = str(caught.value), root.parent / "external" / "toy" / "answers.csv"
    assert f"{place} is not there; run 'make fetch INDEX=toy', or download " in text
    assert f"https://publisher.example/data/answers.csv to {place}; its SHA-256 is {sha256}" in text


def test_another_file_in_its_place_is_refused(root):
    pin(root, "https://publisher.example/data")
    place = root.parent / "external" / "toy" / "answers.csv"
    place.parent.mkdir(parents=True)
    place.write_text(TEXT.replace("20", "21"), "utf-8")
    with pytest.raises(gt.InputError, match=r"is another file, with the SHA-256 [0-9a-f]{64}; run 'make fetch"):
        gt.read_edition("toy", 2024, root=root)


def test_what_the_publisher_has_changed_is_refused_and_not_kept(root, served):
    folder, base = served
    pin(root, base)
    (folder / "answers.csv").write_text(TEXT + "2024,u3,open,1,Yes,open\n", "utf-8")
    with pytest.raises(
        gt.InputError, match=r"(?s)fetch toy.*answers.csv: SHA256 hash of downloaded file.*download http"
    ):
        gt.fetch("toy", root=root)
    assert not (root.parent / "external" / "toy" / "answers.csv").exists()


@pytest.mark.parametrize("gone", ["file", "server"])
def test_offline_every_file_is_listed(root, served, gone):
    _, base = served
    sha256 = pin(root, base if gone == "file" else "http://127.0.0.1:9", name="gone.csv")
    with pytest.raises(gt.InputError) as caught:
        gt.fetch("toy", root=root)
    assert (
        "gone.csv: its address answers with the error 404; download http"
        if gone == "file"
        else "gone.csv: no connection to its address; download http"
    ) in str(caught.value)
    assert str(root.parent / "external" / "toy" / "gone.csv") in str(caught.value) and sha256 in str(caught.value)
    chinese = caught.value.in_language("zh")
    assert (
        chinese.startswith("fetch toy：发现1个问题") and "；请将 http" in chinese and f"SHA-256为 {sha256}" in chinese
    )


class Hindered(http.server.SimpleHTTPRequestHandler):
    """A server with the faults that networks have, each at an address of its own."""

    def do_GET(self):
        whole = TEXT.encode()
        fault = self.path.split("/")[1]
        if fault == "busy":
            self.send_error(503)
            return
        if fault == "slow":
            time.sleep(1)
        with contextlib.suppress(ConnectionError):  # who asked has gone
            self.send_response(200)
            self.send_header("Content-Length", str(len(whole)))
            self.end_headers()
            if fault == "stalled":
                self.wfile.write(whole[:40])
                self.wfile.flush()
                time.sleep(1)
                whole = whole[40:]
            self.wfile.write(whole[:40] if fault == "cut" else whole[::-1] if fault == "wrong" else whole)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def hindered():
    """Serve with faults; return the address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hindered) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("cut", "the connection broke off before the file was whole"),
        ("wrong", "SHA256 hash of downloaded file"),
        ("busy", "its address answers with the error 503"),
        ("slow", "no answer within 0.5 s"),
        ("stalled", "no answer within 0.5 s"),
    ],
)
def test_a_fault_on_the_way_keeps_what_is_there_and_leaves_nothing_half(root, hindered, fault, said, monkeypatch):
    monkeypatch.setattr(download, "WAIT", 0.5)
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    pins = root / "toy" / "originals.toml"
    entry = '[files."{name}"]\nbase = "{base}/{fault}"\nsha256 = "{sha256}"\nname = "answers of all.csv"\n'
    entry = partial(entry.format, base=hindered, sha256=sha256)
    pins.write_text(entry(name="a.csv", fault="sound") + entry(name="b.csv", fault=fault))
    with pytest.raises(gt.InputError) as caught:
        gt.fetch("toy", root=root)
    (problem,) = caught.value.texts
    assert (
        problem.en.startswith(f"b.csv: {said}")
        and f"download {hindered}/{fault}/answers%20of%20all.csv to" in problem.en
    )
    place = root.parent / "external" / "toy"
    assert [path.name for path in place.iterdir()] == ["a.csv"]
    pins.write_text(entry(name="a.csv", fault="busy") + entry(name="b.csv", fault="sound"))
    assert [path.name for path in gt.fetch("toy", root=root)] == ["a.csv", "b.csv"]  # a.csv is not asked for again


def test_a_folder_of_originals_needs_no_network(root, tmp_path):
    pin(root, "https://publisher.example/data")
    shelf = tmp_path / "shelf" / "of" / "2024"
    shelf.mkdir(parents=True)
    (shelf / "renamed.txt").write_text(TEXT, "utf-8")
    place = root.parent / "external" / "toy" / "answers.csv"
    assert gt.fetch("toy", root=root, folder=tmp_path / "shelf") == [place]
    assert place.read_text("utf-8") == TEXT
    place.unlink()
    (shelf / "renamed.txt").write_text(TEXT + "\n", "utf-8")
    with pytest.raises(gt.InputError) as caught:
        gt.fetch("toy", root=root, folder=tmp_path / "shelf")
    assert f"answers.csv: {tmp_path / 'shelf'} holds no file with the SHA-256 " in str(caught.value)
    assert not place.exists()


def test_a_folder_must_be_there_and_is_no_second_way(root, tmp_path):
    pin(root, "https://publisher.example/data")
    with pytest.raises(gt.InputError) as caught:
        gt.fetch("toy", root=root, folder=tmp_path / "none", download=print)
    assert str(caught.value) == (
        "fetch: 2 problems\n  - give either folder or download\n"
        f"  - folder = '{tmp_path / 'none'}': expected a folder that holds the original files"
    )


def test_an_own_downloader_may_fetch(root):
    pin(root, "https://publisher.example/data")

    def copy(original):
        original.path.parent.mkdir(parents=True)
        original.path.write_text(TEXT, "utf-8")

    assert gt.fetch("toy", root=root, download=copy) == [original_file("toy", "answers.csv", root=root)]


def test_nothing_is_fetched_for_arguments_of_another_kind(root):
    pin(root, "https://publisher.example/data")
    asked = []
    with pytest.raises(gt.InputError) as caught:
        gt.fetch(Path("toy"), root=root, download=asked.append)
    assert str(caught.value) == f"fetch: 1 problem\n  - index = {Path('toy')!r}: expected a text"
    assert asked == []


def test_unknown_names(root):
    pin(root, "https://publisher.example/data")
    with pytest.raises(gt.InputError, match="index 'toi' takes no file from elsewhere; did you mean 'toy'"):
        gt.fetch("toi", root=root)
    with pytest.raises(gt.InputError, match=r"'answer.csv' is not in originals.toml of toy; did you mean"):
        original_file("toy", "answer.csv", root=root)
    (root / "toy" / "originals.toml").write_text('[files."a"]\nbase = "b"\nsha256 = "c"\nnames = 1\nname = 2', "utf-8")
    with pytest.raises(gt.InputError) as caught:
        originals("toy", root=root)
    assert [text.en for text in caught.value.texts] == [
        "'a': 'names' is unknown; did you mean 'name'? valid: base, sha256, name, by_hand",
        "'a': name = 2; expected the name that the publisher gives the file",
    ]
    (root / "toy" / "originals.toml").write_text("base = 3", "utf-8")
    with pytest.raises(gt.InputError, match=r"originals.toml.*\n.*expected base = ... and a table \[sha256\]"):
        originals("toy", root=root)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('unit = "who"', 'units = "who"', "sheet 'answers.csv': 'units' is unknown; did you mean 'unit'"),
        ('unit = "who"', "unit = 1", "sheet 'answers.csv': unit = 1; expected the name of a column"),
        ('where = { year = "2024" }', 'where = "2024"', "where = '2024'; expected a table"),
        ('unit = "who"', 'unit = "whom"', "unit: the file has no column 'whom'; did you mean 'who'"),
        ('year = "2024"', 'year = "1999"', "where: the column 'year' has no '1999'; it has '2024', '2023'"),
        (", Maybe = 0", "", "line 4, unit 'u2', column 'open.site': 'Maybe' is not a number"),
        ('"2024" }', '"2023" }', "off its scale"),
    ],
)
def test_what_is_wrong_with_a_sheet_is_said(root, old, new, said):
    text = TEXT.replace("2023,u1,open,1,No", "2023,u1,open,-1,No")
    pin(root, "https://publisher.example/data", text)
    place = root.parent / "external" / "toy" / "answers.csv"
    place.parent.mkdir(parents=True)
    place.write_text(text, "utf-8")
    toml = root / "toy" / "2024" / "edition.toml"
    assert old in toml.read_text("utf-8")
    toml.write_text(toml.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(gt.InputError) as caught:
        gt.read_edition("toy", 2024, root=root)
    assert said in str(caught.value)


def test_columns_of_one_name_are_kept_once_only_if_they_hold_the_same(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b,a\n1,2,1\n", "utf-8")
    assert list(read_csv(path, repeated=True)) == ["a", "b"]
    with pytest.raises(gt.InputError, match="duplicate column 'a'"):
        read_csv(path)
    path.write_text("a,b,a\n1,2,3\n", "utf-8")
    with pytest.raises(gt.InputError, match="duplicate column 'a'"):
        read_csv(path, repeated=True)


def test_the_command(root, served, monkeypatch, capsys):
    _, base = served
    pin(root, base)
    monkeypatch.chdir(root.parent.parent)
    assert cli.main(["fetch", "--index", "toy"]) == 0
    assert "ready, with the expected hash: data/external/toy/answers.csv" in capsys.readouterr().out
    (root / "other").mkdir()
    (root / "other" / "originals.toml").write_text(f'base = "{base}"\n[sha256]\n"none.csv" = "0"\n', "utf-8")
    (root.parent / "external" / "toy" / "answers.csv").unlink()
    assert cli.main(["fetch", "--index", "all"]) == 2
    assert (root.parent / "external" / "toy" / "answers.csv").exists()  # the others are fetched nevertheless
    assert "fetch all: 1 problem\n  - fetch other: none.csv: " in capsys.readouterr().err
    shelf = root.parent / "external" / "toy"
    shutil.move(shelf, root.parent / "shelf")
    assert cli.main(["fetch", "--index", "toy", "--from", str(root.parent / "shelf")]) == 0
    assert (shelf / "answers.csv").exists()
    assert cli.main(["fetch", "--index", "nothing"]) == 2
    assert "takes no file from elsewhere" in capsys.readouterr().err


BY_HAND = '[files."made.csv"]\nsha256 = "{sha256}"\nby_hand = {{ en = "ask the library", zh = "向图书馆索取" }}\n'


def test_a_file_that_no_address_serves_comes_from_a_folder_or_is_explained(root, served, tmp_path, capsys, monkeypatch):
    publisher, address = served
    pin(root, address)
    (root / "other").mkdir()
    sha256 = hashlib.sha256(b"made").hexdigest()
    (root / "other" / "originals.toml").write_text(BY_HAND.format(sha256=sha256), encoding="utf-8")
    place = root.parent / "external" / "other" / "made.csv"
    said = f"ask the library; it belongs at {place}, and its SHA-256 is {sha256}"
    with pytest.raises(gt.InputError) as caught:
        gt.fetch("other", root=root)
    assert [text.en for text in caught.value.texts] == [f"no address serves 'made.csv'; {said}"]
    assert caught.value.texts[0].zh.startswith("“made.csv”没有可供下载的地址；请向图书馆索取；此文件应在")
    assert [path.name for path in gt.fetch("all", root=root)] == ["answers.csv"]
    monkeypatch.chdir(root.parent.parent)
    assert cli.main(["fetch", "--index", "all"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [f"not fetched: no address serves made.csv; {said}"]
    with pytest.raises(gt.InputError, match="is not there; run 'make fetch INDEX=other', or ask the library"):
        original_file("other", "made.csv", root=root)
    (publisher / "renamed.csv").write_bytes(b"made")
    assert gt.fetch("other", root=root, folder=publisher) == [place]
    assert [path.name for path in gt.fetch("all", root=root)] == ["made.csv", "answers.csv"]


@pytest.mark.parametrize(
    "pin",
    [
        'sha256 = "0"\nby_hand = "ask"',
        'by_hand = { en = "ask", zh = "问" }',
        'base = "b"\nsha256 = "0"\nby_hand = { en = "a", zh = "b" }',
    ],
)
def test_what_is_got_by_hand_has_a_hash_both_languages_and_no_address(root, pin):
    (root / "toy" / "originals.toml").write_text(f'[files."a"]\n{pin}\n', encoding="utf-8")
    with pytest.raises(gt.InputError, match=r"'a': expected sha256, a text, and by_hand = \{ zh = ..., en = ... \}"):
        originals("toy", root=root)


def test_a_name_that_is_no_text_asks_for_no_file(root):
    folder = root / "toy" / "2030"
    folder.mkdir()
    (folder / "edition.toml").write_text('[[sheets]]\noriginal = ["a.csv"]\n', encoding="utf-8")
    assert download.is_fetched(folder, root=root)  # what is wrong with it is told by who reads it
