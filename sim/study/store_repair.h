// What can still be read of a store that is damaged.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "corridor/study/store.h"
#include "study/database.h"
#include "study/store_tables.h"

namespace corridor::study {

/// Hands over every sound record by point and replication: row by row as long as the tables hold, then by seeking the
/// next one behind what is damaged.
Inventory read_records(const Database& database, const StoreStudy& study,
                       const std::function<void(const Record&)>& take);

/// Copies a store, with what a killed process left beside it, to `copy`, filled up to the length that it says it has:
/// SQLite opens no file that is cut short.
void copy_damaged(const std::string& path, const std::string& copy);

/// Such a copy in the folder for temporary files, gone with this.
class TemporaryCopy {
  public:
    explicit TemporaryCopy(const std::string& path);
    TemporaryCopy(const TemporaryCopy&) = delete;
    TemporaryCopy& operator=(const TemporaryCopy&) = delete;
    ~TemporaryCopy();

    std::string file() const { return (folder_ / "store.sqlite").string(); }

  private:
    std::filesystem::path folder_;
};

/// Puts a sound store with all records that can be read in the place of the one at `path`. Returns where the damaged
/// one is kept.
std::string repair_store(const std::string& path, const StoreStudy& study, const SettingsOf& settings);

/// Makes a store at `path` under another name, has it filled, and gives it its name once it is on disk.
void make_store_in_place(const std::string& path, const StoreStudy& study, const SettingsOf& settings,
                         const std::function<void(RecordInsert&)>& fill);

}  // namespace corridor::study
