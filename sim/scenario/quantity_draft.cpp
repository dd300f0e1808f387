#include "scenario/quantity_draft.h"

#include <fmt/format.h>

#include <utility>

namespace corridor::scenario {
namespace {

/// "12" in quotes is a slip; "12 %" is a plain number too.
bool is_quoted_number(const std::string& text, const Measurement& measurement) {
    return measurement.dimension == kNumber && text.find('%') == std::string::npos;
}

/// Whether money is in the scenario's currency.
bool is_in_currency(Reader& reader, const Item& item, Currency written) {
    const Currency declared = reader.scenario().currency;
    if (written == Currency::none || written == declared) return true;
    if (declared == Currency::none) {
        reader.error(item, fmt::format("money in {}, but the scenario has no currency", code_of(written)),
                     fmt::format("write currency = \"{}\" at the top", code_of(written)));
    } else {
        reader.error(item,
                     fmt::format("money in {}, but the scenario's currency is {} (it has one)", code_of(written),
                                 code_of(declared)),
                     fmt::format("convert it to {}", code_of(declared)));
    }
    return false;
}

std::optional<Measurement> measure_text(Reader& reader, const Item& item, const std::string& text,
                                        const std::vector<Dimension>* wanted) {
    Measurement measurement;
    UnitError fault;
    if (!parse_measurement(text, measurement, fault)) {
        const Item at{item.node, item.path, reader.place_within(item, fault.offset), item.origin};
        const bool lists_all_units = fault.hint.starts_with("use ") && wanted != nullptr && !wanted->empty();
        reader.error(at, fault.message, lists_all_units ? units_hint(*wanted) : fault.hint);
        return std::nullopt;
    }
    if (is_quoted_number(text, measurement)) {
        reader.error(item, fmt::format("expected a number or a quantity with its unit, got {}", describe(item.node)),
                     fmt::format("write {} without quotes, or give the unit", text));
        return std::nullopt;
    }
    if (!is_in_currency(reader, item, measurement.dimension.currency)) return std::nullopt;
    return measurement;
}

/// [low, high]
struct IntervalForm {
    using Value = Interval;

    Shape shape() const { return list_of(StatedForm{}).shape(); }

    std::optional<Interval> read(Reader& reader, const Item& item) const {
        const Array* const ends = item.node.as<Array>();
        if (ends == nullptr || ends->size() != 2) {
            reader.error(item,
                         fmt::format("expected [lowest, highest], got {}",
                                     ends == nullptr ? describe(item.node) : fmt::format("{} values", ends->size())));
            return std::nullopt;
        }
        const auto low = StatedForm{}.read(reader, item.at(std::size_t{0}, ends->front()));
        const auto high = StatedForm{}.read(reader, item.at(std::size_t{1}, ends->back()));
        if (!low || !high) return std::nullopt;
        return Interval{*low, *high};
    }
};

/// What a product or a sum is made of: the name of a quantity, or a number.
struct OperandForm {
    using Value = Param;

    Shape shape() const {
        const Shape name{.kind = Shape::Kind::text, .meaning = "the name of a quantity"};
        return {.kind = Shape::Kind::any_of, .parts = {name, StatedForm{}.shape()}};
    }

    std::optional<Param> read(Reader& reader, const Item& item) const {
        const std::string* const text = item.node.as<std::string>();
        UnitError ignored;
        Measurement measurement;
        if (text != nullptr && !parse_measurement(*text, measurement, ignored)) return reader.find_quantity(item);
        const std::optional<Stated> stated = StatedForm{}.read(reader, item);
        if (!stated) return std::nullopt;
        return reader.add({.path = item.path,
                           .dimension = stated->measurement.dimension,
                           .value = stated->measurement.value,
                           .unit = stated->unit},
                          item.place);
    }
};

struct NamedForm {
    using Value = Param;
    Shape shape() const { return {.kind = Shape::Kind::text, .meaning = "the name of a quantity"}; }
    std::optional<Param> read(Reader& reader, const Item& item) const { return reader.find_quantity(item); }
};

}  // namespace

std::string units_hint(const std::vector<Dimension>& dimensions) {
    std::vector<std::string> units;
    for (const Dimension& dimension : dimensions) {
        if (std::string text = units_for(dimension); !text.empty()) units.push_back(std::move(text));
    }
    return units.empty() ? "" : fmt::format("use {}", fmt::join(units, " or "));
}

std::optional<Stated> StatedForm::read(Reader& reader, const Item& item) const {
    if (const std::string* const text = item.node.as<std::string>()) {
        const auto measurement = measure_text(reader, item, *text, wanted);
        if (!measurement) return std::nullopt;
        return Stated{*measurement, item.place, std::string(unit_of(*text))};
    }
    const std::optional<double> number = NumberForm{}.read(reader, item);
    return number ? std::optional(Stated{{*number, kNumber}, item.place}) : std::nullopt;
}

const Keys<QuantityDraft>& quantity_draft_keys() {
    static const Keys<QuantityDraft> keys{
        Key<QuantityDraft>("value", &QuantityDraft::value, StatedForm{})
            .required()
            .one_of("rule")
            .replaces_table()
            .means("The number, with its unit.")
            .example("\"275 km\""),
        Key<QuantityDraft>("use", &QuantityDraft::use, NamedForm{})
            .required()
            .one_of("rule")
            .replaces_table()
            .means("Takes the value of a named quantity; all who use it share one draw.")
            .example("\"upstream-speed\""),
        Key<QuantityDraft>("product", &QuantityDraft::product, list_of(OperandForm{}))
            .required()
            .one_of("rule")
            .replaces_table()
            .means("The product of named quantities and numbers.")
            .example("[\"sailings\", \"boxes-per-sailing\"]"),
        Key<QuantityDraft>("sum", &QuantityDraft::sum, list_of(OperandForm{}))
            .required()
            .one_of("rule")
            .replaces_table()
            .means("The sum of named quantities and numbers.")
            .example("[\"loading\", \"2 h\"]"),
        Key<QuantityDraft>("range", &QuantityDraft::range, IntervalForm{})
            .only_with("value")
            .means("The least and the greatest the number could reasonably be; drawn once per replication.")
            .example("[\"260 km\", \"290 km\"]"),
        Key<QuantityDraft>(
            "distribution", &QuantityDraft::shape,
            ChoiceForm<RangeShape>{{"triangular", RangeShape::triangular}, {"uniform", RangeShape::uniform}})
            .only_with("range")
            .or_else("\"triangular\"")
            .means("How likely the values within the range are; triangular has its mode at the value.")
            .example("\"uniform\""),
        Key<QuantityDraft>("source", &QuantityDraft::source, ReferenceForm<Source>{"the id of a source"})
            .one_of("evidence")
            .means("Where the number comes from.")
            .example("\"F120\""),
        Key<QuantityDraft>("sources", &QuantityDraft::sources, list_of(ReferenceForm<Source>{"the id of a source"}))
            .one_of("evidence")
            .means("Where the number comes from, if from several sources.")
            .example("[\"F120\", \"F080\"]"),
        Key<QuantityDraft>("note", &QuantityDraft::note, TextForm{})
            .means("What a reader should know about the number.")
            .example("\"245 km to Chaotianmen, 30 km on\""),
    };
    return keys;
}

}  // namespace corridor::scenario
