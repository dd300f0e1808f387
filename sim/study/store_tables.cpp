#include "study/store_tables.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <array>
#include <boost/crc.hpp>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <system_error>

#include "corridor/base/hash.h"
#include "corridor/base/text.h"
#include "corridor/base/unit.h"
#include "corridor/scenario/study_file.h"
#include "corridor/study/fingerprint.h"
#include "corridor/study/sweep.h"
#include "study/store_head.h"

namespace corridor::study {
namespace {

using Kind = StoreError::Kind;

// The tables, each as SQLite keeps its text: a store has these and no others.
constexpr auto kTables = std::to_array<std::string_view>({
    "CREATE TABLE study(part TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, checksum INTEGER NOT NULL, "
    "PRIMARY KEY (part, name)) STRICT, WITHOUT ROWID",
    "CREATE TABLE parameter(parameter INTEGER PRIMARY KEY, path TEXT NOT NULL, unit TEXT, checksum INTEGER NOT NULL) "
    "STRICT",
    "CREATE TABLE output(output INTEGER PRIMARY KEY, name TEXT NOT NULL, subject TEXT NOT NULL, unit TEXT NOT NULL, "
    "is_headline INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT",
    "CREATE TABLE point(point INTEGER PRIMARY KEY, settings TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT",
    "CREATE TABLE replication(point INTEGER NOT NULL, replication INTEGER NOT NULL, failure TEXT, "
    "fingerprint TEXT, outputs TEXT, checksum INTEGER NOT NULL, PRIMARY KEY (point, replication)) STRICT, WITHOUT "
    "ROWID",
    "CREATE VIEW setting AS SELECT point, parameter.path AS path, unit, json_each.value AS value FROM point, "
    "json_each(settings), "
    "parameter WHERE parameter = json_each.key",
    "CREATE VIEW value AS SELECT point, replication, name, subject, unit, json_each.value AS value FROM replication, "
    "json_each(outputs), output WHERE output = json_each.key",
});

// CRC-32 (ISO 3309) of fields with a bar before each.
std::uint32_t checksum(std::initializer_list<std::string_view> fields) {
    boost::crc_32_type crc;
    for (const std::string_view field : fields) {
        crc.process_byte('|');
        crc.process_bytes(field.data(), field.size());
    }
    return crc.checksum();
}

std::string number(std::uint64_t value) { return std::to_string(value); }

void check_row(bool is_sound, const Database& database, std::string_view what) {
    if (is_sound) return;
    throw StoreError(Kind::damaged, fmt::format("'{}' is damaged: {} is not what was written", database.path(), what));
}

void write_facts(const Database& database, std::string_view part, const std::vector<StoreFact>& facts) {
    Statement insert(database, "INSERT INTO study VALUES (?, ?, ?, ?)");
    for (const StoreFact& fact : facts) {
        insert.bind(0, part).bind(1, fact.name).bind(2, fact.value);
        insert.bind(3, std::int64_t{checksum({part, fact.name, fact.value})}).run();
    }
}

void write_parameters(const Database& database, const std::vector<DesignParameter>& parameters) {
    Statement insert(database, "INSERT INTO parameter VALUES (?, ?, ?, ?)");
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const std::string& path = parameters[i].path;
        const std::optional<std::string>& unit = parameters[i].unit;
        insert.bind(0, static_cast<std::int64_t>(i)).bind(1, path);
        if (unit) {
            insert.bind(2, *unit);
        } else {
            insert.bind_null(2);
        }
        insert.bind(3, std::int64_t{checksum({number(i), path, unit.value_or("|")})}).run();
    }
}

void write_outputs(const Database& database, const std::vector<Output>& outputs) {
    Statement insert(database, "INSERT INTO output VALUES (?, ?, ?, ?, ?, ?)");
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        const Output& output = outputs[i];
        const std::string headline = output.is_headline ? "1" : "0";
        insert.bind(0, static_cast<std::int64_t>(i)).bind(1, output.name).bind(2, output.subject);
        insert.bind(3, output.unit).bind(4, std::int64_t{output.is_headline});
        insert.bind(5, std::int64_t{checksum({number(i), output.name, output.subject, output.unit, headline})}).run();
    }
}

void write_points(const Database& database, const StoreStudy& study, const SettingsOf& settings) {
    const std::uint64_t digest = digest_of(study.identity);
    Statement insert(database, "INSERT INTO point VALUES (?, ?, ?)");
    for (std::uint64_t point = 0; point < study.points; ++point) {
        const std::string text = settings(point);
        insert.bind(0, static_cast<std::int64_t>(point)).bind(1, text);
        insert.bind(2, std::int64_t{checksum_of_settings(point, text, digest)}).run();
    }
}

