"""What the tests of faults share: a folder with the tutorial and a study, the command run in it, and system calls that fail."""

import os
import pathlib
import re
import resource
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TAKES_ALL = os.environ.get("CORRIDOR_FAULTS") == "all"

STUDY = """scenario = "scenario.toml"
replications = 10
[design]
kind = "grid"
[parameter]
"service.feeder.departures.per_week" = [2, 3, 4, 5]
"""

CALIBRATION = """extends = "scenario.toml"
reported.shipped.use = "calibrate"
reported.shipped.error = 0.04
"""

FINE, REFUSED, ENVIRONMENT = 0, 2, 3


def needs(*trial):
    """Skips a case where the first word of the trial is not at hand, or may not do what it is for."""
    is_there = shutil.which(trial[0]) is not None
    works = is_there and subprocess.run(trial, capture_output=True, check=False).returncode == 0
    return unittest.skipUnless(works, f"needs {trial[0]}" + (", which may not work here" if is_there else ""))


STRACE = needs("strace", "-f", "-o", "/dev/null", "true")
NOBODY = ("setpriv", "--reuid", "65534", "--clear-groups")
LOCALEDEF = needs("localedef", "--help")
ZONES = ("Asia/Kathmandu", "Pacific/Apia", "no/such", ":", "")
AS_NOBODY = unittest.skipUnless(os.geteuid() == 0 and shutil.which("setpriv"), "needs root and setpriv")


def some(numbers, count):
    """All of them, or `count` spread over them."""
    numbers = list(numbers)
    if TAKES_ALL or len(numbers) <= count:
        return numbers
    return [numbers[i * len(numbers) // count] for i in range(count)]


def limit(kind, value):
    """Of a process that is about to start."""
    resource.setrlimit(kind, (value, value))


class Faults(unittest.TestCase):
    """A folder with the tutorial and a study of 40 replications, and what an undisturbed sweep exports."""

    COMMAND = ""  # absolute
    expected = ""
    SWEEP = ("sweep", "study.toml", "--threads", "1")

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory(prefix="corridor-faults-") as name:
            folder = pathlib.Path(name)
            cls.fill(folder)
            subprocess.run([cls.COMMAND, "sweep", "study.toml", "-q"], cwd=folder, check=True, capture_output=True)
            cls.expected = cls.export(folder, "study.sqlite")

    @staticmethod
    def fill(folder):
        shutil.copy(ROOT / "scenarios/tutorial/scenario.toml", folder)
        (folder / "study.toml").write_text(STUDY)

    @classmethod
    def export(cls, folder, store):
        parts = [
            subprocess.run([cls.COMMAND, "export", store, *more], cwd=folder, check=True, capture_output=True, text=True)
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
        return self.run_in(*under, self.COMMAND, *arguments, **options)

    def skip_unless_nobody_may_run(self):
        if self.run_in(*NOBODY, self.COMMAND, "version").returncode != FINE:
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

    def under_shim(self, **settings):
        """The environment in which shim.c stands between the command and the system; skips where it cannot be built or loaded."""
        shim = self.folder.with_name(self.folder.name + "-shim.so")
        self.addCleanup(shim.unlink, missing_ok=True)
        if shutil.which("cc") is None:
            self.skipTest("needs cc")
        source = pathlib.Path(__file__).with_name("shim.c")
        built = self.run_in("cc", "-shared", "-fPIC", "-O1", "-o", shim, source, "-ldl")
        self.assertEqual(built.returncode, 0, built.stderr.decode())
        environment = os.environ | {"LD_PRELOAD": str(shim)} | settings
        if self.corridor("version", env=environment).returncode != FINE:
            self.skipTest("this build lets nothing be loaded before it")
        return environment

    def inject(self, call, fault, nth, *arguments, under=()):
        """Runs with the nth such call failing: that call, empty where there were not so many, and how it ended."""
        log = self.folder / "strace.log"
        finished = self.run_in(
            "strace", "-f", "-qq", "-y", "-o", log, "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={nth}",
            *under, self.COMMAND, *arguments)
        lines = log.read_text(errors="replace").splitlines()
        was_killed = finished.returncode in (137, -9)
        return next((line for line in lines if "(INJECTED)" in line), "killed" if was_killed else ""), finished

    def each_nth(self, call, fault, arguments, check, first=1, most=None, prepare=lambda: None):
        """For n = 1, 2, ... (or some n, ever further apart; of `most` where not all are taken) until there is no nth such
        call: runs afresh, and checks."""
        nth = first
        while TAKES_ALL or most is None or nth < first + most:
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
        self.run_in("strace", "-qq", "-o", log, "-e", f"trace=openat,{call}", self.COMMAND, *arguments)
        calls = 0
        for line in log.read_text(errors="replace").splitlines():
            calls += line.startswith(tuple(name + "(" for name in call.split(",")))
            if re.search(r'\.(toml|sqlite)"', line):
                return max(calls, 1)
        raise AssertionError(f"{arguments} opens no file of the folder")

    def locales(self):
        """Environments with a comma in numbers, with an i without a dot, and plain ones, by name."""
        folder = self.folder.with_name(self.folder.name + "-locales")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        folder.mkdir()
        made = []
        for name in ("de_DE", "tr_TR", "ja_JP"):
            self.run_in("localedef", "-i", name, "-f", "UTF-8", folder / f"{name}.UTF-8")
            if (folder / f"{name}.UTF-8" / "LC_NUMERIC").exists():
                made.append(f"{name}.UTF-8")
        if not made:
            self.skipTest("needs the sources of locales (package locales)")
        return {name: os.environ | {"LOCPATH": str(folder), "LC_ALL": name, "LANG": name} for name in (*made, "C", "POSIX")}
