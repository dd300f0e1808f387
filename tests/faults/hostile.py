"""Scenarios that mean harm, and what may not be read: traced, nothing else is read, written or run."""

import json
import re

from support import AS_NOBODY, FINE, NOBODY, REFUSED, STRACE, Faults


class Hostile(Faults):
    def trace(self, calls, *arguments):
        """The system calls of a run that has to succeed, a line each, without process number and signals."""
        log = self.folder / "strace.log"
        finished = self.run_in("strace", "-f", "-qq", "-s", "4096", "-o", log, "-e", f"trace={calls}", "-e", "signal=none",
                               self.COMMAND, *arguments)
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
                        self.assertIn(self.COMMAND, line)
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
