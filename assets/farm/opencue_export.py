"""Submits an export to OpenCue: frames in tasks of ten, each tried three times.

    python3 opencue_export.py SHOW SHOT 1-240 --to vtp -o /out/fire /caches/fire

What follows the frames is for iceexplorer export.
"""
import getpass
import sys

import outline
import outline.cuerun
import outline.modules.shell


def main(show, shot, frames, arguments):
    job = outline.Outline("ice_export", show=show, shot=shot, user=getpass.getuser())
    # Cuebot puts the frames of a task in the place of #FRAMESPEC#: 1-10.
    command = ["iceexplorer", "export", "--skip", "--frames", "#FRAMESPEC#"] + arguments
    layer = outline.modules.shell.Shell("export", command=command, range=frames, chunk=10, threads=1)
    job.add_layer(layer)
    outline.cuerun.launch(job, use_pycuerun=False, maxretries=2)


if __name__ == "__main__":
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])
