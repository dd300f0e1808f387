// Tables for a terminal, and how numbers look in them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corridor/study/estimate.h"

namespace corridor {

enum class Align { left, right };

struct Column {
    std::string title;
    Align align = Align::right;
};

/// Rows of text in columns, aligned by how wide a terminal shows them (Chinese characters take two columns). What could
/// steer a terminal is shown escaped. Lines have no trailing blanks.
class TextTable {
  public:
    explicit TextTable(std::vector<Column> columns);

    /// As many cells as there are columns.
    void add_row(std::vector<std::string> cells);

    bool empty() const { return rows_.empty(); }
    std::string text() const;

  private:
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

/// `text` in lines of at most 100 columns where its words allow, indented by two, further lines by four.
std::string paragraph(std::string_view text);

/// At most `digits` significant digits, never fewer than the whole part has, no exponent below 1e15; "-" for NaN.
std::string number_text(double value, int digits = 5);

/// "15912 ± 84": the mean and the half-width of its 95 % interval, to two digits of the latter. The mean alone where
/// all samples agree; "7 (no interval)" for a single sample; "-" without samples.
std::string estimate_text(const Estimate& estimate);

}  // namespace corridor
