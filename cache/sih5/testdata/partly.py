"""Makes partly.h5 in the folder that is its argument: a file of which some attributes cannot be read, and which
holds more than attributes. pipe is a FIFO in that folder, which nobody may open."""
import os
import sys

import h5py
import numpy as np

DIR = sys.argv[1]
SIZE = np.array([[1], [-2]], "<f4")
PIPE = os.path.join(DIR, "pipe")
os.mkfifo(PIPE)

with h5py.File(os.path.join(DIR, "partly.h5"), "w") as f:
    h = f.create_group("HEADER")
    for k, v in dict(version=103, type=0, particle_count=2).items():
        h.attrs[k] = v
    f.create_group("ATTRIBS")

    def group(name, datatype=4):
        g = f["ATTRIBS"].create_group(name)
        for k, v in dict(datatype=datatype, structtype=1, contexttype=2, isconstant=False).items():
            g.attrs[k] = v
        return g

    group("PointPosition___", 16)["Data"] = np.arange(6, dtype="<f4").reshape(2, 3)
    group("Size")["Data"] = SIZE
    group("Elsewhere___").create_dataset("Data", (2, 1), "<f4", external=[(PIPE, 0, 8)])
    layout = h5py.VirtualLayout((2, 1), "<f4")
    layout[:, 0] = h5py.VirtualSource(PIPE, "/ATTRIBS/Size/Data", shape=(2,))
    group("Virtual_").create_virtual_dataset("Data", layout)
    group("Text")["Data"] = np.array([["a"], ["b"]], "S4")
    group("Three___")["Data"] = np.zeros((3, 1), "<f4")
    group("Nameless")["Data"] = SIZE
    del f["ATTRIBS/Nameless"].attrs["datatype"]
    # More names of what must not be opened: a group of it, and what holds it.
    f["ATTRIBS/AnotherName_"] = f["ATTRIBS/Virtual_"]
    group("Holds___")["Data"] = f["ATTRIBS/Virtual_/Data"]
    # What is no attribute: the first is the dataset that must not be opened.
    f["ATTRIBS/AAAA"] = f["ATTRIBS/Virtual_/Data"]
    f["ATTRIBS/Notes"] = np.zeros(3)
    f["ATTRIBS"].create_group("Empty")
    f["ATTRIBS/Top"] = f["HEADER"]
