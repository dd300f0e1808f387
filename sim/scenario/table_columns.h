// The CSV tables that may stand beside a scenario, as data: reading and documentation follow them.
#pragma once

#include <string_view>
#include <vector>

#include "scenario/shape.h"

namespace corridor::scenario {

/// What the cells of a column hold.
enum class Content {
    text,
    number,      ///< a number, or a quantity with its unit
    ids,         ///< separated by semicolons
    undirected,  ///< GMNS `directed`: only false and 0, as every link can be used both ways
    ignored      ///< known, and of no use here
};

struct Column {
    std::string_view name;
    std::string_view key;  ///< what it sets in the row's table, "quay_cranes.count"
    Content content = Content::text;
    std::string_view unit = {};         ///< of numbers written without one
    std::string_view unit_column = {};  ///< the column that says it
    Presence presence = Presence::optional;
    std::string_view meaning = {};
};

/// A kind of CSV table. Its rows are entities of `kind`, or entries of the list `list_key` of one.
struct CsvTable {
    std::string_view key;        ///< in [tables]
    std::string_view kind;       ///< "terminal"
    std::string_view id_column;  ///< names the entity
    std::string_view list_key = {};
    std::vector<Column> columns;
};

const CsvTable& sources_table();
const CsvTable& terminals_table();
const CsvTable& links_table();
const CsvTable& demand_table();
const CsvTable& calendar_table();
const CsvTable& timetable_table();
const CsvTable& releases_table();

/// All of them, in the order of the documentation.
std::vector<const CsvTable*> csv_tables();

}  // namespace corridor::scenario
