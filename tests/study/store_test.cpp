// The store: what goes in comes out, or it is said that it does not.
#include "corridor/study/store.h"

#include <doctest/doctest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <filesystem>

#include "corridor/base/random.h"
#include "study/store_repair.h"
#include "study/store_tables.h"
#include "study/stored.h"
#include "tools/shell.h"

namespace corridor {
namespace {

namespace fs = std::filesystem;

class Store : public tests::Scratch {
  public:
    std::string file() const { return (path() / "s.sqlite").string(); }
};

/// What a use of a store is refused with.
template <class Use>
std::string refusal(const Use& use, StoreError::Kind kind) {
    try {
        use();
    } catch (const StoreError& error) {
        CHECK(error.kind() == kind);
        return error.what();
    }
    return "";
}

std::string without(std::string text, const std::string& part) {
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part)) text.erase(at, part.size());
    return text;
}

std::vector<Record> all_of(StoreReader& store) {
    std::vector<Record> records;
    store.read([&records](const Record& record) { records.push_back(record); });
    return records;
}

}  // namespace

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

TEST_CASE("A store of a newer format, and an SQLite file of something else, are told apart from damage") {
    const Store place;
    make_full_store(place.file(), 1, 1);
    const std::string whole = bytes_of(place.file());
    const auto read = [&] { const StoreReader store(place.file()); };
    std::string newer = whole;
    newer[63] = 9;  // the last byte of user_version
    write_bytes(place.file(), newer);
    CHECK(without(refusal(read, StoreError::Kind::unusable), place.file()) ==
          "'' has format 9, made by a newer corridor (this one reads format 1); use that one");
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

// ---- what somebody else has put there, checksums and all ----

namespace {

void execute(const std::string& path, const std::string& sql) {
    sqlite3* opened = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &opened) == SQLITE_OK);
    const int code = sqlite3_exec(opened, sql.c_str(), nullptr, nullptr, nullptr);
    CAPTURE(sqlite3_errmsg(opened));
    REQUIRE(code == SQLITE_OK);
    sqlite3_close(opened);
}

std::uint64_t digest_of_stored() { return study::digest_of(study_of(1, 2).identity); }

std::string quoted(const std::string& text) { return "'" + text + "'"; }

}  // namespace

TEST_CASE("A record whose outputs are not as many numbers as the study has is left out, and made again") {
    for (const std::string outputs :
         {"", "[", "[]", "[1]", "[1,2]", "[1,2,3,4]", "[1,2,x]", "{}", "[1,2,3", "[1,2,1e999]", "[[1],2,3]"}) {
        CAPTURE(outputs);
        const Store place;
        make_full_store(place.file(), 1, 2);
        const std::uint32_t checksum = study::checksum_of({0, 1, "", {}}, outputs, digest_of_stored());
        execute(place.file(), "UPDATE replication SET outputs = " + quoted(outputs) +
                                  ", checksum = " + std::to_string(checksum) + " WHERE replication = 1");
        {
            StoreReader store(place.file());
            const Inventory inventory = store.read([](const Record& record) { CHECK(record == record_of(0, 0)); });
            CHECK(inventory.records == 1);
            CHECK(inventory.damaged == 1);
        }
        StoreWriter store(place.file(), study_of(1, 2), settings_of);
        CHECK(!store.damaged_copy().empty());
        CHECK(store.read([](const Record& record) { CHECK(record == record_of(0, 0)); }).is_sound());
    }
}

TEST_CASE("A failure that says nothing, or has outputs, is no record") {
    for (const char* const assignment : {"failure = '', outputs = NULL", "failure = '', outputs = '[1,2,3]'"}) {
        const Store place;
        make_full_store(place.file(), 1, 2);
        const std::string outputs = std::string_view(assignment).ends_with("NULL") ? "" : "[1,2,3]";
        const std::uint32_t checksum = study::checksum_of({0, 1, "", {}}, outputs, digest_of_stored());
        execute(place.file(), "UPDATE replication SET " + std::string(assignment) +
                                  ", checksum = " + std::to_string(checksum) + " WHERE replication = 1");
        StoreReader store(place.file());
        CHECK(store.read([](const Record&) {}).damaged == 1);
    }
}

