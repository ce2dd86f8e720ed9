"""Reads an .icecache value by value, the way scripts commonly do it.

Usage: python3 per_value.py FILE [ROUNDS]
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

BOOL, LONG = 1, 2
COMPONENTS = {1: 1, 2: 1, 4: 1, 8: 2, 16: 3, 32: 4, 64: 4, 128: 9, 256: 16, 512: 4, 16384: 4}
CHUNK = 4000


def read(path):
    with gzip.open(path, "rb") as f:
        def u32():
            return struct.unpack("<I", f.read(4))[0]

        if f.read(8) != b"ICECACHE":
            sys.exit("not an .icecache: " + path)
        version = u32()
        u32()  # object type
        points, edges, polygons, samples = u32(), u32(), u32(), u32()
        if version >= 103:
            u32()  # substep
        if version >= 102:
            u32()  # user data blobs
        elements = {1: 1, 2: points, 4: edges, 8: polygons, 16: samples}
        attributes = []
        for _ in range(u32()):
            length = u32()
            name = f.read((length + 3) // 4 * 4)[:length].decode()
            kind, structure, context = u32(), u32(), u32()
            u32()  # database id
            u32()  # category
            if kind not in COMPONENTS or structure != 1:
                sys.exit("this script does not read attribute " + name)
            attributes.append((name, kind, elements.get(context, 0)))
        columns = {}
        if points == 0:
            return columns
        for name, kind, n in attributes:
            code = {BOOL: "<I", LONG: "<i"}.get(kind, "<f")
            components = COMPONENTS[kind]
            values = []
            constant = False
            if name.lower() == "pointposition":
                constant = u32() == 1
                for _ in range(1 if constant else n):
                    for _ in range(components):
                        values.append(struct.unpack(code, f.read(4))[0])
            else:
                for start in range(0, n + 1, CHUNK):
                    constant = u32() == 1
                    count = min(CHUNK, n - start)
                    for _ in range(1 if constant else count):
                        for _ in range(components):
                            values.append(struct.unpack(code, f.read(4))[0])
            if constant:
                del values[components:]
            columns[name] = (code[1], values)
        return columns


def main():
    path, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1
    best = None
    for _ in range(rounds):
        start = time.perf_counter()
        columns = read(path)
        took = time.perf_counter() - start
        best = took if best is None else min(best, took)
    sums = {}
    for name, (code, values) in columns.items():
        if code == "I":
            data = bytes(1 if v else 0 for v in values)
        else:
            data = struct.pack("<%d%s" % (len(values), code), *values)
        sums[name] = hashlib.sha256(data).hexdigest()
    print(json.dumps({"seconds": best, "sha256": sums}))


main()
