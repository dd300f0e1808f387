// The store: what goes in comes out, or it is said that it does not.
#include "corridor/study/store.h"

#include <doctest/doctest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cmath>
#include <filesystem>

#include "study/file_system.h"
#include "study/store_place.h"
#include "study/stored.h"

namespace corridor {

namespace fs = std::filesystem;

TEST_CASE("Numbers come out of a list as they went in, undefined ones too") {
    std::vector<double> out;
    const std::vector<double> in{0.1, -1e-300, 3600, 1.7976931348623157e308, 5e-324, std::nan(""), 0};
    const std::string text = outputs_text(in);
    CHECK(text == "[0.1,-1e-300,3600,1.7976931348623157e+308,5e-324,null,0]");
    CHECK(parse_outputs(text, out));
    REQUIRE(out.size() == in.size());
    for (std::size_t i = 0; i < in.size(); ++i) CHECK((out[i] == in[i] || (std::isnan(out[i]) && std::isnan(in[i]))));
    CHECK(parse_outputs("[]", out));
    CHECK(out.empty());
    for (const char* const other : {"", "[", "]", "[1", "1]", "[1,]", "[,1]", "[1 ,2]", "[nul]", "[nan]", "[inf]",
                                    "[1e999]", "[1][2]", "[null", "[1,2]]", "[\"1\"]"}) {
        CAPTURE(other);
        CHECK(!parse_outputs(other, out));
    }
}

TEST_CASE("E34: file systems of other machines are known by their numbers; this one is none") {
    CHECK(study::network_file_system_of_type(0x6969) == "NFS");
    CHECK(study::network_file_system_of_type(static_cast<std::int32_t>(0xff534d42)) == "CIFS");
    CHECK(study::network_file_system_of_type(0xef53).empty());  // ext4
    const Store place;
    CHECK(network_file_system(place.file()).empty());
    CHECK(network_file_system("study.sqlite").empty());
    CHECK(network_file_system("no/such/folder/study.sqlite").empty());
}

TEST_CASE("What is stored is read again by point and replication, whatever the order in which it came") {
    const Store place;
    {
        StoreWriter store(place.file(), study_of(2, 2), settings_of);
        CHECK(store.is_new());
        for (const auto& [point, replication] : {std::pair{1, 1}, {0, 0}, {1, 0}, {0, 1}}) {
            store.add(record_of(static_cast<std::uint64_t>(point), static_cast<std::uint64_t>(replication)));
        }
        store.commit();
        store.finish();
    }
    CHECK(std::distance(fs::directory_iterator(place.path()), {}) == 1);
    StoreReader store(place.file());
    CHECK(all_of(store) == std::vector{record_of(0, 0), record_of(0, 1), record_of(1, 0), record_of(1, 1)});
    CHECK(store.settings(1) == "[1]");
    CHECK(store.study().outputs[2].name == "'); DROP TABLE point; --");
    CHECK(store.study().fact("title") == "A study");
    CHECK(store.study().rule.replications == 2);
}

TEST_CASE("A store goes on where it was; what was not committed is not there") {
    const Store place;
    {
        StoreWriter store(place.file(), study_of(1, 3), settings_of);
        store.add(record_of(0, 0));
        store.commit();
        store.add(record_of(0, 1));
    }
    StoreWriter store(place.file(), study_of(1, 3), settings_of);
    CHECK(!store.is_new());
    CHECK(store.read([](const Record&) {}).records == 1);
}

TEST_CASE("Somebody may read while another writes, and sees what was there when they began") {
    const Store place;
    StoreWriter writer(place.file(), study_of(1, 3), settings_of);
    writer.add(record_of(0, 0));
    writer.commit();
    StoreReader reader(place.file());
    writer.add(record_of(0, 1));
    writer.commit();
    CHECK(all_of(reader).size() == 1);
    StoreReader later(place.file());
    CHECK(all_of(later).size() == 2);
}

TEST_CASE("A store in use says by whom; another study's store is refused with what differs") {
    const Store place;
    {
        const StoreWriter store(place.file(), study_of(1, 3), settings_of);
        const auto open = [&] { StoreWriter(place.file(), study_of(1, 3), settings_of); };
        const std::string message = without(refusal(open, StoreError::Kind::in_use), place.file());
        CHECK(message.starts_with("'' is in use by process " + std::to_string(::getpid()) + " on "));
    }
    const auto open = [&] { StoreWriter(place.file(), study_of(2, 4), settings_of); };
    CHECK(without(refusal(open, StoreError::Kind::unusable), place.file()) ==
          "'' is the store of another study: what differs is points (1 in the store, 2 now), replications (3 in the "
          "store, "
          "4 now); give another --store, or move this one away");
}

TEST_CASE("What is no store is refused and left alone") {
    const Store place;
    const auto read = [&] { const StoreReader store(place.file()); };
    const auto write = [&] { const StoreWriter store(place.file(), study_of(1, 3), settings_of); };
    const auto said = [&](const auto& use) { return without(refusal(use, StoreError::Kind::unusable), place.file()); };
    CHECK(said(read) == "cannot open '': no such file");
    write_bytes(place.file(), "");
    CHECK(said(read) == "'' is no store of corridor (it is empty)");
    CHECK(said(write) == "'' is no store of corridor (it is empty)");
    const std::string csv = "point,replication\n0,0\n";
    write_bytes(place.file(), csv);
    CHECK(said(read) == "'' is no store of corridor (its first bytes are those of something else)");
    CHECK(said(write) == "'' is no store of corridor (its first bytes are those of something else)");
    CHECK(bytes_of(place.file()) == csv);
    fs::remove(place.file());
    fs::create_directory(place.file());
    CHECK(said(read) == "'' is no store of corridor (it is a directory)");
    CHECK(said(write) == "'' is no store of corridor (it is a directory)");
}

TEST_CASE("A store of a newer or an older format, and an SQLite file of something else, are told apart from damage") {
    const Store place;
    make_full_store(place.file(), 1, 1);
    const std::string whole = bytes_of(place.file());
    const auto read = [&] { const StoreReader store(place.file()); };
    std::string newer = whole;
    newer[63] = 9;  // the last byte of user_version
    write_bytes(place.file(), newer);
    CHECK(without(refusal(read, StoreError::Kind::unusable), place.file()) ==
          "'' has format 9, made by a newer corridor (this one reads format 2); use that one");
    std::string older = whole;
    older[63] = 1;
    write_bytes(place.file(), older);
    const std::string of_older =
        "'' has format 1, made by an older corridor (this one reads format 2); use that one, "
        "or run the sweep again into another --store";
    const auto write = [&] { const StoreWriter store(place.file(), study_of(1, 1), settings_of); };
    CHECK(without(refusal(read, StoreError::Kind::unusable), place.file()) == of_older);
    CHECK(without(refusal(write, StoreError::Kind::unusable), place.file()) == of_older);
    CHECK(bytes_of(place.file()) == older);
    std::string other = whole;
    other.replace(68, 4, "GPKG");  // application_id
    write_bytes(place.file(), other);
    CHECK(without(refusal(read, StoreError::Kind::unusable), place.file()) ==
          "'' is no store of corridor (its first bytes are those of something else)");
}

// Whatever is in it runs when somebody writes or reads, unless nothing does before the tables are looked at.
TEST_CASE("A store into which somebody has put triggers, views, tables or functions of their own is refused") {
    for (const std::string sql :
         {"CREATE TRIGGER t AFTER INSERT ON replication BEGIN DELETE FROM point; END",
          "CREATE VIEW v AS SELECT load_extension('evil.so')", "CREATE TABLE more(a)",
          "CREATE INDEX i ON replication(abs(point))",
          "ALTER TABLE replication RENAME TO hidden; CREATE VIEW replication AS SELECT * FROM hidden",
          "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 2 WHERE name = 'replication'; UPDATE "
          "sqlite_schema SET sql = sql || ' ' WHERE name = 'point'"}) {
        CAPTURE(sql);
        const Store place;
        make_full_store(place.file(), 1, 1);
        sqlite3* opened = nullptr;
        REQUIRE(sqlite3_open(place.file().c_str(), &opened) == SQLITE_OK);
        REQUIRE(sqlite3_exec(opened, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(opened);
        const std::string before = bytes_of(place.file());
        const auto read = [&] { const StoreReader store(place.file()); };
        const auto write = [&] { const StoreWriter store(place.file(), study_of(1, 1), settings_of); };
        CHECK(without(refusal(read, StoreError::Kind::unusable), place.file()) ==
              "'' is no store of corridor (its tables are others)");
        CHECK(without(refusal(write, StoreError::Kind::unusable), place.file()) ==
              "'' is no store of corridor (its tables are others)");
        CHECK(bytes_of(place.file()) == before);
    }
}

TEST_CASE("Failures are records, and forgotten on request") {
    const Store place;
    StoreWriter store(place.file(), study_of(1, 2), settings_of);
    store.add({0, 0, "released 1,200 but accounts for 1,199", {}});
    store.add(record_of(0, 1));
    store.commit();
    CHECK(store.forget_failures() == 1);
    CHECK(store.read([](const Record& record) { CHECK(record == record_of(0, 1)); }).records == 1);
}

TEST_CASE("A store under two names is opened under one at a time") {
    const Store place;
    make_full_store(place.file(), 1, 2);
    const std::string link = (place.path() / "link.sqlite").string();
    fs::create_symlink("s.sqlite", link);
    {
        const StoreWriter store(place.file(), study_of(1, 2), settings_of);
        CHECK(refusal([&] { StoreWriter(link, study_of(1, 2), settings_of); }, StoreError::Kind::in_use) != "");
    }
    {
        const StoreWriter store(link, study_of(1, 2), settings_of);
        CHECK(refusal([&] { StoreWriter(place.file(), study_of(1, 2), settings_of); }, StoreError::Kind::in_use) != "");
    }
    CHECK(fs::is_symlink(link));
    fs::remove(link);
    fs::create_hard_link(place.file(), link);
    CHECK(without(refusal([&] { StoreWriter(link, study_of(1, 2), settings_of); }, StoreError::Kind::unusable), link) ==
          "'' is one of 2 names of the same file (hard links), and each could be written to by another process; remove "
          "the others, or give a copy");
}

TEST_CASE("A lock is written neither into another file nor into a pipe") {
    const Store place;
    const std::string precious = (place.path() / "precious").string();
    const std::string lock = place.file() + "-lock";
    write_bytes(precious, "precious");
    fs::create_hard_link(precious, lock);
    const auto said = [&] {
        const auto open = [&] { StoreWriter(place.file(), study_of(1, 1), settings_of); };
        return without(refusal(open, StoreError::Kind::environment), place.file());
    };
    CHECK(said() == "'-lock' is no lock of corridor (a pipe, or a file with other names); remove it");
    CHECK(bytes_of(precious) == "precious");
    fs::remove(lock);
    REQUIRE(::mkfifo(lock.c_str(), 0600) == 0);
    CHECK(said() == "'-lock' is no lock of corridor (a pipe, or a file with other names); remove it");
}

TEST_CASE("Once it is to stop, a store is no longer read, but what was added stays") {
    const Store place;
    make_full_store(place.file(), 500, 20);
    std::atomic<bool> stop = true;
    CHECK(refusal([&] { StoreWriter(place.file(), study_of(500, 20), settings_of, &stop); },
                  StoreError::Kind::interrupted) == "'" + place.file() + "': interrupted while it was read");
    CHECK(refusal([&] { StoreReader(place.file(), &stop).read([](const Record&) {}); },
                  StoreError::Kind::interrupted) != "");
    stop = false;
    StoreWriter store(place.file(), study_of(500, 20), settings_of, &stop);
    stop = true;
    store.add(record_of(0, 0));
    store.finish();
    CHECK(StoreReader(place.file()).read([](const Record&) {}).records == 10'000);
}

// ---- shards ----

TEST_CASE("Shards make the whole, each once and complete, of one study") {
    const Store place;
    const auto shard = [&](std::uint64_t number, std::uint64_t replications) {
        const std::string file = (place.path() / ("shard-" + std::to_string(number))).string();
        fs::remove(file);
        StoreWriter store(file, study_of(5, 2, std::to_string(number) + "/2"), settings_of);
        for (std::uint64_t point = number - 1; point < 5; point += 2) {
            for (std::uint64_t r = 0; r < replications; ++r) store.add(record_of(point, r));
        }
        store.finish();
        return file;
    };
    const std::string one = shard(1, 2);
    std::string two = shard(2, 1);
    const auto merge = [&](const std::vector<std::string>& shards) {
        std::string said = refusal([&] { merge_stores(place.file(), shards); }, StoreError::Kind::unusable);
        return without(said, place.path().string() + "/");
    };
    CHECK(merge({one, two}) ==
          "'shard-2' lacks replications at 2 of its 2 points; run that shard again, which goes on");
    CHECK(merge({one}) == "shard 2/2 is missing");
    CHECK(merge({one, one, two}) == "'shard-1' and 'shard-1' are both shard 1/2");
    two = shard(2, 2);
    CHECK(merge({two, one}).empty());
    StoreReader whole(place.file());
    CHECK(whole.study().fact("shard") == "1/1");
    CHECK(all_of(whole).size() == 10);
    CHECK(merge({two, one}) == "'s.sqlite' is there already; give another name for the whole");
}

}  // namespace corridor
