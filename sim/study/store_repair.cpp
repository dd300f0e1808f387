#include "study/store_repair.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>

#include "study/store_head.h"

namespace corridor::study {
namespace {

namespace fs = std::filesystem;
using Kind = StoreError::Kind;

[[noreturn]] void cannot_write(const std::string& path, int error) {
    throw StoreError(Kind::environment,
                     fmt::format("cannot write '{}': {}", path, std::generic_category().message(error)));
}

bool is_before(const Record& a, const Record& b) {
    return a.point != b.point ? a.point < b.point : a.replication < b.replication;
}

// Reads all records of one store.
class RecordScan {
  public:
    RecordScan(const Database& database, const StoreStudy& study, const std::function<void(const Record&)>& take)
        : database_(database), study_(study), take_(take), digest_(digest_of(study.identity)) {}

    Inventory run() {
        try {
            row_by_row();
        } catch (const StoreError& error) {
            // What the taker of a record met with is not of the records, and none is handed on twice.
            if (error.kind() != Kind::damaged || is_with_taker_) throw;
            one_by_one();
        }
        return inventory_;
    }

  private:
    // No record of a study is outside of these, and none comes twice.
    bool is_expected(const Record& record) const {
        return record.point < study_.points && record.replication < study_.rule.limit() &&
               (!last_ || is_before(*last_, record));
    }

    void accept(const Statement& row) {
        Record record;
        if (!read_record(row, digest_, study_.outputs.size(), record) || !is_expected(record)) {
            ++inventory_.damaged;
            return;
        }
        ++inventory_.records;
        is_with_taker_ = true;
        take_(record);
        is_with_taker_ = false;
        last_ = std::move(record);
    }

    void row_by_row() {
        Statement query(database_,
                        fmt::format("SELECT {} FROM replication ORDER BY point, replication", kRecordColumns));
        while (query.step()) accept(query);
    }

    // Keys in the order of the records, from 0.
    std::uint64_t key_of(const Record& record) const { return record.point * study_.rule.limit() + record.replication; }
    std::uint64_t end_of_keys() const { return study_.points * study_.rule.limit(); }

    // Seeks the next record, and the next that can be read where one cannot. What a store says it holds costs no time.
    void one_by_one() {
        Statement query(database_, fmt::format("SELECT {} FROM replication WHERE (point, replication) >= (?, ?) "
                                               "ORDER BY point, replication LIMIT 1",
                                               kRecordColumns));
        std::uint64_t key = last_ ? key_of(*last_) + 1 : 0;
        while (key < end_of_keys()) {
            switch (seek(query, key)) {
                case Seek::nothing:
                    query.reset();
                    return;
                case Seek::damage: {
                    const std::uint64_t next = end_of_damage(query, key);
                    count_lost(key, next);
                    key = next;
                    break;
                }
                case Seek::record: {
                    const Record found{static_cast<std::uint64_t>(query.integer(0)),
                                       static_cast<std::uint64_t>(query.integer(1)),
                                       {},
                                       {}};
                    accept(query);
                    query.reset();
                    const bool is_within = found.point < study_.points && found.replication < study_.rule.limit();
                    key = is_within ? std::max(key, key_of(found)) + 1 : next_after(found, key);
                }
            }
        }
    }

    // Behind a record that no study has; negative numbers count as large.
    std::uint64_t next_after(const Record& found, std::uint64_t key) const {
        return found.point < study_.points ? std::max(key + 1, (found.point + 1) * study_.rule.limit()) : end_of_keys();
    }

    enum class Seek { nothing, damage, record };

    // Leaves the query on the first record at the key or behind it.
    Seek seek(Statement& query, std::uint64_t key) const {
        const std::uint64_t limit = study_.rule.limit();
        query.bind(0, static_cast<std::int64_t>(key / limit)).bind(1, static_cast<std::int64_t>(key % limit));
        try {
            return query.step() ? Seek::record : Seek::nothing;
        } catch (const StoreError& error) {
            if (error.kind() != Kind::damaged) throw;
            return Seek::damage;
        }
    }

    bool is_readable(Statement& query, std::uint64_t key) const {
        const Seek result = seek(query, key);
        query.reset();
        return result != Seek::damage;
    }

    // The first key behind the damage at `key`: by steps that double, and back by halves.
    std::uint64_t end_of_damage(Statement& query, std::uint64_t key) const {
        std::uint64_t damaged = key;
        std::uint64_t step = 1;
        while (damaged + step < end_of_keys() && !is_readable(query, damaged + step)) {
            damaged += step;
            step *= 2;
        }
        std::uint64_t readable = std::min(damaged + step, end_of_keys());
        while (readable - damaged > 1) {
            const std::uint64_t middle = damaged + (readable - damaged) / 2;
            (is_readable(query, middle) ? readable : damaged) = middle;
        }
        return readable;
    }

    // Those of the keys that have records in a complete store.
    void count_lost(std::uint64_t from, std::uint64_t to) {
        const std::uint64_t limit = study_.rule.limit();
        const auto before = [&](std::uint64_t key) {
            return key / limit * study_.rule.replications + std::min(key % limit, study_.rule.replications);
        };
        inventory_.damaged += std::max<std::uint64_t>(1, before(to) - before(from));
    }

