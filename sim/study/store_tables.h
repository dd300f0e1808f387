// The tables of a store: made, checked, and read row by row.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "corridor/study/store.h"
#include "study/database.h"

namespace corridor::study {

using SettingsOf = std::function<std::string(std::uint64_t point)>;

/// Makes the file of a store at `path`, whole and on disk, with no replications.
void make_store(const std::string& path, const StoreStudy& study, const SettingsOf& settings);

/// Throws `unusable` unless the file at `path` looks like a store that this corridor can read; `damaged` where its
/// first bytes are not quite those of one.
void check_file(const std::string& path);

/// Throws unless the tables are those of a store.
void check_tables(const Database& database);

/// What the store is about; throws `damaged` where a row is not what was written.
StoreStudy read_store_study(const Database& database);

/// A number for all that decides the results of a study: part of every checksum, so that no record of another study
/// passes for one of this.
std::uint64_t digest_of(const std::vector<StoreFact>& identity);

/// A record as its row has it; a text is empty where that is null.
struct RecordRow {
    std::uint64_t point = 0;
    std::uint64_t replication = 0;
    std::string_view failure;
    std::string_view fingerprint;
    std::string_view outputs;
};

/// CRC-32 of the fields after the digest.
std::uint32_t checksum_of(const RecordRow& row, std::uint64_t digest);
std::uint32_t checksum_of_settings(std::uint64_t point, std::string_view settings, std::uint64_t digest);

/// What a query for a record asks for, and the record on its row; false where it is damaged, or has not that many
/// outputs: anybody can make a checksum.
inline constexpr std::string_view kRecordColumns = "point, replication, failure, fingerprint, outputs, checksum";
bool read_record(const Statement& row, std::uint64_t digest, std::size_t outputs, Record& record);

/// Adds records, in place of ones with the same key.
class RecordInsert {
  public:
    RecordInsert(const Database& database, std::uint64_t digest);
    void run(const Record& record);

  private:
    std::uint64_t digest_;
    Statement statement_;
};

}  // namespace corridor::study
