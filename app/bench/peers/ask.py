"""Asks points what iceexplorer's bench asks: a filter, a sort, a histogram, a summary.

Usage: python3 ask.py numpy|numexpr|duckdb FOLDER
FOLDER holds the raw float32 columns age and pos (three numbers a point).
Prints JSON: the best time of each question in seconds.
"""
import json
import sys
import time

import numpy as np

module, folder = sys.argv[1:3]
age = np.fromfile(folder + "/age", "f4")
pos = np.fromfile(folder + "/pos", "f4").reshape(-1, 3)
y = pos[:, 1]


def best(f, rounds=5):
    f()
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        f()
        times.append(time.perf_counter() - begin)
    return min(times)


if module == "numpy":
    out = {
        "sort": best(lambda: np.argsort(age, kind="stable"), 2),
        "histogram": best(lambda: np.histogram(age, 256, (0, 2))),
    }
elif module == "numexpr":
    import numexpr

    out = {"filter": best(lambda: np.count_nonzero(numexpr.evaluate("(age > 1) & (y < 0)")))}
else:
    import duckdb

    db = duckdb.connect()
    import pandas  # duckdb reads its frames without a copy of each value

    points_frame = pandas.DataFrame({"age": age, "y": np.ascontiguousarray(y)})
    db.execute("create table points as select * from points_frame")
    out = {
        "filter": best(lambda: db.execute("select count(*) from points where age > 1 and y < 0").fetchall()),
        "sort": best(lambda: db.execute("create or replace temp table s as select rowid from points order by age"), 2),
        "summary": best(lambda: db.execute("select count(*), min(age), max(age), avg(age), stddev_pop(age), median(age) from points").fetchall()),
    }
print(json.dumps(out))
