"""Makes files that lead libhdf5 elsewhere or keep it busy, in the folder that is its argument. pipe is a FIFO in
that folder, secret.h5 a file whose values no other may show."""
import os
import sys
import zlib

import h5py
import numpy as np

DIR = sys.argv[1]
SIZE = np.array([[1], [-2]], "<f4")
PIPE = os.path.join(DIR, "pipe")
os.mkfifo(PIPE)


def header(g):
    for k, v in dict(version=103, type=0, particle_count=2).items():
        g.attrs[k] = v


def group(f, name="Size", datatype=4):
    g = f.require_group("ATTRIBS").create_group(name)
    for k, v in dict(datatype=datatype, structtype=1, contexttype=2, isconstant=False).items():
        g.attrs[k] = v
    return g


def new(name, whole=True):
    f = h5py.File(os.path.join(DIR, name), "w")
    if whole:
        header(f.create_group("HEADER"))
    return f


with new("secret.h5") as f:
    group(f)["Data"] = SIZE
for kind in ("external", "pipe", "soft"):
    def to(what):
        if kind == "soft":
            return h5py.SoftLink("/elsewhere/" + what)
        return h5py.ExternalLink({"external": "secret.h5", "pipe": "pipe"}[kind], "/" + what)

    with new("header_%s.h5" % kind, whole=False) as f:
        f["HEADER"] = to("HEADER")
        group(f)["Data"] = SIZE
        header(f.create_group("elsewhere/HEADER"))
    with new("attribs_%s.h5" % kind) as f:
        f["ATTRIBS"] = to("ATTRIBS")
        group(f["/"].create_group("elsewhere"))["Data"] = SIZE
    with new("attribute_%s.h5" % kind) as f:
        group(f, "ID__", 2)["Data"] = SIZE.astype("<i4")
        f["ATTRIBS/Size"] = to("ATTRIBS/Size")
    with new("data_%s.h5" % kind) as f:
        group(f)["Data"] = to("ATTRIBS/Size/Data")
with new("stored_pipe.h5") as f:
    group(f).create_dataset("Data", (2, 1), "<f4", external=[(PIPE, 0, 8)])
with new("virtual_pipe.h5") as f:
    layout = h5py.VirtualLayout((2, 1), "<f4")
    layout[:, 0] = h5py.VirtualSource(PIPE, "/ATTRIBS/Size/Data", shape=(2,))
    group(f).create_virtual_dataset("Data", layout)
with new("virtual_endless.h5") as f:  # its size is that of the files that it finds
    layout = h5py.VirtualLayout((2, 1), "<f4", maxshape=(None, 1))
    source = h5py.VirtualSource(PIPE, "/ATTRIBS/Size/Data", shape=(2, 1), maxshape=(None, 1))
    layout[0:h5py.h5s.UNLIMITED, :] = source[0:h5py.h5s.UNLIMITED, :]
    group(f).create_virtual_dataset("Data", layout)
with new("committed.h5") as f:
    f["type"] = np.dtype("<f4")
    group(f).create_dataset("Data", data=SIZE, dtype=f["type"])
with new("references.h5") as f:
    g = group(f)
    g.create_dataset("Data", (2, 1), h5py.ref_dtype)
with new("regions.h5") as f:
    group(f).create_dataset("Data", (2, 1), h5py.regionref_dtype)
with new("lists_of_lists.h5") as f:
    t = h5py.h5t.vlen_create(h5py.h5t.vlen_create(h5py.h5t.STD_I32LE))
    h5py.h5d.create(group(f).id, b"Data", t, h5py.h5s.create_simple((2, 1)))
with new("enum.h5") as f:
    t = h5py.h5t.enum_create(h5py.h5t.STD_I16LE)
    for i in range(5000):
        t.enum_insert(b"%04d" % (i * 7919 % 10000), i)
    g = group(f)
    h5py.h5d.create(g.id, b"Data", t, h5py.h5s.create_simple((2, 1)))
with new("compound.h5") as f:
    t = np.dtype("<i4")
    for i in range(8):
        t = np.dtype([("a", t), ("b", t)])
    g = group(f)
    g["Data"] = SIZE
    del g.attrs["isconstant"]
    g.attrs.create("isconstant", np.zeros((), t))
with new("filter.h5") as f:
    group(f).create_dataset("Data", data=SIZE, chunks=(2, 1), compression="gzip")
for name, raw, kw in (
        ("chunk_too_short.h5", zlib.compress(bytes(16)) + bytes(300), {}),  # libhdf5 reads past what it unpacked
        ("chunk_too_short_shuffled.h5", zlib.compress(bytes(16)) + bytes(300), dict(shuffle=True)),
        ("chunk_without_end.h5", zlib.compress(bytes(1 << 26), 9), {}),  # and unpacks whatever there is
        ("chunk_of_nothing.h5", zlib.compress(b"") + bytes(300), dict(fletcher32=True))):
    with new(name) as f:
        f["HEADER"].attrs["particle_count"] = 100000
        d = group(f).create_dataset("Data", (100000, 1), "<f4", chunks=(100000, 1), compression="gzip", **kw)
        d.id.write_direct_chunk((0, 0), raw)
with open(os.path.join(DIR, "filter.h5"), "r+b") as f:  # its chunks are packed by filter 12345, says the file
    b = f.read()
    f.seek(b.index(b"deflate\0") - 8)
    f.write((12345).to_bytes(2, "little"))
