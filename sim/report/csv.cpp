#include "corridor/report/csv.h"

#include <cmath>
#include <utility>

#include "corridor/base/text.h"
#include "corridor/base/unit.h"

namespace corridor {
namespace {

constexpr std::string_view kFormulaStarts = "=+-@\t\r";

std::string safe_lines(std::string_view text) {
    std::string safe;
    while (true) {
        const std::size_t end = text.find('\n');
        safe += printable(text.substr(0, end));
        if (end == std::string_view::npos) return safe;
        safe += '\n';
        text.remove_prefix(end + 1);
    }
}

std::string quoted(std::string_view field) {
    std::string out = "\"";
    for (const char c : field) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

}  // namespace

CsvWriter::CsvWriter(const std::vector<std::string_view>& header) {
    for (const std::string_view name : header) append(name);
    end_row();
}

CsvWriter& CsvWriter::text(std::string_view field) {
    const bool is_formula = !field.empty() && kFormulaStarts.find(field.front()) != std::string_view::npos;
    append((is_formula ? "'" : "") + safe_lines(field));
    return *this;
}

CsvWriter& CsvWriter::number(double value) {
    append(std::isnan(value) ? "" : format_number(value));
    return *this;
}

CsvWriter& CsvWriter::digits(std::string_view field) {
    if (!at_row_start_) out_ += ',';
    at_row_start_ = false;
    out_ += field;
    return *this;
}

std::string CsvWriter::take() { return std::exchange(out_, {}); }

void CsvWriter::end_row() {
    out_ += '\n';
    at_row_start_ = true;
}

void CsvWriter::append(std::string_view field) {
    if (!at_row_start_) out_ += ',';
    at_row_start_ = false;
    const bool needs_quotes = field.find_first_of(",\"\n") != std::string_view::npos;
    out_ += needs_quotes ? quoted(field) : field;
}

}  // namespace corridor
