#include "corridor/report/options_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "corridor/base/text.h"
#include "corridor/report/csv.h"
#include "corridor/report/table.h"
#include "corridor/study/fingerprint.h"
#include "corridor/version.h"
#include "report/json_text.h"
#include "report/shown.h"

namespace corridor {
namespace {

using report::Json;

// The rows of the table, in order; "demand" stands for each demand, by its size.
struct HeadlineRow {
    std::string_view title;
    std::string_view measure;
    std::string_view subject;
};
constexpr auto kHeadlines = std::to_array<HeadlineRow>({
    {"door to door, mean of all", "door_to_door_time_mean", "total"},
    {"door to door, mean", "door_to_door_time_mean", "demand"},
    {"door to door, 95 % within", "door_to_door_time_p95", "demand"},
    {"delivered", "containers_delivered", "total"},
    {"by road", "containers_by_road", "total"},
    {"under way at the end", "containers_under_way", "total"},
    {"shipped", "containers_shipped", "total"},
    {"railed", "containers_railed", "total"},
    {"moved", "teu_km", "total"},
    {"cost", "cost", "total"},
    {"cost of a TEU", "cost_per_teu", "total"},
    {"emissions", "emissions", "total"},
    {"emissions of a TEU", "emissions_per_teu", "total"},
});

struct Row {
    std::string title;
    std::size_t measure = 0;  // in the catalogue of the do-minimum
};

class HorizonTables {
  public:
    HorizonTables(const HorizonReport& horizon, double difference) : horizon_(horizon), difference_(difference) {}

    std::string text(Detail detail) const {
        const std::vector<Row> rows = detail == Detail::everything ? all_rows() : headline_rows(detail);
        return heading() + changes(rows) + effort(rows);
    }

    /// By the position of their measure in the catalogue of the do-minimum.
    std::map<std::size_t, std::string> headline_titles() const {
        std::map<std::size_t, std::string> titles;
        for (Row& row : headline_rows(Detail::everything)) titles.emplace(row.measure, std::move(row.title));
        return titles;
    }

  private:
    std::string heading() const {
        const std::string year = horizon_.name.empty() ? "" : fmt::format(", {}", printable(horizon_.name));
        const std::string growth =
            horizon_.factor == 1.0 ? "" : fmt::format(" (all demand times {})", number_text(horizon_.factor, 4));
        return fmt::format(
            "\nOptions against the do-minimum{}{}: paired differences over {} replications, 95 %; trajectories "
            "{}\n",
            year, growth, horizon_.result.replications, fingerprint_text(horizon_.result.fingerprint));
    }

    std::string changes(const std::vector<Row>& rows) const {
        std::vector<Column> columns{{"", Align::left}, {"unit", Align::left}, {horizon_.base.name}};
        for (const VariantReport& option : horizon_.options) {
            columns.push_back({option.name});
            columns.push_back({"change"});
        }
        TextTable table(std::move(columns));
        for (const Row& row : rows) {
            std::vector<std::string> cells{row.title, std::string{info(row).unit}, estimate_text(base(row))};
            for (std::size_t i = 0; i < horizon_.options.size(); ++i) {
                const PairedMeasure* const pair = find(i, row);
                cells.push_back(pair == nullptr ? "-" : estimate_text(option(i, *pair)));
                cells.push_back(pair == nullptr ? "-" : signed_text(pair->difference));
            }
            table.add_row(std::move(cells));
        }
        return table.text() + bottlenecks();
    }

    std::string bottlenecks() const {
        std::string out = fmt::format("most used of {}: {}\n", printable(horizon_.base.name), horizon_.base.bottleneck);
        for (const VariantReport& option : horizon_.options) {
            out += fmt::format("most used of {}: {}\n", printable(option.name), option.bottleneck);
        }
        return out;
    }

    // How many replications, and what common random numbers save of them.
    std::string effort(const std::vector<Row>& rows) const {
        std::vector<Column> columns{{"", Align::left}};
        for (const VariantReport& option : horizon_.options) {
            columns.push_back({option.name + ", paired"});
            columns.push_back({"independent"});
        }
        TextTable table(std::move(columns));
        for (const Row& row : rows) {
            std::vector<std::string> cells{row.title};
            for (std::size_t i = 0; i < horizon_.options.size(); ++i) add_effort(cells, i, row);
            table.add_row(std::move(cells));
        }
        return fmt::format("\nReplications that show a difference of {} % of the do-minimum in four of five studies\n",
                           number_text(100 * difference_)) +
               table.text();
    }

