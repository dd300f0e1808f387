#include "scenario/tables.h"

#include <fmt/format.h>

#include <utility>

#include "scenario/roster.h"

namespace corridor::scenario {
namespace {

constexpr std::size_t kForward = 0;
constexpr std::size_t kBackward = 1;

constexpr std::array<std::string_view, 2> kDirectionWords{"forward", "backward"};
constexpr std::array<std::string_view, 2> kDeparturesKeys{"departures", "return_departures"};

Node table_node(Place place, Table entries = {}) { return {.value = std::move(entries), .place = place, .key = place}; }

/// Puts `entry` behind the others of the entity with the id in `id`.
void append(std::map<std::string, Node>& lists, const CsvField& id, Node entry) {
    const Node empty{.value = Array{}, .place = id.place, .key = id.place};
    lists.try_emplace(id.text, empty).first->second.as<Array>()->push_back(std::move(entry));
}

/// { times = [...] }
Node listed_departures(Node times) {
    const Place place = times.place;
    return table_node(place, {{"times", std::move(times)}});
}

/// What the list of an entity is in its table: under which key, and how.
std::pair<std::string, Node> as_entry(const CsvTable& table, std::size_t direction, Node list) {
    if (!table.list_key.empty()) return {std::string(table.list_key), std::move(list)};
    return {std::string(kDeparturesKeys[direction]), listed_departures(std::move(list))};
}

/// The id of a row's entity; demands may leave it to their origin and destination.
CsvField id_of(const Sheet& sheet, const CsvRow& row) {
    const CsvField* const written = sheet.field(row, sheet.table().id_column);
    if (written != nullptr && !written->text.empty()) return *written;
    const CsvField* const from = sheet.field(row, "from");
    const CsvField* const to = sheet.field(row, "to");
    const Place place = row.front().place;
    return {from == nullptr || to == nullptr ? "" : fmt::format("{}-{}", from->text, to->text), place};
}

}  // namespace

void TableExpander::expand(Node& tree, const Node* base) {
    tree_ = tree.as<Table>();
    base_ = base;
    if (const auto sources = tree_->find("sources"); sources != tree_->end()) {
        add_file(sources->second, sources_table());
        tree_->erase(sources);
    }
    if (const auto files = tree_->find("tables"); files != tree_->end() && files->second.as<Table>() != nullptr) {
        Table& named = *files->second.as<Table>();
        for (const CsvTable* const table : csv_tables()) {
            const auto file = named.find(table->key);
            if (file == named.end()) continue;
            add_file(file->second, *table);
            named.erase(file);
        }
        if (named.empty()) tree_->erase(files);
    }
    for (auto& [id, service] : entities("service")) {
        if (Table* const table = service.as<Table>()) expand_service(id, *table);
    }
    for (auto& [id, demand] : entities("demand")) {
        if (Table* const table = demand.as<Table>()) expand_demand(id, *table);
    }
    std::erase_if(*tree_, [](const auto& entry) {
        const Table* const table = entry.second.template as<Table>();
        return entry.second.place.line == 0 && table != nullptr && table->empty();
    });
}

std::optional<Sheet> TableExpander::open_sheet(const Node& name, const std::string& path, const CsvTable& table) {
    const auto text = open_(name, path);
    return text ? Sheet::read(texts_, *text, table, findings_) : std::nullopt;
}

TableExpander::ListsByDirection& TableExpander::open_lists(const Node& name, const std::string& path,
                                                           const CsvTable& table) {
    const std::string* const file = name.as<std::string>();
    const std::string key = file == nullptr ? "" : *file;
    const auto known = lists_.find(key);
    if (known != lists_.end()) return known->second;
    const std::optional<Sheet> sheet = open_sheet(name, path, table);
    return lists_[key] = sheet ? group_rows(*sheet) : ListsByDirection{};
}

TableExpander::ListsByDirection TableExpander::group_rows(const Sheet& sheet) {
    ListsByDirection lists;
    for (const CsvRow& row : sheet.rows()) {
        const CsvField& id = *sheet.field(row, sheet.table().id_column);
        if (!sheet.table().list_key.empty()) {
            append(lists[kForward], id,
                   sheet.read_row(row, fmt::format("{}.{}", sheet.table().kind, id.text), findings_));
            continue;
        }
        const CsvField& word = *sheet.field(row, "direction");
        const CsvField& departure = *sheet.field(row, "departure");
        const Node time{.value = departure.text, .place = departure.place, .key = departure.place};
        if (word.text == kDirectionWords[kForward]) {
            append(lists[kForward], id, time);
        } else if (word.text == kDirectionWords[kBackward]) {
            append(lists[kBackward], id, time);
        } else {
            findings_.error(
                {word.place, "", fmt::format("'{}' is not a direction", word.text), "write forward or backward"});
        }
    }
    return lists;
}

void TableExpander::add_file(const Node& name, const CsvTable& table) {
    const bool is_in_tables = &table != &sources_table();
    const std::string path = fmt::format("{}{}", is_in_tables ? "tables." : "", table.key);
    const bool lists_entities = table.list_key.empty() && &table != &timetable_table();
    if (!lists_entities) {
        add_lists(open_lists(name, path, table), table);
    } else if (const auto sheet = open_sheet(name, path, table)) {
        add_entities(*sheet);
    }
}

void TableExpander::add_entities(const Sheet& sheet) {
    const CsvTable& table = sheet.table();
    Table& known = entities(table.kind);
    std::map<std::string, Place> seen;
    for (const CsvRow& row : sheet.rows()) {
        const CsvField id = id_of(sheet, row);
        const std::string path = fmt::format("{}.{}", table.kind, id.text);
        const auto [first, is_new] = seen.emplace(id.text, id.place);
        if (!is_new) {
            findings_.error(
                {id.place, path, "two rows with the same id", "add them up, or give one another id", {first->second}});
            continue;
        }
        Node entity = sheet.read_row(row, path, findings_);
        const auto [entry, is_alone] = known.try_emplace(id.text, std::move(entity));
        if (is_alone || entry->second.as<Table>() == nullptr) continue;
        join(*entry->second.as<Table>(), std::move(*entity.as<Table>()), path, findings_);
    }
}

void TableExpander::add_lists(ListsByDirection& lists, const CsvTable& table) {
    for (const std::size_t direction : {kForward, kBackward}) {
        for (auto& [id, list] : lists[direction]) {
            Table* const entity = find_entity(table.kind, id, list.place);
            if (entity == nullptr) continue;
            join(*entity, {as_entry(table, direction, std::move(list))}, fmt::format("{}.{}", table.kind, id),
                 findings_);
        }
    }
}

void TableExpander::expand_service(const std::string& id, Table& service) {
    for (const std::size_t direction : {kForward, kBackward}) {
        const auto departures = service.find(kDeparturesKeys[direction]);
        const Node* const file = departures == service.end() ? nullptr : child(departures->second, "timetable");
        if (file == nullptr) continue;
        const std::string path = fmt::format("service.{}.{}", id, kDeparturesKeys[direction]);
        ListsByDirection& lists = open_lists(*file, path, timetable_table());
        const auto own = lists[direction].find(id);
        const Place key = departures->second.key;
        Node times = own == lists[direction].end() ? Node{.value = Array{}, .place = file->place, .key = file->key}
                                                   : own->second;
        Node listed = listed_departures(std::move(times));
        Table& own_keys = *departures->second.as<Table>();
        own_keys.erase("timetable");
        listed.as<Table>()->merge(own_keys);  // exceptions from the timetable
        departures->second = std::move(listed);
        departures->second.key = key;
        const auto back = lists[kBackward].find(id);
        if (direction == kForward && back != lists[kBackward].end()) {
            service.try_emplace(std::string(kDeparturesKeys[kBackward]), listed_departures(back->second));
        }
    }
}

void TableExpander::expand_demand(const std::string& id, Table& demand) {
    const auto releases = demand.find("releases");
    if (releases == demand.end() || releases->second.as<std::string>() == nullptr) return;
    Lists& lists = open_lists(releases->second, fmt::format("demand.{}.releases", id), releases_table())[kForward];
    const auto own = lists.find(id);
    const Node none{.value = Array{}, .place = releases->second.place, .key = releases->second.key};
    releases->second = own == lists.end() ? none : own->second;
}

/// The entities of a kind in this tree. Where something else stands in their place, which the reader reports, a table
/// that goes nowhere.
Table& TableExpander::entities(std::string_view kind) {
    Table* const table = tree_->try_emplace(std::string(kind), table_node({})).first->second.as<Table>();
    return table == nullptr ? nowhere_ : *table;
}

/// The entity that rows speak of: in this tree, made there where the base has it; nullptr, reported, where it is
/// unknown.
Table* TableExpander::find_entity(std::string_view kind, const std::string& id, Place place) {
    Table& known = entities(kind);
    const auto found = known.find(id);
    if (found != known.end()) return found->second.as<Table>();
    const Node* const base_kind = base_ == nullptr ? nullptr : child(*base_, kind);
    if (base_kind != nullptr && child(*base_kind, id) != nullptr) {
        return known.emplace(id, table_node(place)).first->second.as<Table>();
    }
    std::vector<std::string_view> ids = keys_of(base_kind == nullptr ? Node{} : *base_kind);
    for (const auto& [name, node] : known) ids.push_back(name);
    findings_.error(unknown_entity(place, "", kind, id, ids));
    return nullptr;
}

}  // namespace corridor::scenario
