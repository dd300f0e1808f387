// Spreadsheets, by libxlsxwriter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct lxw_workbook;
struct lxw_worksheet;
struct lxw_format;

namespace corridor::report {

/// A workbook whose rows go to disk as they are written, into nameless files in its folder. Texts are never formulas.
/// Throws std::system_error where it cannot be written.
class Workbook {
  public:
    explicit Workbook(const std::string& path);

    void start_sheet(const std::string& name);

    /// A bold row that stays in view.
    void write_titles(const std::vector<std::string>& titles);

    Workbook& text(std::string_view text);
    Workbook& number(double value);  ///< an empty cell where it is not finite
    void end_row();

    /// A chart below the rows of the sheet: each of the columns `values` over the column of names, the first of all;
    /// rows count from 1, after the titles.
    enum class Chart { bars, lines };
    void add_chart(Chart kind, const std::string& title, const std::vector<std::size_t>& values);

    void close();

  private:
    struct Closer {
        void operator()(lxw_workbook* book) const;
    };
    void check_whole() const;

    std::string path_;
    std::string folder_;  // libxlsxwriter keeps the pointer
    std::uint64_t cells_ = 0;
    std::unique_ptr<lxw_workbook, Closer> book_;
    lxw_worksheet* sheet_ = nullptr;
    std::string sheet_name_;
    lxw_format* bold_ = nullptr;
    lxw_format* format_ = nullptr;
    std::uint32_t row_ = 0;
    std::uint16_t column_ = 0;
};

}  // namespace corridor::report
