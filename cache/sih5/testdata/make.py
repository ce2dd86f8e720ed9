"""Makes small files with the groups of a .sih5 in ways that this program does not write."""
import os
import sys

import h5py
import numpy as np

DIR = sys.argv[1]
SIZE = np.array([[1], [-2]], "<f4")


def new(name, **kw):
    f = h5py.File(os.path.join(DIR, name), "w", **kw)
    h = f.create_group("HEADER")
    for k, v in dict(name="ICECACHE", version=103, type=0, particle_count=2, edge_count=0, polygon_count=0,
                     sample_count=0, blob_count=0, attribute_count=1, substeps_count=1).items():
        h.attrs[k] = v
    f.create_group("ATTRIBS")
    return f


def group(f, name, datatype, structtype=1, contexttype=2, constant=False):
    g = f["ATTRIBS"].create_group(name)
    for k, v in dict(name=name, datatype=datatype, structtype=structtype, contexttype=contexttype, objid=0, category=1,
                     ptlocator_size=0, blobtype_count=0, blobtype_names="", isconstant=constant).items():
        g.attrs[k] = v
    return g


with new("contiguous.h5") as f:
    group(f, "PointPosition___", 16)["Data"] = np.frombuffer(bytes(range(24)), "<f4").reshape(2, 3)
    group(f, "Flag", 1)["Data"] = np.array([[False], [True]])
with new("vector2_int.h5") as f:
    group(f, "UV__", 8)["Data"] = np.array([[1, -2], [3, 4]], "<i4")
with new("wide.h5") as f:
    group(f, "Size", 4)["Data"] = SIZE.astype("<f8")
    group(f, "ID__", 2)["Data"] = np.array([[1], [-2]], "<i8")
    group(f, "Flag", 1)["Data"] = np.array([[0], [7]], "<i4")
with new("big_endian.h5") as f:
    group(f, "Size", 4)["Data"] = SIZE.astype(">f4")
with new("flat.h5") as f:
    group(f, "Size", 4)["Data"] = SIZE[:, 0]
with new("compact.h5") as f:
    g = group(f, "Size", 4)
    p = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    p.set_layout(h5py.h5d.COMPACT)
    d = h5py.h5d.create(g.id, b"Data", h5py.h5t.IEEE_F32LE, h5py.h5s.create_simple((2, 1)), p)
    d.write(h5py.h5s.ALL, h5py.h5s.ALL, SIZE)
with new("no_data.h5") as f:
    group(f, "Size", 4)
with new("latest.h5", libver="latest") as f:
    group(f, "Size", 4).create_dataset("Data", data=SIZE, chunks=(1, 1), compression="gzip", shuffle=True)
with new("attributes_as_arrays.h5") as f:
    g = group(f, "Size", 4)
    g["Data"] = SIZE
    g.attrs["datatype"] = np.array([4], "<i4")
    g.attrs["min"] = np.arange(100.0)
    g.attrs["objid"] = np.arange(50)
    g.attrs["category"] = "one"
with new("blob_names.h5") as f:
    g = group(f, "Blob", 65536)
    g.attrs["blobtype_count"] = 2
    g.attrs["blobtype_names"] = ["one", "two"]
    g["Data"] = np.array([1, 2, 3], "u1")
    g["Offsets"] = np.array([0, 1, 3], "<u8")
with new("soft_links.h5") as f:
    group(f, "Size", 4)["Data"] = SIZE
    f["ATTRIBS"]["Soft"] = h5py.SoftLink("/ATTRIBS/Size")
    f["ATTRIBS"]["Away"] = h5py.ExternalLink("flat.h5", "/ATTRIBS/Size")
with new("external_data.h5") as f:
    group(f, "Size", 4).create_dataset("Data", (2, 1), "<f4", external=[(os.path.join(DIR, "flat.h5"), 0, 8)])
with new("external_link.h5") as f:
    group(f, "Size", 4)["Data"] = h5py.ExternalLink("flat.h5", "/ATTRIBS/Size/Data")
