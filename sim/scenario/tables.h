// CSV tables as another way to write a scenario: their rows become a part of the tree of the file that names them.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "scenario/findings.h"
#include "scenario/node.h"
#include "scenario/sheet.h"
#include "scenario/texts.h"

namespace corridor::scenario {

/// Opens the file that a node of the tree names, and returns the number of its text; reports where it cannot.
using OpenFile = std::function<std::optional<std::uint32_t>(const Node& name, const std::string& path)>;

/// Replaces the names of CSV files in a tree by what the files say. A field that the tree and a table both give is an
/// error.
class TableExpander {
  public:
    TableExpander(const Texts& texts, Findings& findings, OpenFile open)
        : texts_(texts), findings_(findings), open_(std::move(open)) {}

    /// `base` is the tree that `tree` extends, whose entities rows may refer to; nullptr where there is none.
    void expand(Node& tree, const Node* base);

  private:
    /// Lists of one file by the entity they belong to; of a timetable one for each direction.
    using Lists = std::map<std::string, Node>;
    using ListsByDirection = std::array<Lists, 2>;

    std::optional<Sheet> open_sheet(const Node& name, const std::string& path, const CsvTable& table);
    ListsByDirection& open_lists(const Node& name, const std::string& path, const CsvTable& table);
    ListsByDirection group_rows(const Sheet& sheet);

    void add_file(const Node& name, const CsvTable& table);
    void add_entities(const Sheet& sheet);
    void add_lists(ListsByDirection& lists, const CsvTable& table);
    void expand_service(const std::string& id, Table& service);
    void expand_demand(const std::string& id, Table& demand);

    Table& entities(std::string_view kind);
    Table* find_entity(std::string_view kind, const std::string& id, Place place);

    const Texts& texts_;
    Findings& findings_;
    OpenFile open_;
    Table* tree_ = nullptr;
    const Node* base_ = nullptr;
    Table nowhere_;
    std::map<std::string, ListsByDirection> lists_;  ///< by the name of the file
};

}  // namespace corridor::scenario
