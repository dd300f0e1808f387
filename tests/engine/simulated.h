// A scenario text, simulated once, and what came out of it.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "corridor/base/diagnostic.h"
#include "corridor/engine/simulator.h"
#include "corridor/model/compile.h"
#include "corridor/scenario/reader.h"

namespace corridor {

class Simulated {
  public:
    explicit Simulated(const std::string& text, std::uint64_t seed = 1, std::uint64_t replication = 0,
                       Details details = {})
        : model_(compiled(text)),
          catalog_(measure_catalog(model_, details)),
          outcome_(Simulator(model_, catalog_).run(seed, replication)) {
        REQUIRE_MESSAGE(outcome_.status.state == RunState::complete, outcome_.status.reason);
    }

    double operator()(const std::string& measure, const std::string& subject) const {
        const auto position = catalog_.find(measure, subject);
        REQUIRE_MESSAGE(position.has_value(), measure << ' ' << subject);
        return outcome_.measures[*position];
    }
    const Outcome& outcome() const { return outcome_; }
    const model::Model& model() const { return model_; }

  private:
    static model::Model compiled(const std::string& text) {
        const auto scenario = scenario::parse_scenario(text);
        REQUIRE_MESSAGE(scenario.ok(), render(scenario.diagnostics()));
        auto model = model::compile(scenario.value(), stated_values(scenario.value().quantities));
        REQUIRE_MESSAGE(model.ok(), render(model.diagnostics()));
        return std::move(model).value();
    }

    model::Model model_;
    MeasureCatalog catalog_;
    Outcome outcome_;
};

/// Two terminals, a and b, on a river: ten hours down, without handling times. January 2020.
inline std::string river(const std::string& rest, const std::string& capacity = "100 TEU") {
    return R"(
[period]
start = 2020-01-01
end = 2020-02-01
[terminal.a]
quay_cranes = "unlimited"
[terminal.b]
quay_cranes = "unlimited"
[link.a-b]
mode = "waterway"
from = "a"
to = "b"
length = "100 km"
speed = "10 km/h"
[vehicle.barge]
mode = "waterway"
capacity = ")" +
           capacity + "\"\n" + rest;
}

/// A third terminal, c, ten hours further down.
inline const std::string kBeyond = R"([terminal.c]
quay_cranes = "unlimited"
[link.b-c]
mode = "waterway"
from = "b"
to = "c"
length = "100 km"
speed = "10 km/h"
)";

/// One-way departures of "barge" from a to b.
inline std::string departures(const std::string& how, const std::string& more = "") {
    return "[service.line]\nroute = [\"a\", \"b\"]\ndirections = \"one-way\"\nvehicle = \"barge\"\ndepartures = " +
           how + "\n" + more + "\n";
}

/// Containers that appear at a, for b, when told.
inline std::string listed(const std::string& releases, const std::string& more = "") {
    return "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nrelease = \"listed\"\nreleases = [" + releases + "]\n" + more +
           "\n";
}

/// A minute of the first of January, "07:30".
inline std::string at(const std::string& time) { return "2020-01-01T" + time + ":00"; }

/// One of the listed releases, at a second of the first of January, "07:30:00".
inline std::string boxes_at(const std::string& time, int containers = 1) {
    return "{ time = 2020-01-01T" + time + ", containers = " + std::to_string(containers) + " }, ";
}

inline constexpr double kMinute = 1.0 / 60.0;  ///< h

}  // namespace corridor
