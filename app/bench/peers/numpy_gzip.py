"""Reads an .icecache with numpy and the gzip module: the quick way in Python.

Usage: python3 numpy_gzip.py FILE [ROUNDS]
Prints JSON: the best time in seconds, and the SHA-256 of each attribute's values.
Written from the description of the format, for versions 100 to 103 with plain data
blocks: no arrays, shapes, strings or blobs.
"""
import gzip
import hashlib
import json
import struct
import sys
import time

import numpy

BOOL, LONG = 1, 2
COMPONENTS = {1: 1, 2: 1, 4: 1, 8: 2, 16: 3, 32: 4, 64: 4, 128: 9, 256: 16, 512: 4, 16384: 4}
CHUNK = 4000


def read(path):
    with gzip.open(path, "rb") as f:
        data = f.read()
    at = 8
    if data[:8] != b"ICECACHE":
        sys.exit("not an .icecache: " + path)

    def u32s(n):
        nonlocal at
        at += 4 * n
        return struct.unpack_from("<%dI" % n, data, at - 4 * n)

    version, _, points, edges, polygons, samples = u32s(6)
    u32s((version >= 103) + (version >= 102))
    elements = {1: 1, 2: points, 4: edges, 8: polygons, 16: samples}
    attributes = []
    for _ in range(u32s(1)[0]):
        length, = u32s(1)
        name = data[at:at + length].decode()
        at += (length + 3) // 4 * 4
        kind, structure, context, _, _ = u32s(5)
        if kind not in COMPONENTS or structure != 1:
            sys.exit("this script does not read attribute " + name)
        attributes.append((name, kind, elements.get(context, 0)))
    columns = {}
    if points == 0:
        return columns
    for name, kind, n in attributes:
        dtype = {BOOL: "<u4", LONG: "<i4"}.get(kind, "<f4")
        components = COMPONENTS[kind]
        chunked = name.lower() != "pointposition"
        parts = []
        constant = False
        for start in range(0, n + 1, CHUNK) if chunked else [0]:
            constant = u32s(1)[0] == 1
            count = 1 if constant else min(CHUNK, n - start) if chunked else n
            parts.append(numpy.frombuffer(data, dtype, count * components, at))
            at += 4 * count * components
        values = parts[0] if constant else numpy.concatenate(parts)
        columns[name] = values != 0 if kind == BOOL else values
    return columns


def main():
    path, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1
    best = None
    for _ in range(rounds):
        start = time.perf_counter()
        columns = read(path)
        took = time.perf_counter() - start
        best = took if best is None else min(best, took)
    sums = {name: hashlib.sha256(v.tobytes()).hexdigest() for name, v in columns.items()}
    print(json.dumps({"seconds": best, "sha256": sums}))


main()
