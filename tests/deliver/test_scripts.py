"""Patients whose names are not in Latin letters, from the command line to the page; with the extra and without."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from layouts.engine.draw import missing, scripts
from tests.deliver.desk import change, save
from tests.deliver.ward import Ward, cache_folder, everything_below, traces, words
from tests.pages import checkers, layout, tagtree
from tests.pages.paint import read_pages

NAMES = ("山田 太郎", "عمر", "דניאל", "क्षेत्र गुप्ता", "สมชาย น้ำใจ", "김민수")
NOTE = "Bonjour. 毎日三十分ほど歩いてください。痛みが強いときは、すぐに休んでください。नमस्ते! Call عمر حسن, 12 o’clock."
LEFTWARD = "خذ قسطا من الراحة لمدة 5 دقائق بين التمارين. إذا شعرت بالألم فتوقف واتصل بنا على الرقم 206-555-0142 الآن."
EXTRA = '.venv/bin/python -m pip install -q -e ".[scripts]"'


@pytest.fixture(params=["uharfbuzz", "bidi", "noto_cjk_sans_jp_regular"])
def without(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A computer on which a package of the extra is not installed."""
    monkeypatch.setitem(sys.modules, request.param, None)
    scripts.installed.cache_clear()
    yield request.param
    scripts.installed.cache_clear()


def people(*rows: str) -> Path:
    save(Path("people.csv"), "\n".join(["name,programme,note", *rows]) + "\n")
    return Path("people.csv")


def sound(pdf: Path, folder: Path) -> list[str]:
    """What checkers say of a PDF, and what is wrong with its page."""
    with pikepdf.open(pdf) as opened:
        found = [*tagtree.problems(opened), *layout.problems(opened)]
    return found + [said for name in checkers.CHECKERS for said in checkers.findings(name, pdf.read_bytes(), folder)]


def test_a_sheet_for_each(ward: Ward, tmp_path: Path) -> None:
    said = ward("merge", people(*(f"{name},alpha," for name in NAMES)))
    assert said.code == 0, said.err
    for name, pdf in zip(NAMES, sorted(ward.folder.glob("*.pdf")), strict=True):
        assert f"For: {name} " in words(pdf)
        assert sound(pdf, tmp_path) == []
        assert traces(name, tmp_path / "patients", cache_folder()) == []


@pytest.mark.parametrize("handout", ["both", "strong"])
@pytest.mark.parametrize("edition", ["standard", "large-print", "ink-saver"])
def test_everything_that_is_said_of_a_patient(ward: Ward, handout: str, edition: str, tmp_path: Path) -> None:
    _, pdf = ward.sheet(
        handout, "--name", "山田 太郎", "--clinician", "د. سارة", "--note", NOTE, "--next-visit", "月曜日 3 pm",
        "--date", "2026-11-23", "--edition", edition,
    )  # fmt: skip
    with pikepdf.open(pdf) as opened:
        said = " ".join(tagtree.Tagged(opened).words())
    assert "For: 山田 太郎 By: د. سارة · November 23, 2026 Next visit: 月曜日 3 pm Document" in said
    assert f"For you: {NOTE}" in said
    assert sound(pdf, tmp_path) == []


def test_a_note_that_is_read_leftward_is_a_paragraph_of_its_own(ward: Ward, tmp_path: Path) -> None:
    _, pdf = ward.sheet("strong", "--name", "عمر", "--note", LEFTWARD)
    with pikepdf.open(pdf) as opened:
        tagged = tagtree.Tagged(opened)
        assert LEFTWARD in [" ".join(tagged.text_of(node).split()) for node in tagged.root.walk() if node.role == "P"]
    assert "206-555-0142" in words(pdf)
    assert sound(pdf, tmp_path) == []


def test_a_clinic_may_have_such_a_name(ward: Ward, tmp_path: Path) -> None:
    change(ward.file("clinic.yaml"), "Harbor Back & Motion", "港整骨院 عيادة الميناء")
    _, pdf = ward.sheet("alpha", "--name", "Anna")
    with pikepdf.open(pdf) as opened:
        foot = next(one for one in read_pages(opened)[0].paints if "Pier Street" in one.text)
    assert foot.text.startswith(", 18 Pier Street, Seattle")  # the number of the house stays before the street
    assert sound(pdf, tmp_path) == []


def test_one_print_job(ward: Ward, tmp_path: Path) -> None:
    assert ward("merge", people(*(f"{name},alpha," for name in NAMES)), "--join").code == 0
    (pdf,) = ward.folder.glob("*.pdf")
    assert all(f"For: {name} " in words(pdf) for name in NAMES)
    # PAG-001 takes a line that each of the six sheets has at the same place for a footer
    assert [found for found in sound(pdf, tmp_path) if "PAG-001" not in found] == []


def test_nothing_is_kept_that_could_tell_who_came(ward: Ward) -> None:
    ward.sheet("alpha", "--name", "山田 太郎")
    before = dict(everything_below(cache_folder()))
    ward.sheet("alpha", "--name", "김민수")
    assert dict(everything_below(cache_folder())) == before


def test_the_same_words_give_the_same_bytes(ward: Ward) -> None:
    _, first = ward.sheet("alpha", "--name", "山田 عمر", "--note", NOTE)
    again = ("--file", first.with_suffix(".plan.yaml"), "--name", "山田 عمر", "--note", NOTE)
    kept = first.read_bytes()
    first.unlink()
    _, second = ward.sheet(*again)
    assert second.read_bytes() == kept


# ------------------------------------------------------------- without it
def test_without_the_extra_it_is_named(ward: Ward, without: str) -> None:
    said = ward("personal", "alpha", "--name", "山田 太郎")
    assert said.code == 2, without
    assert (
        "--name: Chinese, Japanese or Korean letters need typefaces that are not installed\n"
        f"    Type this once, in the folder of this program:  {EXTRA}\n"
    ) in said.err
    assert not ward.folder.exists()


def test_without_it_a_table_says_where(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uharfbuzz", None)
    scripts.installed.cache_clear()
    try:
        said = ward("merge", people("Łukasz,alpha,", "عمر,alpha,नमस्ते 😀"), "--dry-run")
    finally:
        scripts.installed.cache_clear()
    assert said.code == 1
    assert "people.csv, row 3, name: Arabic letters need typefaces that are not installed" in said.err
    assert "people.csv, row 3, note: Devanagari letters need typefaces that are not installed" in said.err
    assert 'people.csv, row 3, note: no font has the character "😀"' in said.err
    assert "row 2" not in said.err


def test_without_it_latin_names_print_as_ever(ward: Ward, without: str) -> None:
    said = ward("personal", "alpha", "--name", "Łukasz O’Brien Nguyễn")
    assert said.code == 0, (said.err, without)


def test_on_windows_the_command_is_that_of_windows() -> None:
    assert missing.how_to_install(windows=True).endswith(r'.venv\Scripts\python -m pip install -q -e ".[scripts]"')
    assert missing.how_to_install(windows=False).endswith(EXTRA)
