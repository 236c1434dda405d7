"""Doses in words, in English and Spanish: the same doses, and every one of them a sentence that somebody would say."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from layouts.engine.merge.dose import phrase, sentence
from layouts.engine.read.convert import read_model
from layouts.engine.read.dose import Distance, Dose, Load, Tempo
from layouts.engine.read.fields import Line
from layouts.engine.read.models import Wording
from layouts.engine.read.source import read_file, read_text
from layouts.engine.read.words import DoseWords

WORDING = Path(__file__).parents[2] / "handouts" / "wording"
LANGUAGES = ("en", "es")


@cache
def words(language: str) -> DoseWords:
    """The shipped words of a language."""
    return read_model(read_file(WORDING / f"{language}.yaml", f"{language}.yaml"), Wording).dose


def dose(text: str) -> Dose:
    """A dose as somebody writes it."""
    return read_model(read_text(f"{{{text}}}", "dose.yaml"), Dose)


ROWS = (
    # how often
    ("repetitions: 1", "Once.", "Una vez."),
    ("repetitions: 2", "Twice.", "Dos veces."),
    ("repetitions: 3", "3 times.", "3 veces."),
    ("repetitions: 10", "10 times.", "10 veces."),
    ("sets: 1, repetitions: 10", "10 times.", "10 veces."),
    ("sets: 2, repetitions: 10", "2 sets of 10.", "2 series de 10."),
    ("sets: 3, repetitions: 2", "3 sets of 2.", "3 series de 2."),
    ("sets: 3, repetitions: 1", "3 times.", "3 veces."),
    ("sets: 1, repetitions: 1", "Once.", "Una vez."),
    ("sets: 2, repetitions: 1", "Twice.", "Dos veces."),
    ("sets: 1", "1 set.", "1 serie."),
    ("sets: 3", "3 sets.", "3 series."),
    # sides
    ("repetitions: 10, side: each", "10 times on each side.", "10 veces de cada lado."),
    ("repetitions: 10, side: left", "10 times on the left side.", "10 veces del lado izquierdo."),
    ("repetitions: 1, side: right", "Once on the right side.", "Una vez del lado derecho."),
    ("repetitions: 1, side: each", "Once on each side.", "Una vez de cada lado."),
    ("repetitions: 20, side: alternate", "20 times, changing sides each time.",
     "20 veces, cambiando de lado cada vez."),
    ("repetitions: 10, side: both", "10 times.", "10 veces."),
    ("sets: 2, repetitions: 8, side: each", "2 sets of 8 on each side.", "2 series de 8 de cada lado."),
    ("sets: 2, repetitions: 8, side: alternate", "2 sets of 8, changing sides each time.",
     "2 series de 8, cambiando de lado cada vez."),
    ("side: each", "On each side.", "De cada lado."),
    ("side: alternate", "Changing sides each time.", "Cambiando de lado cada vez."),
    ("side: both", "", ""),
    # how long
    ("seconds: 30", "30 seconds.", "30 segundos."),
    ("seconds: 1", "1 second.", "1 segundo."),
    ("seconds: 60", "1 minute.", "1 minuto."),
    ("seconds: 90", "90 seconds.", "90 segundos."),
    ("minutes: 1", "1 minute.", "1 minuto."),
    ("minutes: 5", "5 minutes.", "5 minutos."),
    ("minutes: 2, seconds: 30", "2 minutes and 30 seconds.", "2 minutos y 30 segundos."),
    ("minutes: 2, seconds: 1", "2 minutes and 1 second.", "2 minutos y 1 segundo."),
    ("sets: 3, seconds: 30", "3 sets of 30 seconds.", "3 series de 30 segundos."),
    ("sets: 3, minutes: 1", "3 sets of 1 minute.", "3 series de 1 minuto."),
    ("sets: 1, seconds: 30, side: each", "30 seconds on each side.", "30 segundos de cada lado."),
    # how far
    ("distance: 400 m", "400 m.", "400 m."),
    ("distance: 1 mile", "1 mile.", "1 milla."),
    ("distance: 0.5 miles", "0.5 miles.", "0.5 millas."),
    ("distance: 2 km", "2 km.", "2 km."),
    ("distance: 50 ft", "50 feet.", "50 pies."),
    ("distance: 1 step", "1 step.", "1 paso."),
    ("distance: 30 steps", "30 steps.", "30 pasos."),
    ("sets: 3, distance: 400 m", "3 times 400 m.", "3 veces 400 m."),
    ("sets: 2, distance: 30 steps, side: each", "Twice 30 steps on each side.", "Dos veces 30 pasos de cada lado."),
    # holding and resting
    ("repetitions: 10, hold_seconds: 5", "10 times. Hold 5 seconds.", "10 veces. Mantenga la posición 5 segundos."),
    ("repetitions: 10, hold_seconds: 1", "10 times. Hold 1 second.", "10 veces. Mantenga la posición 1 segundo."),
    ("repetitions: 3, hold_seconds: 60", "3 times. Hold 1 minute.", "3 veces. Mantenga la posición 1 minuto."),
    ("hold_seconds: 30", "Once. Hold 30 seconds.", "Una vez. Mantenga la posición 30 segundos."),
    ("sets: 3, hold_seconds: 30", "3 times. Hold 30 seconds.", "3 veces. Mantenga la posición 30 segundos."),
    ("repetitions: 10, hold_seconds: 0", "10 times.", "10 veces."),
    ("sets: 2, repetitions: 10, rest_seconds: 60", "2 sets of 10. Rest 1 minute between sets.",
     "2 series de 10. Descanse 1 minuto entre series."),
    ("sets: 2, repetitions: 10, rest_seconds: 45", "2 sets of 10. Rest 45 seconds between sets.",
     "2 series de 10. Descanse 45 segundos entre series."),
    ("sets: 2, repetitions: 10, rest_seconds: 0", "2 sets of 10.", "2 series de 10."),
    ("repetitions: 5, rest_seconds: 30", "5 times. Rest 30 seconds in between.",
     "5 veces. Descanse 30 segundos entre una vez y otra."),
    ("sets: 3, distance: 400 m, rest_seconds: 90", "3 times 400 m. Rest 90 seconds in between.",
     "3 veces 400 m. Descanse 90 segundos entre una vez y otra."),
    ("minutes: 5, rest_seconds: 60", "5 minutes.", "5 minutos."),
    # tempo and load
    ("repetitions: 8, tempo: 3-1-2", "8 times. Take 3 seconds down, pause 1 second, take 2 seconds up.",
     "8 veces. Baje en 3 segundos, haga una pausa de 1 segundo y suba en 2 segundos."),
    ("repetitions: 8, tempo: 1-0-2", "8 times. Take 1 second down and 2 seconds up.",
     "8 veces. Baje en 1 segundo y suba en 2 segundos."),
    ("repetitions: 8, load: 5 lb", "8 times. Use 5 lb.", "8 veces. Use 5 lb."),
    ("repetitions: 8, load: 2.5 kg", "8 times. Use 2.5 kg.", "8 veces. Use 2.5 kg."),
    ("repetitions: 8, load: red band", "8 times. Use the red band.", "8 veces. Use la banda roja."),
    ("repetitions: 8, load: light band", "8 times. Use the light band.", "8 veces. Use la banda suave."),
    ("repetitions: 8, load: effort 6", "8 times. Effort 6 out of 10.", "8 veces. Esfuerzo de 6 sobre 10."),
    ('repetitions: 8, load: "red band, effort 6"', "8 times. Use the red band. Effort 6 out of 10.",
     "8 veces. Use la banda roja. Esfuerzo de 6 sobre 10."),
    ("minutes: 10, load: effort 0", "10 minutes. Effort 0 out of 10.", "10 minutos. Esfuerzo de 0 sobre 10."),
    # notes
    ("repetitions: 8, note: breathe out", "8 times. Breathe out.", "8 veces. Breathe out."),
    ("repetitions: 8, note: Breathe out.", "8 times. Breathe out.", "8 veces. Breathe out."),
    ("repetitions: 8, note: Slowly!", "8 times. Slowly!", "8 veces. Slowly!"),
    # how often
    ("times_a_day: 1", "Once a day.", "Una vez al día."),
    ("times_a_day: 2", "Twice a day.", "Dos veces al día."),
    ("times_a_day: 3", "3 times a day.", "3 veces al día."),
    ("days_a_week: 7", "Every day.", "Todos los días."),
    ("days_a_week: 3", "3 days a week.", "3 días a la semana."),
    ("days_a_week: 1", "Once a week.", "Una vez a la semana."),
    ("times_a_day: 1, days_a_week: 7", "Once a day, every day.", "Una vez al día, todos los días."),
    ("times_a_day: 2, days_a_week: 5", "Twice a day, 5 days a week.", "Dos veces al día, 5 días a la semana."),
    ("times_a_day: 1, days_a_week: 1", "Once a week.", "Una vez a la semana."),
    ("times_a_day: 3, days_a_week: 1", "3 times a day, 1 day a week.", "3 veces al día, 1 día a la semana."),
    ("weekdays: [mon, wed, fri]", "On Mondays, Wednesdays and Fridays.", "Los lunes, miércoles y viernes."),
    ("weekdays: [fri, mon]", "On Mondays and Fridays.", "Los lunes y viernes."),
    ("weekdays: [sun]", "On Sundays.", "Los domingos."),
    ("times_a_day: 2, weekdays: [sat, sun]", "Twice a day, on Saturdays and Sundays.",
     "Dos veces al día, los sábados y domingos."),
    ("weekdays: [mon, tue, wed, thu, fri, sat, sun]", "Every day.", "Todos los días."),
    ("every_other_day: yes", "Every other day.", "Un día sí y otro no."),
    ("times_a_day: 1, every_other_day: yes", "Once a day, every other day.", "Una vez al día, un día sí y otro no."),
    ("every_other_day: no, days_a_week: 5", "5 days a week.", "5 días a la semana."),
    ("weeks: 6", "For 6 weeks.", "Durante 6 semanas."),
    ("weeks: 1, times_a_day: 1", "Once a day, for 1 week.", "Una vez al día, durante 1 semana."),
    ("every_other_day: yes, weeks: 2", "Every other day, for 2 weeks.", "Un día sí y otro no, durante 2 semanas."),
    # all of it
    ("superset: A", "", ""),
    ("", "", ""),
    ("sets: 2, repetitions: 10, side: each, hold_seconds: 5, times_a_day: 2, days_a_week: 5",
     "2 sets of 10 on each side. Hold 5 seconds. Twice a day, 5 days a week.",
     "2 series de 10 de cada lado. Mantenga la posición 5 segundos. Dos veces al día, 5 días a la semana."),
    ("repetitions: 3, hold_seconds: 30, side: each, times_a_day: 1, days_a_week: 7, weeks: 6",
     "3 times on each side. Hold 30 seconds. Once a day, every day, for 6 weeks.",
     "3 veces de cada lado. Mantenga la posición 30 segundos. Una vez al día, todos los días, durante 6 semanas."),
    ("minutes: 20, load: effort 4, days_a_week: 5, note: Walk on the flat",
     "20 minutes. Effort 4 out of 10. Walk on the flat. 5 days a week.",
     "20 minutos. Esfuerzo de 4 sobre 10. Walk on the flat. 5 días a la semana."),
)  # fmt: skip


@pytest.mark.parametrize(("text", "english", "spanish"), ROWS, ids=[row[0] or "nothing" for row in ROWS])
def test_a_dose_in_words(text: str, english: str, spanish: str) -> None:
    assert phrase(dose(text), words("en")).whole == english
    assert phrase(dose(text), words("es")).whole == spanish


def test_the_parts_of_a_phrase() -> None:
    made = phrase(dose("sets: 2, repetitions: 10, hold_seconds: 5, load: 5 lb, times_a_day: 2"), words("en"))
    assert (made.amount, made.detail, made.often) == ("2 sets of 10", "Hold 5 seconds. Use 5 lb.", "Twice a day.")


@pytest.mark.parametrize("end", [".", "!", "?", "…"])
def test_a_sentence_has_one_end(end: str) -> None:
    assert sentence(f" hold it{end} ") == f"Hold it{end}"
    assert sentence("") == ""


# --------------------------------------------------------------------------- every combination
PLACE = dose("").place
SETS = (None, 1, 2, 3)
AMOUNTS: tuple[dict[str, object], ...] = (
    {}, {"repetitions": 1}, {"repetitions": 2}, {"repetitions": 12}, {"seconds": 1}, {"seconds": 45}, {"minutes": 1},
    {"minutes": 3, "seconds": 1}, {"distance": Distance("1 mile", PLACE)}, {"distance": Distance("30 steps", PLACE)},
)  # fmt: skip
SIDES = (None, "each", "left", "right", "alternate", "both")
HOLDS = (None, 0, 1, 60)
RESTS = (None, 0, 1, 90)
MANNERS: tuple[dict[str, object], ...] = (
    {}, {"tempo": Tempo("3-1-2", PLACE)}, {"tempo": Tempo("1-0-1", PLACE), "note": Line("slowly", PLACE)},
    {"load": Load("black band, effort 10", PLACE)}, {"load": Load("1 kg", PLACE), "note": Line("Slowly.", PLACE)},
)  # fmt: skip
TIMES_A_DAY = (None, 1, 2, 3)
DAYS: tuple[dict[str, object], ...] = (
    {}, {"days_a_week": 1}, {"days_a_week": 2}, {"days_a_week": 7}, {"weekdays": ("mon",)},
    {"weekdays": ("sun", "mon", "thu")}, {"every_other_day": True}, {"every_other_day": False},
)  # fmt: skip
WEEKS = (None, 1, 6)
ONE = {
    "en": r"set|time|second|minute|mile|step|day|week|foot",
    "es": r"serie|vez|segundo|minuto|milla|paso|día|semana|pie",
}
MANY = {
    "en": r"sets|times|seconds|minutes|miles|steps|days|weeks|feet",
    "es": r"series|veces|segundos|minutos|millas|pasos|días|semanas|pies",
}


def assert_said_well(whole: str, language: str) -> None:
    """What no phrase may have: gaps, doubled marks, small letters after a full stop, or a wrong plural."""
    if not whole:
        return
    assert not re.search(r"None|  |\.\.|,,|\. ?,|, ?\.| [.,]|[{}]", whole), whole
    assert whole == whole.strip(), whole
    assert whole.endswith((".", "!", "?")), whole
    for part in whole.split(". "):
        assert part[0].isdigit() or part[0].isupper(), whole
    assert not re.search(rf"\b1 ({MANY[language]})\b", whole), whole
    assert not re.search(rf"(?<!\b1) \b(?<=[0-9] )({ONE[language]})\b", whole), whole
    assert not re.search(r"\b(0|1|2) (times|veces)\b", whole), whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_combination_of_amount_and_manner_is_said_well(language: str) -> None:
    for sets, amount, side, hold, rest, manner in product(SETS, AMOUNTS, SIDES, HOLDS, RESTS, MANNERS):
        made = Dose(place=PLACE, sets=sets, side=side, hold_seconds=hold, rest_seconds=rest, **amount, **manner)  # type: ignore[arg-type]
        if not list(made.check()):
            assert_said_well(phrase(made, words(language)).whole, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_combination_of_days_is_said_well(language: str) -> None:
    for times, days, weeks, amount in product(TIMES_A_DAY, DAYS, WEEKS, AMOUNTS):
        made = Dose(place=PLACE, times_a_day=times, weeks=weeks, **days, **amount)  # type: ignore[arg-type]
        assert not list(made.check())
        said = phrase(made, words(language))
        assert_said_well(said.whole, language)
        assert bool(said.often) == bool(times or weeks or any(days.values()))


def test_the_check_of_plurals_finds_wrong_ones() -> None:
    for wrong in ("1 sets.", "2 set of 10.", "Hold 1 seconds.", "For 12 week.", "hold it.", "Hold  it.", "Hold it.."):
        with pytest.raises(AssertionError):
            assert_said_well(wrong, "en")
