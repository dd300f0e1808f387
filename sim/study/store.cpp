#include "corridor/study/store.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "corridor/base/contract.h"
#include "corridor/base/unit.h"
#include "study/database.h"
#include "study/store_lock.h"
#include "study/store_repair.h"
#include "study/store_tables.h"

namespace corridor {
namespace {

namespace fs = std::filesystem;
using Kind = StoreError::Kind;
using study::Access;
using study::Database;
using study::Statement;

void check_pages(const Database& database) {
    Statement check(database, "PRAGMA quick_check(1)");
    if (check.step() && check.text(0) == "ok") return;
    throw StoreError(Kind::damaged, fmt::format("'{}' is damaged: {}", database.path(), check.text(0)));
}

void check_points(const Database& database, const StoreStudy& study, const study::SettingsOf& settings) {
    const std::uint64_t digest = study::digest_of(study.identity);
    std::uint64_t points = 0;
    bool is_sound = true;
    Statement query(database, "SELECT point, settings, checksum FROM point ORDER BY point");
    for (; is_sound && query.step(); ++points) {
        is_sound = points < study.points && query.integer(0) == static_cast<std::int64_t>(points) &&
                   query.text(1) == settings(points) &&
                   query.integer(2) == study::checksum_of_settings(points, query.text(1), digest);
    }
    if (is_sound && points == study.points) return;
    throw StoreError(Kind::damaged, fmt::format("'{}' is damaged: a point is not what was written", database.path()));
}

// One value for each parameter, of its kind, as `settings_text` makes them.
bool is_settings(const std::string& text, const std::vector<DesignParameter>& parameters) {
    const nlohmann::json settings = nlohmann::json::parse(text, nullptr, false);
    if (!settings.is_array() || settings.size() != parameters.size()) return false;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const nlohmann::json& setting = settings[i];
        const bool fits = parameters[i].unit ? setting.is_number() : setting.is_string();
        if (!fits && !setting.is_null()) return false;
    }
    return true;
}

// Throws with all that differs between what is asked for and what a store holds.
void check_identity(const std::string& path, const StoreStudy& asked, const StoreStudy& found) {
    std::string differences;
    const auto differ = [&](const std::string& name, std::string_view there, std::string_view here) {
        differences +=
            fmt::format("{}{} ({} in the store, {} now)", differences.empty() ? "" : ", ", name, there, here);
    };
    for (const StoreFact& fact : asked.identity) {
        const std::string_view there = found.fact(fact.name);
        if (there != fact.value) differ(fact.name, there.empty() ? "none" : there, fact.value);
    }
    for (const StoreFact& fact : found.identity) {
        if (asked.fact(fact.name).empty()) differ(fact.name, fact.value, "none");
    }
    if (differences.empty()) return;
    throw StoreError(Kind::unusable, fmt::format("'{}' is the store of another study: what differs is {}; give another "
                                                 "--store, or move this one away",
                                                 path, differences));
}

}  // namespace

std::string_view StoreStudy::fact(std::string_view name) const {
    for (const std::vector<StoreFact>* const facts : {&identity, &provenance}) {
        const auto found = std::ranges::find(*facts, name, &StoreFact::name);
        if (found != facts->end()) return found->value;
    }
    return {};
}

std::string outputs_text(const std::vector<double>& outputs) {
    std::string text = "[";
    for (const double output : outputs) {
        if (text.size() > 1) text += ',';
        text += std::isfinite(output) ? format_number(output) : "null";
    }
    return text + ']';
}

bool parse_outputs(std::string_view text, std::vector<double>& outputs) {
    constexpr std::string_view kNothing = "null";
    outputs.clear();
    if (text == "[]") return true;
    if (!text.starts_with('[') || !text.ends_with(']')) return false;
    text.remove_prefix(1);
    while (!text.empty()) {
        double value = std::numeric_limits<double>::quiet_NaN();
        if (text.starts_with(kNothing)) {
            text.remove_prefix(kNothing.size());
        } else {
            const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
            if (parsed.ec != std::errc{} || !std::isfinite(value)) return false;
            text.remove_prefix(static_cast<std::size_t>(parsed.ptr - text.data()));
        }
        outputs.push_back(value);
        const bool is_last = text.size() == 1;
        if (text.empty() || text.front() != (is_last ? ']' : ',')) return false;
        text.remove_prefix(1);
    }
    return true;
}

