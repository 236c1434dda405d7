"""The fixed words of exercise sheets, diaries and cards to carry."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Problem
from .fields import Line, Model, model, spec
from .words import check_braces


@model
class SheetWords(Model):
    """The fixed words of exercise sheets. {names} in braces are filled in."""

    goal: Line = spec("Before what a programme is for.")
    session: Line = spec("How long a session takes; {minutes}.")
    you_need: Line = spec("Before the equipment.")
    nothing: Line = spec("Said when no equipment is needed.")
    list_and: Line = spec("The last two of several things; {first} and {last}.")
    only_five: Line = spec("Heads what to do when there is little time.")
    do_these: Line = spec("Which exercises are enough then; {numbers}.")
    per_exercise: Line = spec("Said where how often differs from one exercise to the next.")
    start: Line = spec("Before the start position.")
    feel: Line = spec("Before how it should feel.")
    slips: Line = spec("Before common slips.")
    move_on: Line = spec("Before the sign that it is time for more.")
    ease_off: Line = spec("Before the sign that it is too much.")
    stop_if: Line = spec("Before the sign to stop and call.")
    rules: Line = spec("Heads the rules of all exercises, where they stand at a sheet's end.")
    film: Line = spec("Beside the QR code of an exercise's film; {name}.")
    goes_on: Line = spec("The name of an exercise that goes on on another page; {name}.")
    after: Line = spec("Before a line on which the patient writes a habit to tie the exercises to.")
    notes: Line = spec("Before lines for notes.")
    next_visit: Line = spec("Before a line for the next visit.")
    name: Line = spec("Before a line for the patient's name.")
    day_box: Line = spec("A box to tick, for people who cannot see it; {name} and {day}.")
    set_box: Line = spec("A box to tick for a set, for people who cannot see it; {name}, {day} and {number}.")
    time_box: Line = spec("A box to tick for a time of day, for people who cannot see it; {name}, {day} and {number}.")
    my_week: Line = spec("The title of the diary of one week.", most=30)
    my_weeks: Line = spec("The title of the diary of several weeks; {number}.", most=40)
    week: Line = spec("Heads a week of the diary; {number}.", most=20)
    week_of: Line = spec("Before a line for the week's first day.", most=20)
    starts: Line = spec("Before a line for the day on which the first of several weeks starts.", most=20)
    exercise: Line = spec("Heads the exercises of a diary.", most=20)
    tick_sets: Line = spec("What to tick where each box is a set.")
    tick_times: Line = spec("What to tick where boxes are times of day.")
    tick_days: Line = spec("What to tick where each box is a day.")
    pain: Line = spec("Heads the pain of each day in a diary.", most=20)
    worst_pain: Line = spec("Beside the number 10.", most=20)
    no_pain: Line = spec("Beside the number 0.", most=20)
    circle: Line = spec("What to do with the numbers from 10 to 0.")
    write_pain: Line = spec("What to write into the boxes for pain.")
    week_box: Line = spec("A box to tick, for people who cannot see it; {name}, {week} and {day}.")
    pain_scale: Line = spec("Heads the boxes into which pain from 0 to 10 is written.", most=20)
    pain_box: Line = spec("Such a box, for people who cannot see it; {day} and {week}.")
    my_exercise: Line = spec("The title of a fridge sheet with one exercise.", most=30)
    my_exercises: Line = spec("The title of a fridge sheet with several exercises; {number}.", most=30)
    pocket_card: Line = spec("The title of the page with the pocket card.", most=40)
    pocket_intro: Line = spec("What the pocket card is for, and what to do with it.")
    fold_it: Line = spec("Heads the pictures of how to fold the card.", most=40)
    fold_cut: Line = spec("The first step.", most=60)
    fold_back: Line = spec("The second step.", most=60)
    fold_book: Line = spec("The third step.", most=60)
    helped: Line = spec("Before a line on which the patient writes what helped.", most=30)

    in_this_pack: Line = spec("Heads the contents of a pack.")
    on_page: Line = spec("The page on which a handout of a pack begins; {page}.")

    def check(self) -> Iterator[Problem]:
        return check_braces(self)


@model
class PersonalWords(Model):
    """The fixed words of a sheet for one patient. {names} in braces are filled in."""

    made_for: Line = spec("Before the patient's name.")
    made_by: Line = spec("Before the clinician's name.")
    to_you: Line = spec("Before a note to the patient.")
    stopped: Line = spec("Before the exercises that are to be left off now.")
    document: Line = spec("The number of the document; {number}.")
    is_new: Line = spec("Before the dose of an exercise that is new since the last sheet.", most=20)
    is_more: Line = spec("Before a dose that is more than on the last sheet.", most=20)
    is_less: Line = spec("Before a dose that is less than on the last sheet.", most=20)
    is_changed: Line = spec("Before a dose that differs otherwise.", most=20)

    def check(self) -> Iterator[Problem]:
        return check_braces(self)
