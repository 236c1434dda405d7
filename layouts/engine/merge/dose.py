"""A dose in words: the one place that says "2 sets of 10 on each side. Hold 5 seconds. Twice a day, 5 days a week."

What is said comes from the dose, how it is said from the wording of a language; nothing here knows a language.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..read.dose import Dose
from ..read.words import WEEKDAYS, DoseWords
from ..records import dataclass

_ENDS = (".", "!", "?", "…", "。")


@dataclass(frozen=True)
class DosePhrase:
    """A dose in words. Each part may be empty.

    `amount` has a capital and no full stop, so that it can stand in a table or a large line; `detail` and `often` are
    whole sentences.
    """

    amount: str
    detail: str
    often: str

    @property
    def whole(self) -> str:
        """All of it, as sentences."""
        return " ".join(filter(None, (sentence(self.amount), self.detail, self.often)))


def phrase(dose: Dose, words: DoseWords) -> DosePhrase:
    """The dose in the words of a language, with ordinary spaces throughout."""
    return DosePhrase(
        amount=_capital(_amount(dose, words)),
        detail=" ".join(map(sentence, _details(dose, words))),
        often=sentence(_often(dose, words)),
    )


def hold(dose: Dose, words: DoseWords) -> str:
    """How long each one is held, with a capital and without a full stop; '' for no hold."""
    return _capital(words.hold.format(time=duration(dose.hold_seconds, words))) if dose.hold_seconds else ""


def sentence(text: str) -> str:
    """The words with a capital and a full stop, where they have none; '' stays ''."""
    text = text.strip()
    return _capital(text if not text or text.endswith(_ENDS) else f"{text}.")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --------------------------------------------------------------------------- how much
def _amount(dose: Dose, words: DoseWords) -> str:
    text = _without_side(dose, words)
    said = {
        "each": words.each_side,
        "left": words.left_side,
        "right": words.right_side,
        "alternate": words.alternate_sides,
    }.get(dose.side or "both")
    # A dose of another amount alone, such as "3 days a week", may still name a side: "on each side".
    return said.format(amount=text).strip(" ,") if said else text


def _without_side(dose: Dose, words: DoseWords) -> str:
    sets, times = dose.rounds
    if dose.distance:
        far = _distance(dose.distance.number, dose.distance.unit, words)
        return far if times == 1 else words.times_distance.format(times=words.times.of(times), distance=far)
    if dose.time:
        size = duration(dose.time, words)
        return size if sets == 1 else words.sets_of.format(sets=words.sets.of(sets), amount=size)
    if times and sets > 1:
        return words.sets_of.format(sets=words.sets.of(sets), amount=times)
    if times:
        return words.times.of(times)
    return words.sets.of(sets) if sets else ""


def _distance(number: str, unit: str, words: DoseWords) -> str:
    units = {
        "m": words.meters,
        "km": words.kilometers,
        "ft": words.feet,
        "mile": words.miles,
        "step": words.steps,
    }
    return units[unit].of(number)


def duration(seconds: int, words: DoseWords) -> str:
    """A time as people say it: seconds below two minutes, and whole minutes as minutes."""
    minutes, rest = divmod(seconds, 60)
    if not minutes or (rest and minutes < 2):
        return words.seconds.of(seconds)
    if not rest:
        return words.minutes.of(minutes)
    return words.minutes_seconds.format(minutes=words.minutes.of(minutes), seconds=words.seconds.of(rest))


# --------------------------------------------------------------------------- in what manner
def _details(dose: Dose, words: DoseWords) -> Iterator[str]:
    """Sentences without their capital and full stop."""
    if dose.hold_seconds:
        yield words.hold.format(time=duration(dose.hold_seconds, words))
    if dose.rest_seconds and dose.rests:
        said = words.rest_between_sets if dose.rounds[0] > 1 else words.rest_in_between
        yield said.format(time=duration(dose.rest_seconds, words))
    if dose.tempo:
        down, pause, up = (words.seconds.of(seconds) for seconds in dose.tempo.seconds)
        said = words.tempo if dose.tempo.seconds[1] else words.tempo_without_pause
        yield said.format(down=down, pause=pause, up=up)
    if dose.load:
        if dose.load.weight:
            yield words.weight.format(weight=dose.load.weight)
        if dose.load.band:
            yield words.band.format(band=words.bands[dose.load.band])
        if dose.load.effort is not None:
            yield words.effort.format(number=dose.load.effort)
    if dose.note:
        yield str(dose.note)


# --------------------------------------------------------------------------- how often
def _often(dose: Dose, words: DoseWords) -> str:
    parts = []
    if dose.days_a_week == 1 and dose.times_a_day in (None, 1):
        parts.append(str(words.once_a_week))
    else:
        if dose.times_a_day:
            parts.append(words.times_a_day.of(dose.times_a_day))
        parts.append(_days(dose, words))
    if dose.weeks:
        parts.append(words.weeks.of(dose.weeks))
    return ", ".join(filter(None, parts))


def _days(dose: Dose, words: DoseWords) -> str:
    if dose.every_other_day:
        return str(words.every_other_day)
    if dose.days_a_week == 7 or len(dose.weekdays or ()) == 7:
        return str(words.every_day)
    if dose.weekdays:
        names = [str(words.days[i]) for i, day in enumerate(WEEKDAYS) if day in dose.weekdays]
        most = ", ".join(names[:-1])
        return words.on_days.format(days=words.last_day.format(days=most, last=names[-1]) if most else names[-1])
    return words.days_a_week.of(dose.days_a_week) if dose.days_a_week else ""
