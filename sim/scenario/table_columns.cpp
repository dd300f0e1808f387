#include "scenario/table_columns.h"

namespace corridor::scenario {
namespace {

Column required(std::string_view name, std::string_view key, std::string_view meaning) {
    return {.name = name, .key = key, .presence = Presence::required, .meaning = meaning};
}

Column text(std::string_view name, std::string_view key, std::string_view meaning) {
    return {.name = name, .key = key, .meaning = meaning};
}

Column number(std::string_view name, std::string_view key, std::string_view unit, std::string_view meaning) {
    return {.name = name, .key = key, .content = Content::number, .unit = unit, .meaning = meaning};
}

/// A column of GMNS that says nothing about a corridor.
Column ignored(std::string_view name) {
    return {.name = name, .content = Content::ignored, .meaning = "Of GMNS; not used."};
}

}  // namespace

const CsvTable& sources_table() {
    static const CsvTable table{.key = "sources",
                                .kind = "source",
                                .id_column = "id",
                                .columns = {
                                    required("id", "", "The id."),
                                    text("title", "title", "Title of the publication."),
                                    text("url", "url", "Where it can be found."),
                                    required("kind", "kind", "reported, derived or assumed."),
                                    text("period", "period", "The time it speaks of."),
                                    {.name = "derived_from",
                                     .key = "derived_from",
                                     .content = Content::ids,
                                     .meaning = "Ids of the sources it was worked out from, separated by semicolons."},
                                }};
    return table;
}

const CsvTable& terminals_table() {
    static const CsvTable table{
        .key = "terminals",
        .kind = "terminal",
        .id_column = "node_id",
        .columns = {
            required("node_id", "", "The id."),
            text("name", "name", "Name shown in results."),
            number("x_coord", "longitude", "", "Degrees east."),
            number("y_coord", "latitude", "", "Degrees north."),
            number("berths", "berths.count", "", "How many berths, or unlimited."),
            number("quay_cranes", "quay_cranes.count", "", "How many quay cranes, or unlimited."),
            number("quay_crane_rate", "quay_cranes.rate", "moves/h", "Moves of one quay crane per hour."),
            number("rail_tracks", "rail_tracks.count", "", "How many tracks, or unlimited."),
            number("rail_cranes", "rail_cranes.count", "", "How many rail cranes, or unlimited."),
            number("rail_crane_rate", "rail_cranes.rate", "moves/h", "Moves of one rail crane per hour."),
            ignored("z_coord"),
            ignored("node_type"),
            ignored("ctrl_type"),
            ignored("zone_id"),
            ignored("parent_node_id"),
        }};
    return table;
}

const CsvTable& links_table() {
    static const CsvTable table{
        .key = "links",
        .kind = "link",
        .id_column = "link_id",
        .columns = {
            required("link_id", "", "The id."),
            text("name", "name", "Name shown in results."),
            required("from_node_id", "from", "Where it starts."),
            required("to_node_id", "to", "Where it ends; downstream is from -> to."),
            {.name = "directed",
             .content = Content::undirected,
             .meaning = "false (or 0): every link can be used in both directions."},
            required("mode", "mode", "waterway or railway."),
            number("length", "length", "km", "Its length."),
            number("free_speed", "speed", "km/h", "Speed in both directions."),
            number("speed_forward", "speed.forward", "km/h", "Speed along the link."),
            number("speed_backward", "speed.backward", "km/h", "Speed against the link."),
            number("running_time", "running_time", "h", "Time from end to end instead of a speed."),
            number("paths_per_day", "paths_per_day", "", "Trains per direction and day that the line has room for."),
            ignored("geometry_id"),
            ignored("geometry"),
            ignored("parent_link_id"),
            ignored("dir_flag"),
            ignored("grade"),
            ignored("facility_type"),
            ignored("capacity"),
            ignored("lanes"),
            ignored("bike_facility"),
            ignored("ped_facility"),
            ignored("parking"),
            ignored("allowed_uses"),
            ignored("toll"),
            ignored("jurisdiction"),
            ignored("row_width"),
        }};
    return table;
}

const CsvTable& demand_table() {
    static const CsvTable table{
        .key = "demand",
        .kind = "demand",
        .id_column = "demand",
        .columns = {
            text("demand", "", "The id; default: from-to."),
            text("name", "name", "Name shown in results."),
            required("from", "from", "The origin."),
            required("to", "to", "The destination."),
            {.name = "volume",
             .key = "volume",
             .content = Content::number,
             .unit_column = "unit",
             .presence = Presence::required,
             .meaning = "Containers or TEU over the period."},
            {.name = "unit", .meaning = "Unit of the volumes that are written without one: containers or TEU."},
        }};
    return table;
}

const CsvTable& calendar_table() {
    static const CsvTable table{.key = "calendar",
                                .kind = "terminal",
                                .id_column = "terminal",
                                .list_key = "calendar",
                                .columns = {
                                    required("terminal", "", "The terminal."),
                                    required("from", "from", "Start of the window."),
                                    required("to", "to", "End of the window, exclusive."),
                                    required("status", "status", "closed, or open in spite of the weekly hours."),
                                }};
    return table;
}

const CsvTable& timetable_table() {
    static const CsvTable table{.key = "timetable",
                                .kind = "service",
                                .id_column = "service",
                                .columns = {
                                    required("service", "", "The service."),
                                    required("direction", "", "forward or backward."),
                                    required("departure", "", "Date and time of the departure."),
                                }};
    return table;
}

const CsvTable& releases_table() {
    static const CsvTable table{.key = "releases",
                                .kind = "demand",
                                .id_column = "demand",
                                .list_key = "releases",
                                .columns = {
                                    required("demand", "", "The demand."),
                                    required("time", "time", "When the containers are ready to leave the origin."),
                                    number("containers", "containers", "", "How many; default 1."),
                                }};
    return table;
}

std::vector<const CsvTable*> csv_tables() {
    return {&sources_table(),  &terminals_table(), &links_table(),   &demand_table(),
            &calendar_table(), &timetable_table(), &releases_table()};
}

}  // namespace corridor::scenario
