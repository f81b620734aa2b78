"""What a file keeps when its content is replaced: mode, owner, extended attributes."""

import os
import stat
from contextlib import suppress
from pathlib import Path

_XATTRS = hasattr(os, "listxattr")


def copy_traits(target: Path, temporary: str, descriptor: int) -> None:
    """Gives the file that will replace `target` what that has; the usual mode where nothing is replaced.

    `descriptor` is that of `temporary`. Raises: OSError.
    """
    try:
        present = os.stat(target)
    except FileNotFoundError:
        os.fchmod(descriptor, 0o666 & ~_umask())
        return
    if (present.st_uid, present.st_gid) != (os.geteuid(), os.getegid()):
        # Only root may give files away; a file of another owner in a folder of ours becomes ours.
        with suppress(PermissionError):
            os.fchown(descriptor, present.st_uid, present.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(present.st_mode))
    if _XATTRS:
        # A file system without them, or one that keeps some to itself, costs the attributes and not the write.
        with suppress(OSError):
            for name in os.listxattr(target):
                os.setxattr(temporary, name, os.getxattr(target, name))


def _umask() -> int:
    """The process's umask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
