#!/usr/bin/env python3
"""What becomes of a sweep, and of what is written, when what lies beneath fails: disk, power, memory, clock, terminal.

    tests/faults/faults.py CORRIDOR [-v] [-k PATTERN]     CORRIDOR: the command, as build/release/corridor

CORRIDOR_FAULTS=all takes every instant instead of some, which takes minutes. A case is skipped, with the reason, where
its tool is missing; strace, faketime, localedef (locales), bsdextrautils (script) and util-linux (unshare) make all run.
After each fault: an exit code and a message that say so, and the same command ends with the exports of an undisturbed run.
"""

import json
import os
import pathlib
import pty
import random
import re
import resource
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
import zlib

COMMAND = ""  # absolute
ROOT = pathlib.Path(__file__).resolve().parents[2]
TAKES_ALL = os.environ.get("CORRIDOR_FAULTS") == "all"

STUDY = """scenario = "scenario.toml"
replications = 10
[design]
kind = "grid"
[parameter]
"service.feeder.departures.per_week" = [2, 3, 4, 5]
"""

FINE, REFUSED, ENVIRONMENT = 0, 2, 3


def needs(*trial):
    """Skips a case where the first word of the trial is not at hand, or may not do what it is for."""
    is_there = shutil.which(trial[0]) is not None
    works = is_there and subprocess.run(trial, capture_output=True, check=False).returncode == 0
    return unittest.skipUnless(works, f"needs {trial[0]}" + (", which may not work here" if is_there else ""))


STRACE = needs("strace", "-f", "-o", "/dev/null", "true")
NOBODY = ("setpriv", "--reuid", "65534", "--clear-groups")
AS_NOBODY = unittest.skipUnless(os.geteuid() == 0 and shutil.which("setpriv"), "needs root and setpriv")


