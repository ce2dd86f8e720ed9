"""Makes the first attribute of a .sih5 a link to a FIFO beside it, named pipe."""
import os
import sys

import h5py

os.mkfifo(os.path.join(os.path.dirname(sys.argv[1]), "pipe"))
with h5py.File(sys.argv[1], "r+") as f:
    name = list(f["ATTRIBS"])[0]
    del f["ATTRIBS"][name]
    f["ATTRIBS"][name] = h5py.ExternalLink("pipe", "/ATTRIBS/" + name)