std::vector<StoreFact> read_facts(const Database& database, std::string_view part) {
    std::vector<StoreFact> facts;
    Statement query(database, "SELECT name, value, checksum FROM study WHERE part = ? ORDER BY name");
    query.bind(0, part);
    while (query.step()) {
        StoreFact fact{std::string(query.text(0)), std::string(query.text(1))};
        check_row(query.integer(2) == checksum({part, fact.name, fact.value}), database, "what it says of its study");
        facts.push_back(std::move(fact));
    }
    return facts;
}

std::vector<DesignParameter> read_parameters(const Database& database) {
    std::vector<DesignParameter> parameters;
    Statement query(database, "SELECT path, unit, checksum, parameter FROM parameter ORDER BY parameter");
    while (query.step()) {
        DesignParameter parameter{.path = std::string(query.text(0))};
        if (!query.is_null(1)) parameter.unit = query.text(1);
        const std::uint32_t expected =
            checksum({number(parameters.size()), parameter.path, parameter.unit.value_or("|")});
        check_row(query.integer(2) == expected && query.integer(3) == static_cast<std::int64_t>(parameters.size()),
                  database, "a parameter");
        parameters.push_back(std::move(parameter));
    }
    return parameters;
}

std::vector<Output> read_outputs(const Database& database) {
    std::vector<Output> outputs;
    Statement query(database, "SELECT name, subject, unit, is_headline, checksum, output FROM output ORDER BY output");
    while (query.step()) {
        const Output output{std::string(query.text(0)), std::string(query.text(1)), std::string(query.text(2)),
                            query.integer(3) != 0};
        const std::uint32_t expected = checksum(
            {number(outputs.size()), output.name, output.subject, output.unit, output.is_headline ? "1" : "0"});
        check_row(query.integer(4) == expected && query.integer(5) == static_cast<std::int64_t>(outputs.size()),
                  database, "an output");
        outputs.push_back(output);
    }
    return outputs;
}

// A number that a fact says; 0 where it says none.
std::uint64_t number_in(const StoreStudy& study, std::string_view name) {
    const std::string_view text = study.fact(name);
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

void read_rule(StoreStudy& study) {
    study.points = number_in(study, "points");
    study.rule.replications = number_in(study, "replications");
    study.rule.most = number_in(study, "most replications");
    Measurement precision;
    UnitError ignored;
    if (parse_measurement(study.fact("precision"), precision, ignored)) study.rule.precision = precision.value;
}

// Some shard of a study that has points for all.
bool has_shard(const StoreStudy& study) {
    const Shard shard = shard_in(study.fact("shard"));
    return study.fact("shard") == fmt::format("{}/{}", shard.number, shard.count) && shard.count <= study.points;
}

std::int64_t pragma(const Database& database, const std::string& name) {
    Statement query(database, "PRAGMA " + name);
    return query.step() ? query.integer(0) : 0;
}

[[noreturn]] void not_a_store(const std::string& path, std::string_view why) {
    throw StoreError(Kind::unusable, fmt::format("'{}' is no store of corridor ({})", path, why));
}

}  // namespace

void make_store(const std::string& path, const StoreStudy& study, const SettingsOf& settings) {
    Database database(path, Access::create);
    // Nobody knows the file before it is whole: what a crash leaves of it is made anew.
    database.execute(
        fmt::format("PRAGMA page_size = {}; PRAGMA application_id = {}; PRAGMA user_version = {}; "
                    "PRAGMA synchronous = FULL; PRAGMA journal_mode = MEMORY; BEGIN",
                    kStorePage, kStoreApplication, kStoreFormat));
    for (const std::string_view table : kTables) database.execute(std::string(table));
    write_facts(database, "identity", study.identity);
    write_facts(database, "provenance", study.provenance);
    write_parameters(database, study.parameters);
    write_outputs(database, study.outputs);
    write_points(database, study, settings);
    database.execute("COMMIT");
}

void check_file(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        const int error = errno;
        throw StoreError(error == ENOENT ? Kind::unusable : Kind::environment,
                         fmt::format("cannot open '{}': {}", path,
                                     error == ENOENT ? "no such file" : std::generic_category().message(error)));
    }
    if (S_ISDIR(status.st_mode)) not_a_store(path, "it is a directory");
    if (!S_ISREG(status.st_mode)) not_a_store(path, "it is no regular file");
    if (status.st_size == 0) not_a_store(path, "it is empty");
    errno = 0;
    if (!std::ifstream(path, std::ios::binary)) {
        throw StoreError(Kind::environment,
                         fmt::format("cannot open '{}': {}", path, std::generic_category().message(errno)));
    }
    switch (look_at_head(path)) {
        case StoreHead::sound:
            return;
        case StoreHead::damaged:
            throw StoreError(Kind::damaged, fmt::format("'{}' is damaged in its first bytes", path));
        case StoreHead::foreign:
            not_a_store(path, "its first bytes are those of something else");
    }
}

