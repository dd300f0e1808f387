#include "corridor/report/sweep_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

#include "corridor/base/text.h"
#include "corridor/model/balance.h"
#include "corridor/report/csv.h"
#include "corridor/report/table.h"
#include "corridor/study/fingerprint.h"
#include "report/sweep_rows.h"

namespace corridor {
namespace {

using report::PointSettings;
using report::SettingsJson;
using report::title_of;

constexpr std::size_t kPiece = std::size_t{1} << 16U;

// A CSV file that is passed on in pieces. Titles come from a study, so they are written like any text.
class PiecewiseCsv {
  public:
    PiecewiseCsv(const std::vector<std::string>& titles, const TextSink& sink) : csv_({}), sink_(sink) {
        csv_.take();
        for (const std::string& title : titles) csv_.text(title);
        csv_.end_row();
    }

    CsvWriter& row() { return csv_; }

    void end_row() {
        csv_.end_row();
        if (csv_.str().size() >= kPiece) sink_(csv_.take());
    }

    void finish() { sink_(csv_.take()); }

  private:
    CsvWriter csv_;
    const TextSink& sink_;
};

void write_settings(const SettingsJson& settings, CsvWriter& csv) {
    for (const SettingsJson& setting : settings) {
        if (setting.is_number()) {
            csv.number(setting.get<double>());
        } else {
            csv.text(setting.is_string() ? setting.get<std::string>() : "");
        }
    }
}

std::string setting_text(const SettingsJson& setting) {
    if (setting.is_null()) return "-";
    return setting.is_string() ? setting.get<std::string>() : number_text(setting.get<double>(), 6);
}

// The last output is the load, which chance does not change.
bool is_overloaded(const StoreStudy& study, const PointSummary& point) {
    const bool has_load = !study.outputs.empty() && study.outputs.back().name == kHighestLoad;
    return has_load && point.estimates.back().samples() > 0 &&
           model::has_no_steady_state(point.estimates.back().mean());
}

std::string load_text(const Estimate& load) {
    if (load.samples() == 0) return "-";
    return number_text(load.mean(), 3) + (model::has_no_steady_state(load.mean()) ? " !" : "");
}

}  // namespace

SummaryCounts write_points_csv(StoreReader& store, const TextSink& sink) {
    const StoreStudy& study = store.study();
    PiecewiseCsv csv(report::point_row_titles(study), sink);
    PointSettings settings(store);
    const auto read = [&store](const std::function<void(const Record&)>& take) { return store.read(take); };
    const SummaryCounts counts = summarise(study, read, [&](const PointSummary& point) {
        for (std::size_t i = 0; i < study.outputs.size(); ++i) {
            const Output& output = study.outputs[i];
            const Estimate& estimate = point.estimates[i];
            const auto interval = estimate.interval95();
            CsvWriter& row = csv.row().digits(std::to_string(point.point));
            write_settings(settings.of(point.point), row);
            row.text(output.name).text(output.subject).text(output.unit).number(estimate.mean());
            row.number(interval ? interval->low : kEmptyCell).number(interval ? interval->high : kEmptyCell);
            row.number(estimate.sd()).digits(std::to_string(estimate.samples()));
            row.text(label(point.state)).text(point.failure).text(report::fingerprint_cell(point));
            csv.end_row();
        }
    });
    csv.finish();
    return counts;
}

SummaryCounts write_replications_csv(StoreReader& store, const TextSink& sink) {
    const StoreStudy& study = store.study();
    std::vector<std::string> header{"point", "replication"};
    for (const DesignParameter& parameter : study.parameters) header.push_back(title_of(parameter));
    header.insert(header.end(), {"failure", "fingerprint"});
    for (const Output& output : study.outputs) header.push_back(title_of(output));
    PiecewiseCsv csv(header, sink);
    PointSettings settings(store);
    SummaryCounts counts;
    counts.inventory = store.read([&](const Record& record) {
        CsvWriter& row = csv.row().digits(std::to_string(record.point)).digits(std::to_string(record.replication));
        write_settings(settings.of(record.point), row);
        row.text(record.failure).text(record.failure.empty() ? fingerprint_text(record.fingerprint) : "");
        for (const double output : record.outputs) row.number(output);
        for (std::size_t i = record.outputs.size(); i < study.outputs.size(); ++i) row.digits("");
        csv.end_row();
    });
    csv.finish();
    return counts;
}

void SweepTable::add(const PointSummary& point, const std::function<std::string()>& settings) {
    constexpr std::size_t kMostNamed = 10;
    if (is_overloaded(study_, point) && ++overloaded_ <= kMostNamed) {
        overloaded_points_.push_back(std::to_string(point.point));
    }
    if (rows_.size() >= kMostRows) return;
    std::vector<std::string> row{std::to_string(point.point)};
    for (const SettingsJson& setting : SettingsJson::parse(settings())) row.push_back(setting_text(setting));
    for (const std::size_t i : shown_) {
        const bool is_failed = point.state == PointState::failed;
        const bool is_load = study_.outputs[i].name == kHighestLoad;
        row.push_back(is_failed ? "failed"
                      : is_load ? load_text(point.estimates[i])
                                : estimate_text(point.estimates[i]));
    }
    row.push_back(std::to_string(point.replications));
    row.push_back(point.fingerprint ? fingerprint_text(*point.fingerprint) : "-");
    rows_.push_back(std::move(row));
}

std::string SweepTable::text(const SummaryCounts& counts, const std::string& store) const {
    std::vector<Column> columns{{"point"}};
    for (const DesignParameter& parameter : study_.parameters) columns.push_back({title_of(parameter)});
    for (const std::size_t i : shown_) columns.push_back({title_of(study_.outputs[i])});
    columns.insert(columns.end(), {{"replications"}, {"trajectories"}});
    TextTable table(std::move(columns));
    for (const std::vector<std::string>& row : rows_) table.add_row(row);
    std::string text = fmt::format("{}: {} points, {} replications\nscenario {}, seed {}, corridor {}\n\n",
                                   printable(study_.fact("title")), counts.points, counts.replications,
                                   study_.fact("scenario"), study_.fact("seed"), study_.fact("corridor")) +
                       table.text();
    if (counts.points > rows_.size()) text += fmt::format("and {} more points\n", counts.points - rows_.size());
    text += "± is half of the 95 % interval.\n";
    if (overloaded_ > 0) {
        const bool are_all = overloaded_ == overloaded_points_.size();
        text += paragraph(
            fmt::format("No steady state at {} of {} points, marked ! (number {}{}): more is asked of some resource "
                        "than it has, and what waits for it grows for as long as the period; `corridor check SCENARIO "
                        "--set ...` with the settings of a point says of which",
                        overloaded_, counts.points, fmt::join(overloaded_points_, ", "), are_all ? "" : ", ..."));
    }
    if (counts.imprecise > 0) {
        text += fmt::format(
            "{} of {} points stopped at {} replications, before they were as precise as asked; raise "
            "most_replications\n",
            counts.imprecise, counts.points, study_.rule.limit());
    }
    return text + fmt::format("\nAll results: corridor export {} > points.csv\n", store);
}

}  // namespace corridor
