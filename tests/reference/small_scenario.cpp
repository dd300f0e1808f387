#include "small_scenario.h"

#include <fmt/format.h>

#include <cstddef>
#include <vector>

namespace corridor::reference {
namespace {

/// Bytes as decisions; when there are no more, the first of everything. One at a time: of two in the arguments of one
/// call compilers take either first.
class Decisions {
  public:
    explicit Decisions(std::string_view bytes) : bytes_(bytes) {}

    int up_to(int most) {
        const auto byte = next_ < bytes_.size() ? static_cast<unsigned char>(bytes_[next_++]) : 0;
        return byte % (most + 1);
    }
    bool is(int one_of) { return up_to(one_of - 1) == one_of - 1; }
    std::string one_of(const std::vector<std::string>& choices) {
        return choices[static_cast<std::size_t>(up_to(static_cast<int>(choices.size()) - 1))];
    }

  private:
    std::string_view bytes_;
    std::size_t next_ = 0;
};

std::string law(Decisions& decisions) {
    return decisions.one_of({"\"1 h\"", "\"0 h\"", "\"30 min\"", "{ law = \"exponential\", mean = \"40 min\" }",
                             "{ law = \"uniform\", low = \"0 h\", high = \"2 h\" }"});
}

std::string mode(bool by_rail) { return by_rail ? "railway" : "waterway"; }

std::string terminal(int number, bool by_rail, Decisions& decisions) {
    const std::string cranes_key = by_rail ? "rail_cranes" : "quay_cranes";
    std::string text = fmt::format("[terminal.t{}]\n", number);
    const int cranes = decisions.up_to(6);
    if (cranes == 0) {
        text += cranes_key + " = \"unlimited\"\n";
    } else {
        const std::string count = cranes == 6 ? "\"unlimited\"" : std::to_string(cranes);
        const std::string sharing =
            decisions.one_of({"", "", ", cranes_per_vehicle = 1", ", cranes_per_vehicle = 2, sharing = \"even\""});
        text += fmt::format("{} = {{ count = {}, move_time = {}{} }}\n", cranes_key, count, law(decisions), sharing);
    }
    if (decisions.is(2)) {
        const int berths = 1 + decisions.up_to(2);
        text += fmt::format("{} = {{ count = {}, {} = {} }}\n", by_rail ? "rail_tracks" : "berths", berths,
                            by_rail ? "shunting_time" : "berthing_time", law(decisions));
    }
    if (decisions.is(4)) {
        const int size = decisions.up_to(60);
        const int room = size > 40 ? 10 * size : 2 + size;
        text += fmt::format("yard = {{ capacity = \"{} TEU\"{} }}\n", room,
                            decisions.one_of({"", ", when_full = \"turn-away\""}));
    }
    if (decisions.is(4)) text += "gate = { opening = [\"Mon-Fri 06:00-20:00\"] }\n";
    if (decisions.is(3)) text += fmt::format("transfer_time = \"{} h\"\n", decisions.up_to(5));
    if (decisions.is(4)) {
        text += decisions.one_of({"opening = [\"Mon-Fri 06:00-18:00\"]\n", "opening = [\"Mon-Sun 08:00-12:00\"]\n",
                                  "closed = [2020-01-04]\n"});
    }
    return text;
}

/// Of a terminal.
std::string stack(Decisions& decisions) {
    if (decisions.is(3)) return "";
    const int cranes = decisions.up_to(3);
    if (cranes == 0) return "yard_cranes = \"unlimited\"\n";
    return fmt::format("yard_cranes = {{ count = {}, move_time = {} }}\n", cranes, law(decisions));
}

std::string departures(Decisions& decisions) {
    const std::string exceptions = R"(cancelled = [2020-01-06, "2020-01-08/2020-01-09"], )"
                                   "extra = [2020-01-06T12:00:00, 2020-01-10T18:00:00]";
    switch (decisions.up_to(5)) {
        case 4:
            return fmt::format("{{ headway = \"{} h\", {} }}", 2 + decisions.up_to(30), exceptions);
        case 5:
            return fmt::format("{{ per_week = {}, {} }}", 1 + decisions.up_to(30), exceptions);
        case 0: {
            const int headway = 1 + decisions.up_to(30);
            const int day = 1 + decisions.up_to(2);
            return fmt::format("{{ headway = \"{} h\", first = 2020-01-0{}T0{}:00:00 }}", headway, day,
                               decisions.up_to(9));
        }
        case 1:
            return fmt::format("{{ per_week = {} }}", 1 + decisions.up_to(30));
        case 2:
            return fmt::format("{{ headway = \"{} min\" }}", 45 + 15 * decisions.up_to(100));
        default:
            return R"({ weekly = ["Mon 06:00", "Wed 06:00", "Wed 12:00", "Sat 23:00"] })";
    }
}

struct Service {
    std::string vehicle;
    std::string service;
    std::string departures;
    std::string vehicle_type;
    std::string fleet;
    int capacity = 0;
};

std::string fleet_rules(Decisions& decisions) {
    const std::string no_vehicle = decisions.is(2) ? "no_vehicle = \"cancel\"\n" : "";
    return decisions.is(2) ? no_vehicle + fmt::format("layover = \"{} h\"\n", decisions.up_to(6)) : no_vehicle;
}

/// Along the chain of terminals and back; those after the first along a part of it, up or down.
Service service(int number, int terminals, bool by_rail, Decisions& decisions) {
    const int from = number == 0 ? 0 : decisions.up_to(terminals - 1);
    int to = number == 0 ? terminals - 1 : decisions.up_to(terminals - 1);
    if (from == to) to = from == terminals - 1 ? from - 1 : from + 1;
    const bool calls_everywhere = number == 0 || !decisions.is(4);
    std::string route;
    for (int stop = from;; stop += from < to ? 1 : -1) {
        if (calls_everywhere || stop == from || stop == to) route += fmt::format("\"t{}\", ", stop);
        if (stop == to) break;
    }
    const std::string directions =
        number == 0 ? decisions.one_of({"each", "round-trip"}) : decisions.one_of({"one-way", "each", "round-trip"});
    const int capacity = 3 + decisions.up_to(30);
    const std::string room = by_rail
                                 ? fmt::format("wagons = {}\nteu_per_wagon = {}\n", capacity, 2 + decisions.up_to(2))
                                 : fmt::format("capacity = \"{} TEU\"\nlength = \"{} m\"\nbeam = \"{} m\"\n", capacity,
                                               100 - 15 * number, 9 + 2 * number);
    const std::string more = decisions.one_of({"", "", "payload = \"170 t\"\n", "cranes = 1\n"});
    const std::string vehicle =
        fmt::format("[vehicle.v{0}]\nmode = \"{1}\"\n{2}{3}", number, mode(by_rail), room, more);
    std::string text = fmt::format("[service.s{0}]\nroute = [{1}]\ndirections = \"{2}\"\n", number, route, directions);
    const std::string all_departures = departures(decisions);
    const int between = (from + to) / 2;
    if (calls_everywhere && between != from && between != to && decisions.is(2)) {
        text += fmt::format("keep_room = {{ t{} = \"{} TEU\" }}\n", between, 1 + decisions.up_to(1));
    }
    if (decisions.is(3)) text += fmt::format("cut_off = \"{} h\"\n", decisions.up_to(8));
    std::string fleet;
    if (directions != "one-way" && decisions.is(2)) {
        fleet = fmt::format("fleet = {}\n", 1 + decisions.up_to(4));
        fleet += fleet_rules(decisions);
    }
    const std::string type = fmt::format("vehicle = \"v{}\"\n", number);
    return {vehicle, text, all_departures, type, fleet, capacity};
}

std::string demand(int number, int terminals, Decisions& decisions) {
    const int from = decisions.up_to(terminals - 1);
    int to = decisions.up_to(terminals - 1);
    if (from == to) to = from == terminals - 1 ? from - 1 : from + 1;
    std::string text = fmt::format("[demand.d{}]\nfrom = \"t{}\"\nto = \"t{}\"\n", number, from, to);
    if (decisions.is(4)) {
        text += "releases = [";
        int day = 0;
        for (int i = decisions.up_to(5); i >= 0; --i) {
            day += decisions.up_to(2);
            text += fmt::format("{{ time = 2020-01-{:02}T{:02}:00:00, containers = {} }}, ", 1 + day, 12 + i,
                                1 + decisions.up_to(20));
        }
        text += "]\n";
    } else {
        const int volume = 10 * decisions.up_to(40);
        text += fmt::format("volume = \"{} containers\"\nrelease = \"{}\"\n", volume,
                            decisions.one_of({"poisson", "even"}));
        text += decisions.one_of({"", "consignment = 3\n", "consignment = { sizes = [1, 5], shares = [0.5, 0.5] }\n"});
    }
    text += decisions.one_of({"", "box_share = { ft20 = 0.5, ft40 = 0.5 }\n",
                              "box_share = { ft20 = 0.4, ft40 = 0.3, ft45 = 0.3 }\nempty_share = 0.3\n"});
    return text + decisions.one_of({"", "", "priority = 1\n", "collected_after = \"30 h\"\n", "patience = \"25 h\"\n",
                                    "patience = { law = \"exponential\", mean = \"40 h\" }\n"});
}

/// Ways to choose among.
std::string choice(Decisions& decisions) {
    std::string text = decisions.one_of({"itineraries = 3\n", "itineraries = 2\n", "itineraries = 1\n"});
    text += decisions.one_of({"", "", "choice = \"cheapest\"\n", "choice = \"logit\"\nlogit_scale = \"0.1 /h\"\n",
                              "choice = \"adaptive\"\n", "choice = \"adaptive\"\n"});
    text += decisions.one_of({"", "", "road_time = \"45 h\"\n", "road_time = \"20 h\"\n",
                              "road_time = { law = \"exponential\", mean = \"50 h\" }\n"});
    return text + decisions.one_of({"", "", "transfer_penalty = \"6 h\"\n"});
}

std::string background(int number, int terminals, bool by_rail, Decisions& decisions) {
    const int terminal = decisions.up_to(terminals - 1);
    std::string text = fmt::format("[background.b{}]\nterminal = \"t{}\"\nmode = \"{}\"\nmoves = {}\n", number,
                                   terminal, mode(by_rail), decisions.up_to(12));
    if (decisions.is(3)) {
        return text + "calls = [{ time = 2020-01-04, stay = \"5 h\" }, { time = 2020-01-04T01:00:00 }]\n";
    }
    const int calls = 1 + decisions.up_to(60);
    const std::string arrivals = decisions.one_of({"poisson", "even"});
    return text + fmt::format("rate = \"{} /week\"\narrivals = \"{}\"\nstay = {}\n", calls, arrivals, law(decisions));
}

/// From the terminal before to that of its number.
std::string link(int number, bool by_rail, int running_hours, Decisions& decisions) {
    std::string text = fmt::format(
        "[link.l{1}]\nmode = \"{2}\"\nfrom = \"t{0}\"\nto = \"t{1}\"\nlength = \"50 km\"\nrunning_time = \"{3} h\"\n",
        number - 1, number, mode(by_rail), running_hours);
    if (!decisions.is(2)) return text;
    text += decisions.one_of(
        {"", "headway = \"2 h\"\n", "headway = \"90 min\"\n", "paths_per_day = 4\n", "paths_per_day = 7\n"});
    const std::string one_way = by_rail ? "tracks = 1\n" : "traffic = \"alternating\"\n";
    text += decisions.one_of({"", "", one_way, one_way + "crossing_places = 2\n"});
    return text + decisions.one_of({"", "", "opening = [\"Mon-Sat 06:00-18:00\"]\n", "closed = [2020-01-05]\n"});
}

/// Of a link.
std::string depth(Decisions& decisions) {
    return decisions.one_of({"", "depth = \"2.1 m\"\n",
                             "depth = [{ from = 2020-01-04, depth = \"2.6 m\" }, { from = 2020-01-06T12:00:00, depth = "
                             "\"1.3 m\" }, { from = 2020-01-08, depth = \"1.9 m\" }]\n",
                             "depth = [{ from = 2020-01-02, depth = \"1.5 m\" }, { from = 2020-01-05T06:00:00, depth = "
                             "\"0.9 m\" }, { from = 2020-01-07, depth = \"3 m\" }]\n"});
}

/// Of a vessel.
std::string draught(const std::string& vehicle, Decisions& decisions) {
    if (decisions.is(4)) return "";
    const bool has_payload = vehicle.find("payload") != std::string::npos;
    return (has_payload ? "" : "payload = \"300 t\"\n") + std::string("draught_empty = \"1 m\"\ndraught_loaded = ") +
           decisions.one_of({"\"3 m\"\n", "\"2 m\"\nkeel_clearance = \"0.2 m\"\n"});
}

/// What a service waits for.
std::string loads(const Service& service, Decisions& decisions) {
    const std::string timetable = "departures = " + service.departures + "\n";
    const std::string minimum = fmt::format("minimum_load = \"{} TEU\"\n", 1 + decisions.up_to(service.capacity - 1));
    const std::string wait = decisions.one_of({"", "longest_wait = \"20 h\"\n", "longest_wait = \"5 h\"\n"});
    switch (decisions.up_to(3)) {
        case 0:
            return timetable;
        case 1:
            return timetable + minimum + wait;
        case 2:
            return "departures = { when_ready = true }\n" + minimum + wait;
        default:
            return "departures = { when_full = true }\n" + wait;
    }
}

/// Whose vehicles the first service shares with some of the others.
std::string shared_fleet(int terminals, std::vector<Service>& services, Decisions& decisions) {
    for (std::size_t s = 0; s < services.size(); ++s) {
        if (s > 0 && decisions.is(3)) continue;
        services[s].vehicle_type = services.front().vehicle_type;
        services[s].fleet = "fleet = \"pool\"\n" + fleet_rules(decisions);
    }
    const int at_one_end = 1 + decisions.up_to(2);
    const int at_the_other = 1 + decisions.up_to(2);
    return fmt::format("[fleet.pool]\nvehicles = {{ t0 = {}, t{} = {} }}\n", at_one_end, terminals - 1, at_the_other) +
           decisions.one_of({"", "repositioning = \"on-demand\"\n", "repositioning = \"home\"\n"});
}

/// On the link of that number.
std::string lock(int number, Decisions& decisions) {
    const int chambers = 1 + decisions.up_to(2);
    std::string text = fmt::format("[lock.k{0}]\nlink = \"l{0}\"\nchambers = {1}\noperation = \"{2}\"\n", number,
                                   chambers, decisions.one_of({"two-way", "one-way"}));
    const bool has_size = decisions.is(3);
    text += has_size ? decisions.one_of({"chamber_length = \"100 m\"\nchamber_width = \"20 m\"\n",
                                         "chamber_length = \"220 m\"\nchamber_width = \"30 m\"\n"})
                     : fmt::format("places = {}\n", 1 + decisions.up_to(3));
    text += decisions.one_of({"", "at = \"5 km\"\n", "at = \"30 km\"\n", "at = \"45 km\"\n"});
    text += decisions.one_of({"", "entering_time = \"10 min\"\n", "entering_time = \"1 h\"\n"});
    text += decisions.one_of({"", "leaving_time = \"5 min\"\n", "leaving_time = \"30 min\"\n"});
    text += decisions.one_of(
        {"cycle_time = \"2 h\"\n", "cycle_time = \"40 min\"\n", "filling_time = \"3 h\"\nemptying_time = \"1 h\"\n"});
    text += decisions.one_of({"", "", "start = \"when-full\"\nlongest_wait = \"4 h\"\n", "start = \"when-full\"\n"});
    const std::string size = has_size ? ", length = \"60 m\", beam = \"9 m\"" : "";
    const std::string flow =
        decisions.one_of({"", "downstream = \"9 /day\"", "downstream = \"20 /day\", upstream = \"20 /day\""});
    return flow.empty() ? text : text + fmt::format("traffic = {{ {}{} }}\n", flow, size);
}

/// Of a link.
std::string extra_time(Decisions& decisions) {
    return decisions.one_of({"", "extra_time = \"2 h\"\n", "extra_time = { law = \"exponential\", mean = \"3 h\" }\n",
                             "extra_time = { law = \"uniform\", low = \"0 h\", high = \"5 h\" }\n"});
}

/// Of a demand.
std::string move_time(Decisions& decisions) {
    return decisions.one_of(
        {"", "", "move_time = \"50 min\"\n", "move_time = { law = \"exponential\", mean = \"30 min\" }\n"});
}

/// Of something, in a window or two.
std::string disruption(int number, int terminals, int services, bool by_rail, Decisions& decisions) {
    std::string subject = "service.s" + std::to_string(decisions.up_to(services - 1));
    std::string effect =
        decisions.one_of({"slowed = 2", "slowed = 3", "closed = true", "closed = true\ndepartures = \"cancel\""});
    const int what = decisions.up_to(4);
    if (what > 0) effect = decisions.one_of({"closed = true", "closed = true", "slowed = 2"});
    if (what == 1 || what == 2) {
        subject = fmt::format("terminal.t{}.{}", decisions.up_to(terminals - 1), by_rail ? "rail" : "quay");
    } else if (what > 2) {
        subject = fmt::format("link.l{}{}", 1 + decisions.up_to(terminals - 2),
                              decisions.one_of({"", "", ".forward", ".backward"}));
    }
    const std::string windows =
        decisions.one_of({"{ from = 2020-01-05, to = 2020-01-07T06:00:00 }",
                          "{ from = 2020-01-04T12:00:00, to = 2020-01-06 }, { from = 2020-01-08, to = 2020-01-09 }",
                          "{ from = 2020-01-02, to = 2020-01-05 }"});
    return fmt::format("[disruption.x{}]\nof = [\"{}\"]\n{}\nwindows = [{}]\n", number, subject, effect, windows);
}

}  // namespace

std::string small_scenario(std::string_view bytes) {
    Decisions decisions(bytes);
    const int terminals = 2 + decisions.up_to(2);
    const std::string start = decisions.one_of({"2020-01-01", "2020-01-03"});
    const int end = decisions.up_to(5);
    std::string text =
        fmt::format("[period]\nstart = {}\nend = 2020-01-1{}\nwarm_up = \"{} d\"\n", start, end, decisions.up_to(2));
    const bool by_rail = decisions.is(3);
    std::vector<std::string> terminal_texts;
    for (int t = 0; t < terminals; ++t) terminal_texts.push_back(terminal(t, by_rail, decisions));
    std::vector<int> running_hours;
    for (int t = 1; t < terminals; ++t) running_hours.push_back(decisions.up_to(20));
    const int services = 1 + decisions.up_to(3);
    std::vector<Service> service_texts;
    for (int s = 0; s < services; ++s) service_texts.push_back(service(s, terminals, by_rail, decisions));
    const int demands = 1 + decisions.up_to(3);
    std::vector<std::string> demand_texts;
    for (int d = 0; d < demands; ++d) demand_texts.push_back(demand(d, terminals, decisions));
    const int backgrounds = decisions.up_to(2);
    for (int b = 0; b < backgrounds; ++b) text += background(b, terminals, by_rail, decisions);
    for (int l = 1; l < terminals && !by_rail; ++l) text += decisions.is(3) ? lock(l, decisions) : "";
    std::vector<std::string> link_texts;
    for (int l = 1; l < terminals; ++l) {
        link_texts.push_back(link(l, by_rail, running_hours[static_cast<std::size_t>(l - 1)], decisions));
    }
    // What came later is drawn last, so that the seeds of what was there before keep their meaning.
    const bool may_choose = decisions.is(2);
    for (std::string& demand_text : demand_texts) {
        demand_text += may_choose ? choice(decisions) : "itineraries = 1\n";
    }
    const bool is_shallow = !by_rail && decisions.is(2);
    for (std::string& link_text : link_texts) link_text += is_shallow ? depth(decisions) : "";
    const bool waits_for_loads = decisions.is(2);
    std::vector<std::string> load_texts;
    for (Service& service : service_texts) {
        if (is_shallow) service.vehicle += draught(service.vehicle, decisions);
        load_texts.push_back(waits_for_loads ? loads(service, decisions) : "departures = " + service.departures + "\n");
    }
    if (decisions.is(2)) text += shared_fleet(terminals, service_texts, decisions);
    const bool stacks = decisions.is(3);
    for (const std::string& terminal_text : terminal_texts) text += terminal_text + (stacks ? stack(decisions) : "");
    const bool has_move_times = decisions.is(3);
    for (const std::string& demand_text : demand_texts) {
        text += demand_text + (has_move_times ? move_time(decisions) : "");
    }
    if (decisions.is(3)) {
        const int count = 1 + decisions.up_to(2);
        for (int d = 0; d < count; ++d) text += disruption(d, terminals, services, by_rail, decisions);
    }
    const bool takes_extra_time = decisions.is(3);
    for (const std::string& link_text : link_texts) {
        text += link_text + (takes_extra_time ? extra_time(decisions) : "");
    }
    for (std::size_t s = 0; s < service_texts.size(); ++s) {
        const Service& service = service_texts[s];
        text += service.vehicle + service.service + service.vehicle_type + service.fleet + load_texts[s];
    }
    return text;
}

}  // namespace corridor::reference
