// The parts of the analytic twin, one file each. Every part appends its rows.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "corridor/model/model.h"
#include "corridor/study/twin.h"
#include "model/traffic.h"
#include "study/stations.h"

namespace corridor::study {

/// What a theory says of one service point.
struct TheoreticalWait {
    double hours = 0.0;
    std::string_view method;
    Standing standing = Standing::approximation;
};

/// A law of durations in hours.
Moments moments_in_hours(const DurationLaw& law);

/// The shares of the static balance, by what is measured, or else by what they are of.
class Loads {
  public:
    explicit Loads(const std::vector<model::Load>& loads);

    /// 0 where the resource is not limited.
    double of(model::Resource resource, const std::string& subject) const;

  private:
    std::map<std::pair<model::Resource, std::string>, double> shares_;
};

/// What all parts go by.
struct Basis {
    const model::Model& model;
    const model::Traffic& traffic;
    Loads loads;
};

void add_crane_rows(std::vector<TheoryRow>& rows, const Basis& basis);
void add_berth_rows(std::vector<TheoryRow>& rows, const Basis& basis);
void add_departure_rows(std::vector<TheoryRow>& rows, const Basis& basis);
void add_tug_rows(std::vector<TheoryRow>& rows, const Basis& basis);
void add_link_rows(std::vector<TheoryRow>& rows, const Basis& basis);
void add_lock_rows(std::vector<TheoryRow>& rows, const Basis& basis);
void add_fleet_rows(std::vector<TheoryRow>& rows, const Basis& basis);

}  // namespace corridor::study
