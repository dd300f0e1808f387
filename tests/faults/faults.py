#!/usr/bin/env python3
"""What becomes of a sweep, and of what is written, when what lies beneath fails: disk, power, memory, clock, terminal.

    tests/faults/faults.py CORRIDOR [-v] [-k PATTERN] [CLASS]     CORRIDOR: the command, as build/release/corridor

CORRIDOR_FAULTS=all takes every instant instead of some, which takes minutes. A case is skipped, with the reason, where
its tool is missing; strace, faketime, localedef (locales), util-linux (unshare, setpriv) and cc make all run.
After each fault: an exit code and a message that say so, and the same command ends with the exports of an undisturbed run.
The cases are in the files beside this one, a class for each subject.
"""

import os
import sys
import unittest

sys.dont_write_bytecode = True

from disk import Disk  # noqa: E402
from hostile import Hostile  # noqa: E402
from outputs import Killed, Written  # noqa: E402
from power import Power  # noqa: E402
from process import Process  # noqa: E402
from records import Records  # noqa: E402
from support import Faults  # noqa: E402
from surroundings import Surroundings  # noqa: E402

__all__ = ["Disk", "Hostile", "Killed", "Power", "Process", "Records", "Surroundings", "Written"]

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    Faults.COMMAND = os.path.abspath(sys.argv.pop(1))
    unittest.main()
