"""The words of custody: refusals, doubts and acts."""

from __future__ import annotations

from opencen.records.texts import texts

texts(
    {
        "act.missing": ("“{field}” is missing.", "It has to be answered for this act."),
        "act.unknown_field": "This act does not hold “{path}”.",
        "act.not_one_answer": "One answer is expected here, not a list.",
        "act.not_people": "A list of persons is expected here, each with name, capacity and signature.",
        "act.not_a_number": ("“{value}” is not an amount.", "Write digits, for example 12.5."),
        "act.not_a_day": ("“{value}” is not a day.", "Write it as 2026-06-12."),
        "act.not_a_choice": ("“{value}” is none of the answers.", "Choose one from the list."),
        "act.too_long": "Longer than {limit} characters.",
        "act.capacity_missing": ("It is not said in which capacity {name} was present.", "Choose a capacity."),
        "act.signature_missing": ("{name} did not sign, and no reason is given.", "Say why the signature is missing."),
        "act.too_many_people": "More than {limit} people in one act.",
        "act.in_the_future": ("This lies in the future.", "An act is recorded when it has happened."),
        "act.not_found": "There is no such act.",
        "act.corrected_already": ("This act was corrected already.", "Correct the newest one."),
        "act.another_kind": "A correction is of the same kind as the act it corrects.",
        "act.party_unknown": "The case names no such person or company.",
        "custody.not_taken_in": (
            "At that time the exhibit was not taken in yet.",
            "Correct the time of this act, or the one at which the exhibit was taken in.",
        ),
        "custody.later_act": (
            "With this, the later act “{act}” could not have happened.",
            "Correct or withdraw that act first.",
        ),
        "custody.correct_the_sampling": (
            "How much this sample holds is stated by the act “Sample taken” upon exhibit {number}.",
            "Correct that act: the sample follows.",
        ),
        "custody.sample_has_acts": (
            "Sample {number} was weighed, moved or handed over since.",
            "Withdraw those acts first, the newest before the others.",
        ),
        "custody.unknown_act": "There is no such act of custody.",
        "custody.not_found": "There is no such exhibit, or it is not for you to see.",
        "custody.line_unknown": "The case has no such line of goods.",
        "custody.unit_differs": ("This exhibit is measured in {unit}.", "Write the amount in {unit}."),
        "custody.unit_missing": ("The weight has no unit.", "Choose the unit."),
        "custody.more_than_there": (
            "{amount} is more than the {expected} that should be there.",
            "Weigh it first, or correct the earlier act.",
        ),
        "custody.is_out": ("The exhibit is with {holder}.", "Record first that it came back."),
        "custody.is_here": ("The exhibit is here.", "Record first that it was handed over."),
        "custody.has_ended": ("The exhibit was disposed of.", "Correct that act first, if it was recorded wrongly."),
        "custody.witnesses_missing": ("A disposal needs two persons present.", "Name them with their capacity."),
        "custody.clock_number": "“{value}” is not a whole number of hours or days.",
        "labels.unknown_sheet": ("There is no such label sheet.", "Choose one from the list."),
        "labels.none": "This case has no exhibit to label.",
        "custody.commodity_unknown": "There is no such kind of goods.",
        "custody.weight_differs": (
            "{found} found, {expected} expected: {difference} apart, {tolerance} allowed.",
            "Weigh again, correct the wrong weighing, or write why it differs.",
        ),
        "custody.seal_differs": (
            "Seal {found} found, {expected} expected.",
            "Compare with the photo of the seal; record a new seal with the reason.",
        ),
        "custody.balance_open": (
            "{came_in} came in; {accounted} are accounted for (samples {samples}, used {used}, disposed of "
            "{disposed}): {missing} are not.",
            "Find the act that is missing or wrong.",
        ),
        "custody.line_differs": (
            "The exhibits of line {line} came in with {came_in}; the case states {stated}.",
            "Take in what is missing, correct a weight, or amend the case.",
        ),
        "custody.not_as_recorded": (
            "An inventory did not find it as recorded.",
            "Look for it, then record what is so.",
        ),
        "custody.substance_differs": (
            "The laboratory found {found}; the case states {stated}.",
            "Amend the case with the assessment of the laboratory.",
        ),
        "act.custody.taken_in": "Exhibit {number} taken in by {by}",
    }
)
