#include "report/comparison_section.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

#include "corridor/base/unit.h"
#include "corridor/report/table.h"
#include "corridor/study/fingerprint.h"

namespace corridor::report {
namespace {

using Rows = std::vector<const ComparisonRow*>;

std::string percent(double share) { return std::isnan(share) ? "-" : fmt::format("{:.1f} %", 100 * share); }

Rows in_file_order(const RunReport& report) {
    Rows rows;
    for (const ComparisonRow& row : report.comparison) rows.push_back(&row);
    std::ranges::sort(rows, {}, &ComparisonRow::position);
    return rows;
}

// The readings of each figure, in the order of the figures' first readings.
std::vector<Rows> by_figure(const RunReport& report) {
    std::vector<Rows> figures;
    for (const ComparisonRow* const row : in_file_order(report)) {
        const auto known =
            std::ranges::find_if(figures, [&](const Rows& rows) { return rows.front()->figure == row->figure; });
        (known == figures.end() ? figures.emplace_back() : *known).push_back(row);
    }
    return figures;
}

// What a verdict means to a planner: one line.
std::string_view in_short(Verdict verdict) {
    switch (verdict) {
        case Verdict::undefined:
            return "nothing to compare, the simulated measure is undefined";
        case Verdict::within_limit:
            return "within the limit in 19 of 20 draws";
        case Verdict::over_limit:
            return "over the limit in more than one draw of 20";
        case Verdict::below:
            return "disagrees, less was reported than the assumptions allow";
        case Verdict::inside:
            return "agrees";
        case Verdict::inside_but_wide:
            return "agrees, but the ranges are so wide that it says little";
        case Verdict::above:
            return "disagrees, more was reported than the assumptions allow";
    }
    return "";
}

constexpr std::array kBestFirst{Verdict::inside,       Verdict::inside_but_wide, Verdict::below,    Verdict::above,
                                Verdict::within_limit, Verdict::over_limit,      Verdict::undefined};

// "shipped (Shipped in the half-year): 15900 containers reported [F001], out of sample"; without a unit where readings
// differ in it.
std::string heading(const Rows& figure) {
    const ComparisonRow& row = *figure.front();
    const bool is_one_unit = std::ranges::all_of(figure, [&](const auto* each) { return each->unit == row.unit; });
    std::string out = row.figure;
    if (!row.figure_name.empty() && row.figure_name != row.figure) out += fmt::format(" ({})", row.figure_name);
    const std::string_view what = row.use == scenario::FigureUse::limit ? "limit" : "reported";
    out += fmt::format(": {}{} {}", format_number(row.reported), is_one_unit ? " " + row.unit : "", what);
    if (!row.sources.empty()) out += fmt::format(" [{}]", fmt::join(row.sources, ", "));
    return row.use == scenario::FigureUse::limit ? out : fmt::format("{}, {}", out, standing(row.use));
}

std::string verdict_lines(const Rows& figure) {
    std::string out = paragraph(heading(figure));
    for (const Verdict wanted : kBestFirst) {
        std::vector<std::string_view> readings;
        for (const ComparisonRow* const row : figure) {
            if (verdict(*row) == wanted) readings.push_back(row->reading);
        }
        if (readings.empty()) continue;
        std::string line = fmt::format("- {}", in_short(wanted));
        if (figure.size() > 1) {
            line += fmt::format(": {} of {} readings ({})", readings.size(), figure.size(), fmt::join(readings, ", "));
        }
        out += paragraph(line);
    }
    return out;
}

double most_bound(const Rows& figure) {
    double most = std::numeric_limits<double>::quiet_NaN();
    for (const ComparisonRow* const row : figure) most = std::fmax(most, row->capacity_bound_share);
    return most;
}

// One sentence for all figures that test the same.
std::string tests_of(const std::vector<Rows>& figures, std::string_view tested) {
    std::vector<std::string_view> ids;
    double most = std::numeric_limits<double>::quiet_NaN();
    for (const Rows& figure : figures) {
        const double bound = most_bound(figure);
        if (what_is_tested(bound) != tested) continue;
        ids.push_back(figure.front()->figure);
        most = std::fmax(most, bound);
    }
    if (ids.empty()) return "";
    const std::string why =
        std::isnan(most) ? "" : fmt::format(" Full vehicles left behind at most {} of the containers.", percent(most));
    return paragraph(fmt::format("{} {} {}.{}", fmt::join(ids, ", "), ids.size() == 1 ? "tests" : "test", tested, why));
}

std::string place_name(Verdict verdict) {
    switch (verdict) {
        case Verdict::undefined:
            return "-";
        case Verdict::below:
            return "below";
        case Verdict::inside:
            return "inside";
        case Verdict::inside_but_wide:
            return "inside, wide";
        case Verdict::above:
            return "above";
        case Verdict::within_limit:
            return "within limit";
        case Verdict::over_limit:
            return "over limit";
    }
    return "";
}

std::string prior_text(const ComparisonRow& row) {
    if (!row.prior) return "-";
    return fmt::format("{} ({} to {})", number_text(row.prior->median, 4), number_text(row.prior->interval90.low, 4),
                       number_text(row.prior->interval90.high, 4));
}

bool has_name(const ComparisonRow* row) { return !row->reading_name.empty() && row->reading_name != row->reading; }

std::vector<std::string> cells_of(const ComparisonRow& row) {
    return {fmt::format("{}/{}", row.figure, row.reading),
            format_number(row.reported),
            row.unit,
            std::string(label(row.use)),
            prior_text(row),
            place_name(verdict(row)),
            estimate_text(row.simulated),
            number_text(row.naive, 4),
            number_text(row.ratio, 3),
            number_text(row.percentile, 3),
            percent(row.capacity_bound_share)};
}

std::string comparison_table(const Rows& rows) {
    std::vector<Column> columns{{"figure/reading", Align::left},
                                {"reported"},
                                {"unit", Align::left},
                                {"use", Align::left},
                                {"prior median (90 %)"},
                                {"report lies", Align::left},
                                {"simulated"},
                                {"naive"},
                                {"ratio"},
                                {"percentile"},
                                {"capacity bound"}};
    const bool has_names = std::ranges::any_of(rows, has_name);
    if (has_names) columns.push_back({"read as", Align::left});
    TextTable table(std::move(columns));
    for (const ComparisonRow* const row : rows) {
        std::vector<std::string> cells = cells_of(*row);
        if (has_names) cells.push_back(has_name(row) ? row->reading_name : "");
        table.add_row(std::move(cells));
    }
    return table.text();
}

}  // namespace

std::string verdict_section(const RunReport& report) {
    const std::vector<Rows> figures = by_figure(report);
    if (figures.empty()) return "";
    std::string out = "\nVerdict\n";
    for (const Rows& figure : figures) out += verdict_lines(figure);
    std::vector<std::string_view> tested;
    for (const Rows& figure : figures) {
        const std::string_view each = what_is_tested(most_bound(figure));
        if (std::ranges::find(tested, each) != tested.end()) continue;
        tested.push_back(each);
        out += tests_of(figures, each);
    }
    return out;
}

std::string comparison_section(const RunReport& report) {
    if (report.comparison.empty()) return "";
    std::string prior = fmt::format("Prior: {} draws over the ranges", report.prior_draws);
    if (report.prior_refused > 0) prior += fmt::format(", {} of which make no model", report.prior_refused);
    prior += fmt::format("; trajectories {}", fingerprint_text(report.prior_fingerprint));
    return "\nReported and simulated\n" + comparison_table(in_file_order(report)) +
           paragraph(prior +
                     ". Report lies: against their 90 % interval. Simulated: at the stated values, mean and 95 % "
                     "interval. Naive: the same inputs multiplied out. Ratio: simulated over reported. Percentile: of "
                     "the report among the draws. Capacity bound: share of containers left behind by a full vehicle.");
}

}  // namespace corridor::report
