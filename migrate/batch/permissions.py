"""Rights on results: never wider than on the source. POSIX modes, groups and access lists; Windows inherits.

A result is reached through folders too: a folder that is made mirrors the mode of the source's, and where the folder
that is there already is wider than the source's, the result gives up what the source's folder did not let through.
"""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass, field
from pathlib import Path

_ACCESS_LIST = "system.posix_acl_access"  # acl(5)
_GROUP, _OTHERS = 0o070, 0o007


def carry_permissions(source: os.stat_result, source_path: Path, result: Path, *, reach: int = 0o777) -> None:
    """Give ``result``, still in its staging folder, the rights of its source and not one more.

    ``reach`` masks who could reach the source at all. Raises OSError.
    """
    if sys.platform == "win32":
        return
    mode = source.st_mode & 0o666 & reach
    own = result.stat()
    if (own.st_uid, own.st_gid) != (source.st_uid, source.st_gid):
        mode = _give(result, source, own, mode)
    if not _carry_access_list(source_path, result):
        mode &= ~_GROUP  # with an access list the group's bits are its mask, not the group's rights
    result.chmod(mode)


def _give(result: Path, source: os.stat_result, own: os.stat_result, mode: int) -> int:
    """Hand the result to the source's owner and group where this account may; the mode that then remains right."""
    for owner, group in ((source.st_uid, source.st_gid), (-1, source.st_gid)):
        try:
            os.chown(result, owner, group)
        except OSError:
            continue
        return mode
    return mode if own.st_gid == source.st_gid else mode & ~_GROUP


def _carry_access_list(source: Path, result: Path) -> bool:
    """Copy the access list, or remove one inherited from the folder. False where the source's could not be carried."""
    if not hasattr(os, "getxattr"):
        return True
    wanted, inherited = _access_list(source), _access_list(result)
    try:
        if wanted is not None:
            os.setxattr(result, _ACCESS_LIST, wanted)
        elif inherited is not None:
            os.removexattr(result, _ACCESS_LIST)
    except OSError:
        return False
    return True


def _access_list(path: Path) -> bytes | None:
    try:
        return os.getxattr(path, _ACCESS_LIST)
    except OSError:  # none, or a file system without them
        return None


def reach_of(folder: os.stat_result) -> int:
    """The mask of those who can pass through a folder: no right to search it, no way to what is in it."""
    mode = stat.S_IMODE(folder.st_mode)
    return 0o700 | (_GROUP if mode & 0o010 else 0) | (_OTHERS if mode & 0o001 else 0)


@dataclass(slots=True)
class MirroredFolders:
    """Makes the folders of a mirrored tree, each with the mode of the one that it mirrors."""

    _deferred: dict[Path, int] = field(default_factory=dict)
    _reach: dict[Path, int] = field(default_factory=dict)

    def prepare(self, target: Path, root: Path, target_root: Path) -> int:
        """Make the folder of ``target``, below ``target_root`` as its source is below ``root``, where it is missing.

        Answers the reach for what goes into it: a mask of what the folders themselves do not hold back. Raises OSError.
        """
        if sys.platform == "win32":
            target.parent.mkdir(parents=True, exist_ok=True)
            return 0o777
        if root == target_root:
            return 0o777
        reach = self._root(root, target_root)
        mirrored, folder = root, target_root
        for part in target.parent.relative_to(target_root).parts:
            mirrored, folder = mirrored / part, folder / part
            reach = self._folder(mirrored, folder, reach)
        return reach

    def close(self) -> None:
        """Give folders that their owner may not write in their modes, the deepest first. Raises OSError."""
        for folder in sorted(self._deferred, key=lambda path: -len(path.parts)):
            folder.chmod(self._deferred[folder])
        self._deferred.clear()

    def _root(self, root: Path, target_root: Path) -> int:
        if target_root not in self._reach:
            reach = 0o777
            for (
                parent
            ) in root.parents:  # who cannot pass above the source must not pass above the target either
                if not target_root.is_relative_to(parent):
                    reach &= reach_of(parent.stat())
            target_root.parent.mkdir(parents=True, exist_ok=True)
            self._folder(root, target_root, reach)
        return self._reach[target_root]

    def _folder(self, source: Path, target: Path, reach: int) -> int:
        """Make one folder. ``reach``: what its parents do not hold back; the answer: what is then still not held back."""
        if target not in self._reach:
            status = source.stat()
            allowed = stat.S_IMODE(status.st_mode) & 0o777 & reach
            try:
                target.mkdir(mode=0o700)
            except FileExistsError:  # somebody's, or ours of an earlier run: its mode stays
                passing = reach_of(target.stat())
                held_back = not passing & ~(reach_of(status) & reach)
                self._reach[target] = 0o777 if held_back else reach & reach_of(status)
            else:
                self._give_mode(status, target, allowed)
                self._reach[target] = 0o777
        return self._reach[target]

    def _give_mode(self, source: os.stat_result, target: Path, mode: int) -> None:
        own = target.stat()
        if (own.st_uid, own.st_gid) != (source.st_uid, source.st_gid):
            mode = _give(target, source, own, mode)
        target.chmod(mode | 0o700)
        if mode & 0o700 != 0o700:
            self._deferred[target] = mode
