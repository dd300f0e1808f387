#include "scenario/source_text.h"

#include <charconv>
#include <string>

#include "corridor/scenario/reader.h"

namespace corridor::scenario {
namespace {

/// "of[2]": the third of a list; the list itself where it has no such item.
const Node* list_item(const Node& table, std::string_view key) {
    const std::size_t bracket = key.find('[');
    const Node* const list = child(table, key.substr(0, bracket));
    if (list == nullptr || bracket == std::string_view::npos) return list;
    const Array* const items = list->as<Array>();
    std::size_t index = 0;
    std::from_chars(key.data() + bracket + 1, key.data() + key.size(), index);
    return items != nullptr && index < items->size() ? &(*items)[index] : list;
}

void fill_excerpt(const SourceText& source, const SourcePlace& place, std::string& excerpt) {
    const auto text = source.find(place.file);
    if (!text || place.line <= 0 || !excerpt.empty()) return;
    excerpt =
        source.texts.excerpt({*text, static_cast<std::uint32_t>(place.line), static_cast<std::uint32_t>(place.column)});
}

/// A path of an entity's part says more than the place of the entity.
void refine_place(const SourceText& source, Diagnostic& finding) {
    const auto place = source.place_of(finding.path);
    if (place && place->line > 0) finding.place = source.texts.source_place(*place);
}

}  // namespace

std::optional<Place> SourceText::place_of(std::string_view path) const {
    const Node* node = &tree;
    std::size_t depth = 0;
    Place place;
    for (const std::string& key : split_path(path)) {
        const Node* const next = list_item(*node, key);
        if (next == nullptr) break;
        node = next;
        // An entity is at its key, a value at itself.
        place = ++depth <= 2 ? node->key : node->place;
    }
    return depth >= 2 ? std::optional(place) : std::nullopt;
}

std::optional<std::uint32_t> SourceText::find(std::string_view name) const {
    for (std::uint32_t text = 0; text < texts.size(); ++text) {
        if (texts.name(text) == name) return text;
    }
    return std::nullopt;
}

std::string text_of(const Scenario& scenario) {
    std::string all;
    for (std::uint32_t text = 0; scenario.text != nullptr && text < scenario.text->texts.size(); ++text) {
        all += "# " + scenario.text->texts.name(text) + '\n' + scenario.text->texts.content(text) + '\n';
    }
    return all;
}

std::vector<std::string> files_of(const Scenario& scenario) {
    std::vector<std::string> files;
    for (std::uint32_t text = 0; scenario.text != nullptr && text < scenario.text->texts.size(); ++text) {
        const std::string& name = scenario.text->texts.name(text);
        if (!name.empty() && name != "--set") files.push_back(name);
    }
    return files;
}

Diagnostics located(const Scenario& scenario, Diagnostics findings) {
    if (scenario.text == nullptr) return findings;
    for (Diagnostic& finding : findings) {
        if (!finding.excerpt.empty()) continue;
        refine_place(*scenario.text, finding);
        fill_excerpt(*scenario.text, finding.place, finding.excerpt);
        finding.related_excerpts.resize(finding.related.size());
        for (std::size_t i = 0; i < finding.related.size(); ++i) {
            fill_excerpt(*scenario.text, finding.related[i], finding.related_excerpts[i]);
        }
    }
    return findings;
}

}  // namespace corridor::scenario
