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
        Key<Source>("kind", &Source::kind,
                    ChoiceForm<SourceKind>{{"reported", SourceKind::reported},
                                           {"derived", SourceKind::derived},
                                           {"assumed", SourceKind::assumed},
                                           {"calibrated", SourceKind::calibrated}})
            .required()
            .means("Published, worked out from other sources, assumed (general knowledge is assumed), or fitted to "
                   "figures "
                   "for calibration, as corridor calibrate does.")
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
    const bool has_origins = source.kind == SourceKind::derived || source.kind == SourceKind::calibrated;
    if (has_origins && origins == nullptr) {
        reader.error(item,
                     source.kind == SourceKind::derived ? "'derived_from' is missing (the source is derived)"
                                                        : "'derived_from' is missing (the source is calibrated)",
                     "name the sources it was worked out from");
    }
    if (!has_origins && !source.derived_from.empty()) {
        reader.error(item.at("derived_from", *origins), "only a derived or calibrated source is derived from others",
                     "set kind = \"derived\"");
    }
}

}  // namespace corridor::scenario
