#include "corridor/report/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "corridor/base/contract.h"
#include "corridor/base/text.h"

namespace corridor {
namespace {

constexpr std::string_view kGap = "  ";

std::string padded(const std::string& cell, std::size_t width, Align align) {
    const std::string blanks(width - std::min(width, display_width(cell)), ' ');
    return align == Align::left ? cell + blanks : blanks + cell;
}

void append_line(std::string& out, const std::vector<Column>& columns, const std::vector<std::size_t>& widths,
                 const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) line += kGap;
        line += padded(cells[i], widths[i], columns[i].align);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
}

// "1.50" as "1.5", "2.00" as "2".
std::string without_trailing_zeros(std::string number) {
    if (number.find('.') == std::string::npos) return number;
    number.erase(number.find_last_not_of('0') + 1);
    if (number.ends_with('.')) number.pop_back();
    return number == "-0" ? "0" : number;
}

// Decimals that show two digits of a positive number.
int decimals_for(double half_width) {
    return std::clamp(1 - static_cast<int>(std::floor(std::log10(half_width))), 0, 9);
}

}  // namespace

TextTable::TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

void TextTable::add_row(std::vector<std::string> cells) {
    expects(cells.size() == columns_.size(), "a row has as many cells as the table has columns");
    std::ranges::transform(cells, cells.begin(), [](const std::string& cell) { return printable(cell); });
    rows_.push_back(std::move(cells));
}

std::string TextTable::text() const {
    std::vector<std::string> titles;
    std::vector<std::size_t> widths;
    for (const Column& column : columns_) {
        titles.push_back(column.title);
        widths.push_back(display_width(column.title));
    }
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
    }
    std::string out;
    append_line(out, columns_, widths, titles);
    for (const auto& row : rows_) append_line(out, columns_, widths, row);
    return out;
}

std::string paragraph(std::string_view text) {
    constexpr std::size_t kWidth = 100;
    std::string out;
    std::string line = "  ";
    for (bool is_first = true; !text.empty(); is_first = false) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string word = printable(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!is_first && display_width(line) + 1 + display_width(word) > kWidth) {
            out += line + '\n';
            line = "    " + word;
        } else {
            line += (is_first ? "" : " ") + word;
        }
    }
    return out + line + '\n';
}

std::string number_text(double value, int digits) {
    if (std::isnan(value)) return "-";
    if (value == 0) return "0";
    const int magnitude = static_cast<int>(std::floor(std::log10(std::abs(value))));
    if (magnitude >= 15) return fmt::format("{:.{}g}", value, digits);
    return without_trailing_zeros(fmt::format("{:.{}f}", value, std::clamp(digits - 1 - magnitude, 0, 12)));
}

std::string estimate_text(const Estimate& estimate) {
    if (estimate.samples() == 0) return "-";
    const std::optional<double> half = estimate.half_width();
    if (!half) return number_text(estimate.mean()) + " (no interval)";
    // A spread that is rounding alone is none.
    constexpr double kRounding = 1e-9;
    if (*half <= kRounding * std::abs(estimate.mean())) return number_text(estimate.mean());
    const int decimals = decimals_for(*half);
    return fmt::format("{:.{}f} ± {:.{}f}", estimate.mean(), decimals, *half, decimals);
}

}  // namespace corridor
