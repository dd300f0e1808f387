#include "corridor/report/check_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "corridor/base/text.h"
#include "corridor/report/csv.h"
#include "corridor/report/table.h"
#include "corridor/version.h"
#include "report/json_text.h"

namespace corridor {
namespace {

using model::Load;
using report::Json;

constexpr std::size_t kMostRows = 30;

std::string balance_table(std::vector<Load> loads, Detail detail) {
    std::ranges::stable_sort(loads, std::ranges::greater{}, &Load::share);
    const std::size_t shown = detail == Detail::everything ? loads.size() : std::min(loads.size(), kMostRows);
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

}  // namespace

std::string check_text(const CheckReport& report, Detail detail) {
    std::string out = fmt::format("{}\nscenario {}, corridor {}\n", printable(report.title), report.hash, kVersion);
    if (report.loads.empty()) {
        out += "\nNothing in this scenario is limited.\n";
    } else {
        out += "\nWhat is asked and what there is, on average over the period\n" + balance_table(report.loads, detail);
    }
    const auto count = [&](Severity s) { return std::ranges::count(report.findings, s, &Diagnostic::severity); };
    return out + fmt::format("\nNo errors, {}, {}.\n", counted(count(Severity::warning), "warning"),
                             counted(count(Severity::note), "note"));
}

std::string check_json(const CheckReport& report) {
    Json json = report::result_header(report.title, report.hash, report.command);
    json["findings"] = Json::array();
    json["balance"] = Json::array();
    for (const Diagnostic& finding : report.findings) json["findings"].push_back(one_line(finding));
    for (const Load& load : report.loads) {
        json["balance"].push_back(Json::object({{"resource", label(load.resource)},
                                                {"subject", load.subject},
                                                {"where", load.where},
                                                {"offered", load.offered},
                                                {"capacity", load.capacity},
                                                {"unit", load.unit},
                                                {"share", load.share()}}));
    }
    return report::json_text(json);
}

std::string check_csv(const CheckReport& report) {
    CsvWriter csv({"resource", "subject", "where", "offered", "capacity", "unit", "share"});
    for (const Load& load : report.loads) {
        csv.text(label(load.resource)).text(load.subject).text(load.where).number(load.offered);
        csv.number(load.capacity).text(load.unit).number(load.share()).end_row();
    }
    return csv.str();
}

}  // namespace corridor
