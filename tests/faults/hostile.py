"""Scenarios that mean harm: traced, nothing else is read, written or run, and what is written holds their texts as texts."""

import csv
import fcntl
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile
import zlib

from support import AS_NOBODY, CALIBRATION, ENVIRONMENT, FINE, NOBODY, REFUSED, STRACE, Faults

HOSTILE = ("$(touch pwned)", "`touch pwned`", "; touch pwned #", "| touch pwned", "${HOME}", "$HOME", "%PATH%", "{{7*7}}", "${7*7}",
           "<%= 7*7 %>", "%n%s%x", "=cmd|'/c touch pwned'!A1", "'; DROP TABLE point; --", "<script>touch</script>", "</script>",
           "]]>", "../../pwned", "/tmp/pwned")
FORMULA = "=HYPERLINK('http://x.test';'pwned') " + " ".join(HOSTILE)
RUN = ("run", "scenario.toml", "--replications", "2", "--draws", "2")
COMMANDS = (("check", "scenario.toml"), ("assumptions", "scenario.toml"), ("show", "scenario.toml", "--format", "geojson"),
            (*RUN, "--out", "results", "--report", "report.html", "--events", "events.jsonl"),
            (*RUN, "--set", "run.replications=1", "--events", "events.csv"),
            ("sweep", "study.toml", "--report", "sweep.html"), ("export", "study.sqlite", "--out", "a.csv"),
            ("export", "study.sqlite", "--format", "xlsx", "--out", "a.xlsx"), ("merge", "whole.sqlite", "study.sqlite"),
            ("calibrate", "calibration.toml", "--members", "25", "--assimilations", "1", "--out", "calibrated.toml",
             "--report", "calibration.html"))
SECRET = "hunter2"
LOOKS = ("access", "faccessat", "faccessat2", "stat", "lstat", "newfstatat", "statx", "statfs", "readlink", "readlinkat",
         "getcwd", "chdir", "utimensat")
OPENS = ("open", "openat", "openat2", "creat")
SYSTEM = ("/dev/null", "/dev/urandom", "/proc/self/maps", "/proc/meminfo", "/proc/sys/vm/", "/sys/", "/etc/localtime")


class Traced(Faults):
    """Runs under strace; the folder of the scenario is the only one that a command has to do with."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with tempfile.TemporaryDirectory(prefix="corridor-faults-") as name:
            cls.fill(pathlib.Path(name))
            built = subprocess.run([cls.COMMAND, *RUN, "--report", "report.html"], cwd=name, check=False, capture_output=True)
            cls.has_page = b"without the page" not in built.stderr

    def run_in(self, *command, **options):
        """Asks for no page of a command that was built without it."""
        if "--report" in command and not self.has_page:
            at = command.index("--report")
            command = command[:at] + command[at + 2:]
        return super().run_in(*command, **options)

    def trace(self, *arguments, code=FINE):
        """The system calls, a line each, without process number and signals; and what was shown."""
        log = self.folder.with_name(self.folder.name + ".log")
        self.addCleanup(log.unlink, missing_ok=True)
        finished = self.run_in("strace", "-f", "-qq", "-s", "4096", "-o", log, "-e", "trace=%file,%process,%network",
                               "-e", "signal=none", self.COMMAND, *arguments)
        self.assertEqual(finished.returncode, code, finished.stderr.decode(errors="replace"))
        return [line.split(maxsplit=1)[1] for line in log.read_text(errors="replace").splitlines()], finished

    def assert_keeps_to_its_folder(self, lines):
        """No process, no network; no file is made, changed or removed elsewhere, nor read once a file of the folder is."""
        is_loaded = False
        for line in lines:
            call, names = line.partition("(")[0], re.findall(r'"([^"]*)"', line)
            is_loaded = is_loaded or (call in OPENS and re.search(r'\.(toml|sqlite)"', line) is not None)
            if call == "execve":
                self.assertIn(self.COMMAND, line)
            elif call.startswith(("clone", "fork", "vfork")):
                self.assertIn("CLONE_THREAD", line)
            elif call in LOOKS or line.startswith(("exit", "+++", "<...", "wait")):
                continue
            elif call in OPENS and not re.search("O_WRONLY|O_RDWR|O_CREAT|O_TRUNC", line):
                for name in names if is_loaded else ():
                    self.assertTrue(self.is_below(name) or name.startswith(SYSTEM), line)
            else:  # a file is made, changed or removed, or it is a call of the network, which names none
                self.assertNotEqual(names, [], line)
                for name in names:
                    self.assertTrue(self.is_below(name) or name.startswith("/dev/"), line)

    def is_below(self, name):
        return (self.folder / name).resolve().is_relative_to(self.folder.resolve())

    def assert_steers_no_terminal(self, finished):
        for shown in (finished.stdout, finished.stderr):
            self.assertNotRegex(shown.decode(), r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Hostile(Traced):
    def fill_with_texts(self, text):
        """The tutorial with the text in the place of every one that is free."""
        scenario = (self.folder / "scenario.toml").read_text().replace("One port, one barge service", text)
        scenario = scenario.replace("Assumed: no timetable was found", text)
        scenario = scenario.replace("[terminal.hub]", f'[terminal.hub]\nname = "{text}"')
        scenario = scenario.replace("reading.all = {", f'name = "{text}", source = "made-up", reading.all = {{ name = "{text}",')
        (self.folder / "scenario.toml").write_text(scenario + f"""[source]
