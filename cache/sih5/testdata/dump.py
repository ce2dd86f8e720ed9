"""Prints all that h5py sees of a .sih5 as JSON."""
import hashlib
import json
import sys

import h5py

PARTS = ("Data", "Offsets", "ValueOffsets", "Records", "RecordOffsets")


def plain(v):
    if isinstance(v, bytes):
        return v.decode("utf-8", "replace")
    return v.tolist() if hasattr(v, "tolist") else v


with h5py.File(sys.argv[1], "r") as f:
    out = {"header": {k: plain(v) for k, v in f["HEADER"].attrs.items()}, "attributes": {}}
    for link, g in f["ATTRIBS"].items():
        a = {k: plain(v) for k, v in g.attrs.items()}
        out["attributes"][link] = {
            "name": a["name"],
            "constant": a["isconstant"],
            "datatype": a["datatype"],
            "ints": {k: v for k, v in a.items() if isinstance(v, int) and not isinstance(v, bool)},
            "vectors": {k: a[k] for k in ("min", "max", "mean", "finite", "nonfinite") if k in a},
            "data": {
                p: {
                    "dtype": g[p].dtype.str,
                    "shape": g[p].shape,
                    "offset": g[p].id.get_offset(),
                    "sha256": hashlib.sha256(g[p][...].tobytes()).hexdigest(),
                }
                for p in PARTS
                if p in g
            },
        }
json.dump(out, sys.stdout)
