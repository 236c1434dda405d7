"""What can be typed after `python build.py`, and what comes of typing it wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import build
from layouts.engine.deliver import opening
from layouts.engine.deliver.builder import file_name
from layouts.engine.draw.document import Edition
from layouts.engine.draw.styles import EDITIONS, PAPERS
from layouts.engine.read.library import Library, Root
from layouts.engine.read.names import RESERVED
from tests.deliver.desk import GUIDE, IDS, PROJECT, Desk, append, change, save

POSTER = "parts:\n  - tips:\n      - {lead: Walk, text: Walk a little., short: Walk.}\n"


def names(folder: Path) -> set[str]:
    """The PDFs in a folder, by name."""
    return {path.name for path in folder.glob("*.pdf")}


# ------------------------------------------------------------- pdf
def test_one_pdf(desk: Desk) -> None:
    said = desk("pdf", "beta")
    assert said.code == 0
    assert said.table == ["beta"]
    assert names(desk.out) == {"beta.pdf"}


def test_an_id_given_twice_is_built_once(desk: Desk) -> None:
    assert desk("pdf", "beta", "alpha", "beta").table == ["beta", "alpha"]


def test_every_edition_on_every_paper(desk: Desk) -> None:
    said = desk("pdf", "beta", "--edition", "all", "--paper", "all", "--out", "my folder")
    assert said.code == 0
    assert names(Path("my folder")) == {
        f"beta{edition}{paper}.pdf" for edition in ("", "-large-print", "-ink-saver") for paper in ("", "-a4")
    }
    assert said.table == ["beta"] * 6


def test_a_poster(desk: Desk) -> None:
    change(desk.guide("beta"), "parts:\n", POSTER)
    assert desk("pdf", "beta", "--layout", "poster", "--paper", "tabloid").code == 0
    assert names(desk.out) == {"beta-poster-tabloid.pdf"}


def test_a_poster_of_a_guide_without_tips(desk: Desk) -> None:
    said = desk("pdf", "beta", "--layout", "poster")
    assert said.code == 1
    assert "this guide has no tips, and the poster shows little else" in said.err
    assert not list(desk.out.glob("*.pdf"))


def test_words_may_be_capitalized(desk: Desk) -> None:
    assert desk("pdf", "beta", "--edition", "Ink-Saver", "--paper", "A4", "--layout", "Guide").code == 0
    assert names(desk.out) == {"beta-ink-saver-a4.pdf"}


def test_file_names_differ_also_where_case_is_ignored() -> None:
    editions = [Edition(layout, e, p) for layout in ("guide", "poster") for e in EDITIONS for p in PAPERS]
    made = [file_name(id_, edition, "letter") for id_ in IDS for edition in editions]
    assert len({name.casefold() for name in made}) == len(made)
    assert all(name.isascii() and name == name.lower() for name in made)


def test_no_handout_overwrites_the_pdf_of_another(built: Desk) -> None:
    save(built.guide("beta-large-print"), GUIDE.format(number="S9", id="other"))
    assert built().code == 0
    before = built.pdf("beta-large-print").read_bytes()
    said = built("pdf", "beta", "--edition", "large-print")
    assert said.code == 1
    assert "would have this handout's file name" in said.err
    assert built.pdf("beta-large-print").read_bytes() == before


def test_pdf_opens_what_it_made(desk: Desk) -> None:
    opened: list[Path] = []

    def open_file(path: Path) -> bool:
        opened.append(path)
        return path.stem != "beta"

    desk.monkeypatch.setattr(opening, "open_file", open_file)
    said = desk("pdf", "alpha", "beta", "--open")
    assert opened == [desk.pdf("alpha"), desk.pdf("beta")]
    assert said.code == 0
    assert said.err == f"No program here opened it. Open it yourself: {desk.pdf('beta')}\n"


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("pdf betta", 'there is no handout "betta". Did you mean "beta"?'),
        ("pdf handouts/guides/beta.yaml", 'Did you mean "beta"?'),
        ("pdf Beta", 'Did you mean "beta"?'),
        ("pdf", "Missing argument 'ID...'"),
        ("pdf beta --edition large", 'there is no "large". Did you mean "large-print"?'),
        ("pdf beta --paper a5", 'there is no "a5". Possible here: a3, a4, all, letter, tabloid.'),
        ("pdf beta --layout postr", 'there is no "postr". Did you mean "poster"?'),
        ("pdf beta --paper a3", 'the layout "guide" cannot be printed on a3 paper, only on letter, a4.'),
        ("pdf beta --editon all", "--edition"),
        ("pdf beta --out clinic.txt", "clinic.txt"),
        ("beta", '"beta" is a handout. To make its PDF: python build.py pdf beta'),
        ("lst", 'there is no command "lst". Did you mean "list"?'),
        ("check betta", 'Did you mean "beta"?'),
        ("new", "guide"),
        ("new giude x", 'Did you mean "guide"?'),
        ("new clinic", "Missing argument 'FOLDER'"),
        ("new clinic clinic.txt", "clinic.txt"),
        ("--content nowhere", 'Make one with "python build.py new clinic'),
        ("--content nowhere list", "nowhere"),
        ("list --content nowhere", "Invalid value for --content"),
        ("watch --content nowhere", "nowhere"),
        ("schema --content nowhere", "nowhere"),
        ("--content clinic.txt", "clinic.txt"),
    ],
)
def test_a_wrong_command_line_is_explained(desk: Desk, words: str, answer: str) -> None:
    save(Path("clinic.txt"), "")
    said = desk(*words.split())
    assert said.code == 2
    assert answer in said.err
    assert not desk.out.exists()


def test_an_unknown_handout_among_many_points_to_the_list(desk: Desk) -> None:
    for number in range(12):
        save(desk.guide(f"guide-{number}"), GUIDE.format(number=f"T{number}", id=number))
    assert 'See them all with "python build.py list".' in desk("pdf", "xyz").err


def test_a_handout_whose_file_is_badly_named(desk: Desk) -> None:
    desk.guide("beta").rename(desk.shipped / "guides" / "beta.yml")
    said = desk("pdf", "beta")
    assert said.code == 1
    assert 'Rename it to "beta.yaml".' in said.err


def test_the_command_s_own_help(desk: Desk) -> None:
    for words in (
        [],
        ["pdf"],
        ["list"],
        ["check"],
        ["new"],
        ["new", "guide"],
        ["new", "clinic"],
        ["watch"],
        ["schema"],
        ["figures"],
        ["email"],
    ):
        for option in ("-h", "--help"):
            said = desk(*words, option)
            assert said.code == 0
            assert "..." not in said.out.replace("ID...", "").replace("[ARGS]...", "")  # no sentence is cut short


# ------------------------------------------------------------- list and check
def test_list_shows_every_handout(desk: Desk) -> None:
    said = desk("list")
    assert said.code == 0
    assert said.table == list(IDS)
    assert "The beta handout" in said.out
    assert "reviewed" in said.out


def test_list_shows_the_others_when_one_has_mistakes(desk: Desk) -> None:
    change(desk.guide("beta"), "message:", "mesage:")
    said = desk("list")
    assert said.code == 1
    assert said.table == list(IDS)
    assert 'beta.yaml, line 11: there is no field "mesage"' in said.err


def test_check_is_content_with_good_content(desk: Desk) -> None:
    assert desk("check").out.strip() == "All is well."
    assert not desk.out.exists()


def test_check_names_what_can_be_better(desk: Desk) -> None:
    change(desk.guide("beta"), "reviewed: 2026-01-06\nreviewed_by: Dr. Example\n", "")
    said = desk("check")
    assert said.code == 0
    assert "handouts/guides/beta.yaml: warning: no clinician has reviewed this handout yet" in said.out
    assert desk("check", "gamma").out.strip() == "All is well."


def test_check_says_what_the_table_counts(desk: Desk) -> None:
    paragraph = "      The back is a strong and clever thing, and it likes to move every day.\n" * 40
    append(desk.guide("gamma"), f"stop:\n{''.join(f'  - Stop {i}{chr(10)}' for i in range(6))}")
    change(desk.guide("gamma"), "parts:\n", "parts:\n" + f"  - text: >\n{paragraph}" * 4)
    said = desk()
    told = desk("check").out
    counted = said.out.splitlines()[-1]
    assert "pages on letter paper" in told
    assert f"{told.count(': warning: ')} warning" in counted


def test_check_has_1_for_mistakes(desk: Desk) -> None:
    change(desk.guide("beta"), "message:", "mesage:")
    said = desk("check")
    assert said.code == 1
    assert "mesage" in said.err
    assert desk("check", "gamma").code == 0


# ------------------------------------------------------------- new guide
@pytest.mark.parametrize(
    "id_",
    ["knee-pain", "a", "7", "2026-11-23", "null", "true", "no", "x" * 60, "-".join(["word"] * 12), "number",
     "title-due", "con-guide", "beta-2", "wwwwwwwwww-mmmmmmmmmm"],
)  # fmt: skip
def test_a_new_guide_builds_as_it_stands(desk: Desk, id_: str) -> None:
    said = desk("new", "guide", id_)
    assert said.code == 0
    assert f"python build.py pdf {id_} --open" in said.out
    done = desk("pdf", id_)
    assert (done.code, done.err) == (0, "")
    assert (desk.out / f"{id_}.pdf").is_file()


def test_a_new_guide_s_other_forms_build_too(desk: Desk) -> None:
    desk("new", "guide", "knee-pain")
    assert desk("pdf", "knee-pain", "--edition", "all", "--paper", "all").code == 0
    assert desk("pdf", "knee-pain", "--layout", "poster", "--edition", "all", "--paper", "all").code == 0


def test_a_new_guide_has_a_number_of_its_own(desk: Desk) -> None:
    for id_ in ("one", "two"):
        desk("new", "guide", id_)
    library = Library([Root(desk.shipped, "handouts")])
    guides = [library.sheet(entry) for entry in library.entries().values()]
    assert len({guide.number for guide in guides}) == len(guides)


@pytest.mark.parametrize(
    "id_",
    ["Knee-Pain", "knee pain", "knee_pain", "knie-übung", "膝", "knee-pain.yaml", "../knee", "/tmp/knee", "-knee",
     "knee-", "knee--pain", "", "CON", "con", "nul", "lpt1", "x" * 61, "a\nb"],
)  # fmt: skip
def test_an_id_that_cannot_be_one_is_refused(desk: Desk, id_: str) -> None:
    before = sorted(desk.shipped.rglob("*"))
    said = desk("new", "guide", "--", id_)
    assert said.code == 2
    assert sorted(desk.shipped.rglob("*")) == before
    if "For example" in said.err:
        better = said.err.split('For example "')[1].split('"')[0]
        assert not RESERVED.fullmatch(better)
        assert desk("new", "guide", better).code == 0


def test_a_guide_that_is_there_is_not_overwritten(desk: Desk, tmp_path: Path) -> None:
    before = desk.guide("beta").read_bytes()
    said = desk("new", "guide", "beta")
    assert said.code == 1
    assert "there is a handout with this ID already" in said.err
    assert desk.guide("beta").read_bytes() == before
    (tmp_path / "own").mkdir()
    assert desk("new", "guide", "beta", "--content", "own").code == 1  # it would take the place of ours
    assert not (tmp_path / "own" / "guides").exists()


def test_a_new_guide_beside_one_with_mistakes(desk: Desk) -> None:
    change(desk.guide("beta"), "message:", "mesage:")
    assert desk("new", "guide", "knee-pain").code == 0


def test_a_new_guide_in_a_clinic_s_own_folder(desk: Desk, tmp_path: Path) -> None:
    own = tmp_path / "our own"
    own.mkdir()
    said = desk("new", "guide", "knee-pain", "--content", own)
    assert f'python build.py --content "{own}" pdf knee-pain --open' in said.out
    first = (own / "guides" / "knee-pain.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert (own / "guides" / first.split("$schema=")[1]).is_file()
    assert desk("--content", own, "pdf", "knee-pain").code == 0


# ------------------------------------------------------------- new clinic, --content
def test_a_new_clinic_s_own_folder(desk: Desk, tmp_path: Path) -> None:
    own = tmp_path / "Ärzte & Co"
    said = desk("new", "clinic", own)
    assert said.code == 0
    assert f'--content "{own}"' in said.out
    plain = desk("--content", own, "pdf", "beta", "--out", "plain").code, Path("plain/beta.pdf").read_bytes()
    change(own / "clinic.yaml", "Harbor Back & Motion", "Praxis Ängström")
    named = desk("pdf", "beta", "--content", own, "--out", "named").code, Path("named/beta.pdf").read_bytes()
    change(own / "brand" / "logo.svg", "<svg", "<!-- ours --><svg")
    save(
        own / "brand" / "logo.svg",
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>',
    )
    logo = desk("pdf", "beta", "--content", own, "--out", "logo").code, Path("logo/beta.pdf").read_bytes()
    assert [code for code, _ in (plain, named, logo)] == [0, 0, 0]
    assert len({plain[1], named[1], logo[1]}) == 3


def test_a_clinic_s_folder_is_never_overwritten(desk: Desk, tmp_path: Path) -> None:
    save(tmp_path / "own" / "brand" / "logo.svg", "the clinic put its logo here first")
    assert desk("new", "clinic", "own").code == 0
    assert (tmp_path / "own" / "brand" / "logo.svg").read_text(encoding="utf-8").startswith("the clinic")
    append(tmp_path / "own" / "clinic.yaml", "# edited\n")
    said = desk("new", "clinic", "own")
    assert said.code == 1
    assert "this file is there already" in said.err
    assert (tmp_path / "own" / "clinic.yaml").read_text(encoding="utf-8").endswith("# edited\n")


def test_the_content_folder_before_and_after_the_command_and_by_variable(desk: Desk, tmp_path: Path) -> None:
    for name in ("one", "two"):
        save(tmp_path / name / "guides" / f"of-{name}.yaml", GUIDE.format(number=name, id=name))
    assert "of-one" in desk("--content", "one", "list").table
    assert "of-one" in desk("list", "--content", "one").table
    desk.monkeypatch.setenv("HANDOUTS_CONTENT", "two")
    assert "of-two" in desk("list").table
    assert "of-two" in desk().table
    assert "of-two" in desk().table  # also when nothing changed
    assert "of-one" in desk("--content", "one", "list").table  # what is typed wins
    assert "of-one" in desk("list", "--content", "one").table
    assert "of-one" in desk("--content", "one").table


def test_a_variable_that_names_no_folder(built: Desk) -> None:
    built.monkeypatch.setenv("HANDOUTS_CONTENT", "gone")
    for words in ([], ["list"], ["pdf", "beta"]):
        said = built(*words)
        assert said.code == 2
        assert "HANDOUTS_CONTENT" in said.err
    assert built("new", "clinic", "gone").code == 0  # its own advice can be followed
    assert built().code == 0


def test_the_shipped_folder_as_the_clinic_s_own(desk: Desk) -> None:
    assert desk("--content", desk.shipped).table == list(IDS)


def test_no_handouts_at_all(desk: Desk) -> None:
    shutil.rmtree(desk.shipped / "guides")
    said = desk()
    assert said.code == 0
    assert "no handouts" in said.out
    assert desk("list").code == 0


def test_schema_renews_the_files_for_editors(desk: Desk) -> None:
    shutil.rmtree(desk.shipped / ".schemas")
    assert desk("schema").code == 0
    assert (desk.shipped / ".schemas" / "guide.json").is_file()


@pytest.mark.parametrize(("kind", "layout"), [("programme", "cards-4"), ("pack", None)])
def test_a_new_programme_or_pack_builds_as_it_stands(kind: str, layout: str | None, tmp_path: Path, desk: Desk) -> None:
    """In a folder of its own over the whole shipped content, for it names exercises and handouts of that."""
    desk.monkeypatch.setattr(build, "SHIPPED", PROJECT / "handouts")
    own = tmp_path / "our own"
    assert desk("new", "clinic", own).code == 0
    said = desk("--content", own, "new", kind, "knee-strength")
    assert said.code == 0
    assert "pdf knee-strength --open" in said.out
    more = ["--layout", layout] if layout else []
    said = desk("pdf", "knee-strength", "--content", own, "--out", tmp_path / "made", *more)
    assert said.code == 0, said.err
    assert [path.name for path in (tmp_path / "made").glob("*.pdf")] == [
        f"knee-strength{'-' + layout if layout else ''}.pdf"
    ]


def test_a_layout_of_another_kind_is_a_wrong_command(desk: Desk) -> None:
    said = desk("pdf", "beta", "--layout", "cards")
    assert said.code == 2
    assert '"beta" is a guide, and "cards" is no layout for it. Possible: guide, poster.' in said.err
