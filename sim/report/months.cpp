#include "report/months.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <string_view>

#include "corridor/report/table.h"
#include "shown.h"

namespace corridor {
namespace {

/// "2020-01" at the end of a subject; empty for others.
std::string_view month_of(std::string_view subject) {
    constexpr std::size_t kLength = 7;
    if (subject.size() <= kLength || subject[subject.size() - kLength - 1] != '.') return {};
    const std::string_view last = subject.substr(subject.size() - kLength);
    return last[4] == '-' && last.find_first_not_of("0123456789-") == std::string_view::npos ? last
                                                                                             : std::string_view{};
}

}  // namespace

report::MonthsOfServices report::months_of_services(const RunReport& report) {
    std::map<std::string, std::map<std::string, double>> found;  // by service, then month
    std::set<std::string> months;
    for (std::size_t i = 0; i < report.measures.size(); ++i) {
        const MeasureInfo& info = report.measures.infos()[i];
        const bool is_flow = info.name == "containers_shipped" || info.name == "containers_railed";
        const std::string_view month = month_of(info.subject);
        if (!is_flow || month.empty() || !info.subject.starts_with("service.")) continue;
        const std::string service = info.subject.substr(0, info.subject.size() - month.size() - 1);
        if (service.ends_with(".forward") || service.ends_with(".backward")) continue;
        // A service has one of the two; of the other all is nought.
        double& value = found[service][std::string(month)];
        value = std::max(value, report.estimates[i].mean());
        months.emplace(month);
    }
    MonthsOfServices result{.months = {months.begin(), months.end()}, .services = {}};
    for (const auto& [service, by_month] : found) {
        std::vector<double>& values = result.services[service];
        for (const std::string& month : result.months) {
            const auto value = by_month.find(month);
            values.push_back(value == by_month.end() ? std::nan("") : value->second);
        }
    }
    return result;
}

std::string report::sparkline(const std::vector<double>& values) {
    constexpr std::array<std::string_view, 8> kBars{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    double most = 0;
    for (const double value : values) most = std::max(most, std::isfinite(value) ? value : 0);
    std::string line;
    for (const double value : values) {
        const double height = most > 0 && std::isfinite(value) ? value / most * (kBars.size() - 1) : 0;
        line += std::isfinite(value) ? kBars.at(static_cast<std::size_t>(std::lround(height))) : " ";
    }
    return line;
}

std::string report::months_section(const RunReport& report, Detail detail) {
    const MonthsOfServices months = months_of_services(report);
    if (months.months.size() < 2) return "";
    TextTable table({{"service", Align::left},
                     {"by month", Align::left},
                     {"least"},
                     {"in", Align::left},
                     {"most"},
                     {"in", Align::left}});
    std::size_t left = shown_rows(months.services.size(), detail);
    for (const auto& entry : months.services) {
        const std::string& service = entry.first;
        const std::vector<double>& values = entry.second;
        if (left-- == 0) break;
        const auto or_else = [](double other) {
            return [other](double value) { return std::isfinite(value) ? value : other; };
        };
        const auto least = std::ranges::min_element(values, {}, or_else(std::numeric_limits<double>::infinity()));
        const auto most = std::ranges::max_element(values, {}, or_else(-std::numeric_limits<double>::infinity()));
        const auto month = [&](auto at) { return months.months[static_cast<std::size_t>(at - values.begin())]; };
        table.add_row({service.substr(service.find('.') + 1), sparkline(values), number_text(*least), month(least),
                       number_text(*most), month(most)});
    }
    return fmt::format("\nContainers loaded by month, {} to {}\n", months.months.front(), months.months.back()) +
           table.text();
}

}  // namespace corridor