def some(numbers, count):
    """All of them, or `count` spread over them."""
    numbers = list(numbers)
    if TAKES_ALL or len(numbers) <= count:
        return numbers
    return [numbers[i * len(numbers) // count] for i in range(count)]


class Faults(unittest.TestCase):
    """A folder with the tutorial and a study of 40 replications, and what an undisturbed sweep exports."""

    expected = ""

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory(prefix="corridor-faults-") as name:
            folder = pathlib.Path(name)
            cls.fill(folder)
            subprocess.run([COMMAND, "sweep", "study.toml", "-q"], cwd=folder, check=True, capture_output=True)
            cls.expected = cls.export(folder, "study.sqlite")

    @staticmethod
    def fill(folder):
        shutil.copy(ROOT / "scenarios/tutorial/scenario.toml", folder)
        (folder / "study.toml").write_text(STUDY)

    @staticmethod
    def export(folder, store):
        parts = [
            subprocess.run([COMMAND, "export", store, *more], cwd=folder, check=True, capture_output=True, text=True)
            for more in ([], ["--replications"])
        ]
        assert all(part.stderr == "" for part in parts)
        return "".join(part.stdout for part in parts)

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="corridor-faults-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.fill(self.folder)

    def run_in(self, *command, **options):
        options = {"cwd": self.folder, "capture_output": True, "timeout": 60, "stdin": subprocess.DEVNULL} | options
        return subprocess.run([str(part) for part in command], check=False, **options)

    def corridor(self, *arguments, under=(), **options):
        return self.run_in(*under, COMMAND, *arguments, **options)

    def skip_unless_nobody_may_run(self):
        if self.run_in(*NOBODY, COMMAND, "version").returncode != FINE:
            self.skipTest("nobody may not read the build folder")

    def forget(self):
        for path in self.folder.iterdir():
            if path.name not in ("scenario.toml", "study.toml"):
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def assert_told(self, finished, *codes):
        """It ended by one of the codes, and a failure says what it is."""
        told = finished.stderr.decode(errors="replace")
        self.assertIn(finished.returncode, codes, told)
        if finished.returncode > 0:
            self.assertIn("error: ", told)

    def assert_goes_on(self, store="study.sqlite"):
        again = self.corridor("sweep", "study.toml", "--store", store)
        self.assertEqual(again.returncode, FINE, again.stderr.decode())
        self.assertEqual(self.export(self.folder, store), self.expected)

    def inject(self, call, fault, nth, *arguments, under=()):
        """Runs with the nth such call failing: that call, empty where there were not so many, and how it ended."""
        log = self.folder / "strace.log"
        finished = self.run_in(
            "strace", "-f", "-qq", "-y", "-o", log, "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={nth}",
            *under, COMMAND, *arguments)
        lines = log.read_text(errors="replace").splitlines()
        was_killed = finished.returncode in (137, -9)
        return next((line for line in lines if "(INJECTED)" in line), "killed" if was_killed else ""), finished

    def each_nth(self, call, fault, arguments, check, first=1, prepare=lambda: None):
        """For n = 1, 2, ... (or some n, ever further apart) until there is no nth such call: runs afresh, and checks."""
        nth = first
        while True:
            self.forget()
            prepare()
            injected, finished = self.inject(call, fault, nth, *arguments)
            if not injected:
                break
            with self.subTest(arguments=arguments, nth=nth, injected=injected):
                check(finished, injected)
            nth += 1 if TAKES_ALL else 1 + nth // 2
        return nth - first

    def first_after_loading(self, call, *arguments):
        """The number of the first such call once a file of the folder is open: those before are the loader's."""
        log = self.folder / "strace.log"
        self.run_in("strace", "-qq", "-o", log, "-e", f"trace=openat,{call}", COMMAND, *arguments)
        calls = 0
        for line in log.read_text(errors="replace").splitlines():
            calls += line.startswith(call + "(")
            if '"study.toml"' in line:
                return max(calls, 1)
        raise AssertionError(f"{arguments} opens no study.toml")


class Disk(Faults):
    @needs("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt")
    def test_e01_full_disk(self):
        """A disk of 64 KiB is full in the middle; once there is room, it goes on."""
        shell = """mkdir disk && mount -t tmpfs -o size=64k none disk && cp *.toml disk && cd disk
            "$0" sweep study.toml; code=$?
            mount -o remount,size=16m none . && "$0" sweep study.toml >/dev/null && "$0" export study.sqlite &&
            "$0" export study.sqlite --replications; exit $code"""
        finished = self.run_in("unshare", "-rm", "sh", "-c", shell, COMMAND)
        self.assert_told(finished, ENVIRONMENT)
        self.assertIn(b"'study.sqlite': No space left on device", finished.stderr)
        self.assertEqual(finished.stdout.decode(), self.expected)

    @needs("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt")
    def test_e03_a_killed_sweep_is_read_where_nothing_may_be_written(self):
        """Its log stays beside it, which SQLite opens only where it may write."""
        shell = """mkdir kept && mount -t tmpfs none kept && sed 's/^replications.*/replications = 1000000/' study.toml >kept/study.toml
            cp scenario.toml kept && cd kept || exit 99
            "$0" sweep study.toml -q & sleep 1; kill -9 $!; wait $!
            test -s study.sqlite-wal && mount -o remount,ro none . && exec "$0" export study.sqlite --replications"""
        finished = self.run_in("unshare", "-rm", "sh", "-c", shell, COMMAND)
        self.assertEqual(finished.returncode, FINE, finished.stderr)
        self.assertGreater(finished.stdout.count(b"\n"), 100)

    def test_e13_an_export_does_not_write_over_its_store(self):
        self.corridor("sweep", "study.toml")
        kept = (self.folder / "study.sqlite").read_bytes()
        os.symlink("study.sqlite", self.folder / "link")
        for name in ("study.sqlite", "./study.sqlite", "link", "study.sqlite-wal", "study.sqlite-lock"):
            with self.subTest(name=name):
                finished = self.corridor("export", "study.sqlite", "--out", name, "--force")
                self.assert_told(finished, REFUSED)
                self.assertIn(b"belongs to what is read", finished.stderr)
                self.assertEqual((self.folder / "study.sqlite").read_bytes(), kept)

    SWEEP = ("sweep", "study.toml", "--threads", "1")

    @STRACE
    def test_e02_calls_that_fail_once(self):
        def check(finished, _):
            if finished.returncode != 127:  # of the loader, before main
                self.assert_told(finished, FINE, REFUSED, ENVIRONMENT)
                self.assert_goes_on()

        for call, error in (("pwrite64", "EIO"), ("ftruncate", "EIO"), ("pread64", "EIO"), ("unlink", "EACCES"),
                            ("flock", "ENOLCK"), ("fcntl", "ENOLCK"), ("mmap", "ENOMEM"), ("openat", "EMFILE")):
            first = self.first_after_loading(call, *self.SWEEP)
            self.assertGreater(self.each_nth(call, f"error={error}", self.SWEEP, check, first=first), 0, call)

    @STRACE
    def test_e03_what_could_not_be_synchronised_is_not_done(self):
        def check(finished, injected):
            # SQLite takes it that a folder need not be synchronised where the file system cannot.
            is_folder = f"<{self.folder}>" in injected
            self.assert_told(finished, *((FINE, ENVIRONMENT) if is_folder else (ENVIRONMENT,)))
            self.assert_goes_on()

        self.assertGreater(self.each_nth("fsync,fdatasync", "error=EIO", self.SWEEP, check), 2)

    @STRACE
    def test_e02_exports_and_results_are_whole_or_not_there(self):
        self.corridor("sweep", "study.toml", "--store", "kept")
        kept = (self.folder / "kept").read_bytes()
        prepare = lambda: (self.folder / "kept").write_bytes(kept)
        for arguments, name in ((("export", "kept", "--out", "a.csv"), "a.csv"),
                                (("run", "scenario.toml", "--replications", "2", "--draws", "1", "--out", "results"), "results")):
            self.corridor(*arguments)
            whole = self.bytes_of(name)

            def check(finished, _):
                self.assert_told(finished, FINE, ENVIRONMENT)
                if finished.returncode == FINE:
                    self.assertEqual(self.bytes_of(name), whole)
                elif name == "results":
                    left = self.bytes_of(name) if (self.folder / name).exists() else {}
                    self.assertLessEqual(left.items(), whole.items())  # each whole, or not there
                elif (self.folder / name).exists():
                    self.assertEqual(self.bytes_of(name), whole)  # its folder could not be synchronised

            for call in ("write", "fsync", "rename", "mkdir"):
                self.each_nth(call, "error=ENOSPC", arguments, check, prepare=prepare)

    def bytes_of(self, name):
        path = self.folder / name
        return path.read_bytes() if path.is_file() else {p.name: p.read_bytes() for p in sorted(path.iterdir())}

    @STRACE
    def test_e04_interrupted_writes_are_made_again(self):
        self.corridor("sweep", "study.toml")
        whole = self.corridor("export", "study.sqlite", "--replications").stdout
        for nth in ("1", "2", "1+2"):
            _, finished = self.inject("write", "error=EINTR", nth, "export", "study.sqlite", "--replications")
            self.assertEqual((finished.returncode, finished.stdout), (FINE, whole))

    def test_e04_a_slow_reader_gets_every_byte(self):
        """Standard output is a pipe that takes what it takes, and signals stop and continue the writer."""
        self.corridor("sweep", "study.toml")
        whole = self.corridor("export", "study.sqlite", "--replications").stdout
        read, write = os.pipe()
        with subprocess.Popen([COMMAND, "export", "study.sqlite", "--replications"], cwd=self.folder, stdout=write) as it:
            os.close(write)
            got = b""
            while part := os.read(read, 100):
                got += part
                if len(got) % 1000 == 0:
                    it.send_signal(signal.SIGSTOP)
                    it.send_signal(signal.SIGCONT)
        os.close(read)
        self.assertEqual((it.returncode, got), (FINE, whole))

    @AS_NOBODY
    def test_e05_a_folder_of_somebody_else_is_refused_before_the_first_run(self):
        self.folder.chmod(0o755)
        self.skip_unless_nobody_may_run()
        for arguments in (("sweep", "study.toml"), ("run", "scenario.toml", "--out", "results")):
            finished = self.corridor(*arguments, under=NOBODY)
            self.assert_told(finished, ENVIRONMENT)
            self.assertIn(b"Permission denied", finished.stderr)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["scenario.toml", "study.toml"])

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
                    COMMAND, "sweep", "study.toml", "--threads", "1")
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


