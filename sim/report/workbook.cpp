#include "report/workbook.h"

#include <fmt/format.h>
#include <minizip/unzip.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <filesystem>
#include <memory>
#include <new>
#include <system_error>

#include "corridor/base/text.h"

namespace corridor::report {
namespace {

constexpr std::string_view kCell = "<c r=\"";

struct Unzipped {
    void operator()(void* package) const { unzClose(package); }
};

struct Part {
    std::uint64_t cells = 0;
    bool is_whole = false;
};

// The open part of a package, an XML document, read through.
Part read_part(void* package) {
    constexpr std::size_t kChunk = 65'536;
    std::string chunk(kChunk, '\0');
    std::string text;  // the part's beginning, then its end
    std::string end_of_root;
    Part part;
    int size = 0;
    while ((size = unzReadCurrentFile(package, chunk.data(), kChunk)) > 0) {
        text.append(chunk, 0, static_cast<std::size_t>(size));
        if (end_of_root.empty()) {
            const std::size_t declared = text.find("?>");
            const std::size_t root = text.find('<', declared == std::string::npos ? 0 : declared);
            if (root == std::string::npos) return {};
            end_of_root = fmt::format("</{}>", text.substr(root + 1, text.find_first_of(" >", root) - root - 1));
        }
        for (std::size_t at = text.find(kCell); at != std::string::npos; at = text.find(kCell, at + 1)) ++part.cells;
        // What may begin a cell, or be the end; no cell fits in.
        const std::size_t kept = std::max(kCell.size() - 1, end_of_root.size() + 1);
        if (text.size() > kept) text.erase(0, text.size() - kept);
        if (const std::size_t cell = text.find(kCell); cell != std::string::npos) text.erase(0, cell + 1);
    }
    while (text.ends_with('\n')) text.pop_back();
    part.is_whole = size == 0 && !end_of_root.empty() && text.ends_with(end_of_root);
    return part;
}

// A cell holds so many units of UTF-16; a longer text would have no cell at all.
std::string as_cell(std::string text) {
    constexpr std::size_t kMost = 32'767;
    if (text.size() <= kMost) return text;
    constexpr std::string_view kMore = "...";
    std::size_t units = 0;
    std::size_t end = 0;  // of what stays, if some has to go
    for (std::size_t at = 0; at < text.size() && units <= kMost;) {
        const Character next = first_character(std::string_view(text).substr(at));
        units += next.code_point < 0x10000 ? 1 : 2;
        at += next.bytes;
        if (units + kMore.size() <= kMost) end = at;
    }
    return units <= kMost ? text : text.replace(end, std::string::npos, kMore);
}

}  // namespace

void Workbook::Closer::operator()(lxw_workbook* book) const { workbook_close(book); }

Workbook::Workbook(const std::string& path)
    : path_(path), folder_(std::filesystem::absolute(path).parent_path().string()) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder_.data();
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
    if (!text.empty()) {
        worksheet_write_string(sheet_, row_, column_, as_cell(printable(text)).c_str(), format_);
        ++cells_;
    }
    ++column_;
    return *this;
}

Workbook& Workbook::number(double value) {
    if (std::isfinite(value)) {
        worksheet_write_number(sheet_, row_, column_, value, format_);
        ++cells_;
    }
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
    if (failure != LXW_NO_ERROR) {
        const int error = errno != 0 ? errno : EIO;
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
        throw std::system_error(error, std::generic_category(),
                                fmt::format("cannot write '{}' ({})", path_, lxw_strerror(failure)));
    }
    check_whole();
}

// libxlsxwriter does not look whether its own files could be written, and packs what there is of them.
void Workbook::check_whole() const {
    const std::unique_ptr<void, Unzipped> package(unzOpen64(path_.c_str()));
    bool is_whole = package != nullptr && unzGoToFirstFile(package.get()) == UNZ_OK;
    std::uint64_t cells = 0;
    for (int code = UNZ_OK; is_whole && code == UNZ_OK; code = unzGoToNextFile(package.get())) {
        is_whole = unzOpenCurrentFile(package.get()) == UNZ_OK;
        const Part part = read_part(package.get());
        is_whole = unzCloseCurrentFile(package.get()) == UNZ_OK && is_whole && part.is_whole;
        cells += part.cells;
    }
    if (is_whole && cells == cells_) return;
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
    throw std::system_error(
        EIO, std::generic_category(),
        fmt::format("cannot write '{}', of which {} of {} cells arrived (is its disk full?)", path_, cells, cells_));
}

}  // namespace corridor::report