    void add_effort(std::vector<std::string>& cells, std::size_t i, const Row& row) const {
        const PairedMeasure* const pair = find(i, row);
        if (pair == nullptr) return cells.insert(cells.end(), 2, "-"), void();
        const double wanted = difference_ * base(row).mean();
        const auto apart = [](const Estimate& a, const Estimate& b) { return std::hypot(a.sd(), b.sd()); };
        for (const double sd : {pair->difference.sd(), apart(base(row), option(i, *pair))}) {
            const auto count = replications_to_see(wanted, sd);
            cells.push_back(count ? fmt::format("{}", *count) : "-");
        }
    }

    std::vector<Row> headline_rows(Detail detail) const {
        std::vector<Row> rows;
        for (const HeadlineRow& headline : kHeadlines) {
            if (headline.subject == "demand") {
                add_demands(rows, headline, detail);
            } else if (const auto found = catalog().find(headline.measure, headline.subject)) {
                const Row row{std::string{headline.title}, *found};
                if (is_of_interest(row)) rows.push_back(row);
            }
        }
        return rows;
    }

    void add_demands(std::vector<Row>& rows, const HeadlineRow& headline, Detail detail) const {
        constexpr std::size_t kMost = 8;
        std::vector<std::pair<double, std::size_t>> by_size;
        for (std::size_t i = 0; i < catalog().size(); ++i) {
            const MeasureInfo& one = catalog().infos()[i];
            if (one.name != headline.measure || one.subject == "total") continue;
            const auto size = catalog().find("containers_delivered", one.subject);
            if (size) by_size.emplace_back(horizon_.result.base[*size].mean(), i);
        }
        std::ranges::stable_sort(by_size, std::ranges::greater{}, &std::pair<double, std::size_t>::first);
        for (std::size_t i = 0; i < shown_rows(by_size.size(), detail, kMost); ++i) {
            const std::string& subject = catalog().infos()[by_size[i].second].subject;
            rows.push_back({fmt::format("{}, {}", headline.title, subject), by_size[i].second});
        }
    }

    // Whatever some option changes.
    std::vector<Row> all_rows() const {
        std::vector<Row> rows;
        for (std::size_t m = 0; m < catalog().size(); ++m) {
            const MeasureInfo& one = catalog().infos()[m];
            const Row row{fmt::format("{} {}", one.name, one.subject), m};
            if (differs(row)) rows.push_back(row);
        }
        return rows;
    }

    bool differs(const Row& row) const {
        for (std::size_t i = 0; i < horizon_.options.size(); ++i) {
            const PairedMeasure* const pair = find(i, row);
            if (pair != nullptr && !(pair->difference.mean() == 0 && pair->difference.sd() == 0)) return true;
        }
        return false;
    }

    // What is 0 in every variant is not worth a row.
    bool is_of_interest(const Row& row) const { return base(row).mean() != 0 || differs(row); }

    const PairedMeasure* find(std::size_t i, const Row& row) const {
        const std::vector<PairedMeasure>& pairs = horizon_.result.options[i].pairs;
        const auto found = std::ranges::lower_bound(pairs, row.measure, {}, &PairedMeasure::in_base);
        return found != pairs.end() && found->in_base == row.measure ? &*found : nullptr;
    }

    static std::string signed_text(const Estimate& difference) {
        if (difference.samples() == 0) return "-";
        if (difference.mean() == 0 && !(difference.sd() > 0)) return "none";
        return (difference.mean() > 0 ? "+" : "") + estimate_text(difference);
    }

    const MeasureCatalog& catalog() const { return horizon_.base.measures; }
    const MeasureInfo& info(const Row& row) const { return catalog().infos()[row.measure]; }
    const Estimate& base(const Row& row) const { return horizon_.result.base[row.measure]; }
    const Estimate& option(std::size_t i, const PairedMeasure& pair) const {
        return horizon_.result.options[i].measures[pair.in_option];
    }