std::string settings_text(const Design& design, std::uint64_t point) {
    nlohmann::json settings = nlohmann::json::array();
    for (std::size_t i = 0; i < design.parameters().size(); ++i) {
        const auto level = design.level(point, i);
        if (!level) {
            settings.push_back(nullptr);
        } else if (design.parameters()[i].unit) {
            settings.push_back(Design::number_of(*level));
        } else {
            settings.push_back(level->text);
        }
    }
    return settings.dump();
}

// ---- reading ----

class StoreReader::State {
  public:
    State(const std::string& path, const std::atomic<bool>* stop) : path_(path), stop_(stop) {
        try {
            study::check_file(path);
            open(path);
        } catch (const StoreError& error) {
            // The log of a sweep that was killed cannot be opened where nothing may be written.
            const bool has_log = error.kind() == Kind::environment && fs::exists(path + "-wal");
            if (error.kind() != Kind::damaged && !has_log) throw;
            copy_.emplace(path);
            open_copy();
        }
    }

    const StoreStudy& study() const { return study_; }

    std::string settings(std::uint64_t point) {
        Statement& query = *settings_;
        query.bind(0, static_cast<std::int64_t>(point));
        const bool is_there = query.step();
        std::string text = is_there ? std::string(query.text(0)) : "";
        const bool is_sound =
            is_there &&
            query.integer(1) == study::checksum_of_settings(point, text, study::digest_of(study_.identity)) &&
            is_settings(text, study_.parameters);
        query.reset();
        if (is_sound) return text;
        throw StoreError(Kind::damaged,
                         fmt::format("'{}' is damaged: point {} is not what was written; run the sweep again, which "
                                     "repairs it",
                                     path_, point));
    }

    Inventory read(const std::function<void(const Record&)>& take) {
        return study::read_records(*database_, study_, take);
    }

  private:
    void open(const std::string& path) {
        database_.emplace(path, Access::read);
        database_->interrupt_on(stop_);
        database_->execute("BEGIN");  // one view of it all, whatever a sweep adds meanwhile
        study::check_tables(*database_);
        study_ = study::read_store_study(*database_);
        settings_.emplace(*database_, "SELECT settings, checksum FROM point WHERE point = ?");
    }

    void open_copy() {
        settings_.reset();
        database_.reset();
        try {
            open(copy_->file());
        } catch (const StoreError& error) {
            if (error.kind() != Kind::damaged) throw;
            throw StoreError(Kind::damaged, fmt::format("'{}' is damaged where it says what it holds; run the sweep "
                                                        "again, which repairs what can be read",
                                                        path_));
        }
    }

    std::string path_;
    const std::atomic<bool>* stop_;
    std::optional<study::TemporaryCopy> copy_;
    std::optional<Database> database_;
    StoreStudy study_;
    std::optional<Statement> settings_;
};

StoreReader::StoreReader(const std::string& path, const std::atomic<bool>* stop)
    : state_(std::make_unique<State>(path, stop)) {}
StoreReader::~StoreReader() = default;
StoreReader::StoreReader(StoreReader&&) noexcept = default;
const StoreStudy& StoreReader::study() const { return state_->study(); }
std::string StoreReader::settings(std::uint64_t point) { return state_->settings(point); }
Inventory StoreReader::read(const std::function<void(const Record&)>& take) { return state_->read(take); }

// ---- writing ----