made-up = {{ kind = "assumed", title = "{text}", url = "javascript:{text}" }}
""")

    @STRACE
    def test_e29_s05_a_command_keeps_to_its_folder(self):
        (self.folder / "calibration.toml").write_text(CALIBRATION)
        for arguments in COMMANDS:
            with self.subTest(arguments=arguments):
                self.assert_keeps_to_its_folder(self.trace(*arguments)[0])

    @STRACE
    def test_s01_s02_s05_what_a_scenario_says_does_nothing(self):
        """As it is of a harmless one; and each text comes out as it is, in a form in which it does nothing there."""
        self.fill_with_texts(FORMULA)
        (self.folder / "calibration.toml").write_text(CALIBRATION)
        for arguments in COMMANDS:
            with self.subTest(arguments=arguments):
                lines, finished = self.trace(*arguments)
                self.assert_keeps_to_its_folder(lines)
                self.assert_steers_no_terminal(finished)
        self.assertEqual(list(self.folder.rglob("*pwned*")), [])
        self.assertEqual(json.loads((self.folder / "results/result.json").read_text())["scenario"]["title"], FORMULA)
        for line in (self.folder / "events.jsonl").read_text().splitlines():
            json.loads(line)
        for path in self.folder.rglob("*.html"):
            self.assertNotIn("pwned", path.read_text())  # it is in there packed
        self.assert_holds_no_formula(self.folder / "results/result.xlsx")
        self.assert_holds_no_formula(self.folder / "a.xlsx")
        for path in self.folder.rglob("*.csv"):
            with open(path, newline="") as file:
                for field in (field for row in csv.reader(file) for field in row):
                    self.assertNotRegex(field, r"^[=+@\t\r]|^-(?![0-9.]+(e-?[0-9]+)?$)", path)
        self.assertIn("'" + FORMULA, (self.folder / "results/comparison.csv").read_text())

    def assert_holds_no_formula(self, path):
        """The hostile text is the text of a cell; no cell has a formula, and nothing leads out of the workbook."""
        main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
        with zipfile.ZipFile(path) as book:
            self.assertIsNone(book.testzip())
            trees = {name: ElementTree.fromstring(book.read(name)) for name in book.namelist() if name.endswith((".xml", ".rels"))}
        texts = [text for tree in trees.values() for text in tree.itertext()]
        self.assertTrue(any(text.startswith(FORMULA) for text in texts), path)
        cells = 0
        for name, tree in trees.items():
            self.assertNotRegex(name, "externalLink|vbaProject|connections|customXml|macrosheet")
            for relation in tree.iter("{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"):
                self.assertNotEqual(relation.get("TargetMode"), "External", name)
            if name.startswith("xl/worksheets/sheet"):
                cells += len(list(tree.iter(main + "c")))
                self.assertEqual(list(tree.iter(main + "f")) + list(tree.iter(main + "hyperlink")), [], name)
        self.assertGreater(cells, 100)

    @STRACE
    def test_s02_s04_s05_files_elsewhere_are_refused_unopened(self):
        """By whatever way a scenario or a study names them; what they hold is not shown."""
        secret = self.folder.with_name(self.folder.name + "-secret")
        secret.write_text(f"id,{SECRET}\n")
        self.addCleanup(secret.unlink)
        self.fill_with_ways_to(secret)
        here = {"link": "link.csv", "folder": f"away/{secret.name}", "twice": "second.csv"}
        ways = {"up": f"../{secret.name}", "down-and-up": f"sub/../../{secret.name}", "absolute": str(secret), "zero": "/dev/zero",
                "environment": "/proc/self/environ", "input": "/dev/stdin", "pipe": "pipe.csv", "device": "zero.csv",
                "home": "~/.bashrc", "url": f"file://{secret}", "shell": f"$(cat {secret})", "magic": "self/environ"} | here
        scenario = (self.folder / "scenario.toml").read_text()
        for what, way in ways.items():
            for key in ("extends", "sources", "tables.demand"):
                (self.folder / "scenario.toml").write_text(f'{key} = "{way}"\n' + scenario)
                self.assert_refused_unopened("check", "scenario.toml", way=what)
            for study in (f'scenario = "{way}"\n[design]\nkind = "grid"\n[parameter]\nseed = [1]\n',
                          f'scenario = "good.toml"\n[design]\nkind = "list"\nfile = "{way}"\n'):
                (self.folder / "study.toml").write_text(study)
                self.assert_refused_unopened("sweep", "study.toml", way=what)
        self.assertEqual(list(self.folder.glob("*.sqlite*")), [])

    def fill_with_ways_to(self, secret):
        (self.folder / "sub").mkdir()
        (self.folder / "good.toml").write_text((self.folder / "scenario.toml").read_text())
        for name, leads_to in (("link.csv", secret), ("second.csv", "link.csv"), ("away", secret.parent), ("self", "/proc/self"),
                               ("zero.csv", "/dev/zero")):
            (self.folder / name).symlink_to(leads_to)
        os.mkfifo(self.folder / "pipe.csv")

    def assert_refused_unopened(self, *arguments, way):
        with self.subTest(arguments=arguments, way=way):
            lines, finished = self.trace(*arguments, code=REFUSED)
            self.assert_keeps_to_its_folder(lines)
            self.assertNotIn(SECRET, (finished.stdout + finished.stderr).decode())

    @STRACE
    def test_s02_links_that_wait_where_results_go_are_not_followed(self):
        victim = self.folder.with_name(self.folder.name + "-victim")
        self.addCleanup(victim.unlink)
        self.corridor("sweep", "study.toml")
        (self.folder / "results").mkdir()
        outputs = (("results/result.json", (*RUN, "--out", "results")), ("results/result.xlsx", (*RUN, "--out", "results")),
                   ("report.html", (*RUN, "--report", "report.html")), ("events.csv", (*RUN, "--events", "events.csv")),
                   ("a.csv", ("export", "study.sqlite", "--out", "a.csv")),
                   ("a.xlsx", ("export", "study.sqlite", "--format", "xlsx", "--out", "a.xlsx")))
        for name, arguments in outputs if self.has_page else (output for output in outputs if "--report" not in output[1]):
            for suffix in ("", ".unfinished", ".unfinished-scratch"):
                victim.write_text("kept")
                (self.folder / name).unlink(missing_ok=True)
                place = self.folder / (name + suffix)
                place.symlink_to(victim)
                lines, _ = self.trace(*arguments, "--force", code=REFUSED if suffix == "" else FINE)
                with self.subTest(place=place.name):
                    place.unlink(missing_ok=True)
                    self.assert_keeps_to_its_folder(lines)
                    self.assertEqual(victim.read_text(), "kept")

    def test_s09_s10_a_store_from_a_stranger_adds_no_line_and_steers_no_terminal(self):
        """Texts of a store with right checksums, and of its lock, with line breaks and escape sequences: shown escaped, on one line."""
        self.corridor("sweep", "study.toml")
        text = "0.0.9\x1b[2J\x1b]52;c;cHduZWQ=\x07\r\ncorridor: error: all is well\u202e"
        with sqlite3.connect(self.folder / "study.sqlite") as store:
            facts = store.execute("SELECT part, name FROM study").fetchall()
            for part, name in facts:
                if name in ("corridor", "command", "machine", "title"):
                    checksum = zlib.crc32(f"|{part}|{name}|{text}".encode())
                    store.execute("UPDATE study SET value = ?, checksum = ? WHERE name = ?", (text, checksum, name))
        store.close()
        for arguments in (("sweep", "study.toml"), ("export", "study.sqlite"), ("merge", "whole.sqlite", "study.sqlite")):
            self.assert_tells_one_line(b"study.sqlite", *arguments)
        with open(self.folder / "other.sqlite-lock", "w", encoding="utf-8") as lock:
            lock.write(text)
            lock.flush()
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.assert_tells_one_line(b"0.0.9", "sweep", "study.toml", "--store", "other.sqlite")

    def assert_tells_one_line(self, part, *arguments):
        with self.subTest(arguments=arguments):
            finished = self.corridor(*arguments)
            self.assert_told(finished, REFUSED, ENVIRONMENT)
            self.assert_steers_no_terminal(finished)
            self.assertIn(part, finished.stderr)
            self.assertEqual(finished.stderr.count(b"\n"), 1, finished.stderr)

    def test_s15_limits_stop_every_command(self):
        """Of containers before anything is done, of time in the middle; each says so, and nothing is printed or written."""
        (self.folder / "calibration.toml").write_text(CALIBRATION)
        shutil.copy(self.folder / "scenario.toml", self.folder / "other.toml")
        before = sorted(self.folder.iterdir())
        for arguments in (("run", "scenario.toml", "--out", "results", "--report", "report.html", "--events", "events.csv"),
                          ("compare", "scenario.toml", "--out", "results"),
                          ("calibrate", "calibration.toml", "--out", "calibrated.toml"), ("sensitivity", "scenario.toml"),
                          ("options", "scenario.toml", "other.toml"), ("capacity", "scenario.toml"), ("sweep", "study.toml"),
                          ("optimise", "scenario.toml", "--vary", "service.feeder.departures.per_week=2..7",
                           "--require", "door_to_door_time_mean demand.exports <= 45")):
            for limit, code, told in (("--max-containers=10", REFUSED, r"more than the 10 (of --max-containers|containers .*allowed)"),
                                      ("--max-time=0.001 s", ENVIRONMENT, "the time of --max-time is over; nothing was ")):
                with self.subTest(arguments=arguments, limit=limit):
                    finished = self.corridor(*arguments, limit)
                    self.assert_told(finished, code)
                    self.assertRegex(finished.stderr.decode(), told)
                    self.assertEqual(finished.stdout, b"")
                    self.assertEqual(sorted(self.folder.iterdir()), before)

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
