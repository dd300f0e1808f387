// A CSV file as one of the tables the language knows: its columns found, its rows as tables of the tree.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/csv.h"
#include "scenario/findings.h"
#include "scenario/node.h"
#include "scenario/table_columns.h"
#include "scenario/texts.h"

namespace corridor::scenario {

class Sheet {
  public:
    /// Reads the text with number `text` as a table of the kind `table`, which must outlive the sheet. Reports columns
    /// that are missing, doubled or unknown; there is no sheet then.
    static std::optional<Sheet> read(const Texts& texts, std::uint32_t text, const CsvTable& table, Findings& findings);

    const CsvTable& table() const { return *table_; }
    const std::vector<CsvRow>& rows() const { return csv_.rows; }

    /// The field of a row in the column called so; nullptr where the file does not have the column.
    const CsvField* field(const CsvRow& row, std::string_view column) const;

    /// What a row says, as a table; `path` names it in messages. Empty fields say nothing.
    Node read_row(const CsvRow& row, const std::string& path, Findings& findings) const;

  private:
    bool match_columns(Findings& findings);
    void report_unknown_column(const CsvField& name, Findings& findings);
    bool check_missing(std::uint32_t text, Findings& findings) const;
    std::optional<Node> read_cell(const CsvRow& row, std::size_t i, const std::string& path, Findings& findings) const;
    Node read_number(const CsvRow& row, std::size_t i) const;
    std::string_view unit_of(const CsvRow& row, const Column& column) const;

    const CsvTable* table_ = nullptr;
    Csv csv_;
    std::vector<const Column*> columns_;                 ///< of each field
    std::map<std::string_view, std::size_t> positions_;  ///< of the columns that are there
    std::set<std::string_view> misspelt_;                ///< columns that unknown ones are probably meant to be
};

/// Adds what `more` says to `table`, keys of tables one by one; reports, with both places, what both say.
void join(Table& table, Table&& more, const std::string& path, Findings& findings);

}  // namespace corridor::scenario
