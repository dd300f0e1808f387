#include "scenario/forms.h"
#include "scenario/keys.h"

namespace corridor::scenario {

const Keys<Source>& source_keys() {
    static const Keys<Source> keys{
        name_key<Source>(),
        Key<Source>("title", &Source::title, TextForm{"a title"})
            .means("Title of the publication.")
            .example("\"Port statistics 2020\""),
        Key<Source>("url", &Source::url, TextForm{"an address"})
            .means("Where it can be found.")
            .example("\"https://example.org/report\""),
        Key<Source>(
            "kind", &Source::kind,
            ChoiceForm<SourceKind>{
                {"reported", SourceKind::reported}, {"derived", SourceKind::derived}, {"assumed", SourceKind::assumed}})
            .required()
            .means("Published, worked out from other sources, or assumed (general knowledge is assumed).")
            .example("\"reported\""),
        Key<Source>("period", &Source::period, TextForm{"a period"})
            .means("The time it speaks of.")
            .example("\"2020-01..2020-06\""),
        Key<Source>("derived_from", &Source::derived_from, list_of(ReferenceForm<Source>{"the id of a source"}))
            .means("The sources it was worked out from.")
            .example("[\"F003\"]"),
    };
    return keys;
}

void check_source(Reader& reader, const Item& item, Source& source) {
    const Node* const origins = child(item.node, "derived_from");
    if (source.kind == SourceKind::derived && origins == nullptr) {
        reader.error(item, "'derived_from' is missing (the source is derived)",
                     "name the sources it was worked out from");
    }
    if (source.kind != SourceKind::derived && !source.derived_from.empty()) {
        reader.error(item.at("derived_from", *origins), "only a derived source is derived from others",
                     "set kind = \"derived\"");
    }
}

}  // namespace corridor::scenario
