// Stocks of empty containers: who takes one or waits for one, what comes back, and what is sent where it is missing.
#include <algorithm>
#include <cmath>

#include "corridor/network/cheapest_flow.h"
#include "model/traffic.h"
#include "replication.h"

namespace corridor::engine {
namespace {

std::size_t size_of(const model::BoxClass& box_class) { return static_cast<std::size_t>(box_class.size); }

}  // namespace

/// A container has been asked for at its origin: it is one of the empties at hand, or waits for one in its turn.
void Replication::ask_empty(Id<model::Demand> id, Box box) {
    const model::Demand& demand = model_.demands[id];
    const std::size_t size = size_of(demand.classes[box.box_class]);
    box.leg = demand.itineraries.front().first.index();
    StockLevel& level = empties_of(demand.from, size);
    if (level.number() > 0) {
        level.change(now_, -1);
        return take_empty(id, box);
    }
    tally_.shortages[id].shortages += inside(model_.window, now_) ? 1U : 0U;
    ++tally_.shortages[id].waiting;
    stock_of(demand.from, size).waiting.push_back(box);
}

/// It enters the yard, and chooses its way only now.
void Replication::take_empty(Id<model::Demand> id, Box box) {
    box.ready = now_;
    if (inside(model_.window, now_)) {
        tally_.shortages[id].wait.add(now_ - box.released);
    }
    const Id<model::Terminal> from = model_.demands[id].from;
    if (!model_.terminals[from].lets_in()) {
        tally_.terminals[from].yard.enter(now_);
    }
    tell([&](Observer& observer) { observer.waited(box, TimeUse::empty, id.index(), now_); });
    set_out(id, box);
}

/// Delivered containers come into the stock, laden ones when they have been emptied.
void Replication::return_empties(const model::Leg& leg, const Box* boxes, std::size_t count, const Tick* ends) {
    const model::Demand& demand = model_.demands[leg.demand];
    for (std::size_t i = 0; i < count; ++i) {
        Box box = boxes[i];
        box.leg = demand.itineraries.front().first.index();  // it may have come by road
        const bool is_laden = !demand.classes[box.box_class].empty;
        const Tick emptying =
            is_laden && demand.emptied_after ? draw(*demand.emptied_after, demands_[leg.demand.index()].emptied) : 0;
        add_solo(demand.to, SoloMove::What::emptied, ends[i] + emptying, box);
    }
}

/// Whoever has waited longest takes it.
void Replication::add_empty(const Box& box) {
    const model::Demand& demand = model_.demands[leg_of(box).demand];
    const std::size_t size = size_of(class_of(box));
    StockState& stock = stock_of(demand.to, size);
    stock.on_the_way -= demand.repositions ? 1 : 0;
    if (stock.waiting.empty()) {
        return empties_of(demand.to, size).change(now_, 1);
    }
    const Box first = stock.waiting.front();
    stock.waiting.pop_front();
    const Id<model::Demand> next = leg_of(first).demand;
    --tally_.shortages[next].waiting;
    look_at_queues(model_.demands[next]);
    take_empty(next, first);
}

/// The k-th review is k intervals after the origin.
void Replication::on_review() {
    for (std::size_t size = 0; size < scenario::kBoxSizes.size(); ++size) {
        reposition(size);
    }
    ++next_review_;
    events_.schedule(static_cast<Tick>(next_review_) * model_.empties.review, EventKind::review, 0);
}

void Replication::reposition(std::size_t size) {
    std::vector<std::int64_t> surplus(model_.terminals.size());
    std::vector<std::int64_t> deficit(model_.terminals.size());
    for (std::size_t t = 0; t < model_.terminals.size(); ++t) {
        const Id<model::Terminal> id{t};
        const model::EmptyStock& levels = model_.terminals[id].empties[size];
        const StockState& stock = stock_of(id, size);
        const std::int64_t at_hand = empties_of(id, size).number();
        const std::int64_t needed = expected_to_be_taken(id, size);
        const std::int64_t position =
            at_hand + stock.on_the_way - static_cast<std::int64_t>(stock.waiting.size()) - needed;
        if (levels.high) {
            surplus[t] = std::clamp<std::int64_t>(position - *levels.high, 0, at_hand);
        }
        deficit[t] = levels.kept ? std::max<std::int64_t>(0, levels.low - position) : 0;
    }
    const auto is_zero = [](std::int64_t count) { return count == 0; };
    if (std::all_of(surplus.begin(), surplus.end(), is_zero) || std::all_of(deficit.begin(), deficit.end(), is_zero)) {
        return;
    }
    const auto& ways = model_.empties.ways;
    if (model_.empties.policy == model::Repositioning::plan) {
        const std::vector<std::int64_t> moves = planned_moves(surplus, deficit);
        for (std::size_t w = 0; w < ways.size(); ++w) {
            send_empties(ways[w], size, moves[w]);
        }
        return;
    }
    for (const Id<model::Demand> way : ways) {
        std::int64_t& left = surplus[model_.demands[way].from.index()];
        std::int64_t& missing = deficit[model_.demands[way].to.index()];
        const std::int64_t count = std::min(left, missing);
        left -= count;
        missing -= count;
        send_empties(way, size, count);
    }
}

/// By way: as many as possible, in the least expected container-hours. Where nothing can go there is no arc.
std::vector<std::int64_t> Replication::planned_moves(const std::vector<std::int64_t>& surplus,
                                                     const std::vector<std::int64_t>& deficit) const {
    const auto terminals = static_cast<network::Node>(surplus.size());
    const network::Node source = 2 * terminals;
    const network::Node sink = source + 1;
    const auto& ways = model_.empties.ways;
    std::vector<network::CostArc> arcs;
    std::vector<std::size_t> way_of_arc;
    for (std::size_t w = 0; w < ways.size(); ++w) {
        const model::Demand& demand = model_.demands[ways[w]];
        const std::int64_t most = std::min(surplus[demand.from.index()], deficit[demand.to.index()]);
        if (most > 0) {
            const Tick time = to_tick(demand.itineraries.front().expected_hours * kMillisecondsPerHour);
            arcs.push_back({demand.from.index(), terminals + demand.to.index(), most, time});
            way_of_arc.push_back(w);
        }
    }
    for (network::Node t = 0; t < terminals; ++t) {
        if (surplus[t] > 0) {
            arcs.push_back({source, t, surplus[t], 0});
        }
        if (deficit[t] > 0) {
            arcs.push_back({terminals + t, sink, deficit[t], 0});
        }
    }
    const std::vector<std::int64_t> flows = network::cheapest_flow(sink + 1, arcs, source, sink);
    std::vector<std::int64_t> moves(ways.size());
    for (std::size_t a = 0; a < way_of_arc.size(); ++a) {
        moves[way_of_arc[a]] = flows[a];
    }
    return moves;
}

/// They are ready for their first vehicle at once.
void Replication::send_empties(Id<model::Demand> way, std::size_t size, std::int64_t count) {
    if (count == 0) {
        return;
    }
    const model::Demand& demand = model_.demands[way];
    const auto is_size = [&](const model::BoxClass& box_class) { return size_of(box_class) == size; };
    const auto found = std::find_if(demand.classes.begin(), demand.classes.end(), is_size);
    empties_of(demand.from, size).change(now_, -count);
    stock_of(demand.to, size).on_the_way += count;
    const Id<model::Leg> first = demand.itineraries.front().first;
    const auto box_class = static_cast<std::uint32_t>(found - demand.classes.begin());
    std::vector<Box> boxes(
        static_cast<std::size_t>(count),
        Box{.released = now_, .ready = now_, .leg = first.index(), .box_class = box_class & kBoxClassMask});
    book_releases(way, boxes.data(), boxes.size());
    const bool is_continuous = model_.lines[model_.legs[first].line].dispatch == model::Dispatch::continuous;
    for (const Box& box : boxes) {
        if (model_.terminals[demand.from].lets_in()) {
            come_to_gate(box);
            schedule_solo(demand.from);
            continue;
        }
        is_continuous ? add_solo(demand.from, SoloMove::What::load, now_, box) : await(box);
    }
}

/// The mean number that demands take within the look-ahead, rounded up.
std::int64_t Replication::expected_to_be_taken(Id<model::Terminal> terminal, std::size_t size) const {
    const Tick look_ahead = model_.empties.look_ahead;
    if (look_ahead == 0 || !model_.terminals[terminal].empties[size].taken) {
        return 0;
    }
    double sum = 0.0;
    for (const model::Demand& demand : model_.demands) {
        if (demand.takes_empties && demand.from == terminal) {
            sum += expected_containers(demand, {.window = {now_, now_ + look_ahead}, .empty = {}}) *
                   share_of(demand, static_cast<model::BoxSize>(size));
        }
    }
    constexpr double kRoundingError = 1e-9;
    return static_cast<std::int64_t>(std::ceil(sum * (1.0 - kRoundingError)));
}

/// From the books of the demands: what came into each stock and what left it.
std::vector<EmptiesBook> Replication::books_of_empties() const {
    std::vector<EmptiesBook> books(stocks_.size());
    for (std::size_t d = 0; d < demands_.size(); ++d) {
        const model::Demand& demand = model_.demands.items()[d];
        const DemandTally& tally = tally_.demands.items()[d];
        for (std::size_t c = 0; c < demand.classes.size(); ++c) {
            const std::size_t size = size_of(demand.classes[c]);
            const auto released = static_cast<std::int64_t>(tally.released_of_class[c]);
            const auto delivered = static_cast<std::int64_t>(tally.delivered_of_class[c]);
            EmptiesBook& origin = books[stock_index(demand.from, size)];
            origin.taken += demand.takes_empties ? released : 0;
            origin.sent += demand.repositions ? released : 0;
            books[stock_index(demand.to, size)].returned += demand.returns_empties ? delivered : 0;
        }
    }
    for (const SoloTerminal& terminal : solo_) {
        for (const SoloMove& move : terminal.moves) {
            if (move.what == SoloMove::What::emptied) {
                const Id<model::Terminal> to = model_.demands[leg_of(move.box).demand].to;
                --books[stock_index(to, size_of(class_of(move.box)))].returned;
            }
        }
    }
    return books;
}

Finding Replication::audit_empties() const {
    if (stocks_.empty()) {
        return std::nullopt;
    }
    std::vector<EmptiesBook> books = books_of_empties();
    for (std::size_t i = 0; i < books.size(); ++i) {
        const std::size_t size = i % scenario::kBoxSizes.size();
        const model::Terminal& terminal = model_.terminals.items()[i / scenario::kBoxSizes.size()];
        books[i].initial = terminal.empties[size].initial;
        books[i].at_hand = tally_.empties[i].number();
        books[i].taken -= static_cast<std::int64_t>(stocks_[i].waiting.size());
        if (auto finding = check_empties(terminal, static_cast<model::BoxSize>(size), books[i])) {
            return finding;
        }
    }
    return std::nullopt;
}

}  // namespace corridor::engine
