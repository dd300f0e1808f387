#include "corridor/report/sensitivity_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

#include "corridor/base/text.h"
#include "corridor/report/csv.h"
#include "corridor/report/table.h"
#include "corridor/study/fingerprint.h"
#include "corridor/version.h"
#include "report/json_text.h"

namespace corridor {
namespace {

using report::Json;

constexpr std::string_view kChance = "chance alone";
constexpr double kOfNote = 0.005;  // of the variance

// One input, or what stands beside the inputs, of one output.
struct SensitivityRow {
    std::string input;
    std::optional<Indices> indices;
    std::optional<Effects> effects;
};

// Those with indices, the largest total first; the others together; chance; then those that were only screened.
std::vector<SensitivityRow> rows_of(const AssumptionResult& result, std::size_t output) {
    const OutputIndices& found = result.indices.outputs[output];
    const std::vector<Effects>& effects = result.effects.outputs[output];
    std::vector<SensitivityRow> rows;
    std::vector<bool> is_shown(result.inputs.size(), false);
    for (std::size_t g = 0; g < result.looked_into.size(); ++g) {
        const std::size_t input = result.looked_into[g];
        is_shown[input] = true;
        rows.push_back({result.inputs[input], found.groups[g], effects[input]});
    }
    std::ranges::stable_sort(rows, std::ranges::greater{},
                             [](const SensitivityRow& row) { return row.indices->total.value; });
    if (result.has_others) rows.push_back({"all others together", found.groups.back(), std::nullopt});
    rows.push_back({std::string(kChance), found.chance, std::nullopt});
    for (std::size_t input = 0; input < result.inputs.size(); ++input) {
        if (!is_shown[input]) rows.push_back({result.inputs[input], std::nullopt, effects[input]});
    }
    return rows;
}

// In percent, without the sign of what rounds to 0.
std::string percent(double share) {
    const double tenths = std::nearbyint(1000 * share);
    return fmt::format("{:.1f}", tenths == 0 ? 0.0 : tenths / 10);
}

std::string index_text(const Index& index) {
    return fmt::format("{} % ({} to {})", percent(index.value), percent(index.interval.low),
                       percent(index.interval.high));
}

// As a share can be: estimates may lie below 0 or above 1.
std::string share_text(const Index& index) {
    const auto within = [](double share) { return std::clamp(share, 0.0, 1.0); };
    return index_text({within(index.value), {within(index.interval.low), within(index.interval.high)}});
}

// An effect of either sign is not below 0, whatever its interval says.
std::string effect_text(const Effects& effects) {
    if (!effects.absolute95) return number_text(effects.mean_absolute, 3);
    return fmt::format("{} ({} to {})", number_text(effects.mean_absolute, 3),
                       number_text(std::max(0.0, effects.absolute95->low), 3),
                       number_text(effects.absolute95->high, 3));
}

// The input with the largest total, and those whose intervals overlap with its.
std::string strongest(const AssumptionResult& result, std::size_t output) {
    if (result.looked_into.empty()) return "";
    const std::vector<SensitivityRow> rows = rows_of(result, output);
    const Indices& most = *rows.front().indices;
    if (result.has_others) {
        const Indices& others = *rows[result.looked_into.size()].indices;
        if (others.total.value > most.total.value) {
            return fmt::format(
                "no single input of those looked into moves it most, but all others together ({} of its variance): "
                "give "
                "more inputs indices of their own (--inputs), or screen with more trajectories; ",
                share_text(others.total));
        }
    }
    std::vector<std::string> rivals;
    for (std::size_t i = 1; i < result.looked_into.size(); ++i) {
        if (rows[i].indices->total.interval.high > most.total.interval.low) rivals.push_back(rows[i].input);
    }
    return fmt::format("{} moves it most, alone {} of its variance{}{}; ", rows.front().input, share_text(most.first),
                       rivals.empty() ? "" : ", not told apart from ", fmt::join(rivals, " and "));
}

std::string sentence(const SensitivityReport& report, std::size_t output) {
    const OutputIndices& found = report.result.indices.outputs[output];
    const OutputName& name = report.outputs[output];
    const std::string text = fmt::format("{}: {} {} on average, sd {}; ", name.name, number_text(found.mean), name.unit,
                                         number_text(found.sd, 3));
    if (!(found.sd > 0)) return paragraph(text + "nothing moves it");
    return paragraph(text + strongest(report.result, output) +
                     fmt::format("chance alone is {}", share_text(found.chance.first)));
}

// Inputs without a share worth a row are left out.
std::string output_table(const SensitivityReport& report, std::size_t output, Detail detail) {
    const OutputName& name = report.outputs[output];
    TextTable table(
        {{"input", Align::left}, {"first order (95 %)"}, {"total (95 %)"}, {"effect of its range, sign aside (95 %)"}});
    for (const SensitivityRow& row : rows_of(report.result, output)) {
        const bool is_of_note = row.indices && row.indices->total.value >= kOfNote;
        if (!is_of_note && row.input != kChance && detail != Detail::everything) continue;
        table.add_row({row.input, row.indices ? index_text(row.indices->first) : "-",
                       row.indices ? index_text(row.indices->total) : "-",
                       row.effects ? effect_text(*row.effects) : "-"});
    }
    return fmt::format("\n{}, shares of its variance; effects in {}\n{}", name.name, name.unit, table.text());
}

Json index_json(const Index& index) {
    return Json::object({{"value", index.value}, {"ci95", report::interval_json(index.interval)}});
}

Json row_json(const SensitivityRow& row) {
    Json json = Json::object({{"input", row.input}, {"first", nullptr}, {"total", nullptr}, {"effect", nullptr}});
    if (row.indices) {
        json["first"] = index_json(row.indices->first);
        json["total"] = index_json(row.indices->total);
    }
    if (row.effects) {
        json["effect"] = Json::object({{"mean_absolute", row.effects->mean_absolute},
                                       {"mean_absolute_ci95", report::interval_json(row.effects->absolute95)},
                                       {"mean", row.effects->mean},
                                       {"sd", report::number(row.effects->sd)}});
    }
    return json;
}

}  // namespace

std::string sensitivity_text(const SensitivityReport& report, Detail detail) {
    const AssumptionResult& result = report.result;
    std::string out = fmt::format(
        "{}\nscenario {}, seed {}, {} ranges screened {} times, {} rows, corridor {}, trajectories {}\n\n",
        report.title.empty() ? "(no title)" : printable(report.title), report.hash, report.seed, result.inputs.size(),
        result.effects.trajectories, result.indices.rows, kVersion, fingerprint_text(result.fingerprint));
    for (const Diagnostic& warning : report.warnings) out += paragraph("warning: " + one_line(warning));
    for (std::size_t i = 0; i < report.outputs.size(); ++i) out += sentence(report, i);
    for (std::size_t i = 0; i < report.outputs.size(); ++i) {
        const bool is_shown = report.outputs[i].is_headline || detail == Detail::everything;
        if (is_shown && result.indices.outputs[i].sd > 0) out += output_table(report, i, detail);
    }
    if (detail == Detail::everything) return out;
    return out + '\n' +
           paragraph(
               fmt::format("Left out are inputs below {} % of the variance, and tables of further readings (--all)",
                           percent(kOfNote)));
}

std::string sensitivity_json(const SensitivityReport& report) {
    Json json = report::result_header(report.title, report.hash, report.command);
    json["seed"] = report.seed;
    json["trajectories"] = report.result.effects.trajectories;
    json["rows"] = report.result.indices.rows;
    json["fingerprint"] = fingerprint_text(report.result.fingerprint);
    json["outputs"] = Json::array();
    for (std::size_t i = 0; i < report.outputs.size(); ++i) {
        const OutputIndices& found = report.result.indices.outputs[i];
        Json inputs = Json::array();
        for (const SensitivityRow& row : rows_of(report.result, i)) inputs.push_back(row_json(row));
        json["outputs"].push_back(Json::object({{"name", report.outputs[i].name},
                                                {"unit", report.outputs[i].unit},
                                                {"mean", found.mean},
                                                {"sd", found.sd},
                                                {"inputs", std::move(inputs)}}));
    }
    json["warnings"] = Json::array();
    for (const Diagnostic& warning : report.warnings) json["warnings"].push_back(one_line(warning));
    return report::json_text(json);
}

std::string sensitivity_csv(const SensitivityReport& report) {
    CsvWriter csv({"output", "unit", "input", "first", "first_low95", "first_high95", "total", "total_low95",
                   "total_high95", "effect_mean_absolute", "effect_mean_absolute_low95", "effect_mean_absolute_high95",
                   "effect_mean", "effect_sd", "fingerprint"});
    const std::string fingerprint = fingerprint_text(report.result.fingerprint);
    const Index none{kEmptyCell, {kEmptyCell, kEmptyCell}};
    const Effects unknown{kEmptyCell, kEmptyCell, kEmptyCell};
    for (std::size_t i = 0; i < report.outputs.size(); ++i) {
        for (const SensitivityRow& row : rows_of(report.result, i)) {
            csv.text(report.outputs[i].name).text(report.outputs[i].unit).text(row.input);
            const Indices indices = row.indices.value_or(Indices{none, none});
            for (const Index& index : {indices.first, indices.total}) {
                csv.number(index.value).number(index.interval.low).number(index.interval.high);
            }
            const Effects effects = row.effects.value_or(unknown);
            const Interval absolute = effects.absolute95.value_or(none.interval);
            csv.number(effects.mean_absolute).number(absolute.low).number(absolute.high);
            csv.number(effects.mean).number(effects.sd).digits(fingerprint).end_row();
        }
    }
    return csv.str();
}

}  // namespace corridor
