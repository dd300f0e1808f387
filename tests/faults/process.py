"""Processes that are killed, stopped, or given little: memory, files, threads, cores."""

import os
import resource
import shutil
import signal
import subprocess
import time

from support import ENVIRONMENT, FINE, NOBODY, REFUSED, TAKES_ALL, Faults, limit, some


class Process(Faults):
    def test_e07_killed_at_any_instant(self):
        for i in range(200 if TAKES_ALL else 10):
            with subprocess.Popen([self.COMMAND, "sweep", "study.toml", "-q"], cwd=self.folder, stdout=subprocess.DEVNULL) as it:
                time.sleep(0.002 + 0.00071 * (i * 37 % 100))
                it.kill()
            if it.returncode == FINE:
                self.assertEqual(self.export(self.folder, "study.sqlite"), self.expected)
                self.forget()
        self.assert_goes_on()

    def test_e11_stopped_and_continued(self):
        with subprocess.Popen([self.COMMAND, "sweep", "study.toml", "-q"], cwd=self.folder, stdout=subprocess.DEVNULL) as it:
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
        return self.run_in(*NOBODY, self.COMMAND, "version").returncode == FINE

    def test_e24_one_core_and_many_threads(self):
        finished = self.corridor("sweep", "study.toml", "--threads", "256",
                                 preexec_fn=lambda: os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}))
        self.assertEqual(finished.returncode, FINE)
        self.assertEqual(self.export(self.folder, "study.sqlite"), self.expected)