TEST_CASE("Settings that are not one for each parameter are refused, and made again") {
    for (const std::string settings : {"", "[", "[]", "[1,2]", "{}", "[\"text\"]", "[[1]]", "[true]"}) {
        CAPTURE(settings);
        const Store place;
        make_full_store(place.file(), 1, 2);
        const std::uint32_t checksum = study::checksum_of_settings(0, settings, digest_of_stored());
        execute(place.file(),
                "UPDATE point SET settings = " + quoted(settings) + ", checksum = " + std::to_string(checksum));
        {
            StoreReader store(place.file());
            CHECK(without(refusal([&] { store.settings(0); }, StoreError::Kind::damaged), place.file()) ==
                  "'' is damaged: point 0 is not what was written; run the sweep again, which repairs it");
        }
        const StoreWriter store(place.file(), study_of(1, 2), settings_of);
        CHECK(!store.damaged_copy().empty());
        CHECK(StoreReader(place.file()).settings(0) == "[0]");
    }
}

TEST_CASE("A store that claims more points or shards than any study has is damaged, and costs no time") {
    const Store place;
    for (const auto& claim : {std::pair{"1000000000000000", "1/1"},
                              {"18446744073709551615", "1/1"},
                              {"4", "1/18446744073709551615"},
                              {"4", "1/4000000000000"},
                              {"4", "0/0"},
                              {"4", "5/4"},
                              {"4", "1/5"},
                              {"4", "2"}}) {
        const char* const points = claim.first;
        const char* const shard = claim.second;
        CAPTURE(points);
        CAPTURE(shard);
        StoreStudy study = study_of(4, 1, shard);
        for (StoreFact& fact : study.identity) {
            if (fact.name == "points") fact.value = points;
        }
        fs::remove(place.file());
        study::make_store_in_place(place.file(), study, settings_of, [](study::RecordInsert&) {});
        CHECK(refusal([&] { const StoreReader store(place.file()); }, StoreError::Kind::damaged) != "");
        const std::string whole = (place.path() / "whole.sqlite").string();
        CHECK(refusal([&] { merge_stores(whole, {place.file()}); }, StoreError::Kind::damaged) != "");
        CHECK(!fs::exists(whole));
    }
}

