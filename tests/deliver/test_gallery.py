"""The drawings for the clinician who approves them: `python build.py figures`."""

from __future__ import annotations

import errno
import io
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from tests.deliver.desk import PROJECT, Desk, change, save
from tests.pages import checkers, tagtree

SHIPPED = PROJECT / "handouts" / "exercises"
FOUR = ("bridge", "foot-roll", "log-roll", "pelvic-tilt")
SAID = "out/figures, each as SVG and PNG"


@pytest.fixture
def drawn(desk: Desk) -> Desk:
    """A desk with four exercises."""
    (desk.shipped / "exercises").mkdir()
    for id_ in FOUR:
        text = (SHIPPED / f"{id_}.yaml").read_text(encoding="utf-8")
        save(desk.shipped / "exercises" / f"{id_}.yaml", text.replace("pose_reviewed: true", "pose_reviewed: false"))
    return desk


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def both(*stems: str) -> set[str]:
    return {f"{stem}.{ending}" for stem in stems for ending in ("svg", "png")}


def test_every_drawing_is_shown(drawn: Desk) -> None:
    said = drawn("figures")
    assert (said.code, said.err) == (0, "")
    assert said.out == f"4 drawings; 4 await review. They are in {SAID}; exercises.pdf shows them all.\n"
    assert names(drawn.out / "figures") == both(*FOUR) | {"exercises.pdf"}
    before = {path: path.read_bytes() for path in (drawn.out / "figures").iterdir()}
    assert drawn("figures") == said
    assert {path: path.read_bytes() for path in (drawn.out / "figures").iterdir()} == before


def test_some_in_an_edition_on_a_paper_in_a_folder(drawn: Desk) -> None:
    said = drawn(
        "figures", "log-roll", "log-roll", "--edition", "ink-saver", "--paper", "a4", "--out", "for the doctor"
    )
    assert said.out == (
        "1 drawing; 1 awaits review. It is in for the doctor, as SVG and PNG; exercises-ink-saver-a4.pdf shows it.\n"
    )
    assert names(Path("for the doctor")) == both("log-roll-ink-saver") | {"exercises-ink-saver-a4.pdf"}
    with pikepdf.open("for the doctor/exercises-ink-saver-a4.pdf") as pdf:
        assert [float(v) for v in pdf.pages[0].MediaBox] == pytest.approx([0, 0, 595.28, 841.89], abs=0.01)


def test_what_is_reviewed_is_not_awaited(drawn: Desk) -> None:
    for id_ in ("bridge", "log-roll"):
        change(drawn.shipped / "exercises" / f"{id_}.yaml", "pose_reviewed: false", "pose_reviewed: true")
    assert drawn("figures").out.startswith("4 drawings; 2 await review. ")
    assert drawn("figures", "bridge", "log-roll").out.startswith("2 drawings, all reviewed. ")
    with pikepdf.open(drawn.out / "figures" / "exercises.pdf") as pdf:
        text = " ".join(tagtree.Tagged(pdf).words())
    assert "Awaiting" not in text
    assert "bridge: lying on your back. Reviewed" in text


def test_a_clinic_s_own_exercise_is_shown(drawn: Desk, tmp_path: Path) -> None:
    save(tmp_path / "own" / "exercises" / "bridge.yaml", (SHIPPED / "bridge.yaml").read_text(encoding="utf-8"))
    change(tmp_path / "own" / "exercises" / "bridge.yaml", "name: Bridge", "name: Our bridge")
    assert drawn("figures", "bridge", "--content", "own").code == 0
    assert '<title id="bridge-title">Our bridge</title>' in read_svg(drawn, "bridge")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("figures brige", 'there is no exercise "brige". Did you mean "bridge"?'),
        ("figures bridge.svg", 'there is no exercise "bridge.svg". Did you mean "bridge"?'),
        ("figures xyzzy", 'there is no exercise "xyzzy". Possible here: bridge, foot-roll, log-roll, pelvic-tilt.'),
        ("figures --edition ink-safer", 'there is no "ink-safer". Did you mean "ink-saver"?'),
        ("figures --paper tabloid", 'there is no "tabloid". Possible here: a4, letter.'),
        ("figures --out clinic.txt", "clinic.txt"),
        ("figures --content nowhere", "nowhere"),
        ("figurs", 'there is no command "figurs". Did you mean "figures"?'),
    ],
)
def test_a_wrong_command_line_is_explained(drawn: Desk, words: str, answer: str) -> None:
    save(Path("clinic.txt"), "")
    said = drawn(*words.split())
    assert said.code == 2
    assert answer in said.err
    assert not drawn.out.exists()


