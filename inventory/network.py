"""Which paths stand on a network file system."""

from __future__ import annotations

import re
import sys
from pathlib import Path, PurePosixPath

NETWORK_FILE_SYSTEMS = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "smb2",
        "afs",
        "ceph",
        "lustre",
        "gpfs",
        "beegfs",
        "glusterfs",
        "fuse.glusterfs",
        "fuse.sshfs",
        "fuse.s3fs",
        "fuse.rclone",
        "fuse.davfs",
        "davfs",
        "ncpfs",
        "coda",
        "ocfs2",
        "gfs2",
        "9p",
    ]
)


def network_file_system(path: str, mounts: str) -> str | None:
    """The type of the network file system that an absolute POSIX path stands on; None where it is local.

    ``mounts`` is the text of ``/proc/mounts`` (proc(5)): device, mount point with octal escapes, type. The root file
    system counts as local: containers mount theirs over 9p.
    """
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), fields[1])
        if len(point) >= len(best) and PurePosixPath(path).is_relative_to(point):
            best, kind = point, fields[2]
    return kind if kind in NETWORK_FILE_SYSTEMS and best != "/" else None


def network_file_system_of(path: Path) -> str | None:
    """The type of the network file system that an absolute path stands on; None where it is local."""
    if sys.platform == "win32":
        return "UNC" if str(path).startswith("\\\\") else None
    mounts = Path("/proc/mounts")
    return (
        network_file_system(str(path), mounts.read_text("utf-8", "surrogateescape"))
        if mounts.exists()
        else None
    )
