#include <cmath>

#include "corridor/report/sweep_report.h"
#include "report/sweep_rows.h"
#include "report/workbook.h"

namespace corridor {
namespace {

using report::SettingsJson;
using report::Workbook;

void write_setting(const SettingsJson& setting, Workbook& book) {
    if (setting.is_number()) {
        book.number(setting.get<double>());
    } else {
        book.text(setting.is_string() ? setting.get<std::string>() : "");
    }
}

void write_study(const StoreStudy& study, Workbook& book) {
    book.start_sheet("Study");
    book.write_titles({"about", "value"});
    book.text("title").text(study.fact("title")).end_row();
    for (const StoreFact& fact : study.identity) book.text(fact.name).text(fact.value).end_row();
}

}  // namespace

std::optional<SummaryCounts> write_points_xlsx(StoreReader& store, const std::string& path) {
    const StoreStudy& study = store.study();
    const std::uint64_t rows = study.points * study.outputs.size() + 1;
    if (rows > kMostSheetRows) return std::nullopt;
    Workbook book(path);
    book.start_sheet("Points");
    book.write_titles(report::point_row_titles(study));
    report::PointSettings settings(store);
    const auto read = [&store](const std::function<void(const Record&)>& take) { return store.read(take); };
    const SummaryCounts counts = summarise(study, read, [&](const PointSummary& point) {
        for (std::size_t i = 0; i < study.outputs.size(); ++i) {
            const Estimate& estimate = point.estimates[i];
            const auto interval = estimate.interval95();
            book.number(static_cast<double>(point.point));
            for (const SettingsJson& setting : settings.of(point.point)) write_setting(setting, book);
            book.text(study.outputs[i].name).text(study.outputs[i].subject).text(study.outputs[i].unit);
            book.number(estimate.mean()).number(interval ? interval->low : std::nan(""));
            book.number(interval ? interval->high : std::nan("")).number(estimate.sd());
            book.number(static_cast<double>(estimate.samples())).text(label(point.state)).text(point.failure);
            book.text(report::fingerprint_cell(point)).end_row();
        }
    });
    write_study(study, book);
    book.close();
    return counts;
}

}  // namespace corridor
