#include "scenario/sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "corridor/base/text.h"
#include "corridor/base/unit.h"
#include "scenario/strings.h"

namespace corridor::scenario {
namespace {

std::vector<std::string_view> names_of(const CsvTable& table) {
    std::vector<std::string_view> names;
    for (const Column& column : table.columns) {
        if (column.content != Content::ignored) names.push_back(column.name);
    }
    return names;
}

Node text_node(std::string_view text, Place place) {
    return {.value = std::string(text), .place = place, .key = place};
}

/// "F003; F004" as a list.
Node ids_node(std::string_view text, Place place) {
    Array ids;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(';'), text.size());
        if (const std::string_view id = trimmed(text.substr(0, end)); !id.empty()) ids.push_back(text_node(id, place));
        text.remove_prefix(std::min(text.size(), end + 1));
    }
    return {.value = std::move(ids), .place = place, .key = place};
}

Node number_node(double value, Place place) {
    constexpr double kExactIntegers = 9007199254740992.0;
    Node node{.value = value, .place = place, .key = place};
    if (std::nearbyint(value) == value && std::abs(value) <= kExactIntegers)
        node.value = static_cast<std::int64_t>(value);
    return node;
}

}  // namespace

std::optional<Sheet> Sheet::read(const Texts& texts, std::uint32_t text, const CsvTable& table, Findings& findings) {
    std::optional<Csv> csv = parse_csv(texts, text, findings);
    if (!csv) return std::nullopt;
    Sheet sheet;
    sheet.table_ = &table;
    sheet.csv_ = *std::move(csv);
    const bool has_known_columns = sheet.match_columns(findings);
    const bool has_all_columns = sheet.check_missing(text, findings);
    return has_known_columns && has_all_columns ? std::optional(std::move(sheet)) : std::nullopt;
}

bool Sheet::match_columns(Findings& findings) {
    bool is_sound = true;
    for (std::size_t i = 0; i < csv_.header.size(); ++i) {
        const auto& [written, place] = csv_.header[i];
        const auto column = std::ranges::find(table_->columns, trimmed(written), &Column::name);
        if (column == table_->columns.end()) {
            report_unknown_column(csv_.header[i], findings);
            is_sound = false;
            continue;
        }
        const auto [other, is_new] = positions_.emplace(column->name, i);
        if (!is_new) {
            findings.error({place,
                            "",
                            fmt::format("the column '{}' is there twice", column->name),
                            "keep one of the two",
                            {csv_.header[other->second].place}});
            is_sound = false;
        }
        columns_.push_back(&*column);
    }
    return is_sound;
}

void Sheet::report_unknown_column(const CsvField& name, Findings& findings) {
    const std::string_view written = trimmed(name.text);
    const std::string_view meant = nearest(written, names_of(*table_));
    findings.error({name.place, "", fmt::format("unknown column '{}'", written),
                    did_you_mean(meant, fmt::format("the columns are {}", fmt::join(names_of(*table_), ", ")))});
    misspelt_.insert(meant);
}

bool Sheet::check_missing(std::uint32_t text, Findings& findings) const {
    bool is_complete = true;
    for (const Column& column : table_->columns) {
        const bool is_there = positions_.contains(column.name) || misspelt_.contains(column.name);
        if (column.presence == Presence::optional || is_there) continue;
        findings.error({{text, 1, 1},
                        "",
                        fmt::format("the column '{}' is missing", column.name),
                        fmt::format("the columns are {}", fmt::join(names_of(*table_), ", "))});
        is_complete = false;
    }
    return is_complete;
}

const CsvField* Sheet::field(const CsvRow& row, std::string_view column) const {
    const auto position = positions_.find(column);
    return position == positions_.end() ? nullptr : &row[position->second];
}

Node Sheet::read_row(const CsvRow& row, const std::string& path, Findings& findings) const {
    const CsvField* const id = field(row, table_->id_column);
    const Place place = id == nullptr ? row.front().place : id->place;
    Node node{.value = Table{}, .place = place, .key = place};
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (trimmed(row[i].text).empty()) continue;
        if (auto value = read_cell(row, i, path, findings)) {
            Node entry = nested(split_path(columns_[i]->key), *std::move(value));
            join(*node.as<Table>(), std::move(*entry.as<Table>()), path, findings);
        }
    }
    return node;
}

std::optional<Node> Sheet::read_cell(const CsvRow& row, std::size_t i, const std::string& path,
                                     Findings& findings) const {
    const Column& column = *columns_[i];
    const std::string_view text = trimmed(row[i].text);
    if (column.content == Content::undirected) {
        constexpr std::array<std::string_view, 3> kFalse{"0", "false", "FALSE"};
        if (std::ranges::find(kFalse, text) == kFalse.end()) {
            findings.error(
                {row[i].place, path,
                 fmt::format("'{}' is '{}', but links are used in both directions", column.name, text),
                 "give one row for both directions, with speed_forward and speed_backward, and directed = 0"});
        }
        return std::nullopt;
    }
    if (column.key.empty()) return std::nullopt;
    if (column.content == Content::ids) return ids_node(text, row[i].place);
    if (column.content == Content::number) return read_number(row, i);
    return text_node(text, row[i].place);
}

std::string_view Sheet::unit_of(const CsvRow& row, const Column& column) const {
    const CsvField* const written = column.unit_column.empty() ? nullptr : field(row, column.unit_column);
    return written == nullptr ? column.unit : trimmed(written->text);
}

Node Sheet::read_number(const CsvRow& row, std::size_t i) const {
    const std::string_view text = trimmed(row[i].text);
    Measurement measurement;
    UnitError ignored;
    // What is no number is left to the reader, which knows what is wanted.
    if (!parse_measurement(text, measurement, ignored)) return text_node(text, row[i].place);
    const bool has_unit = measurement.dimension != kNumber;
    const std::string_view unit = unit_of(row, *columns_[i]);
    if (!has_unit && unit.empty()) return number_node(measurement.value, row[i].place);
    return text_node(has_unit ? std::string(text) : fmt::format("{} {}", text, unit), row[i].place);
}

void join(Table& table, Table&& more, const std::string& path, Findings& findings) {
    for (auto& [key, value] : more) {
        const auto found = table.find(key);
        const std::string key_path = fmt::format("{}.{}", path, key);
        if (found == table.end()) {
            table.emplace(key, std::move(value));
        } else if (found->second.as<Table>() != nullptr && value.as<Table>() != nullptr) {
            join(*found->second.as<Table>(), std::move(*value.as<Table>()), key_path, findings);
        } else {
            findings.error({value.place,
                            key_path,
                            "given twice, here and elsewhere",
                            "give it in one place",
                            {found->second.key}});
        }
    }
}

}  // namespace corridor::scenario
