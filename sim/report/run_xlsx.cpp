#include <fmt/format.h>

#include <cmath>

#include "corridor/report/result_files.h"
#include "corridor/report/sweep_report.h"
#include "corridor/study/fingerprint.h"
#include "corridor/version.h"
#include "report/months.h"
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

/// Containers of each service, month by month.
void write_months(Workbook& book, const RunReport& report) {
    const report::MonthsOfServices months = report::months_of_services(report);
    if (months.months.size() < 2) return;
    book.start_sheet("Months");
    std::vector<std::string> titles{"month"};
    for (const auto& [service, values] : months.services) titles.push_back(service);
    book.write_titles(titles);
    for (std::size_t i = 0; i < months.months.size(); ++i) {
        book.text(months.months[i]);
        for (const auto& [service, values] : months.services) book.number(values[i]);
        book.end_row();
    }
    std::vector<std::size_t> columns(months.services.size());
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

/// Of what the other sheets are.
void write_about(Workbook& book, const RunReport& report) {
    book.start_sheet("Run");
    book.write_titles({"about", "value"});
    const auto tell = [&book](std::string_view about, std::string_view value) {
        book.text(about).text(value).end_row();
    };
    tell("title", report.title);
    tell("scenario", report.hash);
    tell("corridor", kVersion);
    tell("command", report.command);
    tell("seed", fmt::format("{}", report.seed));
    tell("replications", fmt::format("{}", report.replications));
    tell("fingerprint", fingerprint_text(report.fingerprint));
    tell("prior draws", fmt::format("{}", report.prior_draws));
    tell("prior fingerprint", fingerprint_text(report.prior_fingerprint));
}

}  // namespace

void write_run_xlsx(const RunReport& report, const std::string& path) {
    Workbook book(path);
    write_comparison(book, report.comparison);
    write_months(book, report);
    write_measures(book, report);
    write_about(book, report);
    book.close();
}

}  // namespace corridor
