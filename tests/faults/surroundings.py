"""Clocks, standard streams, terminals, environments, locales, time zones and names of files."""

import os
import pty
import re
import select
import shutil
import subprocess

from support import ENVIRONMENT, FINE, LOCALEDEF, ROOT, STUDY, ZONES, Faults, needs


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
        shell = lambda line: self.run_in("bash", "-c", line, self.COMMAND)
        broken = shell('mkfifo gone; true < gone & exec 3> gone; wait; "$0" export study.sqlite --replications >&3')
        self.assertEqual(broken.returncode, 141)
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
        with subprocess.Popen([self.COMMAND, *arguments], cwd=self.folder, env=environment, stdin=theirs,
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

    def test_s16_no_other_variable_counts(self):
        """What is asked for is what SECURITY.md says, and odd values of it change no result."""
        names = self.folder / "names"
        environment = self.under_shim(FAULTS_NAMES=str(names))
        for arguments in (("run", "scenario.toml", "--replications", "2", "--out", "results", "--events", "events.csv"),
                          ("sweep", "study.toml"), ("export", "study.sqlite", "--format", "xlsx", "--out", "points.xlsx")):
            self.assertEqual(self.corridor(*arguments, env=environment).returncode, FINE)
        said = (ROOT / "SECURITY.md").read_text().partition("## Environment")[2].partition("## ")[0]
        documented = set(re.findall(r"`([A-Za-z0-9_]+)`", said))
        asked = set(names.read_text().split())
        self.assertLessEqual({"NO_COLOR", "TERM", "TMPDIR"}, asked)
        self.assertLessEqual(asked, documented)
        launchers = {name for name in documented if name.startswith(("OMPI_", "PMI"))}
        for value in ("", "1", "/no/such/place"):
            with self.subTest(value=value):
                self.forget()
                odd = os.environ | dict.fromkeys(documented - launchers, value)
                self.assertEqual(self.corridor("sweep", "study.toml", env=odd).returncode, FINE)
                self.assertEqual(self.export(self.folder, "study.sqlite"), self.expected)

    @LOCALEDEF
    def test_e30_locales(self):
        """With a comma in numbers, and an i without a dot, for real."""
        for name, environment in self.locales().items():
            with self.subTest(locale=name):
                self.forget()
                comma = subprocess.run(["printf", "%.1f", "1"], env=environment | {"POSIXLY_CORRECT": ""},
                                       capture_output=True, check=False).stdout
                if name.startswith("de"):
                    self.assertEqual(comma, b"1,0")
                self.assertEqual(self.corridor("sweep", "study.toml", env=environment).returncode, FINE)
                self.assertEqual(self.export(self.folder, "study.sqlite"), self.expected)
                exported = self.corridor("export", "study.sqlite", env=environment).stdout.decode()
                self.assertTrue(self.expected.startswith(exported))

    def test_e31_time_zones(self):
        for zone in ZONES:
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
