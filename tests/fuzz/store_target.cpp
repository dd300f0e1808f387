// A line is a letter for what it changes, the number of the one of them (a digit), and what it becomes:
//   i, n, p  value or name of a fact of the identity, value of one of the provenance
//   a, u     path or unit of a parameter
//   o, e     name or unit of an output
//   s        the settings of a point
//   r, g, f  outputs, fingerprint or failure of a record
//   k, l     the point or replication under which a record is stored
//   b, z     the bytes at an offset, or the length, of the whole file: "b0100,ff" (no digit before the offset)
// Checksums are those of what is written then; b and z come last, and leave them as they are. Where the first line
// starts with w, all that follows is the file.
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "corridor/base/contract.h"
#include "corridor/report/sweep_report.h"
#include "corridor/study/fingerprint.h"
#include "fuzz/targets.h"
#include "scenario/test_folder.h"
#include "study/database.h"
#include "study/store_tables.h"
#include "study/stored.h"

namespace corridor::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kPoints = 2;
constexpr std::uint64_t kReplications = 2;

/// A number at the start of a text, which is taken away; 0 where there is none.
std::uint64_t take_number(std::string_view& text, int base) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return error == std::errc{} ? number : 0;
}

struct Row {
    std::uint64_t point = 0;
    std::uint64_t replication = 0;
    std::optional<std::string> failure = {};
    std::optional<std::string> fingerprint = {};
    std::optional<std::string> outputs = {};
};

std::uint32_t checksum_of(const Row& row, std::uint64_t digest) {
    const auto text = [](const std::optional<std::string>& field) {
        return field ? std::string_view(*field) : std::string_view();
    };
    return study::checksum_of({row.point, row.replication, text(row.failure), text(row.fingerprint), text(row.outputs)},
                              digest);
}

/// What is written into the store.
class EditedStore {
  public:
    EditedStore() {
        for (std::uint64_t point = 0; point < kPoints; ++point) {
            settings_.push_back(settings_of(point));
            for (std::uint64_t i = 0; i < kReplications; ++i) {
                const Record record = record_of(point, i);
                rows_.push_back({point, i, {}, fingerprint_text(record.fingerprint), outputs_text(record.outputs)});
            }
        }
    }

    void edit(std::string_view line) {
        if (line.empty()) return;
        const char what = line.front();
        line.remove_prefix(1);
        if (what == 'b' || what == 'z') return patches_.push_back({what, std::string(line)});
        const auto which = line.empty() ? std::size_t{0} : static_cast<unsigned char>(line.front()) - std::size_t{'0'};
        edit(what, which, std::string(line.substr(std::min<std::size_t>(1, line.size()))));
    }

    void write(const std::string& path) const {
        if (is_untouched_) {
            static const std::string untouched = make(path);
            write_bytes(path, untouched);
        } else {
            make(path);
        }
        for (const auto& [what, text] : patches_) patch(path, what, text);
    }

  private:
    std::string make(const std::string& path) const {
        study::make_store(path, study_, [this](std::uint64_t point) { return settings_[point]; });
        write_rows(path);
        return bytes_of(path);
    }

    void edit(char what, std::size_t which, std::string text) {
        is_untouched_ = false;
        const auto one = [which](auto& all) -> auto& { return all[which % all.size()]; };
        switch (what) {
            case 'i':
                one(study_.identity).value = std::move(text);
                break;
            case 'n':
                one(study_.identity).name = std::move(text);
                break;
            case 'p':
                one(study_.provenance).value = std::move(text);
                break;
            case 'a':
                one(study_.parameters).path = std::move(text);
                break;
            case 'u':
                one(study_.parameters).unit = std::move(text);
                break;
            case 'o':
                one(study_.outputs).name = std::move(text);
                break;
            case 'e':
                one(study_.outputs).unit = std::move(text);
                break;
            case 's':
                one(settings_) = std::move(text);
                break;
            default:
                edit_row(what, one(rows_), std::move(text));
        }
    }

    static void edit_row(char what, Row& row, std::string text) {
        std::string_view number = text;
        if (what == 'r') row.outputs = std::move(text);
        if (what == 'g') row.fingerprint = std::move(text);
        if (what == 'f') row = {row.point, row.replication, std::move(text), {}, {}};
        if (what == 'k') row.point = take_number(number, 10);
        if (what == 'l') row.replication = take_number(number, 10);
    }

