// CSV as in RFC 4180, safe to open in a spreadsheet.
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace corridor {

/// What `number` writes as an empty field.
inline constexpr double kEmptyCell = std::numeric_limits<double>::quiet_NaN();

/// Builds a file row by row. Fields are quoted where they need it; lines end with a single line feed.
class CsvWriter {
  public:
    explicit CsvWriter(const std::vector<std::string_view>& header);

    /// A text that a spreadsheet would take for a formula (it begins with = + - @ or a tab) gets an apostrophe in
    /// front. Characters that could steer a terminal are written escaped; line feeds are kept.
    CsvWriter& text(std::string_view field);

    /// Shortest form that reads back as exactly `value`; an empty field for NaN, as `kEmptyCell`.
    CsvWriter& number(double value);

    /// A number that is written already; nothing in it needs quotes.
    CsvWriter& digits(std::string_view field);

    void end_row();

    /// What was written since it was taken last: a long file is passed on in pieces.
    std::string take();

    const std::string& str() const { return out_; }

  private:
    void append(std::string_view field);

    std::string out_;
    bool at_row_start_ = true;
};

}  // namespace corridor
