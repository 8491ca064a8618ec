"""Which system account PostgreSQL runs as, and how that account reaches its files.

PostgreSQL refuses to run as root. Started as root, it therefore runs as an account of its own, and that account
is let through the directories above its data: by an access list for it alone where the file system has them.
"""

from __future__ import annotations

import logging
import os
import pwd
import shutil
import stat
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

ACCOUNT = "schakel-db"
_ACL = "system.posix_acl_access"
_ACL_VERSION = 2
_OWNER, _USER, _GROUP, _MASK, _OTHERS = 0x01, 0x02, 0x04, 0x10, 0x20
_NOBODY_IN_PARTICULAR = 0xFFFFFFFF
_SEARCH = 0o1


class AccountError(RuntimeError):
    """There is no account that PostgreSQL may run as."""


@dataclass(frozen=True)
class Account:
    """The account of the server process; ``other`` where it is not the one we run as."""

    uid: int
    gid: int
    other: bool

    def own(self, path: Path) -> None:
        """Give ``path`` to the account, where it is another one than ours."""
        if self.other:
            os.chown(path, self.uid, self.gid)


def server_account() -> Account:
    """Return who PostgreSQL runs as: ourselves, or for root the account ``schakel-db``, made where it is missing."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), other=False)
    entry = _known_account() or _made_account()
    return Account(entry.pw_uid, entry.pw_gid, other=True)


def _known_account() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        return None


def _made_account() -> pwd.struct_passwd:
    tool = shutil.which("useradd") or shutil.which("useradd", path="/usr/sbin:/sbin")
    if tool is None:
        raise AccountError(
            "PostgreSQL does not run as root and there is no `useradd` here to make an account for it. "
            f"Make a system account named {ACCOUNT}, or start Schakel as an ordinary user."
        )
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    made = subprocess.run(  # noqa: S603 - a fixed command of the system
        [tool, *options, "--shell", "/usr/sbin/nologin", ACCOUNT], check=False, capture_output=True, text=True
    )
    entry = _known_account()  # two starts at once may both try; one of them succeeds for both
    if entry is None:
        raise AccountError(f"The account {ACCOUNT} for PostgreSQL could not be made: {made.stderr.strip()}")
    return entry


def let_through(account: Account, path: Path) -> None:
    """Let ``account`` search the directories above ``path``; they stay as closed as they were to all others."""
    if not account.other:
        return
    for directory in path.resolve().parents:
        if not _may_search(account, directory):
            _open_to(account, directory)


def _may_search(account: Account, directory: Path) -> bool:
    known = directory.stat()
    if known.st_mode & stat.S_IXOTH:
        return True
    if known.st_uid == account.uid:
        return bool(known.st_mode & stat.S_IXUSR)
    entries = _access(directory)
    rights = next((rights for kind, rights, who in entries if kind == _USER and who == account.uid), 0)
    # A later chmod narrows the mask, and with it what the entry gives.
    return bool(rights & next((mask for kind, mask, _ in entries if kind == _MASK), 0) & _SEARCH)


def _open_to(account: Account, directory: Path) -> None:
    entries = [entry for entry in _access(directory) if entry[:1] + entry[2:] != (_USER, account.uid)]
    mask = next((rights for kind, rights, _ in entries if kind == _MASK), _group_rights(directory))
    kept = [entry for entry in entries if entry[0] != _MASK]
    wanted = [*kept, (_USER, _SEARCH, account.uid), (_MASK, mask | _SEARCH, _NOBODY_IN_PARTICULAR)]
    try:
        os.setxattr(directory, _ACL, _packed(wanted))
    except OSError:
        log.warning("%s is made searchable for all accounts, as its file system has no access lists", directory)
        directory.chmod(stat.S_IMODE(directory.stat().st_mode) | stat.S_IXOTH)


def _group_rights(directory: Path) -> int:
    return (directory.stat().st_mode >> 3) & 0o7


def _access(directory: Path) -> list[tuple[int, int, int]]:
    """Return the access list of a directory as (kind, rights, account); from its mode where it has none."""
    try:
        raw = os.getxattr(directory, _ACL)
    except OSError:
        mode = directory.stat().st_mode
        kinds = ((_OWNER, mode >> 6), (_GROUP, mode >> 3), (_OTHERS, mode))
        return [(kind, rights & 0o7, _NOBODY_IN_PARTICULAR) for kind, rights in kinds]
    return list(struct.iter_unpack("<HHI", raw[4:]))


def _packed(entries: list[tuple[int, int, int]]) -> bytes:
    """Write an access list as Linux keeps it: version, then entries ordered by kind and account."""
    ordered = sorted(entries, key=lambda entry: (entry[0], entry[2]))
    return struct.pack("<I", _ACL_VERSION) + b"".join(struct.pack("<HHI", *entry) for entry in ordered)
