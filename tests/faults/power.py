"""Power that fails, and a process that is killed at a change of a file: what a disk still holds is gone on from."""

import os
import pathlib
import random
import re

from support import STRACE, Faults, some


class Power(Faults):
    @STRACE
    def test_e08_killed_at_each_change_of_a_file(self):
        def check(finished, _):
            self.assertIn(finished.returncode, (-9, 137))
            self.assert_goes_on()

        for call in ("pwrite64", "ftruncate", "unlink", "rename", "fsync,fdatasync"):
            self.each_nth(call, "signal=KILL", self.SWEEP, check)

    @STRACE
    def test_e09_power_cut(self):
        """Of what was written since the last synchronisation of a file any part is lost; the store is found again."""
        log = self.folder / "strace.log"
        self.run_in("strace", "-f", "-qq", "-y", "-xx", "-s", "9999999", "-o", log,
                    "-e", "trace=openat,pwrite64,ftruncate,fsync,fdatasync,unlink,rename",
                    self.COMMAND, "sweep", "study.toml", "--threads", "1")
        history = list(changes_of_files(log.read_text(), self.folder))
        self.assertGreater(sum(change[0] == "write" for change in history), 20)
        chance = random.Random(1)
        for cut in some(range(len(history) + 1), 25):
            for survives in (0.0, 0.5, 1.0):
                self.forget()
                for name, content in after_power_cut(history[:cut], survives, chance).items():
                    (self.folder / name).write_bytes(content)
                with self.subTest(cut=cut, survives=survives):
                    self.assert_goes_on()


def changes_of_files(log, folder):
    """The writes, cuts, synchronisations, removals and renamings in the folder, in the order in which they ended."""
    pending = {}
    for line in log.splitlines():
        process, _, call = line.partition(" ")
        call = call.strip()
        if call.endswith("<unfinished ...>"):
            pending[process] = call.removesuffix("<unfinished ...>")
            continue
        if call.startswith("<... "):
            call = pending.pop(process) + call.split("resumed>", 1)[1]
        parts = re.fullmatch(r"(\w+)\((.*)\)\s+= (\d+).*", call)
        if parts is None:
            continue  # it failed, or is no call
        name, arguments, result = parts[1], parts[2], int(parts[3])
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', arguments)]
        opened = re.match(r"\d+<([^>]*)>", arguments)
        path = pathlib.Path(bytes.fromhex(opened[1].replace("\\x", "")).decode()) if opened else pathlib.Path()
        last = re.search(r", (\d+)$", arguments)
        if name == "openat" and "O_CREAT" in arguments:
            yield ("create", os.path.basename(texts[-1].decode()))
        elif name in ("unlink", "rename"):
            yield (name, *(os.path.basename(text.decode()) for text in texts))
        elif name in ("fsync", "fdatasync") and path == folder:
            yield ("sync folder",)
        elif path.parent == folder:
            if name == "pwrite64":
                yield ("write", path.name, int(last[1]), texts[-1][:result])
            elif name == "ftruncate":
                yield ("cut", path.name, int(last[1]))
            else:
                yield ("sync", path.name)


def after_power_cut(history, survives, chance):
    """What a disk holds that kept what was synchronised, and of later changes each with probability `survives`.

    Names change in order: a disk keeps a first part of the creations, removals and renamings since the folder's last
    synchronisation. `-shm` files are memory, not disk, and the lock holds nothing.
    """
    history = [change for change in history if not any(name.endswith(("-shm", "-lock")) for name in change[1:2])]
    safe = max((i for i, change in enumerate(history) if change[0] == "sync folder"), default=-1)
    last_name = len(history) if survives == 1 else safe if survives == 0 else chance.randint(safe, len(history))
    contents, names = {}, {}  # a file is what it is, whatever it is called
    for i, change in enumerate(history):
        kind, name = change[0], change[1] if len(change) > 1 else ""
        if kind == "create" and name not in names:
            names[name] = i
            contents[i] = []
        elif kind in ("write", "cut"):
            contents[names[name]].append(change)
        elif kind == "sync" and name in names:
            contents[names[name]].append(change)
        elif kind == "unlink":
            names.pop(name, None)
        elif kind == "rename":
            names[change[2]] = names.pop(name)
    kept = {}
    for i, change in enumerate(history[: max(last_name, safe + 1)]):
        if change[0] == "create" and change[1] not in kept:
            kept[change[1]] = i
        elif change[0] == "unlink":
            kept.pop(change[1], None)
        elif change[0] == "rename" and change[1] in kept:
            kept[change[2]] = kept.pop(change[1])
    return {name: content_after(contents[file], survives, chance) for name, file in kept.items()}


def content_after(changes, survives, chance):
    synchronised = max((i for i, change in enumerate(changes) if change[0] == "sync"), default=-1)
    content = bytearray()
    for i, change in enumerate(changes):
        if change[0] == "sync" or (i > synchronised and chance.random() >= survives):
            continue
        if change[0] == "write":
            _, _, start, data = change
            content.extend(bytes(max(0, start + len(data) - len(content))))
            content[start : start + len(data)] = data
        else:
            del content[change[2] :]
            content.extend(bytes(change[2] - len(content)))
    return bytes(content)
