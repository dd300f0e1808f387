"""What a command writes, whatever fails beneath it: whole, or not there; and the same command makes it whole."""

import os
import pathlib
import random
import re
import resource
import shutil
import subprocess
import tempfile
import time
from typing import NamedTuple

from support import CALIBRATION, ENVIRONMENT, FINE, LOCALEDEF, REFUSED, STRACE, TAKES_ALL, ZONES, Faults, limit, needs, some

UNFINISHED = r"\.unfinished|^\.corridor-write-test|^tmp\.\w+$"  # the last is libxlsxwriter's
RUN = ("run", "scenario.toml", "--replications", "2", "--draws", "1")


class Output(NamedTuple):
    """A command, and the file or folder that it writes."""

    arguments: tuple
    name: str


OUTPUTS = (
    Output((*RUN, "--out", "results"), "results"),
    Output((*RUN, "--report", "report.html"), "report.html"),
    Output((*RUN, "--events", "events.csv"), "events.csv"),
    Output(("export", "kept.sqlite", "--out", "points.csv"), "points.csv"),
    Output(("export", "kept.sqlite", "--format", "xlsx", "--out", "points.xlsx"), "points.xlsx"),
    Output(("merge", "whole.sqlite", "first.sqlite", "second.sqlite"), "whole.sqlite"),
    Output(("calibrate", "calibration.toml", "--members", "25", "--assimilations", "1", "--out", "calibrated.toml"),
           "calibrated.toml"),
    Output(("sweep", "study.toml", "--store", "kept.sqlite", "--report", "sweep.html"), "sweep.html"),
)


class Outputs(Faults):
    """The inputs of every command in one folder, and what each writes where nothing fails."""

    outputs = ()  # those that this build can write
    whole = {}  # by the name of the output

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inputs = pathlib.Path(tempfile.mkdtemp(prefix="corridor-faults-"))
        cls.addClassCleanup(shutil.rmtree, cls.inputs, ignore_errors=True)
        Faults.fill(cls.inputs)
        (cls.inputs / "calibration.toml").write_text(CALIBRATION)
        for store in (("kept",), ("first", "--shard", "1/2"), ("second", "--shard", "2/2")):
            subprocess.run([cls.COMMAND, "sweep", "study.toml", "-q", "--store", store[0] + ".sqlite", *store[1:]],
                           cwd=cls.inputs, check=True, capture_output=True)
        cls.outputs = tuple(output for output in OUTPUTS if cls.written_undisturbed(output))

    @classmethod
    def written_undisturbed(cls, output):
        with tempfile.TemporaryDirectory(prefix="corridor-faults-") as name:
            folder = pathlib.Path(name)
            cls.fill(folder)
            finished = subprocess.run([cls.COMMAND, *output.arguments], cwd=folder, check=False, capture_output=True)
            if finished.returncode == ENVIRONMENT and b"without the page" in finished.stderr:
                return False
            assert finished.returncode == FINE, finished.stderr
            cls.whole[output.name] = cls.content(folder, output)
        return True

    @classmethod
    def fill(cls, folder):
        shutil.copytree(cls.inputs, folder, dirs_exist_ok=True) if hasattr(cls, "inputs") else Faults.fill(folder)

    @classmethod
    def content(cls, folder, output):
        """By file; of a store what is exported of it, since it holds the name of the machine."""
        path = folder / output.name
        if output.name.endswith(".sqlite"):
            return {output.name: cls.export(folder, output.name)} if path.exists() else {}
        files = sorted(path.iterdir()) if path.is_dir() else [path] if path.exists() else []
        return {file.name: file.read_bytes() for file in files}

    def forget(self):
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        self.fill(self.folder)

    def beside(self, output):
        """Files that are neither inputs nor output; the lock of a store may stay, and holds nothing."""
        names = {path.name for path in self.folder.iterdir()} - {path.name for path in self.inputs.iterdir()}
        return sorted(name for name in names if name not in (output.name, "strace.log") and not name.endswith("-lock"))

    def assert_whole_or_not_there(self, output, folder=None):
        """But for what has the name of something unfinished, which a killed process leaves until the next."""
        written = self.content(folder or self.folder, output)
        written = {name: content for name, content in written.items() if not re.search(UNFINISHED, name)}
        self.assertLessEqual(written.items(), self.whole[output.name].items())  # each file of a folder by itself
        return written

    def assert_failed_cleanly(self, output, finished):
        """Whole and 0, or else 3 with a message; and nothing unfinished stays."""
        if finished.returncode == 127:
            return  # of the loader, before main
        self.assert_told(finished, FINE, ENVIRONMENT)
        written = self.assert_whole_or_not_there(output)
        if finished.returncode == FINE:
            self.assertEqual(written, self.whole[output.name])
        # The log of a store stays where there was no room to bring it into the store.
        self.assertEqual([name for name in self.beside(output) if not name.endswith(("-wal", "-shm"))], [])

    def assert_made_whole(self, output):
        """The same command ends as if nothing had been, and leaves nothing else. It says what is there already."""
        again = self.corridor(*output.arguments)
        if again.returncode != FINE:
            self.assertIn(b"is there already" if output.name != "results" else b"results of an earlier run", again.stderr)
            if output.arguments[0] != "merge":
                self.assertEqual(self.corridor(*output.arguments, "--force").returncode, FINE)
        self.assertEqual(self.content(self.folder, output), self.whole[output.name])
        self.assertEqual(self.beside(output), [])