with new("virtual.h5") as f:
    layout = h5py.VirtualLayout((2, 1), "<f4")
    layout[:, 0] = h5py.VirtualSource("flat.h5", "/ATTRIBS/Size/Data", shape=(2,))
    group(f, "Size", 4).create_virtual_dataset("Data", layout)
with new("text.h5") as f:
    group(f, "Size", 4)["Data"] = np.array([["a"], ["b"]], "S4")
with new("dataset_as_group.h5") as f:
    f["ATTRIBS"]["Size"] = SIZE
with new("made_in_order.h5", track_order=True) as f:
    del f["ATTRIBS"]
    f.create_group("ATTRIBS", track_order=True)
    for name in ("Size", "ID__", "Age_"):
        group(f, name, 4)["Data"] = SIZE
with new("user_block.h5", userblock_size=1024) as f:
    group(f, "Size", 4)["Data"] = SIZE
ROWS = np.arange(600, dtype="<f4").reshape(200, 3) / 7
for name, kw in (("chunked.h5", {}), ("chunked_latest.h5", dict(libver="latest"))):
    with new(name, **kw) as f:
        f["HEADER"].attrs["particle_count"] = 200
        g = group(f, "PointPosition___", 16)
        g.create_dataset("Data", data=ROWS, chunks=(16, 3), compression="gzip", compression_opts=9, shuffle=True, fletcher32=True)
        group(f, "Size", 4).create_dataset("Data", data=ROWS[:, :1], chunks=(32, 1))
with new("dense.h5", libver="latest") as f:  # links and attributes in heaps
    for i in range(40):
        group(f, "Attribute%02d_" % i, 4)["Data"] = SIZE
    f["HEADER"].attrs["long"] = "x" * 5000
    f["HEADER"].attrs["note"] = np.arange(100)
with new("many.h5") as f:  # a tree of two levels
    for i in range(300):
        f["ATTRIBS"].create_group("A%03d" % i).attrs["datatype"] = 4
    for g in f["ATTRIBS"].values():
        g.attrs["structtype"], g.attrs["contexttype"] = 1, 2
with new("growing.h5", libver="latest") as f:
    f["HEADER"].attrs["particle_count"] = 200
    group(f, "PointPosition___", 16).create_dataset("Data", data=ROWS, chunks=(1, 3), maxshape=(None, 3))
    group(f, "Velocity", 16).create_dataset("Data", data=ROWS, chunks=(1, 1), maxshape=(None, None), compression="gzip")
    group(f, "Size", 4).create_dataset("Data", data=ROWS[:, :1], chunks=(1, 1), maxshape=(2000, 1))
for name, kw in (("rows.h5", {}), ("rows_packed.h5", dict(chunks=(48, 2), compression="gzip", shuffle=True)),
                 ("rows_in_one.h5", dict(chunks=(500, 3), maxshape=(500, 3), compression="gzip")),
                 ("rows_shuffled.h5", dict(chunks=(7, 3), shuffle=True))):
    with new(name) as f:
        f["HEADER"].attrs["particle_count"] = 200
        group(f, "PointPosition___", 16).create_dataset("Data", data=ROWS, **kw)
        group(f, "Wide", 16).create_dataset("Data", data=ROWS.astype("<f8"), **kw)
        if kw:
            kw = dict(kw, chunks=(48, 1), maxshape=(500, 1))
        group(f, "Count", 2).create_dataset("Data", data=np.arange(200, dtype="<i4").reshape(200, 1), **kw)
        group(f, "Flag", 1).create_dataset("Data", data=(np.arange(200) % 3 == 0).reshape(200, 1), **kw)
with new("rows_missing.h5") as f:  # a chunk was never written
    f["HEADER"].attrs["particle_count"] = 200
    d = group(f, "PointPosition___", 16).create_dataset("Data", (200, 3), "<f4", chunks=(48, 2), compression="gzip", shuffle=True, fillvalue=7)
    d[:48] = ROWS[:48]
    d[150:, 2:] = ROWS[150:, 2:]
