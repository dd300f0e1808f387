#include "corridor/study/comparison.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>
#include <tuple>

#include "corridor/model/balance.h"
#include "corridor/study/estimate.h"
#include "corridor/study/sample.h"

namespace corridor {
namespace {

using model::Model;
using scenario::Reported;
using scenario::Scenario;

using Services = std::set<Id<model::Service>>;

// Whether `subject` is `entity` or a part of it ("service.a.forward" of "service.a").
bool belongs_to(std::string_view subject, std::string_view entity) {
    return subject.starts_with(entity) && (subject.size() == entity.size() || subject[entity.size()] == '.');
}

// Services one of whose stops is as asked.
template <class Wanted>
void add_by_stop(const Model& model, Services& services, const Wanted& is_wanted) {
    for (const model::Stop& stop : model.stops) {
        if (is_wanted(stop)) services.insert(model.lines[stop.line].service);
    }
}

void add_services(const Model& model, std::string_view subject, Services& services) {
    for (std::size_t i = 0; i < model.services.size(); ++i) {
        const bool is_it = belongs_to(subject, model::subject(model.services.items()[i]));
        if (is_it || subject == "total") services.emplace(i);
    }
    add_by_stop(model, services, [&](const model::Stop& stop) {
        return belongs_to(subject, model::subject(model.terminals[stop.terminal])) ||
               std::ranges::any_of(stop.hop.links, [&](const model::LinkUse& use) {
                   return belongs_to(subject, model::subject(model.links[use.link]));
               });
    });
    for (const model::Leg& leg : model.legs) {
        if (!belongs_to(subject, model::subject(model.demands[leg.demand]))) continue;
        services.insert(model.lines[leg.line].service);
    }
}

double sum_over(const Model& model, const MeasureCatalog& catalog, const std::vector<Id<model::Service>>& services,
                std::string_view measure, const StudyResult& study) {
    double sum = 0;
    for (const Id<model::Service> service : services) {
        const auto position = catalog.find(measure, model::subject(model.services[service]));
        if (position && study.measures[*position].samples() > 0) sum += study.measures[*position].mean();
    }
    return sum;
}

double capacity_bound_share(const Model& model, const MeasureCatalog& catalog, const ReadingTarget& target,
                            const StudyResult& study) {
    const std::vector<Id<model::Service>> services = services_concerned(model, target.subjects);
    const double boarded = sum_over(model, catalog, services, "containers_boarded", study);
    return boarded > 0 ? sum_over(model, catalog, services, "containers_rolled", study) / boarded : kNaN;
}

// NaN where plain arithmetic has no value for one of the subjects.
double naive_sum(const Model& model, const ReadingTarget& target) {
    double sum = 0;
    for (const std::string& subject : target.subjects) {
        sum += model::naive(model, target.measure, subject).value_or(kNaN);
    }
    return sum * target.factor;
}

void add_prior(ComparisonRow& row, const std::vector<double>& draws) {
    const SortedSample sample(draws);
    row.percentile = 100 * sample.rank_of(row.reported);
    if (sample.empty()) return;
    row.prior = PriorSummary{.median = sample.quantile(0.5),
                             .interval90 = {.low = sample.quantile(0.05), .high = sample.quantile(0.95)}};
}

ComparisonRow row_of(const Scenario& scenario, const scenario::Values& stated, const ReadingTarget& target) {
    const Reported& figure = scenario.reported[target.figure];
    const scenario::Reading& reading = figure.readings[target.reading];
    ComparisonRow row;
    row.figure = figure.id;
    row.figure_name = figure.name;
    row.reading = reading.id;
    row.reading_name = reading.name;
    row.unit = target.unit;
    row.reported = stated[figure.value];
    row.use = figure.use;
    row.measure = target.measure;
    row.subjects = target.subjects;
    for (const Id<scenario::Source> source : figure.sources) row.sources.push_back(scenario.sources[source].id);
    return row;
}

}  // namespace

std::vector<Id<model::Service>> services_concerned(const Model& model, const std::vector<std::string>& subjects) {
    Services services;
    for (const std::string& subject : subjects) add_services(model, subject, services);
    return {services.begin(), services.end()};
}

std::vector<ComparisonRow> compare(const Scenario& scenario, const Model& model, const MeasureCatalog& catalog,
                                   const std::vector<ReadingTarget>& targets, const StudyResult& study,
                                   const PriorResult& prior) {
    const scenario::Values stated = scenario::stated_values(scenario.quantities);
    const std::vector<std::size_t> written = positions_in_file(scenario, targets);
    std::vector<ComparisonRow> rows;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        ComparisonRow row = row_of(scenario, stated, targets[i]);
        row.simulated = study.headlines[i];
        row.naive = naive_sum(model, targets[i]);
        row.ratio = row.reported != 0 ? row.simulated.mean() / row.reported : kNaN;
        row.capacity_bound_share = capacity_bound_share(model, catalog, targets[i], study);
        add_prior(row, prior.values[i]);
        row.conclusion = conclude(row);
        row.position = written[i];
        rows.push_back(std::move(row));
    }
    std::ranges::sort(rows, {}, [](const ComparisonRow& row) { return std::tie(row.figure, row.reading); });
    return rows;
}

}  // namespace corridor
