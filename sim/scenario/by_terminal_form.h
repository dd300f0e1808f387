// Numbers that are given for terminals, each named by its id: { luzhou = "20 TEU" }.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenario/quantity_form.h"

namespace corridor::scenario {

struct ByTerminalForm {
    using Value = std::vector<AtTerminal>;
    QuantityForm form;
    std::string_view example;

    Shape shape() const { return {.kind = Shape::Kind::by_id, .parts = {form.shape()}}; }
    std::optional<Value> read(Reader& reader, const Item& item) const;
};

}  // namespace corridor::scenario
