// CSV text to rows of fields with their places.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenario/findings.h"
#include "scenario/node.h"
#include "scenario/texts.h"

namespace corridor::scenario {

struct CsvField {
    std::string text;
    Place place;
};
using CsvRow = std::vector<CsvField>;

struct Csv {
    CsvRow header;
    std::vector<CsvRow> rows;  ///< each as long as the header
};

/// Parses the text with number `text` (RFC 4180). The header tells whether commas, semicolons or tabs separate the
/// fields; blank lines are skipped. Reports stray and open quotes and rows that are not as long as the header; these
/// rows are left out. Nothing is returned where there is no header or the text cannot be read on.
std::optional<Csv> parse_csv(const Texts& texts, std::uint32_t text, Findings& findings);

}  // namespace corridor::scenario
