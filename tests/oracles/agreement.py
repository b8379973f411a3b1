#!/usr/bin/env python3
"""What independent implementations say of the agreement of generated people, for the tests to compare with.

Run, with the Python (3.11) of an environment that has what agreement-requirements.txt lists:

    python3 tests/oracles/agreement.py tests/fixtures/agreement/cases.jsonl            writes the file
    python3 tests/oracles/agreement.py tests/fixtures/agreement/cases.jsonl --check    compares it with what would be written

Each line is one generated set of two or three people over `length` characters:

    people, unread   stretches [start, end, kind] of each person, half-open, and stretches [start, end] a person did not read
    characters       over the stretches of kind 0: cohen (the first two people; scikit-learn), fleiss (irrCAC), alpha
                     (krippendorff, nominal), unitized (krippendorff-unitized-alpha); null where it is undefined
    spans            of the first two people, all kinds, by nervaluate: strict, exact, partial, and ent_type where it is
                     without choice: [correct, incorrect, partial, missed, spurious, precision, recall, f1]
    ratings, alphas  values of each unit by each person, null where one is missing; krippendorff's alpha for each metric
    interval         how many characters of kind 0 the first person has in each block of ten: the 95 % bootstrap interval of the
                     mean of these, drawn with `seed`

How the packages are used, where there is a choice:

- One person's overlapping stretches of a kind are united; touching ones stay apart, as they are two units of a continuum.
- Cohen, Fleiss and unitized alpha see the characters that all compared people read; the others are taken out and the text
  is closed over them. krippendorff sees missing values.
- krippendorff-unitized-alpha counts end - start as a length, so it gets half-open segments. Its own filling of gaps takes
  ends as inclusive and loses characters; the gaps are filled here.
- nervaluate takes ends as inclusive, and pairs whatever stands first in its lists. It gets identical stretches first,
  then as many overlapping pairs as there can be (a maximum matching by SciPy), so that its numbers do not depend on the order
  in which somebody tagged. Where nobody's stretches overlap, its numbers in the order of the text are asserted to be the same.
"""

import json
import math
import random
import sys
import warnings
from pathlib import Path

import krippendorff
import numpy
import pandas
from irrCAC.raw import CAC
from krippendorff_unitized_alpha.krippendorffs_unitized_alpha import EMPTY_TAG, KrippendorffUnitizedAlpha, Segment
from nervaluate import Evaluator
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching
from sklearn.metrics import cohen_kappa_score

SETS = 400
RESAMPLES = 200
RULES = ["strict", "exact", "partial", "ent_type"]
METRICS = ["nominal", "ordinal", "interval", "ratio"]


# ---------------------------------------------------------------- people

def stretch(chance, length, longest):
    size = chance.randint(1, min(longest, length))
    start = chance.randint(0, length - size)
    return [start, start + size, chance.choice([0, 0, 0, 1, 2])]


def apart(stretches):
    """Those that do not overlap an earlier one."""
    kept = []
    for one in stretches:
        if all(one[1] <= other[0] or other[1] <= one[0] for other in kept):
            kept.append(one)
    return kept


def nearly(chance, stretches, length):
    """Another person's stretches: most are kept, some moved, called otherwise, left out; some are new."""
    out = []
    for start, end, kind in stretches:
        what = chance.random()
        if what < 0.15:
            continue
        if what < 0.45:
            start, end = start + chance.randint(-3, 3), end + chance.randint(-3, 3)
            start, end = max(0, min(start, length - 1)), min(length, end)
            end = max(end, start + 1)
        if what > 0.85:
            kind = chance.randint(0, 2)
        out.append([start, end, kind])
    return out + [stretch(chance, length, 20) for _ in range(chance.randint(0, 2))]


