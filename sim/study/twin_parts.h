// The parts of the analytic twin, one file each. Every part appends its rows.
#pragma once

#include <string>
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

void add_crane_rows(std::vector<TheoryRow>& rows, const model::Model& model,
                    const IdVector<model::Facility, Station>& stations);
void add_berth_rows(std::vector<TheoryRow>& rows, const model::Model& model, const model::Traffic& traffic);
void add_departure_rows(std::vector<TheoryRow>& rows, const model::Model& model, const model::Traffic& traffic);
void add_tug_rows(std::vector<TheoryRow>& rows, const model::Model& model, const model::Traffic& traffic);
void add_lock_rows(std::vector<TheoryRow>& rows, const model::Model& model, const model::Traffic& traffic);
void add_fleet_rows(std::vector<TheoryRow>& rows, const model::Model& model, const model::Traffic& traffic);

}  // namespace corridor::study
