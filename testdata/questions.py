"""Makes a cache of particles, and answers questions about it by numpy alone.

Usage: python3 questions.py FOLDER
FOLDER gets twenty frames, ask_1.sih5 and so on, as h5py stores them. Prints JSON: the
answers that the program must give too.
"""
import json
import sys

import h5py
import numpy as np

FRAMES, ASKED, FLUNG, BURST = 20, 1234, 777, 15
rng = np.random.default_rng(12)


def write(path, columns):
    points = len(columns["ID"])
    with h5py.File(path, "w") as f:
        f.create_group("HEADER").attrs.update(name="ICECACHE", version=103, type=0, particle_count=points, edge_count=0,
                                              polygon_count=0, sample_count=0, blob_count=0, attribute_count=len(columns), substeps_count=1)
        f.create_group("ATTRIBS")
        for name, data in columns.items():
            link = name + "_" * (-len(name) % 4)
            kind = 2 if data.dtype.kind == "i" else 16 if data.ndim == 2 else 4
            g = f["ATTRIBS"].create_group(link)
            g.attrs.update(name=link, datatype=kind, structtype=1, contexttype=2, objid=0, category=1,
                           ptlocator_size=0, blobtype_count=0, blobtype_names="", isconstant=False)
            g.create_dataset("Data", data=data.reshape(points, -1))


def mag(v):
    return float(np.sqrt((v.astype("f8") ** 2).sum()))


fastest, older, speeds, least, zeros, age = [], [], [], [], [], None
for frame in range(1, FRAMES + 1):
    # Fifty of the oldest die in each frame and fifty are born, and all change places.
    ids = rng.permutation(np.union1d(np.arange(frame * 50, 3000 + frame * 50), [FLUNG])).astype("i4")
    points = len(ids)
    columns = {
        "PointPosition": rng.normal(size=(points, 3)).astype("f4"),
        "PointVelocity": rng.normal(size=(points, 3)).astype("f4"),
        "ID": ids,
        "Age": rng.uniform(0, 3, points).astype("f4"),
        "Mass": rng.uniform(0.5, 1, points).astype("f4"),
    }
    flung = int(np.flatnonzero(ids == FLUNG)[0])
    if frame >= BURST:
        columns["PointVelocity"][flung] = 1000, 0, frame
    if frame == 17:
        columns["Mass"][70] = 0
    if frame == 3:
        columns["Age"][5] = np.nan
    write("%s/ask_%d.sih5" % (sys.argv[1], frame), columns)
    v = columns["PointVelocity"]
    first = int(np.argmax((v.astype("f8") ** 2).sum(1)))
    fastest.append({"index": first, "id": int(ids[first]), "speed": mag(v[first])})
    older.append(int((columns["Age"] > 1).sum()))
    speeds.append(mag(v[flung]))
    least.append(float(columns["Mass"].min()))
    zeros.append([int(i) for i in ids[columns["Mass"] == 0]])
    if frame == 12:
        age = float(columns["Age"][ids == ASKED][0])

print(json.dumps({
    "asked": ASKED, "flung": FLUNG, "age": age, "fastest": fastest, "older": older, "speeds": speeds, "least": least, "zeros": zeros,
    "exploded": int(np.argmax(np.array(speeds) > 100)) + 1,
}))
