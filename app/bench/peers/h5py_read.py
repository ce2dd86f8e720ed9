"""Reads all attributes of a converted frame (.sih5) with h5py.

Usage: python3 h5py_read.py FILE [ROUNDS]
Prints JSON: the best time in seconds, and the bytes that were read.
"""
import json
import sys
import time

import h5py


def read(path):
    columns = {}
    with h5py.File(path, "r") as f:
        for name, group in f["ATTRIBS"].items():
            for part, dataset in group.items():
                if isinstance(dataset, h5py.Dataset):
                    columns[name, part] = dataset[...]
    return columns


def main():
    path, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1
    best = None
    for _ in range(rounds):
        start = time.perf_counter()
        columns = read(path)
        took = time.perf_counter() - start
        best = took if best is None else min(best, took)
    print(json.dumps({"seconds": best, "bytes": sum(v.nbytes for v in columns.values())}))


main()