class Process(Faults):
    def test_e07_killed_at_any_instant(self):
        for i in range(200 if TAKES_ALL else 10):
            with subprocess.Popen([COMMAND, "sweep", "study.toml", "-q"], cwd=self.folder, stdout=subprocess.DEVNULL) as it:
                time.sleep(0.002 + 0.00071 * (i * 37 % 100))
                it.kill()
            if it.returncode == FINE:
                self.assertEqual(self.export(self.folder, "study.sqlite"), self.expected)
                self.forget()
        self.assert_goes_on()

    def test_e11_stopped_and_continued(self):
        with subprocess.Popen([COMMAND, "sweep", "study.toml", "-q"], cwd=self.folder, stdout=subprocess.DEVNULL) as it:
            for _ in range(5):
                time.sleep(0.01)
                it.send_signal(signal.SIGSTOP)
                time.sleep(0.01)
                it.send_signal(signal.SIGCONT)
        self.assertEqual(it.returncode, FINE)
        self.assertEqual(self.export(self.folder, "study.sqlite"), self.expected)

    def test_e22_memory_limits(self):
        codes = set()
        for megabytes in some(range(20, 420, 20), 8):
            self.forget()
            finished = self.corridor("sweep", "study.toml", preexec_fn=lambda: limit(resource.RLIMIT_AS, megabytes << 20))
            codes.add(finished.returncode)
            if finished.returncode == 127:
                continue  # before main: the loader's
            with self.subTest(megabytes=megabytes):
                self.assert_told(finished, FINE, ENVIRONMENT)
                self.assert_goes_on()
        self.assertIn(FINE, codes)

    def test_e23_limits_of_files_and_threads(self):
        for kind, values in ((resource.RLIMIT_FSIZE, (1000, 9000, 30000)), (resource.RLIMIT_NOFILE, range(3, 17)),
                             (resource.RLIMIT_NPROC, (0, 1))):
            for value in values:
                self.forget()
                under = NOBODY if self.may_be_nobody(kind) else ()
                finished = self.corridor("sweep", "study.toml", "--threads", "4", under=under,
                                         preexec_fn=lambda: limit(kind, value))
                if finished.returncode == 127:
                    continue
                with self.subTest(kind=kind, value=value):
                    self.assert_told(finished, FINE, REFUSED, ENVIRONMENT)
                    for path in self.folder.iterdir():
                        path.chmod(0o666)
                    self.assert_goes_on()

    def may_be_nobody(self, kind):
        """A limit of processes does not bind root."""
        if kind != resource.RLIMIT_NPROC or os.geteuid() != 0 or shutil.which("setpriv") is None:
            return False
        self.folder.chmod(0o777)
        return self.run_in(*NOBODY, COMMAND, "version").returncode == FINE

    def test_e24_one_core_and_many_threads(self):
        finished = self.corridor("sweep", "study.toml", "--threads", "256",
                                 preexec_fn=lambda: os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}))
        self.assertEqual(finished.returncode, FINE)
        self.assertEqual(self.export(self.folder, "study.sqlite"), self.expected)


