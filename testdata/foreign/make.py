"""Makes the .sih5 files beside it: the groups of ICE Explorer 1 as h5py stores them.

plain_1.sih5 is contiguous and gives no ranges, lzf_1.sih5 is compressed with a filter
that comes with h5py alone. The 27 points lie about 501, 501, 501.
"""
import os

import h5py
import numpy as np

N = 27


def make(name, **how):
    with h5py.File(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), "w") as f:
        f.create_group("HEADER").attrs.update(name="ICECACHE", version=103, type=0, particle_count=N, edge_count=0,
                                              polygon_count=0, sample_count=0, blob_count=0, attribute_count=3, substeps_count=1)
        f.create_group("ATTRIBS")
        size = np.full((N, 1), 0.5, "f4")
        size[3] = np.nan
        for link, datatype, data in (
            ("PointPosition___", 16, np.array([(500 + i % 3, 500 + i // 3 % 3, 500 + i // 9) for i in range(N)], "f4")),
            ("ID__", 2, np.arange(N, dtype="i4").reshape(N, 1)),
            ("Size", 4, size),
        ):
            g = f["ATTRIBS"].create_group(link)
            g.attrs.update(name=link, datatype=datatype, structtype=1, contexttype=2, objid=0, category=1,
                           ptlocator_size=0, blobtype_count=0, blobtype_names="", isconstant=False)
            g.create_dataset("Data", data=data, **how)


make("plain_1.sih5")
make("lzf_1.sih5", chunks=True, compression="lzf")
