# SPDX-License-Identifier: GPL-3.0-or-later
# Tries to find the masked counts of cx-persona --cards in small made-up
# tables, from what is printed alone, by trying all values that fit: sizes as
# column totals, row totals from indices, "<5" as 1 to 4, "*" as 5 or more
# where it is (as if that were known), and the values that an example names.
# Prints how many small masked counts there were, and those that have one
# possible value. By hand, when masks change; a minute. Python 3.
#
#   python3 masks.py CX-PERSONA [MIN_N [FIRST_SEED LAST_SEED]]
import csv
import io
import random
import subprocess
import sys


def fits(lines, domain, known):
    """Whether every line can still reach its total."""
    for cells, total in lines:
        low = sum(known.get(c, domain[c][0]) for c in cells)
        high = sum(known.get(c, domain[c][1]) for c in cells)
        if not low <= total <= high:
            return False
    return True


def solvable(cells, lines, domain, known):
    if not fits(lines, domain, known):
        return False
    if not cells:
        return True
    first, rest = cells[0], cells[1:]
    low, high = domain[first]
    return any(solvable(rest, lines, domain, {**known, first: x})
               for x in range(low, high + 1))


def made_up(seed):
    """Records of a few personas and values, some of them rare."""
    r = random.Random(seed)
    personas, values = r.randrange(2, 5), r.randrange(2, 5)
    tilt = [[r.random() ** 2 for _ in range(values)] for _ in range(personas)]
    for _ in range(r.randrange(18, 70)):
        p = int(personas * r.random() ** 1.5)
        yield "P%d" % p, "v%d" % r.choices(range(values), tilt[p])[0]


class Cards:
    """What the cards of these records tell."""

    def __init__(self, program, least, records):
        text = "id,persona,a\n" + "".join(
            "%d,%s,%s\n" % (i, p, v) for i, (p, v) in enumerate(records))
        out = subprocess.run(
            [program, "-q", "--cards", "--min-n", str(least)], input=text,
            capture_output=True, text=True, check=True).stdout
        rows = list(csv.reader(io.StringIO(out), delimiter="\t"))[1:]
        self.sizes, self.marks, self.rows, self.named = {}, {}, {}, {}
        self.all = None
        for persona, attribute, value, n, share, index, *_ in rows:
            if attribute == "size" and n.isdigit():
                self.sizes[persona] = int(n)
                if share:
                    self.all = round(int(n) * 100 / float(share))
            elif attribute == "a":
                self.marks[persona, value] = n
                if index and float(index) > 0:
                    self.rows[value] = round(
                        float(share) * self.all / float(index))
            elif attribute == "example":
                self.named[persona] = value.split()[1]


def domains(cards, least, counts):
    values = sorted({v for _, v in cards.marks})
    domain = {}
    for (persona, value), mark in cards.marks.items():
        true = counts.get((persona, value), 0)
        most = cards.sizes[persona]
        silent = all(cards.marks[persona, v] == "*" for v in values)
        if mark.isdigit():
            bounds = (int(mark), int(mark))
        elif mark[0] == "<":
            bounds = (1, least - 1)
        else:
            low = least if true >= least else min(true, 1)
            bounds = (0 if silent else low, most)
        if cards.named.get(persona) == value:
            bounds = (max(least, bounds[0]), max(least, bounds[1]))
        domain[persona, value] = bounds
    return domain, values


def attack(program, least, seed):
    records = list(made_up(seed))
    cards = Cards(program, least, records)
    counts = {}
    for record in records:
        counts[record] = counts.get(record, 0) + 1
    if cards.all is None:
        return 0, []
    domain, values = domains(cards, least, counts)
    personas = sorted({p for p, _ in cards.marks})
    others = cards.all - sum(cards.sizes[p] for p in personas)
    for v in values:
        domain["", v] = (0, others)
    lines = [([(p, v) for v in values], cards.sizes[p]) for p in personas]
    lines.append(([("", v) for v in values], others))
    lines += [([(p, v) for p in personas + [""]], total)
              for v, total in cards.rows.items()]
    tried, found = 0, []
    for cell in [(p, v) for p in personas for v in values]:
        true, (low, high) = counts.get(cell, 0), domain[cell]
        if not 0 < true < least or low == high:
            continue
        tried += 1
        rest = sorted((c for c in domain if c != cell),
                      key=lambda c: domain[c][1] - domain[c][0])
        if not any(solvable(rest, lines, domain, {cell: x})
                   for x in range(low, high + 1) if x != true):
            found.append((seed, *cell, true))
    return tried, found


def main():
    program = sys.argv[1]
    least = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    first, last = map(int, sys.argv[3:5]) if len(sys.argv) > 4 else (1, 200)
    tried, found = 0, []
    for seed in range(first, last + 1):
        n, cells = attack(program, least, seed)
        tried += n
        found += cells
    print("small counts that are masked:", tried)
    print("found:", len(found), *found)
    sys.exit(bool(found))


main()