def limit(kind, value):
    resource.setrlimit(kind, (value, value))


class Records(Faults):
    """Stores that somebody edited, or that another version wrote. Bits and cuts: store_test.cpp."""

    def edit(self, sql):
        with sqlite3.connect(self.folder / "study.sqlite") as store:
            store.execute(sql)
        store.close()

    def test_e19_an_edited_result_is_left_out_and_made_again(self):
        self.corridor("sweep", "study.toml")
        for sql in ("UPDATE replication SET outputs = '[1' || substr(outputs, 2) WHERE point = 1 AND replication = 3",
                    "UPDATE replication SET replication = 99 WHERE point = 1 AND replication = 3",
                    "DELETE FROM replication WHERE point = 2"):
            with self.subTest(sql=sql):
                self.edit(sql)
                if not sql.startswith("DELETE"):
                    exported = self.corridor("export", "study.sqlite", "--replications")
                    self.assertIn(b"warning: ", exported.stderr)
                    self.assertNotIn(b"\n1,3,", exported.stdout)
                self.assert_goes_on()

    def test_e20_another_version_does_not_add_to_a_store(self):
        self.corridor("sweep", "study.toml")
        checksum = zlib.crc32(b"|identity|corridor|0.0.9")
        self.edit(f"UPDATE study SET value = '0.0.9', checksum = {checksum} WHERE name = 'corridor'")
        before = (self.folder / "study.sqlite").read_bytes()
        finished = self.corridor("sweep", "study.toml")
        self.assert_told(finished, REFUSED)
        self.assertIn(b"corridor (0.0.9 in the store, ", finished.stderr)
        self.assertEqual((self.folder / "study.sqlite").read_bytes(), before)


