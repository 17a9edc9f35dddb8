"""Reads a table of the planets (NASA's Planetary Fact Sheet), works things out, writes JSON."""

import csv
import json
import math
import statistics
import sys

python = sys.version.split()[0]


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return [
            {key: value if key in ("name", "kind") else float(value) for key, value in row.items()}
            for row in csv.DictReader(file)
        ]


def exponent(planets):
    """Of the law period = constant * distance ** exponent, fitted to the table."""
    distances = [math.log(it["distance_e6km"]) for it in planets]
    periods = [math.log(it["period_days"]) for it in planets]
    return statistics.linear_regression(distances, periods).slope


def summary(planets):
    kinds = {it["kind"] for it in planets}
    return {
        kind: {
            "planets": [it["name"] for it in planets if it["kind"] == kind],
            "mean_density": round(statistics.fmean(it["density_kgm3"] for it in planets if it["kind"] == kind)),
        }
        for kind in sorted(kinds)
    }


def write(value, path):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file, indent=2)


def heavier_than(planets, mass):
    """Asks a database in memory; None where this machine has no libsqlite3."""
    try:
        import sqlite3
    except ImportError:
        return None
    with sqlite3.connect(":memory:") as database:
        database.execute("create table planet (name text, mass real)")
        database.executemany("insert into planet values (:name, :mass_e24kg)", planets)
        rows = database.execute("select name from planet where mass > ? order by mass desc", [mass])
        return [name for name, in rows]


print("In Python:  read", len(planets := read(table)), "planets from", table)
