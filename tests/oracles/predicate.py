#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Conditions made at random, and which rows they hold for by SQLite.

    predicate.py ROWS >predicates.tsv

ROWS is tests/golden/data/predicate-rows.tsv. Each condition is written twice
from one tree, as cx-predicate(5) and as SQL, whose logic has three values
too. Columns: the condition, and the ids of the rows it holds for. Made with
Python 3.11 and SQLite 3.40.1.
"""
import calendar
import random
import sqlite3
import sys
import time

random.seed(20261121)


def seconds(text):
    return calendar.timegm(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ"))


def load(path):
    db = sqlite3.connect(":memory:")
    db.execute("create table t (id integer, n real, m real, s text, b text,"
               " time real, since real)")
    with open(path, encoding="utf-8") as rows:
        next(rows)
        for line in rows:
            cells = [c or None for c in line.rstrip("\n").split("\t")]
            for i in (1, 2):
                cells[i] = None if cells[i] is None else float(cells[i])
            for i in (5, 6):
                cells[i] = None if cells[i] is None else seconds(cells[i])
            db.execute("insert into t values (?,?,?,?,?,?,?)", cells)
    return db


def number(depth):
    """A number, as a pair: cx and SQL."""
    pick = random.random()
    if depth == 0 or pick < 0.3:
        return random.choice([("n", "n"), ("m", "m"), ("`n`", "n"),
                              ("#3", "m")])
    if pick < 0.5:
        x = random.choice(["0", "1", "2.5", "7", "1e1", "10"])
        return x, f"({x} * 1.0)"
    if pick < 0.6:
        a = number(depth - 1)
        return f"-({a[0]})", f"(-({a[1]}))"
    if pick < 0.7:
        return "((time - since) / 1d)", "((time - since) / 86400.0)"
    op = random.choice("+-*/")
    a, b = number(depth - 1), number(depth - 1)
    return f"({a[0]} {op} {b[0]})", f"({a[1]} {op} {b[1]})"


def moment():
    day = f"2026-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    clock = random.choice(["", "T12:30", "T23:59:59Z", "T08:00:00+09:00"])
    at = seconds(day + "T00:00:00Z")
    at += {"": 0, "T12:30": 45000, "T23:59:59Z": 86399,
           "T08:00:00+09:00": -3600}[clock]
    if random.random() < 0.5:
        return day + clock, str(at)
    days = random.randint(1, 60)
    return f"{day}{clock} + {days}d", str(at + days * 86400)


ORDER = [("==", "="), ("!=", "<>"), ("<", "<"), ("<=", "<="), (">", ">"),
         (">=", ">=")]
WORDS = ["a", "b", "web", "東京", "it's", "tab le"]


def quoted(word):
    sql = word.replace("'", "''")
    cx = '"' + word + '"' if random.random() < 0.5 else f"'{sql}'"
    return cx, f"'{sql}'"


def comparison(depth):
    pick = random.random()
    op = random.choice(ORDER)
    if pick < 0.4:
        a, b = number(depth), number(depth)
        if "n" not in a[1] + b[1] and "m" not in a[1] + b[1]:
            a = ("n", "n")
        return f"{a[0]} {op[0]} {b[0]} + 0", f"{a[1]} {op[1]} {b[1]} + 0"
    if pick < 0.55:
        a, b = random.choice("sb"), quoted(random.choice(WORDS))
        return f"{a} {op[0]} {b[0]}", f"{a} {op[1]} {b[1]}"
    if pick < 0.6:
        op = random.choice(ORDER[:2])
        return f"s {op[0]} b", f"s {op[1]} b"
    if pick < 0.7:
        b = moment()
        return f"time {op[0]} {b[0]}", f"time {op[1]} {b[1]}"
    if pick < 0.8:
        words = [quoted(w) for w in random.sample(WORDS, 3)]
        no = random.choice(["", "not "])
        return (f"s {no}in ({', '.join(w[0] for w in words)})",
                f"s {no}in ({', '.join(w[1] for w in words)})")
    if pick < 0.88:
        no = random.choice(["", "not "])
        return f"n {no}in (1, 2, -3, 7.5)", f"n {no}in (1, 2, -3, 7.5)"
    no = random.choice(["", "not "])
    a = random.choice([("s", "s"), ("n", "n"), ("(n + m)", "(n + m)"),
                       ("time", "time"), ("(time - since)",
                                          "(time - since)")])
    return f"{a[0]} is {no}missing", f"{a[1]} is {no}null"


def condition(depth):
    pick = random.random()
    if depth == 0 or pick < 0.35:
        return comparison(2)
    a = condition(depth - 1)
    if pick < 0.5:
        return f"not ({a[0]})", f"not ({a[1]})"
    op = random.choice(["and", "or"])
    b = condition(depth - 1)
    return f"({a[0]}) {op} ({b[0]})", f"({a[1]}) {op} ({b[1]})"


def main():
    db = load(sys.argv[1])
    print("condition\tids")
    for _ in range(250):
        cx, sql = condition(3)
        ids = [str(r[0]) for r in
               db.execute(f"select id from t where {sql} order by id")]
        print(cx + "\t" + " ".join(ids))


main()
