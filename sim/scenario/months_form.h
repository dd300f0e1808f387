// A number for each of several months: { 2020-01 = 0.9, 2020-02 = 0.52 }.
#pragma once

#include <map>
#include <optional>
#include <string_view>

#include "scenario/quantity_form.h"

namespace corridor::scenario {

/// By month, key year * 12 + month - 1.
struct MonthsForm {
    using Value = std::map<int, Param>;
    QuantityForm each;
    std::string_view example;

    Shape shape() const { return {.kind = Shape::Kind::by_month, .parts = {each.shape()}}; }
    std::optional<Value> read(Reader& reader, const Item& item) const;
};

}  // namespace corridor::scenario