TEST_CASE("S14: A damaged store that claims a hundred million records is read in no time") {
    const Store place;
    StoreStudy study = study_of(1, 100);
    study.identity[3].value = "1000000";
    study::make_store_in_place(place.file(), study, settings_of, [](study::RecordInsert&) {});
    std::string bytes = bytes_of(place.file());
    const std::size_t records = bytes.size() - 4096;
    bytes.replace(records, 8, 8, '\xff');
    write_bytes(place.file(), bytes);
    StoreReader store(place.file());
    CHECK(store.study().points == 1'000'000);
    const Inventory inventory = store.read([](const Record&) {});
    CHECK(inventory.records == 0);
    CHECK(inventory.damaged == 100'000'000);
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

// ---- damage ----

namespace {

constexpr std::uint64_t kPoints = 20;
constexpr std::uint64_t kEach = 15;

/// Reads a damaged store: only what was written may come out of it. How many records did.
std::uint64_t sound_records(const std::string& path) {
    try {
        StoreReader store(path);
        store.read([](const Record& record) { CHECK(record == record_of(record.point, record.replication)); });
        std::uint64_t records = 0;
        const Inventory inventory = store.read([&records](const Record&) { ++records; });
        CHECK(inventory.records == records);
        return records;
    } catch (const StoreError&) {
        return 0;
    }
}

/// Has the sweep's writer open a damaged store, and make what is missing. Whether it could.
bool repairs(const std::string& path) {
    try {
        StoreWriter store(path, study_of(kPoints, kEach), settings_of);
        store.read([](const Record& record) { CHECK(record == record_of(record.point, record.replication)); });
        fill(store, kPoints, kEach);
        store.finish();
    } catch (const StoreError& error) {
        CHECK((error.kind() == StoreError::Kind::damaged || error.kind() == StoreError::Kind::unusable));
        return false;
    }
    CHECK(sound_records(path) == kPoints * kEach);
    return true;
}

}  // namespace

TEST_CASE("A bit that is flipped anywhere is noticed, or changes nothing: no other number ever comes out") {
    const Store place;
    make_full_store(place.file(), kPoints, kEach);
    const std::string whole = bytes_of(place.file());
    Stream stream = make_stream(1, 0, stream_key("flips", ""));
    std::uint64_t left = 0;
    std::uint64_t repaired = 0;
    constexpr std::uint64_t kFlips = 250;
    for (std::uint64_t i = 0; i < kFlips; ++i) {
        std::string bytes = whole;
        const std::uint64_t bit = stream() % (bytes.size() * 8);
        bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
        write_bytes(place.file(), bytes);
        CAPTURE(bit);
        left += sound_records(place.file());
        repaired += repairs(place.file()) ? 1U : 0U;
    }
    // Almost all flips hit one record; few hit the head or the tables' definitions, after which nothing can be read.
    MESSAGE("records left: ", left, ", repaired: ", repaired);
    CHECK(left > kFlips * kPoints * kEach * 8 / 10);
    CHECK(repaired > kFlips * 8 / 10);
}

TEST_CASE("S02: What is damaged is kept under a name of its own: links that wait there are not followed") {
    const Store place;
    make_full_store(place.file(), kPoints, kEach);
    std::string bytes = bytes_of(place.file());
    bytes[0] = 's';
    write_bytes(place.file(), bytes);
    write_bytes(place.file() + "-wal", "of a stranger");
    const fs::path victim = place.path() / "victim";
    write_bytes(victim.string(), "kept");
    fs::create_symlink("nowhere", place.file() + ".damaged");
    fs::create_symlink(victim, place.file() + ".damaged-2-wal");
    {
        const StoreWriter store(place.file(), study_of(kPoints, kEach), settings_of);
        CHECK(store.damaged_copy() == place.file() + ".damaged-2");
    }
    CHECK(bytes_of(victim.string()) == "kept");
    CHECK(!fs::exists(place.path() / "nowhere"));
}

TEST_CASE("A bit that is flipped in one of the first hundred bytes costs nothing") {
    const Store place;
    make_full_store(place.file(), kPoints, kEach);
    const std::string whole = bytes_of(place.file());
    constexpr std::size_t kPages = 28;
    constexpr std::size_t kFormat = 63;  // a higher one is a newer corridor's
    for (std::size_t byte = 0; byte < 100; ++byte) {
        const std::size_t bit = 8 * byte + byte % 8;
        if (bit / 8 == kFormat) continue;
        std::string bytes = whole;
        bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
        write_bytes(place.file(), bytes);
        CAPTURE(bit);
        const std::uint64_t sound = sound_records(place.file());
        // A wrong number of pages hides the last ones, until they are made again.
        if (bit / 8 < kPages || bit / 8 >= kPages + 4) CHECK(sound == kPoints * kEach);
        CHECK(repairs(place.file()));
        for (const auto& entry : fs::directory_iterator(place.path())) {
            if (entry.path() != place.file()) fs::remove(entry.path());
        }
    }
}

TEST_CASE("Of a store that is cut short, what lies before the cut is read, and the rest is made again") {
    const Store place;
    make_full_store(place.file(), kPoints, kEach);
    const std::string whole = bytes_of(place.file());
    Stream stream = make_stream(2, 0, stream_key("cuts", ""));
    std::uint64_t most = 0;
    for (std::uint64_t i = 0; i < 200; ++i) {
        const std::uint64_t length = stream() % whole.size();
        write_bytes(place.file(), whole.substr(0, length));
        CAPTURE(length);
        most = std::max(most, sound_records(place.file()));
        // The first pages hold what the store is about, and where the records are.
        if (!repairs(place.file())) CHECK(length < whole.size() * 6 / 10);
    }
    MESSAGE("most records left by a cut: ", most);
    CHECK(most > kPoints * kEach / 2);
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