class StoreWriter::State {
  public:
    State(const std::string& name, const StoreStudy& study, const study::SettingsOf& settings,
          const std::atomic<bool>* stop)
        : path_(study::without_links(name)),
          lock_(path_),
          study_(study),
          is_new_(!fs::exists(fs::symlink_status(path_))),
          stop_(stop) {
        if (is_new_) study::make_store_in_place(path_, study, settings, [](study::RecordInsert&) {});
        try {
            if (!is_new_) study::check_file(path_);
            open(settings);
        } catch (const StoreError& error) {
            if (error.kind() != Kind::damaged) throw;
            insert_.reset();
            database_.reset();
            damaged_copy_ = study::repair_store(path_, study, settings);
            open(settings);
        }
    }

    bool is_new() const { return is_new_; }
    const std::string& damaged_copy() const { return damaged_copy_; }

    Inventory read(const std::function<void(const Record&)>& take) {
        const Interruptible interruptible(*database_, stop_);
        return study::read_records(*database_, study_, take);
    }

    std::uint64_t forget_failures() {
        Statement count(*database_, "SELECT count(*) FROM replication WHERE failure IS NOT NULL");
        const std::uint64_t failures = count.step() ? static_cast<std::uint64_t>(count.integer(0)) : 0;
        count.reset();
        if (failures > 0) database_->execute("DELETE FROM replication WHERE failure IS NOT NULL");
        return failures;
    }

    void add(const Record& record) {
        if (!is_open_) database_->execute("BEGIN IMMEDIATE");
        is_open_ = true;
        insert_->run(record);
    }

    void commit() {
        if (is_open_) database_->execute("COMMIT");
        is_open_ = false;
    }

    void finish() {
        commit();
        try {
            database_->execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE");
        } catch (const StoreError& error) {
            if (error.kind() != Kind::in_use) throw;
            // Somebody reads it: its log stays beside it, as it does after a kill.
        }
    }

  private:
    // Reads can be interrupted, but not what writes.
    struct Interruptible {
        Interruptible(const Database& database, const std::atomic<bool>* stop) : database_(database) {
            database_.interrupt_on(stop);
        }
        Interruptible(const Interruptible&) = delete;
        Interruptible& operator=(const Interruptible&) = delete;
        ~Interruptible() { database_.interrupt_on(nullptr); }

        const Database& database_;
    };

    void open(const study::SettingsOf& settings) {
        database_.emplace(path_, Access::write);
        study::check_tables(*database_);
        check_identity(path_, study_, study::read_store_study(*database_));
        database_->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        if (!is_new_) check(settings);
        insert_.emplace(*database_, study::digest_of(study_.identity));
    }

    void check(const study::SettingsOf& settings) const {
        const Interruptible interruptible(*database_, stop_);
        check_pages(*database_);
        check_points(*database_, study_, settings);
        const Inventory inventory = study::read_records(*database_, study_, [](const Record&) {});
        if (!inventory.is_sound()) throw StoreError(Kind::damaged, fmt::format("'{}' is damaged", path_));
    }

    std::string path_;
    study::StoreLock lock_;
    StoreStudy study_;
    bool is_new_;
    const std::atomic<bool>* stop_;
    std::string damaged_copy_;
    std::optional<Database> database_;
    std::optional<study::RecordInsert> insert_;
    bool is_open_ = false;
};

StoreWriter::StoreWriter(const std::string& path, const StoreStudy& study,
                         const std::function<std::string(std::uint64_t point)>& settings, const std::atomic<bool>* stop)
    : state_(std::make_unique<State>(path, study, settings, stop)) {}
StoreWriter::~StoreWriter() = default;
bool StoreWriter::is_new() const { return state_->is_new(); }
const std::string& StoreWriter::damaged_copy() const { return state_->damaged_copy(); }
Inventory StoreWriter::read(const std::function<void(const Record&)>& take) { return state_->read(take); }
std::uint64_t StoreWriter::forget_failures() { return state_->forget_failures(); }
void StoreWriter::add(const Record& record) { state_->add(record); }
void StoreWriter::commit() { state_->commit(); }
void StoreWriter::finish() { state_->finish(); }

}  // namespace corridor