    void write_rows(const std::string& path) const {
        const study::Database database(path, study::Access::write);
        const std::uint64_t digest = study::digest_of(study_.identity);
        database.execute("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; BEGIN");
        study::Statement insert(database, "INSERT OR REPLACE INTO replication VALUES (?, ?, ?, ?, ?, ?)");
        const auto bind = [&insert](int parameter, const std::optional<std::string>& text) {
            text ? insert.bind(parameter, *text) : insert.bind_null(parameter);
        };
        for (const Row& row : rows_) {
            insert.bind(0, static_cast<std::int64_t>(row.point)).bind(1, static_cast<std::int64_t>(row.replication));
            bind(2, row.failure);
            bind(3, row.fingerprint);
            bind(4, row.outputs);
            insert.bind(5, std::int64_t{checksum_of(row, digest)}).run();
        }
        database.execute("COMMIT");
    }

    static void patch(const std::string& path, char what, std::string_view text) {
        std::string bytes = bytes_of(path);
        const std::size_t at = take_number(text, 16) % (bytes.size() + 1);
        if (what == 'z') bytes.resize(at);
        while (what == 'b' && text.starts_with(',')) {
            text.remove_prefix(1);
            std::string_view digits = text.substr(0, 2);
            const auto byte = static_cast<char>(take_number(digits, 16));
            if (at < bytes.size()) bytes[at] = byte;
            text.remove_prefix(std::min<std::size_t>(2, text.size()));
        }
        write_bytes(path, bytes);
    }

    bool is_untouched_ = true;
    StoreStudy study_ = study_of(kPoints, kReplications);
    std::vector<std::string> settings_;
    std::vector<Row> rows_;
    std::vector<std::pair<char, std::string>> patches_;
};

/// False where SQLite will not have it so.
bool write_store(const std::string& path, std::string_view text) {
    if (text.starts_with('w')) {
        write_bytes(path, std::string(text.substr(1)));
        return true;
    }
    EditedStore store;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        store.edit(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    try {
        store.write(path);
    } catch (const StoreError&) {
        return false;
    }
    return true;
}

template <class Use>
void allow_refusal(const Use& use) {
    try {
        use();
    } catch (const StoreError& error) {
        ensures(error.what() != std::string_view(), "a refusal says something");
    }
}

void check_record(const StoreStudy& study, const Record& record) {
    ensures(record.point < study.points && record.replication < study.rule.limit(), "a record of the study");
    const bool has_outputs = record.outputs.size() == study.outputs.size();
    ensures(record.failure.empty() ? has_outputs : record.outputs.empty(), "outputs, or a failure");
}

void read_all(const std::string& path) {
    constexpr std::uint64_t kSome = 100;
    StoreReader store(path);
    const StoreStudy study = store.study();
    for (std::uint64_t point = 0; point < std::min(study.points, kSome); ++point) {
        allow_refusal([&] { store.settings(point); });
    }
    std::uint64_t records = 0;
    const Inventory inventory = store.read([&](const Record& record) {
        check_record(study, record);
        ++records;
    });
    ensures(inventory.records == records, "records are counted");
    if (study.points > kSome) return;
    const TextSink nowhere = [](std::string_view) {};
    allow_refusal([&] { write_points_csv(store, nowhere); });
    write_replications_csv(store, nowhere);
}

/// Once a writer has opened the store, nothing is left of what was wrong with it.
void go_on(const std::string& path) {
    const StoreStudy study = study_of(kPoints, kReplications);
    {
        std::optional<StoreWriter> store;
        allow_refusal([&] { store.emplace(path, study, settings_of); });
        if (!store) return;
        const Inventory inventory = store->read([&](const Record& record) { check_record(study, record); });
        ensures(inventory.is_sound(), "a store is repaired");
        store->forget_failures();
        fill(*store, kPoints, kReplications);
        store->finish();
    }
    StoreReader store(path);
    ensures(store.settings(1) == settings_of(1), "settings are made again");
    const Inventory inventory = store.read([](const Record& record) {
        ensures(record == record_of(record.point, record.replication), "records are made again");
    });
    ensures(inventory.is_sound() && inventory.records == kPoints * kReplications, "a store is completed");
}

}  // namespace

void fuzz_store(std::string_view text) {
    static const scenario::TestFolder folder("fuzz-store");
    for (const auto& entry : fs::directory_iterator(folder.path())) fs::remove_all(entry.path());
    const std::string path = (folder.path() / "s.sqlite").string();
    if (!write_store(path, text)) return;
    allow_refusal([&] { read_all(path); });
    allow_refusal([&] { merge_stores((folder.path() / "whole.sqlite").string(), {path}); });
    go_on(path);
}

}  // namespace corridor::fuzz
