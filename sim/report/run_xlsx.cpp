#include <fmt/format.h>

#include <cmath>
#include <map>
#include <set>

#include "corridor/report/result_files.h"
#include "corridor/report/sweep_report.h"
#include "report/workbook.h"

namespace corridor {
namespace {

using report::Workbook;

void write_interval(Workbook& book, const std::optional<Interval>& interval) {
    book.number(interval ? interval->low : std::nan("")).number(interval ? interval->high : std::nan(""));
}

void write_comparison(Workbook& book, const std::vector<ComparisonRow>& rows) {
    if (rows.empty()) return;
    book.start_sheet("Comparison");
    book.write_titles({"figure", "reported", "simulated", "low 95 %", "high 95 %", "prior median", "prior low 90 %",
                       "prior high 90 %", "ratio", "unit", "use", "conclusion"});
    for (const ComparisonRow& row : rows) {
        book.text(fmt::format("{}: {}", row.figure_name, row.reading_name)).number(row.reported);
        book.number(row.simulated.mean());
        write_interval(book, row.simulated.interval95());
        book.number(row.prior ? row.prior->median : std::nan(""));
        write_interval(book, row.prior ? std::optional{row.prior->interval90} : std::nullopt);
        book.number(row.ratio).text(row.unit).text(label(row.use)).text(row.conclusion);
        book.end_row();
    }
    book.add_chart(Workbook::Chart::bars, "Reported and simulated", {1, 2});
}

/// "2020-01" at the end of a subject; empty for others.
std::string_view month_of(std::string_view subject) {
    constexpr std::size_t kLength = 7;
    if (subject.size() <= kLength || subject[subject.size() - kLength - 1] != '.') return {};
    const std::string_view last = subject.substr(subject.size() - kLength);
    return last[4] == '-' && last.find_first_not_of("0123456789-") == std::string_view::npos ? last
                                                                                             : std::string_view{};
}

/// Containers of each service, month by month.
void write_months(Workbook& book, const RunReport& report) {
    std::map<std::string, std::map<std::string, double>> services;  // by month, then service
    std::set<std::string> names;
    for (std::size_t i = 0; i < report.measures.size(); ++i) {
        const MeasureInfo& info = report.measures.infos()[i];
        const bool is_flow = info.name == "containers_shipped" || info.name == "containers_railed";
        const std::string_view month = month_of(info.subject);
        if (!is_flow || month.empty() || !info.subject.starts_with("service.")) continue;
        const std::string service = info.subject.substr(0, info.subject.size() - month.size() - 1);
        if (service.ends_with(".forward") || service.ends_with(".backward")) continue;
        // A service has one of the two; of the other all is nought.
        double& value = services[std::string(month)][service];
        value = std::max(value, report.estimates[i].mean());
        names.insert(service);
    }
    if (services.size() < 2) return;
    book.start_sheet("Months");
    std::vector<std::string> titles{"month"};
    titles.insert(titles.end(), names.begin(), names.end());
    book.write_titles(titles);
    for (const auto& [month, values] : services) {
        book.text(month);
        for (const std::string& name : names) {
            const auto value = values.find(name);
            book.number(value == values.end() ? std::nan("") : value->second);
        }
        book.end_row();
    }
    std::vector<std::size_t> columns(names.size());
    for (std::size_t i = 0; i < columns.size(); ++i) columns[i] = i + 1;
    book.add_chart(Workbook::Chart::lines, "Containers by month", columns);
}

void write_measures(Workbook& book, const RunReport& report) {
    book.start_sheet("Measures");
    book.write_titles({"name", "subject", "unit", "mean", "low 95 %", "high 95 %", "sd", "samples"});
    if (report.measures.size() >= kMostSheetRows) {
        book.text("there are more measures than a sheet has rows: see measures.csv").end_row();
        return;
    }
    for (std::size_t i = 0; i < report.measures.size(); ++i) {
        const MeasureInfo& info = report.measures.infos()[i];
        const Estimate& estimate = report.estimates[i];
        book.text(info.name).text(info.subject).text(info.unit).number(estimate.mean());
        write_interval(book, estimate.interval95());
        book.number(estimate.sd()).number(static_cast<double>(estimate.samples()));
        book.end_row();
    }
}

}  // namespace

void write_run_xlsx(const RunReport& report, const std::string& path) {
    Workbook book(path);
    write_comparison(book, report.comparison);
    write_months(book, report);
    write_measures(book, report);
    book.close();
}

}  // namespace corridor