void check_tables(const Database& database) {
    const std::int64_t application = pragma(database, "application_id");
    const std::int64_t format = pragma(database, "user_version");
    if (application != kStoreApplication) not_a_store(database.path(), "it is an SQLite file of something else");
    if (format > kStoreFormat) {
        throw StoreError(
            Kind::unusable,
            fmt::format("'{}' has format {}, made by a newer corridor (this one reads format {}); use that one",
                        database.path(), format, kStoreFormat));
    }
    if (format > 0 && format < kStoreFormat) {
        throw StoreError(Kind::unusable,
                         fmt::format("'{}' has format {}, made by an older corridor (this one reads format {}); use "
                                     "that one, or run the sweep again into another --store",
                                     database.path(), format, kStoreFormat));
    }
    check_row(format == kStoreFormat, database, "its format");
    std::size_t known = 0;
    Statement query(database, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL");
    while (query.step()) {
        const bool is_known = known < kTables.size() && query.text(0) == kTables[known];
        if (!is_known) not_a_store(database.path(), "its tables are others");
        ++known;
    }
    if (known < kTables.size()) not_a_store(database.path(), "it lacks tables");
}

StoreStudy read_store_study(const Database& database) {
    StoreStudy study;
    study.identity = read_facts(database, "identity");
    study.provenance = read_facts(database, "provenance");
    study.parameters = read_parameters(database);
    study.outputs = read_outputs(database);
    read_rule(study);
    const auto count_of = [&](std::string_view name) { return number_in(study, name); };
    const bool is_whole = count_of("parameters") == study.parameters.size() &&
                          count_of("outputs") == study.outputs.size() && study.points > 0 &&
                          study.points <= scenario::kMostPoints && study.rule.replications > 0 &&
                          static_cast<double>(study.rule.limit()) <= kMostRuns && has_shard(study);
    check_row(is_whole, database, "what it says of its study");
    return study;
}

std::uint64_t digest_of(const std::vector<StoreFact>& identity) {
    std::uint64_t digest = kHashOfNothing;
    for (const StoreFact& fact : identity) {
        // What shards of one study differ in decides no result.
        if (fact.name != "shard") digest = fnv1a(fmt::format("{}={}\n", fact.name, fact.value), digest);
    }
    return digest;
}

std::uint32_t checksum_of(const RecordRow& row, std::uint64_t digest) {
    return checksum(
        {number(digest), number(row.point), number(row.replication), row.failure, row.fingerprint, row.outputs});
}

std::uint32_t checksum_of_settings(std::uint64_t point, std::string_view settings, std::uint64_t digest) {
    return checksum({number(digest), number(point), settings});
}

bool read_record(const Statement& row, std::uint64_t digest, std::size_t outputs, Record& record) {
    const RecordRow found{static_cast<std::uint64_t>(row.integer(0)), static_cast<std::uint64_t>(row.integer(1)),
                          row.text(2), row.text(3), row.text(4)};
    record = {found.point, found.replication, std::string(found.failure), {}};
    if (row.integer(5) != checksum_of(found, digest)) return false;
    if (!row.is_null(2)) return row.is_null(3) && row.is_null(4) && !record.failure.empty();
    return parse_fingerprint(found.fingerprint, record.fingerprint) && parse_outputs(found.outputs, record.outputs) &&
           record.outputs.size() == outputs;
}

RecordInsert::RecordInsert(const Database& database, std::uint64_t digest)
    : digest_(digest), statement_(database, "INSERT OR REPLACE INTO replication VALUES (?, ?, ?, ?, ?, ?)") {}

void RecordInsert::run(const Record& record) {
    statement_.bind(0, static_cast<std::int64_t>(record.point)).bind(1, static_cast<std::int64_t>(record.replication));
    const bool is_sound = record.failure.empty();
    const std::string fingerprint = is_sound ? fingerprint_text(record.fingerprint) : "";
    const std::string outputs = is_sound ? outputs_text(record.outputs) : "";
    if (is_sound) {
        statement_.bind_null(2).bind(3, fingerprint).bind(4, outputs);
    } else {
        statement_.bind(2, record.failure).bind_null(3).bind_null(4);
    }
    const RecordRow row{record.point, record.replication, record.failure, fingerprint, outputs};
    statement_.bind(5, std::int64_t{checksum_of(row, digest_)}).run();
}

}  // namespace corridor::study
