#include <fmt/format.h>
#include <xlsxwriter.h>

#include <cerrno>
#include <cmath>
#include <memory>
#include <new>
#include <system_error>

#include "corridor/base/text.h"
#include "corridor/report/sweep_report.h"
#include "report/sweep_rows.h"

namespace corridor {
namespace {

using report::SettingsJson;

// A workbook whose rows go to disk as they are written. Texts are never formulas.
class Workbook {
  public:
    explicit Workbook(const std::string& path) : path_(path) {
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        book_.reset(workbook_new_opt(path.c_str(), &options));
        if (book_ == nullptr) throw std::bad_alloc();
        // The first day that a ZIP file can name: the same results are the same bytes.
        lxw_doc_properties properties{};
        properties.created = 315'532'800;
        workbook_set_properties(book_.get(), &properties);
        bold_ = workbook_add_format(book_.get());
        format_set_bold(bold_);
    }

    void start_sheet(const char* name) {
        sheet_ = workbook_add_worksheet(book_.get(), name);
        row_ = 0;
        column_ = 0;
    }

    Workbook& text(std::string_view text) {
        if (!text.empty()) worksheet_write_string(sheet_, row_, column_, printable(text).c_str(), format_);
        ++column_;
        return *this;
    }
    Workbook& number(double value) {
        if (std::isfinite(value)) worksheet_write_number(sheet_, row_, column_, value, format_);
        ++column_;
        return *this;
    }
    void end_row() {
        ++row_;
        column_ = 0;
    }

    void write_titles(const std::vector<std::string>& titles) {
        constexpr double kWidth = 14;
        worksheet_set_column(sheet_, 0, static_cast<lxw_col_t>(titles.size() - 1), kWidth, nullptr);
        worksheet_freeze_panes(sheet_, 1, 0);
        worksheet_set_landscape(sheet_);
        format_ = bold_;
        for (const std::string& title : titles) text(title);
        end_row();
        format_ = nullptr;
    }

    void close() {
        errno = 0;
        const lxw_error failure = workbook_close(book_.release());
        if (failure == LXW_NO_ERROR) return;
        throw std::system_error(errno != 0 ? errno : EIO, std::generic_category(),
                                fmt::format("cannot write '{}' ({})", path_, lxw_strerror(failure)));
    }

  private:
    struct Closer {
        void operator()(lxw_workbook* book) const { workbook_close(book); }
    };
    std::string path_;
    std::unique_ptr<lxw_workbook, Closer> book_;
    lxw_worksheet* sheet_ = nullptr;
    lxw_format* bold_ = nullptr;
    lxw_format* format_ = nullptr;
    lxw_row_t row_ = 0;
    lxw_col_t column_ = 0;
};

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
            book.end_row();
        }
    });
    write_study(study, book);
    book.close();
    return counts;
}

}  // namespace corridor
