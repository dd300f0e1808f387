"""Disks that are full, that fail, that are somebody else's."""

import os
import signal
import subprocess

from support import AS_NOBODY, ENVIRONMENT, FINE, NOBODY, REFUSED, STRACE, Faults, needs


class Disk(Faults):
    @needs("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt")
    def test_e01_full_disk(self):
        """A disk of 64 KiB is full in the middle; once there is room, it goes on."""
        shell = """mkdir disk && mount -t tmpfs -o size=64k none disk && cp *.toml disk && cd disk
            "$0" sweep study.toml; code=$?
            mount -o remount,size=16m none . && "$0" sweep study.toml >/dev/null && "$0" export study.sqlite &&
            "$0" export study.sqlite --replications; exit $code"""
        finished = self.run_in("unshare", "-rm", "sh", "-c", shell, self.COMMAND)
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
        finished = self.run_in("unshare", "-rm", "sh", "-c", shell, self.COMMAND)
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
        with subprocess.Popen([self.COMMAND, "export", "study.sqlite", "--replications"], cwd=self.folder, stdout=write) as it:
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
