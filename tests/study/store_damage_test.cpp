// Stores that are damaged, by chance or by somebody: what cannot be relied on is left out, and made again.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "corridor/base/random.h"
#include "corridor/study/fingerprint.h"
#include "study/store_place.h"
#include "study/store_repair.h"
#include "study/store_tables.h"
#include "study/stored.h"

namespace corridor {

namespace fs = std::filesystem;

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
        const std::string fingerprint = fingerprint_text(record_of(0, 1).fingerprint);
        const std::uint32_t checksum = study::checksum_of({0, 1, "", fingerprint, outputs}, digest_of_stored());
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

TEST_CASE("A record whose fingerprint is not 16 hexadecimal digits is left out") {
    for (const std::string fingerprint : {"", "ab", "00000000000000AB", "00000000000000abc", "000000000000000x"}) {
        CAPTURE(fingerprint);
        const Store place;
        make_full_store(place.file(), 1, 2);
        const std::uint32_t checksum = study::checksum_of({0, 1, "", fingerprint, "[1,2,3]"}, digest_of_stored());
        execute(place.file(), "UPDATE replication SET outputs = '[1,2,3]', fingerprint = " + quoted(fingerprint) +
                                  ", checksum = " + std::to_string(checksum) + " WHERE replication = 1");
        StoreReader store(place.file());
        CHECK(store.read([](const Record& record) { CHECK(record == record_of(0, 0)); }).damaged == 1);
    }
}

TEST_CASE("A fingerprint that is changed by hand is noticed") {
    const Store place;
    make_full_store(place.file(), 1, 2);
    execute(place.file(), "UPDATE replication SET fingerprint = '00000000000000ab' WHERE replication = 1");
    StoreReader store(place.file());
    CHECK(store.read([](const Record& record) { CHECK(record == record_of(0, 0)); }).damaged == 1);
}

TEST_CASE("A failure that says nothing, or has outputs or a fingerprint, is no record") {
    const std::string fingerprint = "00000000000000ab";
    for (const study::RecordRow& row : {study::RecordRow{0, 1, "", "", ""},
                                        {0, 1, "", "", "[1,2,3]"},
                                        {0, 1, "a defect", fingerprint, ""},
                                        {0, 1, "a defect", "", "[1,2,3]"}}) {
        const Store place;
        make_full_store(place.file(), 1, 2);
        const auto null_where_empty = [](std::string_view text) {
            return text.empty() ? "NULL" : quoted(std::string(text));
        };
        const std::uint32_t checksum = study::checksum_of(row, digest_of_stored());
        execute(place.file(), "UPDATE replication SET failure = " + quoted(std::string(row.failure)) +
                                  ", fingerprint = " + null_where_empty(row.fingerprint) +
                                  ", outputs = " + null_where_empty(row.outputs) +
                                  ", checksum = " + std::to_string(checksum) + " WHERE replication = 1");
        StoreReader store(place.file());
        CHECK(store.read([](const Record&) {}).damaged == 1);
    }
}

TEST_CASE("E02: Who takes records may fail: that passes through, and no record comes twice") {
    const Store place;
    make_full_store(place.file(), 5, 2);
    int taken = 0;
    const auto take = [&taken](const Record&) {
        ++taken;
        throw StoreError(StoreError::Kind::damaged, "theirs");
    };
    CHECK(refusal([&] { StoreReader(place.file()).read(take); }, StoreError::Kind::damaged) == "theirs");
    CHECK(taken == 1);
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

}  // namespace corridor
