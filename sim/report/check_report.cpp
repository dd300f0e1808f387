#include "corridor/report/check_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "corridor/base/text.h"
#include "corridor/report/csv.h"
#include "corridor/report/table.h"
#include "corridor/version.h"
#include "report/json_text.h"
#include "report/theory_section.h"
#include "shown.h"

namespace corridor {
namespace {

using model::Load;
using report::Json;

constexpr std::string_view kThroughputUnit = "TEU/day";

std::string balance_table(std::vector<Load> loads, Detail detail) {
    std::ranges::stable_sort(loads, std::ranges::greater{}, &Load::share);
    const std::size_t shown = shown_rows(loads.size(), detail);
    TextTable table({{"resource", Align::left},
                     {"of", Align::left},
                     {"where", Align::left},
                     {"offered"},
                     {"capacity"},
                     {"unit", Align::left},
                     {"load"}});
    for (std::size_t i = 0; i < shown; ++i) {
        const Load& load = loads[i];
        table.add_row({std::string{label(load.resource)}, load.subject, load.where, number_text(load.offered, 4),
                       number_text(load.capacity, 4), std::string{load.unit},
                       fmt::format("{:.1f} %", 100 * load.share())});
    }
    std::string out = table.text();
    if (shown < loads.size()) out += fmt::format("... and {} more (--all)\n", loads.size() - shown);
    return out;
}

std::string counted(std::ptrdiff_t count, std::string_view noun) {
    return count == 0 ? fmt::format("no {}s", noun) : fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string cut_text(const Potential& potential) {
    constexpr std::size_t kMost = 3;
    std::vector<std::string> parts;
    for (const model::Bottleneck& part : potential.cut) {
        if (parts.size() < kMost) parts.push_back(part.where.empty() ? part.subject : part.subject + ' ' + part.where);
    }
    const std::size_t more = potential.cut.size() - parts.size();
    return fmt::format("{}{}", fmt::join(parts, ", "), more == 0 ? "" : fmt::format(" and {} more", more));
}

std::string potential_table(const std::vector<Potential>& potentials, Detail detail) {
    const std::size_t shown = shown_rows(potentials.size(), detail);
    TextTable table({{"demand", Align::left},
                     {"from", Align::left},
                     {"to", Align::left},
                     {"offered"},
                     {"greatest"},
                     {"unit", Align::left},
                     {"held back by", Align::left}});
    for (std::size_t i = 0; i < shown; ++i) {
        const Potential& each = potentials[i];
        table.add_row({each.demand.substr(each.demand.find('.') + 1), each.from, each.to, number_text(each.offered, 4),
                       std::isinf(each.greatest) ? "unlimited" : number_text(each.greatest, 4),
                       std::string{kThroughputUnit}, cut_text(each)});
    }
    std::string out = table.text();
    if (shown < potentials.size()) out += fmt::format("... and {} more (--all)\n", potentials.size() - shown);
    return out;
}

std::string_view severity_name(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        case Severity::note:
            return "note";
    }
    return "";
}

std::string counts(const CheckReport& report) {
    const auto count = [&](Severity severity, std::string_view noun) {
        return counted(std::ranges::count(report.findings, severity, &Diagnostic::severity), noun);
    };
    std::string line = fmt::format("{}, {}, {}.\n", count(Severity::error, "error"),
                                   count(Severity::warning, "warning"), count(Severity::note, "note"));
    line.front() = line.front() == 'n' ? 'N' : line.front();
    return line;
}

Json place_number(int number) { return number > 0 ? Json(number) : Json(nullptr); }

Json finding_json(const Diagnostic& finding) {
    return Json::object({{"severity", severity_name(finding.severity)},
                         {"file", finding.place.file},
                         {"line", place_number(finding.place.line)},
                         {"column", place_number(finding.place.column)},
                         {"path", finding.path},
                         {"message", finding.message},
                         {"hint", finding.hint}});
}

// Without bound: null.
Json bound(double value) { return std::isinf(value) ? Json(nullptr) : report::number(value); }

Json potential_json(const Potential& potential) {
    Json cut = Json::array();
    for (const model::Bottleneck& part : potential.cut) {
        cut.push_back(Json::object(
            {{"subject", part.subject}, {"where", part.where}, {"capacity", bound(part.teu_per_hour * kHoursPerDay)}}));
    }
    return Json::object({{"demand", potential.demand},
                         {"from", potential.from},
                         {"to", potential.to},
                         {"offered", report::number(potential.offered)},
                         {"greatest", bound(potential.greatest)},
                         {"unit", kThroughputUnit},
                         {"cut", std::move(cut)}});
}

void add_row(CsvWriter& csv, const Diagnostic& finding) {
    csv.text("finding").text(severity_name(finding.severity)).text(finding.place.file);
    for (const int number : {finding.place.line, finding.place.column}) csv.number(number > 0 ? number : kEmptyCell);
    csv.text(finding.path).text(finding.message).text(finding.hint);
    csv.text("").text("").text("").number(kEmptyCell).number(kEmptyCell).text("").number(kEmptyCell).end_row();
}

// What a balance row and a throughput row leave empty.
CsvWriter& begin_row(CsvWriter& csv, std::string_view kind) {
    return csv.text(kind).text("").text("").number(kEmptyCell).number(kEmptyCell).text("").text("").text("");
}

void add_row(CsvWriter& csv, const Load& load) {
    begin_row(csv, "balance").text(label(load.resource)).text(load.subject).text(load.where).number(load.offered);
    csv.number(load.capacity).text(load.unit).number(load.share()).end_row();
}

void add_row(CsvWriter& csv, const Potential& potential) {
    const bool is_bounded = !std::isinf(potential.greatest);
    begin_row(csv, "throughput").text("").text(potential.demand).text(cut_text(potential)).number(potential.offered);
    csv.number(is_bounded ? potential.greatest : kEmptyCell).text(kThroughputUnit);
    csv.number(is_bounded ? potential.offered / potential.greatest : 0).end_row();
}

}  // namespace

std::string check_text(const CheckReport& report, Detail detail) {
    std::string out = printable(report.title) + '\n';
    if (has_errors(report.findings)) return out + '\n' + counts(report);
    out += fmt::format("scenario {}, corridor {}\n\n{}", report.hash, kVersion, counts(report));
    if (report.loads.empty()) {
        out += "\nNothing in this scenario is limited.\n";
    } else {
        out += "\nWhat is asked and what there is, on average over the period\n" + balance_table(report.loads, detail);
    }
    if (report.potentials.empty()) return out;
    out += "\nThe most that could be carried for each demand, if everything else stood aside\n" +
           potential_table(report.potentials, detail);
    if (report.potentials_omitted == 0) return out;
    return out + fmt::format("{} smaller demands were not looked at: in a network as large as this each takes long.\n",
                             report.potentials_omitted);
}

std::string check_json(const CheckReport& report) {
    Json json = report::result_header(report.title, report.hash, report.command);
    json["findings"] = Json::array();
    json["balance"] = Json::array();
    json["throughput"] = Json::array();
    for (const Diagnostic& finding : report.findings) json["findings"].push_back(finding_json(finding));
    for (const Load& load : report.loads) json["balance"].push_back(report::load_json(load));
    for (const Potential& potential : report.potentials) json["throughput"].push_back(potential_json(potential));
    json["throughput_omitted"] = report.potentials_omitted;
    return report::json_text(json);
}

std::string check_csv(const CheckReport& report) {
    CsvWriter csv({"kind", "severity", "file", "line", "column", "path", "message", "hint", "resource", "subject",
                   "where", "offered", "capacity", "unit", "share"});
    for (const Diagnostic& finding : report.findings) add_row(csv, finding);
    for (const Load& load : report.loads) add_row(csv, load);
    for (const Potential& potential : report.potentials) add_row(csv, potential);
    return csv.str();
}

}  // namespace corridor
