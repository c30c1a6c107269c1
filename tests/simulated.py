#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the labels of a simulated round of answers agree with the verdicts that closing it gave.

    simulated.py ROUND PUBLISHED     says what does not agree, and ends with 1

A label fixes a verdict as far as the scheme does: "two_off" is too far, "one_off" is right, a swapped sample may by chance be the same
answer and is only held against the target. What has no label is right.
"""
import collections, csv, sys

LABELS = {  # label: reason, credit, verdict, flag
    "false_negative": ("false_negative", "0"), "false_positive": ("false_positive", "0"), "grey": ("other_answer", "0"), "one_off": ("", "100"),
    "two_off": ("too_far", "0"), "other_answer": ("other_answer", "0"), "missed": ("missed", "0"), "extra": ("extra", "0"),
    "minor_error": ("minor_error", "50"), "major_error": ("major_error", "0"), "very_major_error": ("very_major_error", "0"),
    "discrepancy": ("other_answer", "0"), "index": ("", "100"), "same_family": ("partly", "50"), "": ("", "100"),
}
LOOSE = {"swapped_samples", "swapped_measurands", "copied_results", "scaled_copies", "repeated_results", "transcribed"}
QUANTITIES = {"HBV-DNA", "HCV-RNA", "SG"}


def table(path):
    with open(path, encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def held_against(row, target):
    """The verdict of an answer that has no fixed one: right when it is the target; near it only where grades are judged."""
    same = row["value"] in target["x_pt"].split("|")
    if row["measurand"] in QUANTITIES:
        return True
    if same:
        return row["verdict"] == "acceptable"
    return row["verdict"] == "unacceptable" or target["judge"] == "within" or (row["measurand"] == "ABID" and row["value"] != "none")


def agrees(row, labels, target, twin):
    """twin: the labels of the measurand that must not contradict it."""
    label = next((l for l in labels if l != "late"), "")
    if label == "missing":
        return row["verdict"] == "unacceptable" and row["reason"] in ("blank", "not_returned")
    if "late" in labels:
        return row["verdict"] == "unacceptable" and row["reason"] == "late"
    if label in LOOSE:
        return held_against(row, target)
    if label in ("decimal_slip", "hundred_slip", "thousand_slip", "unit_slip", "false_sign"):
        return row["verdict"] == "unacceptable"
    if label == "same_family" and row["measurand"] != "ID":
        return (row["reason"], row["credit"]) == ("other_answer", "0")
    if label == "" and row["measurand"] in QUANTITIES and row["share_pct"] and abs(float(row["share_pct"])) > 90:
        return True  # by chance far away
    reason, credit = LABELS[label]
    flags = row["flags"].split()
    if ("index" in flags) != (label == "index") or (label == "discrepancy" and not twin and "discrepancy" not in flags):
        return False
    right = credit == "100"
    return row["reason"] == reason and row["credit"] == credit and (row["verdict"] == "acceptable") == right


def main(folder, published):
    truth, told = collections.defaultdict(list), {}
    for r in table(f"{folder}/truth.csv"):
        key = r["lab"], r["programme"], r["measurand"], r["sample"]
        truth[key].append(r["fault"])
        told[key] = r
    targets = {r["group"]: r for r in table(f"{published}/targets.csv")}
    said, seen, tally = [], set(), collections.Counter()
    for row in table(f"{published}/scores.csv"):
        key = row["lab"], row["programme"], row["measurand"], row["sample"]
        labels, target = truth.get(key, []), targets.get(row["group"])
        seen.add(key)
        tally.update((l, row["sample"]) for l in labels)
        where = f"{key}, labelled {labels or 'nothing'}: {row['value']} is {row['verdict']} {row['reason']} {row['credit']} {row['flags']}"
        if not agrees(row, labels, target, truth.get((row["lab"], row["programme"], "ABO-F", row["sample"]), [])):
            said.append(where)
        if not labels:
            continue
        if "missing" not in labels and row["measurand"] not in QUANTITIES and row["value"] != told[key]["reported"]:
            said.append(f"{where}; {told[key]['reported']} was reported")
        if target and row["measurand"] not in QUANTITIES and target["judge"] != "within" and target["x_pt"] != told[key]["true_value"]:
            said.append(f"{where}; the target is {target['x_pt']}, and {told[key]['true_value']} is true")
    said += [f"{key} is labelled, and no cell of the round" for key in truth if key not in seen]
    counts = collections.Counter()
    for (label, _), n in tally.items():
        counts[label] += n
    said += [f"nothing is labelled {label}" for label in [*LABELS, "transcribed", "swapped_samples", "missing", "late", "decimal_slip"] if label and not counts[label]]
    weak, others = [tally["false_negative", s] for s in ("202615", "202611")]
    if weak <= others:
        said.append(f"{weak} false negatives of the weak sample, {others} of another")
    print("\n".join(said[:20]))
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