    const Database& database_;
    const StoreStudy& study_;
    const std::function<void(const Record&)>& take_;
    std::uint64_t digest_;
    Inventory inventory_;
    std::optional<Record> last_;
    bool is_with_taker_ = false;
};

// The length that the head of the file says.
std::uintmax_t stated_size(const std::string& path) {
    std::array<unsigned char, 32> head{};
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(head.data()), head.size());
    const auto byte = [&](std::size_t i) { return static_cast<std::uintmax_t>(head[i]); };
    return (byte(28) << 24U | byte(29) << 16U | byte(30) << 8U | byte(31)) * kStorePage;
}

void copy_file(const std::string& from, const std::string& to) {
    std::error_code failure;
    // A link of that name would be followed.
    fs::remove(to, failure);
    if (!failure) fs::copy_file(from, to, failure);
    if (failure) cannot_write(to, failure.value());
}

void remove_companions(const std::string& path) {
    std::error_code ignored;
    for (const char* const suffix : {"-wal", "-shm", "-journal"}) fs::remove(path + suffix, ignored);
}

void sync_folder_of(const std::string& path) {
    const fs::path parent = fs::path(path).parent_path();
    const std::string folder = parent.empty() ? "." : parent.string();
    const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0) cannot_write(folder, errno);
    const int error = ::fsync(opened) == 0 ? 0 : errno;
    ::close(opened);
    if (error != 0) cannot_write(folder, error);
}

// "study.sqlite.damaged", or with a number where there is one.
std::string free_name(const std::string& path) {
    std::string name = path + ".damaged";
    // A link that leads nowhere would be followed there.
    for (int number = 2; fs::exists(fs::symlink_status(name)); ++number)
        name = fmt::format("{}.damaged-{}", path, number);
    return name;
}

}  // namespace

Inventory read_records(const Database& database, const StoreStudy& study,
                       const std::function<void(const Record&)>& take) {
    return RecordScan(database, study, take).run();
}

void copy_damaged(const std::string& path, const std::string& copy) {
    copy_file(path, copy);
    if (fs::exists(path + "-wal")) copy_file(path + "-wal", copy + "-wal");
    // What the head says may itself be damaged.
    constexpr std::uintmax_t kMostGrowth = std::uintmax_t{1} << 36U;
    const std::uintmax_t stated = stated_size(copy);
    const std::uintmax_t size = fs::file_size(copy);
    std::error_code failure;
    const bool is_cut = stated > size && stated - size < kMostGrowth;
    if (is_cut) fs::resize_file(copy, stated, failure);
    if (failure) cannot_write(copy, failure.value());
    if ((stated != size && !is_cut) || look_at_head(copy) == StoreHead::damaged) restore_head(copy);
}

TemporaryCopy::TemporaryCopy(const std::string& path) {
    std::error_code failure;
    const fs::path place = fs::temp_directory_path(failure);
    if (failure) {
        throw StoreError(Kind::environment,
                         fmt::format("'{}' can be read from a copy only, and there is no folder for temporary files: "
                                     "set TMPDIR to one that can be written to",
                                     path));
    }
    std::string name = (place / "corridor-store-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) cannot_write(name, errno);
    folder_ = name;
    copy_damaged(path, file());
}

TemporaryCopy::~TemporaryCopy() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

void make_store_in_place(const std::string& path, const StoreStudy& study, const SettingsOf& settings,
                         const std::function<void(RecordInsert&)>& fill) {
    const std::string unfinished = path + ".unfinished";
    std::error_code ignored;
    fs::remove(unfinished, ignored);
    remove_companions(unfinished);
    try {
        make_store(unfinished, study, settings);
        const Database database(unfinished, Access::write);
        database.execute("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = FULL; BEGIN");
        RecordInsert insert(database, digest_of(study.identity));
        fill(insert);
        database.execute("COMMIT");
    } catch (...) {
        fs::remove(unfinished, ignored);
        throw;
    }
    // A log that belonged to another file of this name would be taken for this one's.
    remove_companions(path);
    if (::rename(unfinished.c_str(), path.c_str()) != 0) {
        const int error = errno;
        fs::remove(unfinished, ignored);
        cannot_write(path, error);
    }
    sync_folder_of(path);
}

std::string repair_store(const std::string& path, const StoreStudy& study, const SettingsOf& settings) {
    std::string kept = free_name(path);
    copy_damaged(path, kept);
    std::uint64_t records = 0;
    try {
        const Database damaged(kept, Access::write);
        make_store_in_place(path, study, settings, [&](RecordInsert& insert) {
            read_records(damaged, study, [&](const Record& record) {
                insert.run(record);
                ++records;
            });
            if (records == 0) throw StoreError(Kind::damaged, "");
        });
    } catch (const StoreError& error) {
        std::error_code ignored;
        fs::remove(kept, ignored);
        remove_companions(kept);
        if (error.kind() != Kind::damaged) throw;
        throw StoreError(
            Kind::damaged,
            fmt::format("'{}' is damaged, and no record of it can be read; move it away to start over", path));
    }
    return kept;
}

}  // namespace corridor::study
