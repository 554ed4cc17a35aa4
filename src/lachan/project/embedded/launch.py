"""Started as a script between us and another program: gives up root, asks to be stopped with its parent, becomes the program.

The order matters: Linux forgets the wish to die with the parent when the account changes, and keeps it over exec. Imports nothing
of ours, for the account may not be able to read it after the change.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def watched(command: list[str], *, uid: int = 0, gid: int = 0) -> list[str]:
    """The words that run a command so that it stops with the thread that starts it; for root, as another account if given."""
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), str(uid), str(gid), *command]


def main(parent: str, uid: str, gid: str, *command: str) -> None:
    """`parent` is the process to be stopped with; `uid` and `gid` are whom to become when root (0: stay)."""
    if os.geteuid() == 0 != int(uid):
        os.setgroups([])
        os.setgid(int(gid))
        os.setuid(int(uid))
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGINT))  # SIGINT is PostgreSQL's "fast" shutdown
    if os.getppid() != int(parent):  # it died before it could be watched
        sys.exit(1)
    os.execv(command[0], command)  # noqa: S606 - that is what this script is for


if __name__ == "__main__":
    main(*sys.argv[1:])