class Surroundings(Faults):
    @needs("faketime", "2031-01-01 00:00:00", "true")
    def test_e21_odd_clocks(self):
        for clock in ("2031-01-01 00:00:00", "1970-01-01 00:00:10", "2038-01-19 03:14:00", "2100-02-28 23:59:59", "2019-12-31 23:00:00"):
            with self.subTest(clock=clock):
                self.forget()
                self.assertEqual(self.corridor("sweep", "study.toml", under=("faketime", clock)).returncode, FINE)
                self.assertEqual(self.export(self.folder, "study.sqlite"), self.expected)

    def test_e25_to_e27_standard_streams(self):
        self.corridor("sweep", "study.toml")
        shell = lambda line: self.run_in("bash", "-c", line, COMMAND)
        broken = shell('"$0" export study.sqlite --replications | head -1; exit ${PIPESTATUS[0]}')
        self.assertIn(broken.returncode, (FINE, 141))
        self.assertEqual(broken.stderr, b"")
        full = shell('"$0" export study.sqlite > /dev/full')
        self.assert_told(full, ENVIRONMENT)
        self.assertIn(b"cannot write standard output", full.stderr)
        self.forget()
        shell('"$0" sweep study.toml >&- 2>&- <&-')
        self.assert_goes_on()
        for closed in (">&-", "2>&-", "<&-", ">&- 2>&-", "<&- >&- 2>&-"):
            with self.subTest(closed=closed):
                shutil.rmtree(self.folder / "results", ignore_errors=True)
                self.assertIn(shell(f'"$0" run scenario.toml --replications 2 --draws 1 --out results {closed}').returncode,
                              (FINE, ENVIRONMENT))
                for path in (self.folder / "results").glob("*.csv"):
                    self.assertNotIn(b"corridor: ", path.read_bytes())

    def test_e28_terminals(self):
        """A bar on a terminal that can show it; elsewhere no escape codes. Never a question."""
        (self.folder / "study.toml").write_text(STUDY.replace("10", "4000"))
        for changes, columns, bar in (({}, 80, True), ({}, 20, True), ({"NO_COLOR": "1"}, 80, True),
                                      ({"TERM": "dumb"}, 80, False), ({"TERM": None}, 80, False)):
            with self.subTest(changes=changes, columns=columns):
                self.forget()
                code, shown = self.on_terminal({"TERM": "xterm"} | changes, columns, "sweep", "study.toml")
                self.assertEqual(code, FINE)
                self.assertEqual(b"\r" in shown.replace(b"\r\n", b"\n"), bar, shown[:200])
                if not bar or changes:
                    self.assertNotIn(b"\x1b[3", shown)
                if not bar:
                    self.assertNotIn(b"\x1b", shown)
        self.forget()
        self.assertNotIn(b"\x1b", self.corridor("sweep", "study.toml").stderr)

    def on_terminal(self, changes, columns, *arguments):
        """Standard error on a terminal of so many columns: the exit code, and what it showed."""
        environment = {name: value for name, value in (os.environ | changes).items() if value is not None}
        ours, theirs = pty.openpty()
        subprocess.run(["stty", "cols", str(columns), "rows", "24"], stdin=theirs, check=True)
        shown = b""
        with subprocess.Popen([COMMAND, *arguments], cwd=self.folder, env=environment, stdin=theirs,
                              stdout=subprocess.DEVNULL, stderr=theirs) as it:
            os.close(theirs)
            while select.select([ours], [], [], 60)[0]:
                try:
                    part = os.read(ours, 65536)
                except OSError:
                    break
                shown += part
        os.close(ours)
        return it.returncode, shown

    def test_e29_bare_surroundings(self):
        for environment in ({}, {"HOME": "/no/such/home", "TMPDIR": "/no/such/place", "PATH": ""}):
            with self.subTest(environment=environment):
                self.forget()
                self.assertEqual(self.corridor("sweep", "study.toml", env=environment).returncode, FINE)
                self.assertEqual(self.export(self.folder, "study.sqlite"), self.expected)

    def trace(self, calls, *arguments):
        """The system calls of a run that has to succeed, a line each, without process number and signals."""
        log = self.folder / "strace.log"
        finished = self.run_in("strace", "-f", "-qq", "-s", "4096", "-o", log, "-e", f"trace={calls}", "-e", "signal=none",
                               COMMAND, *arguments)
        self.assertEqual(finished.returncode, FINE, finished.stderr.decode())
        return [line.split(maxsplit=1)[1] for line in log.read_text(errors="replace").splitlines()]

    LOOKS = ("access", "faccessat", "stat", "lstat", "newfstatat", "statx", "statfs", "readlink", "getcwd", "chdir", "execve", "utimensat")

    @STRACE
    def test_e29_nothing_is_written_outside_the_folder(self):
        """Of the calls that take the name of a file, those that make, change, rename or remove one stay in the folder."""
        writes = 0
        for arguments in (("sweep", "study.toml", "--report", "sweep.html"), ("export", "study.sqlite", "--out", "a.csv"),
                          ("export", "study.sqlite", "--format", "xlsx", "--out", "a.xlsx"), ("merge", "whole.sqlite", "study.sqlite"),
                          ("check", "scenario.toml"), ("assumptions", "scenario.toml"), ("show", "scenario.toml", "--format", "geojson"),
                          ("run", "scenario.toml", "--out", "results", "--report", "report.html", "--events", "events.csv")):
            for line in self.trace("%file", *arguments):
                call = line.partition("(")[0]
                is_open = call in ("open", "openat", "openat2", "creat")
                if call in self.LOOKS or (is_open and not re.search("O_WRONLY|O_RDWR|O_CREAT|O_TRUNC", line)):
                    continue
                for name in re.findall(r'"([^"]*)"', line):
                    if not name.startswith("/dev/"):
                        self.assertTrue((self.folder / name).resolve().is_relative_to(self.folder.resolve()), line)
                        writes += 1
        self.assertGreater(writes, 50)

    SYSTEM = ("/dev/", "/proc/", "/sys/", "/etc/localtime")

    @STRACE
    def test_s05_nothing_else_is_read(self):
        """Once the first file of the folder is open, no other is, but for what the system says of itself."""
        for arguments in (("run", "scenario.toml", "--out", "results", "--report", "report.html"), ("sweep", "study.toml"),
                          ("export", "study.sqlite", "--format", "xlsx", "--out", "a.xlsx")):
            names = [re.search(r'"([^"]*)"', line)[1] for line in self.trace("open,openat", *arguments) if '"' in line]
            self.assertIn(arguments[1], names)
            for name in names[names.index(arguments[1]) :]:
                is_below = (self.folder / name).resolve().is_relative_to(self.folder.resolve())
                self.assertTrue(is_below or name.startswith(self.SYSTEM), name)

    HOSTILE = ("$(touch pwned)", "`touch pwned`", "; touch pwned #", "| touch pwned", "${HOME}", "$HOME", "%PATH%", "{{7*7}}", "${7*7}",
               "<%= 7*7 %>", "%n%s%x", "=cmd|'/c touch pwned'!A1", "'; DROP TABLE point; --", "<script>touch</script>")

    @STRACE
    def test_s01_nothing_that_a_scenario_says_is_run(self):
        """No process but the command itself, no network, no file that a text asks for; and the text comes out as it is."""
        hostile = " ".join(self.HOSTILE)
        scenario = (self.folder / "scenario.toml").read_text().replace("One port, one barge service", hostile)
        scenario = scenario.replace("Assumed: no timetable was found", hostile)
        scenario = scenario.replace("[terminal.hub]", f'[terminal.hub]\nname = "{hostile}"')
        (self.folder / "scenario.toml").write_text(scenario + f"""[source]
made-up = {{ kind = "assumed", title = "{hostile}", url = "javascript:{hostile}" }}
""")
        for arguments in (("check", "scenario.toml"), ("assumptions", "scenario.toml"), ("show", "scenario.toml"),
                          ("run", "scenario.toml", "--replications", "2", "--draws", "2", "--out", "results", "--report", "report.html",
                           "--events", "events.jsonl"),
                          ("sweep", "study.toml", "--report", "sweep.html"), ("export", "study.sqlite", "--out", "a.csv"),
                          ("export", "study.sqlite", "--format", "xlsx", "--out", "a.xlsx")):
            for line in self.trace("%process,%network", *arguments):
                call = line.partition("(")[0]
                with self.subTest(arguments=arguments, line=line):
                    if call.startswith("clone"):
                        self.assertIn("CLONE_THREAD", line)
                    elif call == "execve":
                        self.assertIn(COMMAND, line)
                    else:
                        self.assertTrue(line.startswith(("exit", "+++", "<...")))
        self.assertEqual(list(self.folder.rglob("*pwned*")), [])
        result = json.loads((self.folder / "results/result.json").read_text())
        self.assertEqual(result["scenario"]["title"], hostile)

    @AS_NOBODY
    def test_a03_a_scenario_that_may_not_be_read_is_refused(self):
        self.folder.chmod(0o755)
        self.skip_unless_nobody_may_run()
        for name in ("scenario.toml", "study.toml"):
            (self.folder / name).chmod(0)
        for arguments in (("run", "scenario.toml"), ("check", "."), ("sweep", "study.toml", "--store", "/dev/null/s")):
            with self.subTest(arguments=arguments):
                finished = self.corridor(*arguments, under=NOBODY)
                self.assert_told(finished, REFUSED)
                self.assertRegex((finished.stdout + finished.stderr).decode(), r"cannot open '[a-z./]*\.toml' \(Permission denied\)")

    @needs("localedef", "--help")
    def test_e30_locales(self):
        """With a comma in numbers, and an i without a dot, for real."""
        locales = self.folder.with_name(self.folder.name + "-locales")
        self.addCleanup(shutil.rmtree, locales, ignore_errors=True)
        locales.mkdir()
        made = []
        for name in ("de_DE", "tr_TR", "ja_JP"):
            self.run_in("localedef", "-i", name, "-f", "UTF-8", locales / f"{name}.UTF-8")
            if (locales / f"{name}.UTF-8" / "LC_NUMERIC").exists():
                made.append(f"{name}.UTF-8")
        if not made:
            self.skipTest("needs the sources of locales (package locales)")
        for name in (*made, "C", "POSIX"):
            with self.subTest(locale=name):
                self.forget()
                environment = os.environ | {"LOCPATH": str(locales), "LC_ALL": name, "LANG": name}
                comma = subprocess.run(["printf", "%.1f", "1"], env=environment | {"POSIXLY_CORRECT": ""},
                                       capture_output=True, check=False).stdout
                if name.startswith("de"):
                    self.assertEqual(comma, b"1,0")
                self.assertEqual(self.corridor("sweep", "study.toml", env=environment).returncode, FINE)
                self.assertEqual(self.export(self.folder, "study.sqlite"), self.expected)
                exported = self.corridor("export", "study.sqlite", env=environment).stdout.decode()
                self.assertTrue(self.expected.startswith(exported))

    def test_e31_time_zones(self):
        for zone in ("Asia/Kathmandu", "Pacific/Apia", "no/such", ":", ""):
            with self.subTest(zone=zone):
                self.forget()
                self.assertEqual(self.corridor("sweep", "study.toml", env=os.environ | {"TZ": zone}).returncode, FINE)
                self.assertEqual(self.export(self.folder, "study.sqlite"), self.expected)

    def test_e32_names(self):
        for name in ("with blank", "quo'te\"s", "new\nline", "b" * 200, b"\xff\xfe".decode(errors="surrogateescape"), "-x"):
            with self.subTest(name=name):
                finished = self.corridor("sweep", "study.toml", "--store=" + name)
                self.assertEqual(finished.returncode, FINE, finished.stderr)
                self.assertNotIn(b"\xff", finished.stderr)
                self.assertEqual(self.export(self.folder, "./" + name), self.expected)
        finished = self.corridor("sweep", "study.toml", "--store", "b" * 256)
        self.assert_told(finished, ENVIRONMENT)

    def test_e33_paths(self):
        (self.folder / "link.toml").symlink_to("study.toml")
        for path, where in (("./study.toml", "."), (self.folder / "study.toml", "/"), ("link.toml", ".")):
            with self.subTest(path=path):
                finished = self.corridor("sweep", path, "--store", self.folder / "s.sqlite", cwd=self.folder / where)
                self.assertEqual(finished.returncode, FINE, finished.stderr)
                self.assertEqual(self.export(self.folder, "s.sqlite"), self.expected)


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    COMMAND = os.path.abspath(sys.argv.pop(1))
    unittest.main()
