"""Asks points what iceexplorer's bench asks: a filter, a sort, a histogram, a summary.

Usage: python3 ask.py numpy|numexpr FOLDER
FOLDER holds the raw float32 columns age and pos (three numbers a point).
Prints JSON: the best time of each question in seconds, and how many points the filter found.
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
else:
    import numexpr

    def count():
        return np.count_nonzero(numexpr.evaluate("(age > 1) & (y < 0)"))

    out = {"filter": best(count), "found": int(count())}
print(json.dumps(out))