def test_no_exercises(desk: Desk) -> None:
    said = desk("figures")
    assert (said.code, said.out, said.err) == (0, "There are no exercises yet.\n", "")
    assert not desk.out.exists()


def test_a_broken_exercise_does_not_stop_the_others(drawn: Desk) -> None:
    change(drawn.shipped / "exercises" / "log-roll.yaml", "name:", "nam:")
    change(drawn.shipped / "exercises" / "bridge.yaml", "extension: 27", "extension: 170")
    lines = (drawn.shipped / "exercises" / "bridge.yaml").read_text(encoding="utf-8").splitlines()
    said = drawn("figures")
    assert said.code == 1
    assert said.out == f"2 drawings; 2 await review. They are in {SAID}; exercises.pdf shows them all.\n"
    assert 'handouts/exercises/log-roll.yaml, line 3: there is no field "nam" here' in said.err
    line = lines.index("    both: {shoulder_extension: 170}") + 1
    assert f"handouts/exercises/bridge.yaml, line {line}: the left arm goes 170° back; arms go 65° back" in said.err
    assert names(drawn.out / "figures") == both("foot-roll", "pelvic-tilt") | {"exercises.pdf"}
    said = drawn("figures", "log-roll")
    assert (said.code, said.out) == (1, "")


def test_a_badly_named_exercise_is_told_of(drawn: Desk) -> None:
    (drawn.shipped / "exercises" / "bridge.yaml").rename(drawn.shipped / "exercises" / "Bridge.yml")
    said = drawn("figures")
    assert said.code == 1
    assert said.out.startswith("3 drawings; 3 await review.")
    assert "handouts/exercises/Bridge.yml: a file name is lowercase words" in said.err
    assert drawn("figures", "log-roll").code == 0


def test_no_edition_overwrites_the_pictures_of_another_exercise(drawn: Desk) -> None:
    shutil.copyfile(SHIPPED / "squat.yaml", drawn.shipped / "exercises" / "bridge-ink-saver.yaml")
    said = drawn("figures", "bridge", "--edition", "ink-saver")
    assert said.code == 1
    assert '"bridge-ink-saver" would have the file names of "bridge" in this edition' in said.err


def test_a_viewer_that_holds_a_picture_keeps_the_old_one(drawn: Desk) -> None:
    folder = drawn.out / "figures"
    save(folder / "bridge.png", "the old one")
    replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        if Path(target).name == "bridge.png":
            raise PermissionError(errno.EACCES, "The process cannot access the file")
        return replace(self, target)

    with drawn.monkeypatch.context() as patch:
        patch.setattr(Path, "replace", held)
        said = drawn("figures")
    assert said.code == 1
    assert f"{folder / 'bridge.png'}: this file is open or may not be replaced" in said.err
    assert (folder / "bridge.png").read_text(encoding="utf-8") == "the old one"
    assert said.out.startswith("3 drawings")
    assert not [name for name in names(folder) if ".new" in name]


def test_a_folder_in_the_sheet_s_way(drawn: Desk) -> None:
    (drawn.out / "figures" / "exercises.pdf").mkdir(parents=True)
    said = drawn("figures")
    assert said.code == 1
    assert said.out == f"4 drawings; 4 await review. They are in {SAID}.\n"
    assert "a folder with this file's name is in the way" in said.err


# ------------------------------------------------------------- the pictures
def read_svg(drawn: Desk, stem: str) -> str:
    return (drawn.out / "figures" / f"{stem}.svg").read_text(encoding="utf-8")


