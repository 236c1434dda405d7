"""guides/ID.yaml: an information handout and its parts."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Problem
from .fields import FileName, Id, Line, Model, model, spec
from .inline import Text
from .models import Advice


@model
class Photo(Model):
    """A photograph."""

    file: FileName = spec("A JPEG or PNG file, by its path from the content folder.")
    alt: Line = spec("What it shows, for people who cannot see it.", least=3, most=250)
    caption: Line | None = spec("Words under the picture.", default=None, most=80)


@model
class Figure(Model):
    """A drawing made from an exercise's pose."""

    exercise: Id = spec("The exercise's id. One that is not drawn yet leaves no hole.")
    caption: Line | None = spec("Words under the drawing.", default=None, most=80)


@model
class Tip(Model):
    """One numbered tip."""

    lead: Line = spec('A heading that says something, such as "Land softly".', most=60)
    text: tuple[Text, ...] = spec("One to four sentences.")
    short: Line | None = spec("The tip in a few words, for the poster.", default=None, most=90)
    figure: Figure | None = spec("A drawing beside the tip.", default=None)
    photo: Photo | None = spec("A photograph beside the tip.", default=None)
    ask: Text | None = spec('A sentence for an "Ask us" bubble beside the tip.', default=None)


@model
class Table(Model):
    """A small table; the first column heads its row."""

    columns: tuple[Line, ...] = spec("Short headings.", least=2, most=5)
    rows: tuple[tuple[Text, ...], ...] = spec("Each row a list with as many items as there are columns.")

    def check(self) -> Iterator[Problem]:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                place = row[0].place if row else self.place
                yield Problem(
                    place,
                    f"row {number} has {len(row)} item{'s' * (len(row) != 1)};"
                    f" the table has {len(self.columns)} columns",
                )


@model
class Part(Model):
    """A stretch of a guide."""

    heading: Line | None = spec("A heading that says something.", default=None, most=80)
    text: tuple[Text, ...] = spec("Paragraphs, parted by a blank line.", default=())
    tips: tuple[Tip, ...] = spec("Numbered tips.", default=())
    list: tuple[Text, ...] = spec("Bullets.", default=())
    steps: tuple[Text, ...] = spec("Numbered steps.", default=())
    table: Table | None = spec("A small table.", default=None)
    photo: Photo | None = spec("A photograph.", default=None)
    figure: Figure | None = spec("A drawing.", default=None)

    def check(self) -> Iterator[Problem]:
        if not any((self.text, self.tips, self.list, self.steps, self.table, self.photo, self.figure)):
            yield Problem(
                self.place, "this part has nothing under its heading", "Give it text, tips, list, steps or table."
            )


@model
class Poster(Model):
    """What the waiting-room poster says instead of the guide's title and message."""

    title: Line = spec("A headline, one or two short sentences.", most=50)
    intro: Text = spec("One sentence.")


@model
class Guide(Advice):
    """guides/ID.yaml: an information handout."""

    who: Text = spec("Whom it is for, in one or two sentences.")
    message: Text = spec("The one thing to remember; the panel on page 1.", most=140)
    today: tuple[Text, ...] = spec("One to three short things to do today.", most=3)
    parts: tuple[Part, ...] = spec("The guide's body.")
    poster: Poster | None = spec("Words for the poster.", default=None)

    def check(self) -> Iterator[Problem]:
        yield from super().check()
        for part in self.parts:
            for group in (part.list, part.steps):
                if len(group) > 7 and not part.tips:
                    yield Problem(
                        group[7].place,
                        f"a list of {len(group)} items",
                        "After 7 items start a new part with a heading.",
                    )

    @property
    def tips(self) -> tuple[Tip, ...]:
        """All numbered tips, in order."""
        return tuple(tip for part in self.parts for tip in part.tips)
