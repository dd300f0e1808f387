// The subject of a measure, taken apart: "service.yibin-guoyuan.forward.2020-01".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/model/model.h"

namespace corridor::model {

struct Subject {
    std::string_view kind;  ///< "total", "service", "link", "terminal", "demand"
    std::string_view id;    ///< empty for "total"
    std::optional<Direction> direction;
    std::optional<bool> empty;  ///< "laden", "empty"
    std::optional<Window> month;
    std::optional<Mode> facility;  ///< "quay", "rail"
    Id<Terminal> terminal;         ///< of a boarding stop
    std::size_t call = 0;          ///< there, from 1, where a service calls repeatedly; else 0
    Id<Demand> demand;             ///< of a link
};

/// Nothing where a part is not known to the model.
std::optional<Subject> parse_subject(const Model& model, std::string_view text);

/// The stops of a line at which containers board: all but the last.
std::vector<Id<Stop>> boarding_stops(const Line& line);

/// The subject of what is measured at a boarding stop: "service.ID.forward" where only one stop of the service boards
/// in that direction, else with the terminal's id, and the number of the call where there are several.
std::string boarding_subject(const Model& model, Id<Stop> stop);

/// "20 ft"
std::string_view size_name(BoxSize size);

/// "terminal.guoyuan.quay"
std::string facility_subject(const Model& model, const Facility& facility);

/// Entity of a table by its id in the scenario; invalid where there is none.
template <class T>
Id<T> find_id(const IdVector<T>& table, std::string_view id) {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (table[Id<T>{i}].id == id) return Id<T>{i};
    }
    return {};
}

}  // namespace corridor::model