    const HorizonReport& horizon_;
    double difference_;
};

std::optional<std::uint64_t> needed(const OptionsReport& report, const Estimate& base, const PairedMeasure& pair) {
    return replications_to_see(report.difference * base.mean(), pair.difference.sd());
}

Json option_json(const OptionsReport& report, const HorizonReport& horizon, std::size_t i) {
    Json measures = Json::array();
    const std::map<std::size_t, std::string> titles = HorizonTables(horizon, report.difference).headline_titles();
    for (const PairedMeasure& pair : horizon.result.options[i].pairs) {
        const MeasureInfo& info = horizon.base.measures.infos()[pair.in_base];
        const Estimate& base = horizon.result.base[pair.in_base];
        const Estimate& option_mean = horizon.result.options[i].measures[pair.in_option];
        const auto count = needed(report, base, pair);
        measures.push_back(Json::object(
            {{"name", info.name},
             {"subject", info.subject},
             {"unit", info.unit},
             {"base", report::number(base.mean())},
             {"base_ci95", report::interval_json(base.interval95())},
             {"option", report::number(option_mean.mean())},
             {"option_ci95", report::interval_json(option_mean.interval95())},
             {"difference", Json::object({{"mean", report::number(pair.difference.mean())},
                                          {"ci95", report::interval_json(pair.difference.interval95())},
                                          {"sd", report::number(pair.difference.sd())}})},
             {"replications_to_see", count ? Json(*count) : Json(nullptr)},
             {"headline", titles.contains(pair.in_base) ? Json(titles.at(pair.in_base)) : Json(nullptr)}}));
    }
    const VariantReport& option = horizon.options[i];
    return Json::object({{"name", option.name},
                         {"hash", option.hash},
                         {"bottleneck", option.bottleneck},
                         {"measures", std::move(measures)}});
}

}  // namespace

std::string options_text(const OptionsReport& report, Detail detail) {
    std::string out = fmt::format("{}\nscenario {}, seed {}, corridor {}\n",
                                  report.title.empty() ? "(no title)" : printable(report.title),
                                  report.horizons.front().base.hash, report.seed, kVersion);
    for (const HorizonReport& horizon : report.horizons) out += HorizonTables(horizon, report.difference).text(detail);
    return out;
}

std::string options_json(const OptionsReport& report) {
    Json json = report::result_header(report.title, report.horizons.front().base.hash, report.command);
    json["seed"] = report.seed;
    json["difference"] = report.difference;
    json["horizons"] = Json::array();
    for (const HorizonReport& horizon : report.horizons) {
        Json options = Json::array();
        for (std::size_t i = 0; i < horizon.options.size(); ++i) options.push_back(option_json(report, horizon, i));
        json["horizons"].push_back(Json::object(
            {{"name", horizon.name},
             {"factor", horizon.factor},
             {"replications", horizon.result.replications},
             {"fingerprint", fingerprint_text(horizon.result.fingerprint)},
             {"base", Json::object({{"name", horizon.base.name}, {"bottleneck", horizon.base.bottleneck}})},
             {"options", std::move(options)}}));
    }
    json["warnings"] = Json::array();
    for (const Diagnostic& warning : report.warnings) json["warnings"].push_back(one_line(warning));
    return report::json_text(json);
}

namespace {

void add_most_used(CsvWriter& csv, const HorizonReport& horizon, const VariantReport& variant,
                   const std::string& fingerprint) {
    csv.text(horizon.name)
        .number(horizon.factor)
        .text(variant.name)
        .text("most_used")
        .text(variant.bottleneck)
        .text("");
    for (int i = 0; i < 11; ++i) csv.number(kEmptyCell);
    csv.digits(fingerprint).end_row();
}

}  // namespace

std::string options_csv(const OptionsReport& report) {
    CsvWriter csv({"horizon", "factor", "option", "measure", "subject", "unit", "base", "base_low95", "base_high95",
                   "option_mean", "option_low95", "option_high95", "difference", "low95", "high95", "sd",
                   "replications_to_see", "fingerprint"});
    for (const HorizonReport& horizon : report.horizons) {
        const std::string fingerprint = fingerprint_text(horizon.result.fingerprint);
        add_most_used(csv, horizon, horizon.base, fingerprint);
        for (std::size_t i = 0; i < horizon.options.size(); ++i) {
            add_most_used(csv, horizon, horizon.options[i], fingerprint);
            const OptionOutcome& outcome = horizon.result.options[i];
            for (const PairedMeasure& pair : outcome.pairs) {
                const MeasureInfo& info = horizon.base.measures.infos()[pair.in_base];
                const Estimate& base = horizon.result.base[pair.in_base];
                const auto count = needed(report, base, pair);
                csv.text(horizon.name).number(horizon.factor).text(horizon.options[i].name).text(info.name);
                csv.text(info.subject).text(info.unit);
                for (const Estimate* const estimate : {&base, &outcome.measures[pair.in_option], &pair.difference}) {
                    const auto interval = estimate->interval95().value_or(Interval{kEmptyCell, kEmptyCell});
                    csv.number(estimate->mean()).number(interval.low).number(interval.high);
                }
                csv.number(pair.difference.sd());
                csv.number(count ? static_cast<double>(*count) : kEmptyCell).digits(fingerprint).end_row();
            }
        }
    }
    return csv.str();
}

}  // namespace corridor