def test_the_pictures_say_what_they_show_and_are_not_blank(drawn: Desk) -> None:
    drawn("figures")
    for id_ in FOUR:
        root = ElementTree.fromstring(read_svg(drawn, id_))
        space = "{http://www.w3.org/2000/svg}"
        title, description = root.findtext(f"{space}title"), root.findtext(f"{space}desc")
        assert title and description and description.endswith(".")
        _, _, wide, high = map(float, root.attrib["viewBox"].split())
        with Image.open(drawn.out / "figures" / f"{id_}.png") as image:
            assert image.width == 1200
            assert image.height == pytest.approx(1200 * high / wide, abs=2)
            assert image.info["Title"] == title
            assert image.info["Description"] == description
            colours: Any = image.convert("RGB").getcolors(1_000_000)
            white = sum(count for count, colour in colours if colour == (255, 255, 255))
            assert 0.3 < white / (image.width * image.height) < 0.95
            assert image.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


# ------------------------------------------------------------- the sheet
def some_ids() -> list[str]:
    """Every third exercise, the bridge and the close-ups among them."""
    ids = [path.stem for path in sorted(SHIPPED.glob("*.yaml"))]
    return sorted({*ids[::3], "bridge", "chin-tuck", "foot-roll", "log-roll"})


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The contact sheet of shipped exercises in every edition: a third of them, of all positions."""
    from layouts.engine.deliver.gallery import gallery
    from layouts.engine.draw.document import Edition
    from layouts.engine.draw.styles import EDITIONS
    from layouts.engine.read.library import Library, Root

    library = Library([Root(PROJECT / "handouts", "handouts")])
    ids = some_ids()
    made = {}
    for edition in EDITIONS:
        folder = tmp_path_factory.mktemp(edition)
        done = gallery(library, ids, Edition("guide", edition, "letter"), folder, lambda: None)
        assert done.problems == () and done.sheet
        made[edition] = done.sheet.read_bytes()
    return made


@pytest.mark.parametrize("checker", [*checkers.CHECKERS, "ours"])
@pytest.mark.parametrize("edition", ["standard", "large-print", "ink-saver"])
def test_the_sheet_conforms(sheets: dict[str, bytes], edition: str, checker: str, tmp_path: Path) -> None:
    if checker == "ours":
        with pikepdf.open(io.BytesIO(sheets[edition])) as pdf:
            assert tagtree.problems(pdf) == []
    else:
        assert checkers.findings(checker, sheets[edition], tmp_path) == []


@pytest.mark.parametrize("edition", ["standard", "large-print", "ink-saver"])
def test_the_sheet_reads_as_it_is_seen(sheets: dict[str, bytes], edition: str) -> None:
    """Name, drawing, id, position and state of each exercise together, cell by cell, row by row, all once."""
    pdf = pypdfium2.PdfDocument(sheets[edition])
    pages = len(pdf)
    pdf.close()
    with pikepdf.open(io.BytesIO(sheets[edition])) as tagged_pdf:
        tagged = tagtree.Tagged(tagged_pdf)
        words = " ".join(tagged.words())
        numbers = {page.objgen: i for i, page in enumerate(tagged_pdf.pages)}
        corners = [
            (numbers[obj.Pg.objgen], obj.A[0].BBox)
            for obj in walk(tagged_pdf.Root.StructTreeRoot.K)
            if obj.get("/S") == "/Figure"
        ]
        spots = [(page, [float(v) for v in box]) for page, box in corners]
    ids = some_ids()
    assert words.count(" Awaiting review") + words.count(" Reviewed") == len(ids) == len(spots)
    for id_ in ids:
        assert words.count(f" {id_}: ") == 1
    assert "Bridge bridge: lying on your back. Awaiting review" in words
    assert pages > 1
    for (page, one), (other_page, other) in pairwise(spots):
        beside = other[0] >= one[2] and min(one[3], other[3]) > max(one[1], other[1])  # and not on it
        assert other_page > page or beside or other[3] < one[1]  # to the right, or below, or on the next page


def walk(element: Any) -> Any:
    """The structure elements below one, in order."""
    if isinstance(element, pikepdf.Array):
        for kid in element:
            yield from walk(kid)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield element
        yield from walk(element.get("/K", pikepdf.Array([])))
