"""A file that comes to its place when it is whole: the old one or the new one is there, whatever comes between.

Depends on the operating system.
"""

import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from gradcli.interrupts import gone_after

LONGEST_NAME = 200
"""Bytes of a name of which another can be made: file systems take 255."""
NOT_REPLACED = (errno.EACCES, errno.EPERM, errno.EBUSY)
"""In a folder where one may replace nobody else's files, and where the file is a mount of its own."""
NO_SYNC = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)

Note = Callable[[str], None]
"""Says something to the person."""


@contextmanager
def replacing(path: str, old: os.stat_result | None, note: Note) -> Iterator[IO[bytes]]:
    """A new file beside that of the path, behind its links, whose place it takes in the end; if there is none, it goes.

    `old` is the state of the file that is there. Raises OSError.
    """
    place = Path(path).resolve()
    part = _beside(place)
    with gone_after(part):
        with created(part, 0o600 if old else 0o666) as stream:
            yield stream
            _sync(stream)
        _settle(part, place, old, note)


def _beside(place: Path) -> Path:
    """A path in the same folder that no other writer has."""
    name = place.name if len(os.fsencode(place.name)) <= LONGEST_NAME else "gradcli"
    return place.with_name(f"{name}.{os.urandom(6).hex()}.part")


def created(path: Path, mode: int) -> IO[bytes]:
    """A new file, with these rights at most."""
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode))


def _sync(stream: IO[bytes]) -> None:
    """Let the bytes be on the disk before the name is, so that a power cut cannot leave the new name without them."""
    stream.flush()
    try:
        os.fsync(stream.fileno())
    except OSError as problem:
        if problem.errno not in NO_SYNC:
            raise


def _settle(part: Path, place: Path, old: os.stat_result | None, note: Note) -> None:
    """Bring a file to its place; one that cannot be replaced is written over, with what is whole by now."""
    if old:
        _keep_rights(part, old)
    try:
        part.replace(place)
    except OSError as problem:
        if not old or problem.errno not in NOT_REPLACED:
            raise
        shutil.copyfile(part, place)
        note(f"{place} was written over, for it cannot be replaced: {problem.strerror}")


def _keep_rights(part: Path, old: os.stat_result) -> None:
    """Give a file the owner of the old one, as far as that can be given away, and its rights."""
    if hasattr(os, "chown"):
        for user, group in ((-1, old.st_gid), (old.st_uid, -1)):
            with suppress(OSError):
                os.chown(part, user, group)
    part.chmod(stat.S_IMODE(old.st_mode))
