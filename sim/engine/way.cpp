// From one stop to the next, where there is more on the way than the run.
#include <cmath>

#include "replication.h"

namespace corridor::engine {

using model::WayElement;

namespace {

constexpr std::array<TimeUse, kWayCauses> kWayUses{TimeUse::lock, TimeUse::path, TimeUse::section, TimeUse::closure,
                                                   TimeUse::depth};

}  // namespace

/// Takes a vehicle to the next element of its way that takes time or makes it wait, or to its next stop.
void Replication::on_way(std::uint32_t index) {
    Vehicle& vehicle = vehicles_[index];
    const std::vector<WayElement>& way = way_of(vehicle);
    while (vehicle.element < way.size()) {
        const WayElement& element = way[vehicle.element];
        ++vehicle.element;
        switch (element.kind) {
            case WayElement::Kind::run:
                return run_on(index, element, vehicle.element == way.size());
            case WayElement::Kind::lock:
                return await_lock(index, element.lock, element.direction);
            case WayElement::Kind::enter:
                if (enter_section(index, element)) {
                    return;
                }
                break;
            case WayElement::Kind::leave:
                leave_section(index, element);
                break;
        }
    }
    events_.schedule(now_, EventKind::arrival, index);
}

void Replication::run_on(std::uint32_t index, const WayElement& element, bool is_last) {
    const auto part = [&](double share) {
        return to_tick(std::floor(static_cast<double>(vehicles_[index].extra) * share));
    };
    const Vehicle& vehicle = vehicles_[index];
    const Tick end = now_ + slowed(vehicle, element.time) + part(element.extra[1]) - part(element.extra[0]);
    events_.schedule(end, is_last ? EventKind::arrival : EventKind::on_way, index);
}

/// True where the vehicle has to stand aside or to ask for a section; else it has entered.
bool Replication::enter_section(std::uint32_t index, const WayElement& element) {
    if (stands_aside(index, element)) {
        return true;
    }
    if (!element.section.valid()) {
        begin_passage(index, element);
        return false;
    }
    Vehicle& vehicle = vehicles_[index];
    SectionState& section = sections_[element.section.index()];
    read_clock(section);
    for (std::size_t c = 0; c < kWayCauses; ++c) {
        vehicle.waits[c] -= section.clock[c];  // the clock when it enters is added
    }
    section.queue.push_back(index);
    tell_link(index, WayStep::awaits_section, element);
    events_.schedule(now_, EventKind::section, element.section.index());
    return true;
}

/// Whether the water is too low for a vehicle that would enter a link now: it asks again when it is deep enough, and
/// others go ahead meanwhile.
bool Replication::stands_aside(std::uint32_t index, const WayElement& element) {
    Vehicle& vehicle = vehicles_[index];
    const Tick floats = element.at_end ? floats_from(vehicle, element.link) : now_;
    if (floats <= now_) {
        if (vehicle.aside_since >= 0) {
            vehicle.waits[static_cast<std::size_t>(WayCause::depth)] += now_ - vehicle.aside_since;
            vehicle.aside_since = -1;
            tell_link(index, WayStep::floats, element);
        }
        return false;
    }
    --vehicle.element;
    if (vehicle.aside_since < 0) {
        vehicle.aside_since = now_;
        tell_link(index, WayStep::awaits_depth, element);
    }
    if (floats != kNever) {
        events_.schedule(floats, EventKind::on_way, index);
    }
    return true;
}

/// Draws what the passage of a link that a vehicle enters now takes beyond the running time.
void Replication::begin_passage(std::uint32_t index, const WayElement& element) {
    if (!element.at_end) {
        return;
    }
    const Vehicle& vehicle = vehicles_[index];
    vehicles_[index].extra = draw_extra_time(vehicle, element) + slowed(vehicle, slow_passage(element));
}

/// By trip, stop and link: whatever happens to others, or differs in a variant, a trip meets the same.
Tick Replication::draw_extra_time(const Vehicle& vehicle, const WayElement& element) const {
    const model::Link& link = model_.links[element.link];
    if (is_zero(link.extra_time)) {
        return 0;
    }
    std::uint64_t key = 0;
    std::uint64_t place = 0;
    if (vehicle.line.valid()) {
        const model::Line& line = model_.lines[vehicle.line];
        key = line.extra_stream;
        place = vehicle.stop.index() - line.first_stop.index();
    } else {
        key = model_.pools[vehicle.empty_run->from].extra_stream;
        place = stream_key("run to", model_.terminals[model_.pools[vehicle.empty_run->to].terminal].name);
    }
    for (const std::uint64_t part : {vehicle.trip, place, stream_key("link", link.name)}) {
        key = make_stream(key, part, 0)();
    }
    Stream stream = make_stream(seed_, number_, key);
    return draw(link.extra_time, stream);
}

void Replication::leave_section(std::uint32_t index, const WayElement& element) {
    if (element.section.valid()) {
        SectionState& section = sections_[element.section.index()];
        --section.inside;
        tell_link(index, WayStep::leaves_section, element);
        if (section.inside == 0 && !section.queue.empty()) {
            events_.schedule(now_, EventKind::section, element.section.index());
        }
    }
    if (element.at_end) {
        count_passage(index, element);
    }
}

void Replication::count_passage(std::uint32_t index, const WayElement& element) {
    const WayWaits waits = vehicles_[index].waits;
    vehicles_[index].waits.fill(0);
    if (!inside(model_.window, now_)) {
        return;
    }
    LinkTally& tally = tally_.links[element.link][static_cast<std::size_t>(element.direction)];
    ++tally.passages;
    Tick total = 0;
    for (std::size_t c = 0; c < kWayCauses; ++c) {
        tally.waits[c] += waits[c];
        total += waits[c];
        tell_way_wait(index, static_cast<WayCause>(c), waits[c]);
    }
    tally.wait.add(total);
}

void Replication::tell_lock(std::uint32_t index, WayStep step, Id<model::Lock> lock, model::Direction direction,
                            Tick time) const {
    if (index != kNoVehicle) {
        tell([&](Observer& observer) {
            observer.passes(index, step, {.lock = lock, .link = {}, .direction = direction}, time);
        });
    }
}

void Replication::tell_link(std::uint32_t index, WayStep step, const WayElement& element) const {
    tell([&](Observer& observer) {
        observer.passes(index, step, {.lock = {}, .link = element.link, .direction = element.direction}, now_);
    });
}

void Replication::tell_way_wait(std::uint32_t index, WayCause cause, Tick waited) {
    const TimeUse use = kWayUses[static_cast<std::size_t>(cause)];
    tell([&](Observer& observer) { observer.has_waited_on_way(index, use, waited); });
}

}  // namespace corridor::engine