class Written(Outputs):
    """Calls that fail, short writes, full disks and standard streams, limits."""

    CALLS = (("write,writev", "ENOSPC"), ("fsync,fdatasync", "EIO"), ("rename", "EACCES"))
    MORE_CALLS = (("pwrite64", "ENOSPC"), ("ftruncate", "EIO"), ("openat", "EMFILE"), ("mkdir", "ENOSPC"), ("unlink", "EACCES"),
                  ("close", "EIO"), ("read", "EIO"), ("pread64", "EIO"), ("lseek", "EIO"), ("mmap", "ENOMEM"))

    @STRACE
    def test_e02_calls_that_fail_once_while_an_output_is_written(self):
        for call, error in self.CALLS + (self.MORE_CALLS if TAKES_ALL else ()):
            for output in self.outputs:
                self.forget()
                first = self.first_after_loading(call, *output.arguments)
                self.each_nth(call, f"error={error}", output.arguments, self.check_of(output, call), first=first, most=2)

    def check_of(self, output, call):
        def check(finished, injected):
            if "(2<" in injected and finished.returncode == ENVIRONMENT:
                finished.stderr += b"error: "  # which could not be written
            if finished.returncode == REFUSED:  # where it is the scenario or the study
                self.assertRegex(finished.stderr, rb"cannot (open|read) '[a-z./]*\.toml' \(|cannot open '[a-z.]*\.sqlite'")
                finished.returncode = ENVIRONMENT
            if call == "unlink":
                self.remove_unfinished(output)
            if b"'kept.sqlite' was damaged; what could be read is kept" in finished.stderr:
                (self.folder / "kept.sqlite.damaged").unlink()  # so SQLite calls what it cannot read
            self.assert_failed_cleanly(output, finished)
            self.assert_made_whole(output)
        return check

    def remove_unfinished(self, output):
        """What a failed call has left."""
        for path in list(self.folder.rglob("*")):
            if path.is_file() and (re.search(UNFINISHED, path.name) or path.name in self.beside(output)):
                path.unlink()

    def test_e04_writes_that_take_a_part(self):
        environment = self.under_shim(FAULTS_SHORT_WRITES="13" if TAKES_ALL else "997")
        for output in self.outputs:
            with self.subTest(output=output.name):
                self.forget()
                self.assertEqual(self.corridor(*output.arguments, env=environment).returncode, FINE)
                self.assertEqual(self.content(self.folder, output), self.whole[output.name])

    def test_e23_files_that_may_not_grow(self):
        """The write that passes the limit takes what fits, and the next fails."""
        for output in self.outputs:
            with self.subTest(output=output.name):
                largest = max(len(content) for content in self.whole[output.name].values())
                for size in some([0, 1, 1000, 4096, 9000, largest // 2, largest - 1], 2):
                    self.forget()
                    finished = self.corridor(*output.arguments, preexec_fn=lambda: limit(resource.RLIMIT_FSIZE, size))
                    with self.subTest(size=size):
                        self.assert_failed_cleanly(output, finished)
                        self.assert_made_whole(output)

    def test_e22_memory_limits_of_outputs(self):
        for output in self.outputs:
            with self.subTest(output=output.name):
                for megabytes in some(range(20, 420, 20), 2):
                    self.forget()
                    finished = self.corridor(*output.arguments, preexec_fn=lambda: limit(resource.RLIMIT_AS, megabytes << 20))
                    with self.subTest(megabytes=megabytes):
                        self.assert_failed_cleanly(output, finished)
                        self.assert_made_whole(output)

    @needs("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt")
    def test_e01_full_disk_under_an_output(self):
        """What is on the disk when it is full is copied to where there is room, and the command given again there."""
        shell = """inputs=$1 size=$2; shift 2; mkdir disk && mount -t tmpfs -o size=8m none disk && cp "$inputs"/* disk && cd disk
            used=$(du -sk . | cut -f1); mount -o remount,size=$((used + size))k none . || exit 99
            "$0" "$@"; code=$?; cd .. && cp -r disk/. . && umount disk && rmdir disk && exit $code"""
        for output in self.outputs:
            largest = sum(len(content) for content in self.whole[output.name].values()) // 1024
            for size in some(sorted({0, 4, 8, 16, 64, largest // 4, largest // 2, largest - 4} - {-4}), 2):
                self.forget()
                finished = self.run_in("unshare", "-rm", "sh", "-c", shell, self.COMMAND, self.inputs, size, *output.arguments)
                with self.subTest(output=output.name, size=size):
                    self.assert_failed_cleanly(output, finished)
                    if finished.returncode == ENVIRONMENT:
                        self.assertRegex(finished.stderr, rb"No space left on device|is its disk full\?|disk is full")
                    self.assert_made_whole(output)

    def test_e27_standard_output_that_takes_nothing(self):
        """The files are whole, and that the rest was not printed is told."""
        for output in self.outputs:
            with self.subTest(output=output.name):
                self.forget()
                with open("/dev/full", "wb") as full:
                    finished = self.corridor(*output.arguments, stdout=full, capture_output=False, stderr=subprocess.PIPE)
                prints = output.arguments[0] not in ("export", "merge")
                self.assert_told(finished, ENVIRONMENT if prints else FINE)
                self.assertEqual(b"cannot write standard output" in finished.stderr, prints)
                self.assertEqual(self.content(self.folder, output), self.whole[output.name])

    def test_e26_standard_streams_that_are_closed(self):
        for output in self.outputs:
            with self.subTest(output=output.name):
                self.forget()
                for closed in some((">&-", "2>&-", "<&-", ">&- 2>&-", "<&- >&- 2>&-"), 2):
                    self.forget()
                    finished = self.run_in("bash", "-c", f'"$0" "$@" {closed}', self.COMMAND, *output.arguments)
                    with self.subTest(closed=closed):
                        self.assertIn(finished.returncode, (FINE, ENVIRONMENT))
                        self.assertEqual(self.content(self.folder, output), self.whole[output.name])


class Killed(Outputs):
    """Commands that are killed while they write, and what the surroundings of those that are not have to say."""

    @STRACE
    def test_e08_killed_at_each_change_of_an_output(self):
        def check_of(output):
            def check(finished, _):
                self.assertIn(finished.returncode, (-9, 137))
                self.assert_goes_on_from_kill(output)
            return check

        for call in ("rename", "write,writev", "fsync,fdatasync", "pwrite64", "unlink", "mkdir")[: 6 if TAKES_ALL else 2]:
            for output in self.outputs:
                with self.subTest(output=output.name):
                    self.forget()
                    first = self.first_after_loading(call, *output.arguments)
                    self.each_nth(call, "signal=KILL", output.arguments, check_of(output), first=first, most=2)

    def test_e07_an_output_is_killed_at_any_instant(self):
        chance = random.Random(1)
        for output in self.outputs:
            with self.subTest(output=output.name):
                self.forget()
                began = time.monotonic()
                self.corridor(*output.arguments)
                took = time.monotonic() - began
                for _ in range(25 if TAKES_ALL else 2):
                    self.forget()
                    with subprocess.Popen([self.COMMAND, *output.arguments], cwd=self.folder, stdout=subprocess.DEVNULL,
                                          stderr=subprocess.DEVNULL) as it:
                        time.sleep(took * chance.random())
                        it.kill()
                    self.assert_goes_on_from_kill(output)

    def assert_goes_on_from_kill(self, output):
        self.assert_whole_or_not_there(output)
        for path in self.folder.rglob("tmp.*"):  # of libxlsxwriter, which removes the name at once
            self.assertEqual(path.stat().st_size, 0)
            path.unlink()
        self.assert_made_whole(output)

    def test_e21_a_clock_that_jumps_while_outputs_are_written(self):
        environment = self.under_shim(FAULTS_CLOCK_JUMPS="1")
        for output in self.outputs:
            with self.subTest(output=output.name):
                self.forget()
                self.assertEqual(self.corridor(*output.arguments, env=environment).returncode, FINE)
                self.assertEqual(self.content(self.folder, output), self.whole[output.name])

    def test_e21_a_clock_that_jumps_during_a_sweep(self):
        environment = self.under_shim(FAULTS_CLOCK_JUMPS="1")
        shown = self.corridor("sweep", "study.toml", "--threads", "3", env=environment)
        self.assertEqual(shown.returncode, FINE, shown.stderr)
        self.assertEqual(self.export(self.folder, "study.sqlite"), self.expected)

    def test_e31_time_zones_of_outputs(self):
        for output in self.outputs:
            with self.subTest(output=output.name):
                self.forget()
                for zone in some(ZONES, 2):
                    self.forget()
                    with self.subTest(zone=zone):
                        self.assertEqual(self.corridor(*output.arguments, env=os.environ | {"TZ": zone}).returncode, FINE)
                        self.assertEqual(self.content(self.folder, output), self.whole[output.name])

    @LOCALEDEF
    def test_e30_locales_of_outputs(self):
        for name, environment in some(self.locales().items(), 2):
            for output in self.outputs:
                with self.subTest(output=output.name):
                    self.forget()
                    with self.subTest(locale=name):
                        self.assertEqual(self.corridor(*output.arguments, env=environment).returncode, FINE)
                        self.assertEqual(self.content(self.folder, output), self.whole[output.name])
