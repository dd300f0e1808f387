#include "report/workbook.h"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <cerrno>
#include <cmath>
#include <new>
#include <system_error>

#include "corridor/base/text.h"

namespace corridor::report {

void Workbook::Closer::operator()(lxw_workbook* book) const { workbook_close(book); }

Workbook::Workbook(const std::string& path) : path_(path) {
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

void Workbook::start_sheet(const std::string& name) {
    sheet_ = workbook_add_worksheet(book_.get(), name.c_str());
    sheet_name_ = name;
    row_ = 0;
    column_ = 0;
}

void Workbook::write_titles(const std::vector<std::string>& titles) {
    constexpr double kWidth = 14;
    worksheet_set_column(sheet_, 0, static_cast<lxw_col_t>(titles.size() - 1), kWidth, nullptr);
    worksheet_freeze_panes(sheet_, 1, 0);
    worksheet_set_landscape(sheet_);
    format_ = bold_;
    for (const std::string& title : titles) text(title);
    end_row();
    format_ = nullptr;
}

Workbook& Workbook::text(std::string_view text) {
    if (!text.empty()) worksheet_write_string(sheet_, row_, column_, printable(text).c_str(), format_);
    ++column_;
    return *this;
}

Workbook& Workbook::number(double value) {
    if (std::isfinite(value)) worksheet_write_number(sheet_, row_, column_, value, format_);
    ++column_;
    return *this;
}

void Workbook::end_row() {
    ++row_;
    column_ = 0;
}

void Workbook::add_chart(Chart kind, const std::string& title, const std::vector<std::size_t>& values) {
    if (row_ < 2) return;
    const std::uint8_t type = kind == Chart::bars ? LXW_CHART_BAR : LXW_CHART_LINE;
    lxw_chart* const chart = workbook_add_chart(book_.get(), type);
    for (const std::size_t value : values) {
        const auto column = static_cast<lxw_col_t>(value);
        lxw_chart_series* const series = chart_add_series(chart, nullptr, nullptr);
        chart_series_set_categories(series, sheet_name_.c_str(), 1, 0, row_ - 1, 0);
        chart_series_set_values(series, sheet_name_.c_str(), 1, column, row_ - 1, column);
        chart_series_set_name_range(series, sheet_name_.c_str(), 0, column);
    }
    chart_title_set_name(chart, title.c_str());
    constexpr lxw_row_t kGap = 2;
    lxw_chart_options options{};
    options.x_scale = 1.6;
    options.y_scale = 1.6;
    worksheet_insert_chart_opt(sheet_, row_ + kGap, 0, chart, &options);
}

void Workbook::close() {
    errno = 0;
    const lxw_error failure = workbook_close(book_.release());
    if (failure == LXW_NO_ERROR) return;
    throw std::system_error(errno != 0 ? errno : EIO, std::generic_category(),
                            fmt::format("cannot write '{}' ({})", path_, lxw_strerror(failure)));
}

}  // namespace corridor::report