def generated(number):
    """The people of a set: the first ones are edge cases, each once with two people and once with three."""
    chance = random.Random(f"agreement {number}")
    count = 2 + number % 2
    length = chance.choice([1, 12, 40, 40, 90, 90, 200, 200, 400, 400]) if number >= 20 else 40
    base = [stretch(chance, length, 40) for _ in range(chance.randint(0, 8))]
    edges = [
        ("empty", lambda: [[] for _ in range(count)]),
        ("identical", lambda: [[[3, 9, 0], [12, 20, 1], [30, 31, 0]] for _ in range(count)]),
        ("one empty", lambda: [[[3, 9, 0], [12, 20, 1]] if person else [] for person in range(count)]),
        ("nested in another's", lambda: [[[2 + person, 30 - 5 * person, 0]] for person in range(count)]),
        ("nested in one's own", lambda: [[[2, 30, 0], [5, 9, 0], [12 + person, 15, 0]] for person in range(count)]),
        ("everything", lambda: [[[0, 40, 0]] for _ in range(count)]),
        ("everything but one", lambda: [[[0, 40, 0]] if person else [[7, 8, 0]] for person in range(count)]),
        ("touching", lambda: [[[0, 10, 0], [10, 20, 0]] if person else [[0, 20, 0]] for person in range(count)]),
        ("disjoint", lambda: [[[10 * person, 10 * person + 10, 0]] for person in range(count)]),
        ("twice the same", lambda: [[[4, 8, 0], [4, 8, 0], [4, 8, 1]] if person else [[4, 8, 0], [20, 24, 1]] for person in range(count)]),
    ]
    if number < 20:
        name, make = edges[number // 2]
        return chance, name, length, make(), [[] for _ in range(count)]
    if number % 3 == 0:
        base = apart(base)
    people = [base] + [nearly(chance, base, length) for _ in range(count - 1)]
    if number % 3 == 0:
        people = [apart(stretches) for stretches in people]
    if number % 7 == 0:
        people[chance.randrange(count)] = []
    unread = [[] for _ in range(count)]
    if number % 4 == 1:
        for parts in unread:
            parts += [stretch(chance, length, max(1, length // 4))[:2] for _ in range(chance.randint(0, 2))]
    name = "apart" if number % 3 == 0 else "overlapping"
    return chance, name, length, [chance.sample(stretches, len(stretches)) for stretches in people], unread


# ---------------------------------------------------------------- characters

def united(stretches):
    """One person's stretches of one kind, those united that share a character."""
    out = []
    for start, end in sorted((start, end) for start, end, kind in stretches if kind == 0):
        if out and start < out[-1][1]:
            out[-1][1] = max(out[-1][1], end)
        else:
            out.append([start, end])
    return out


def tagged(length, stretches, unread):
    """Each character as one person has it: 1 tagged, 0 not, NaN not read."""
    codes = numpy.zeros(length)
    for start, end in stretches:
        codes[start:end] = 1
    for start, end in unread:
        codes[start:end] = math.nan
    return codes


def number(value):
    value = float(value)
    return None if math.isnan(value) or math.isinf(value) else round(value, 13)


def fleiss(codes):
    """irrCAC, the codes as rows of a table; undefined where there is one category or nothing to rate."""
    if codes.shape[1] == 0 or len(numpy.unique(codes)) < 2:
        return None
    if codes.shape[1] == 1:
        # irrCAC's variance needs two rows; a row said twice leaves kappa as it is.
        codes = numpy.tile(codes, 2)
    return number(CAC(pandas.DataFrame(codes.T), digits=15).fleiss()["est"]["coefficient_value"])


def nominal(codes):
    try:
        return number(krippendorff.alpha(codes, level_of_measurement="nominal"))
    except ValueError:
        return None


def second_opinion(codes, alpha):
    """What irrCAC makes of Krippendorff's alpha has to be the same."""
    paired = codes[:, (~numpy.isnan(codes)).sum(axis=0) >= 2]
    if alpha is not None and paired.shape[1] > 1:
        other = CAC(pandas.DataFrame(paired.T), digits=15).krippendorff()["est"]["coefficient_value"]
        assert abs(other - alpha) < 1e-9, (alpha, other)


def unitized(length, people, codes):
    """krippendorff-unitized-alpha over what all read, with the gaps filled."""
    read = ~numpy.isnan(codes).any(axis=0)
    before = numpy.concatenate([[0], numpy.cumsum(read)])
    if before[-1] == 0:
        return None
    data = {}
    for person, stretches in enumerate(people):
        segments, at = [], 0
        for start, end in ((int(before[start]), int(before[end])) for start, end in stretches):
            if start == end:
                continue
            if at < start:
                segments.append(Segment(EMPTY_TAG, at, start))
            segments.append(Segment("kind", start, end))
            at = end
        if at < before[-1]:
            segments.append(Segment(EMPTY_TAG, at, int(before[-1])))
        data[str(person)] = segments
    return number(KrippendorffUnitizedAlpha(data).result)


def characters(length, people, unread):
    people = [united(stretches) for stretches in people]
    codes = numpy.array([tagged(length, stretches, parts) for stretches, parts in zip(people, unread)])
    pair = codes[:2, ~numpy.isnan(codes[:2]).any(axis=0)]
    alpha = nominal(codes)
    second_opinion(codes, alpha)
    return {
        "cohen": number(cohen_kappa_score(pair[0], pair[1])) if pair.shape[1] else None,
        "fleiss": fleiss(codes[:, ~numpy.isnan(codes).any(axis=0)]),
        "alpha": alpha,
        "unitized": unitized(length, people, codes),
    }


# ---------------------------------------------------------------- spans

def overlap(one, other):
    return one[0] < other[1] and other[0] < one[1]


def in_order(first, second, same):
    """Both lists with identical stretches first, then as many overlapping pairs as there can be, then the rest."""
    first, second, pairs = sorted(first), sorted(second), []
    for one in list(first):
        twin = next((other for other in second if same(one, other)), None)
        if twin is not None:
            pairs.append((one, twin))
            first.remove(one)
            second.remove(twin)
    if first and second:
        graph = csr_matrix([[int(overlap(one, other)) for other in second] for one in first])
        found = maximum_bipartite_matching(graph, perm_type="column")
        matched = [(at, int(to)) for at, to in enumerate(found) if to >= 0]
        pairs += [(first[at], second[to]) for at, to in matched]
        first = [one for at, one in enumerate(first) if at not in {pair[0] for pair in matched}]
        second = [one for at, one in enumerate(second) if at not in {pair[1] for pair in matched}]
    return [pair[0] for pair in pairs] + first, [pair[1] for pair in pairs] + second


def nervaluate(first, second, rule):
    """The second person held against the first, who is what nervaluate takes for the truth."""
    entities = lambda stretches: [[{"label": str(kind), "start": start, "end": end - 1} for start, end, kind in stretches]]
    result = Evaluator(entities(first), entities(second), ["0", "1", "2"], loader="dict").evaluate()["overall"][rule]
    counts = [result.correct, result.incorrect, result.partial, result.missed, result.spurious]
    return counts + [number(value) for value in (result.precision, result.recall, result.f1)]


def without_choice(first, second):
    touched = lambda one, others: sum(overlap(one, other) for other in others) <= 1
    return all(touched(one, second) for one in first) and all(touched(one, first) for one in second)


def spans(first, second):
    same = {
        "strict": lambda one, other: one == other,
        "exact": lambda one, other: one[:2] == other[:2],
        "partial": lambda one, other: one[:2] == other[:2],
        "ent_type": lambda one, other: one == other,
    }
    out = {}
    for rule in RULES:
        if rule != "ent_type" or without_choice(first, second):
            out[rule] = nervaluate(*in_order(first, second, same[rule]), rule)
            if len(apart(first)) == len(first) and len(apart(second)) == len(second):
                assert out[rule] == nervaluate(sorted(first), sorted(second), rule), (first, second, rule)
    return out


# ---------------------------------------------------------------- attributes

def ratings(chance, count):
    """What each person says of each unit: few or many values, agreed mostly, some of it missing."""
    values = [5.0] if chance.random() < 0.05 else chance.choice([[0.0, 1.0], [1.0, 2.0, 3.0], [0.0, 1.0, 2.0, 3.0, 4.0], [0.0, 0.5, 6.5, 7.0, 100.0, 12345.678]])
    missing = chance.choice([0.0, 0.2, 0.4])
    units = []
    for _ in range(chance.choice([0, 1, 4, 8, 12])):
        said = chance.choice(values)
        person = lambda: None if chance.random() < missing else (said if chance.random() < 0.7 else chance.choice(values))
        units.append([person() for _ in range(count)])
    return units


def alphas(units):
    data = numpy.array([[math.nan if value is None else value for value in unit] for unit in units]).T
    out = {}
    for metric in METRICS:
        try:
            out[metric] = number(krippendorff.alpha(data, level_of_measurement=metric)) if units else None
        except ValueError:
            out[metric] = None
    return out


# ---------------------------------------------------------------- intervals

MASK = (1 << 64) - 1


def splitmix64(state):
    """Steele, Lea and Flood 2014, as in Vigna's reference: the next state and the number drawn."""
    state = (state + 0x9E3779B97F4A7C15) & MASK
    word = state
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & MASK
    return state, word ^ (word >> 31)


def interval(seed, values):
    """The percentile interval of a mean, quantiles as NumPy has them; none for fewer than two values."""
    if len(values) < 2:
        return None
    state, means = seed, []
    for _ in range(RESAMPLES):
        total = 0
        for _ in values:
            state, word = splitmix64(state)
            total += values[(word * len(values)) >> 64]
        means.append(total / len(values))
    return [number(bound) for bound in numpy.quantile(means, [0.025, 0.975])]


def blocks(length, stretches):
    codes = tagged(length, united(stretches), [])
    return [int(codes[at : at + 10].sum()) for at in range(0, length, 10)]


# ---------------------------------------------------------------- the file

def case(seed):
    chance, name, length, people, unread = generated(seed)
    units = ratings(chance, len(people))
    drawn = blocks(length, people[0])
    return {
        "seed": seed,
        "name": name,
        "length": length,
        "people": people,
        "unread": unread,
        "characters": characters(length, people, unread),
        "spans": spans(people[0], people[1]),
        "ratings": units,
        "alphas": alphas(units),
        "interval": interval(seed, drawn),
    }


def differs(one, other):
    """Whether two cases differ by more than what floating point does."""
    if isinstance(one, float) or isinstance(other, float):
        return one is None or other is None or abs(one - other) > 1e-9
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() != other.keys() or any(differs(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) != len(other) or any(differs(*pair) for pair in zip(one, other))
    return one != other


def main():
    warnings.filterwarnings("ignore")
    numpy.seterr(all="ignore")
    path = Path(sys.argv[1])
    cases = [case(seed) for seed in range(SETS)]
    if "--check" in sys.argv:
        stored = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        wrong = [one["seed"] for one, other in zip(cases, stored) if differs(one, other)]
        print(f"{len(cases)} sets, {len(stored)} stored, differing: {wrong}")
        sys.exit(1 if wrong or len(cases) != len(stored) else 0)
    lines = [json.dumps(case, ensure_ascii=False, separators=(",", ":")) for case in cases]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(cases)} sets, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
