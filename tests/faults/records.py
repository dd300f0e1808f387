"""Stores that somebody edited, or that another version wrote. Bits and cuts: store_damage_test.cpp."""

import sqlite3
import zlib

from support import REFUSED, Faults


class Records(Faults):
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
