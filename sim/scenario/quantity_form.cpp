#include "scenario/quantity_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "scenario/quantity_draft.h"

namespace corridor::scenario {
namespace {

bool fits(Dimension dimension, const std::vector<Dimension>& wanted) {
    return wanted.empty() || std::ranges::find(wanted, dimension) != wanted.end();
}

/// "a speed": what a dimension is called, without an example.
std::string name_of(Dimension dimension) {
    const std::string text = describe(dimension);
    return text.substr(0, text.find(" such as"));
}

std::string describe_all(const std::vector<Dimension>& dimensions) {
    std::vector<std::string> texts;
    for (const Dimension& dimension : dimensions) texts.push_back(describe(dimension));
    return fmt::format("{}", fmt::join(texts, " or "));
}

/// Reads one quantity: what it needs of the form, and where it stands.
class QuantityReader {
  public:
    QuantityReader(Reader& reader, const Item& item, const QuantityForm& form)
        : reader_(reader), item_(item), form_(form) {}

    std::optional<Param> read() {
        result_.path = item_.path;
        result_.whole = form_.whole;
        if (item_.origin == Origin::assumed_default) result_.rule = QuantityRule::assumed_default;
        const bool is_sound = item_.node.as<Table>() != nullptr ? read_table() : read_plain();
        if (!is_sound) return std::nullopt;
        const bool is_derived = !result_.operands.empty();
        const Param param = reader_.add(std::move(result_), item_.place);
        const Quantity& quantity = reader_.quantity(param);
        if (is_derived && !check({{quantity.value, quantity.dimension}, item_.place})) return std::nullopt;
        return param;
    }

  private:
    Item at(Place place) const { return {item_.node, item_.path, place, item_.origin}; }

    bool read_plain() {
        const bool is_number = item_.node.as<std::string>() || item_.node.as<double>() || item_.node.as<std::int64_t>();
        if (!is_number) {
            reader_.error(item_, fmt::format("expected {}, got {}", wanted(), describe(item_.node)));
            return false;
        }
        const auto stated = StatedForm{&form_.dimensions}.read(reader_, item_);
        return stated && take_value(*stated);
    }

    bool read_table() {
        QuantityDraft draft;
        quantity_draft_keys().read(reader_, item_, draft);
        result_.note = std::move(draft.note);
        result_.sources = std::move(draft.sources);
        if (draft.source) result_.sources.push_back(*draft.source);
        if (draft.value) return take_value(*draft.value) && take_range(draft);
        if (draft.use) return take_operands(QuantityRule::use, {*draft.use});
        if (draft.product) return take_operands(QuantityRule::product, *std::move(draft.product));
        return draft.sum && take_operands(QuantityRule::sum, *std::move(draft.sum));
    }

    bool take_value(const Stated& written) {
        const Stated stated = with_plain_unit(written);
        if (!check(stated)) return false;
        result_.value = stated.measurement.value;
        result_.dimension = stated.measurement.dimension;
        result_.unit = stated.unit;
        return true;
    }

    bool take_range(const QuantityDraft& draft) {
        if (!draft.range) return true;
        const Stated low = with_plain_unit(draft.range->low);
        const Stated high = with_plain_unit(draft.range->high);
        if (!check(low) || !check(high)) return false;
        const double value = result_.value;
        if (low.measurement.dimension != result_.dimension || high.measurement.dimension != result_.dimension) {
            reader_.error(at(low.place), fmt::format("a range has the dimension of its value (expected {}, got {})",
                                                     name_of(result_.dimension), name_of(low.measurement.dimension)));
            return false;
        }
        if (!(low.measurement.value < high.measurement.value)) {
            reader_.error(at(low.place), fmt::format("the range is empty ({} is not below {})", show(low), show(high)));
            return false;
        }
        if (value < low.measurement.value || value > high.measurement.value) {
            reader_.error(at(draft.value->place), fmt::format("the value {} lies outside its range ({} to {})",
                                                              show(*draft.value), show(low), show(high)));
            return false;
        }
        result_.range = Range{low.measurement.value, high.measurement.value, draft.shape};
        return true;
    }

    bool take_operands(QuantityRule rule, std::vector<Param> operands) {
        if (operands.empty()) {
            reader_.error(item_, "nothing to calculate with (the list is empty)");
            return false;
        }
        Dimension dimension = reader_.quantity(operands.front()).dimension;
        for (std::size_t i = 1; i < operands.size(); ++i) {
            const Quantity& operand = reader_.quantity(operands[i]);
            if (rule == QuantityRule::product) {
                dimension = dimension * operand.dimension;
            } else if (operand.dimension != dimension) {
                reader_.error(item_, fmt::format("cannot add {} and {} ('{}')", name_of(dimension),
                                                 name_of(operand.dimension), operand.path));
                return false;
            }
        }
        if (!fits(dimension, form_.dimensions)) {
            reader_.error(item_, fmt::format("expected {}, got {} from {}", wanted(), name_of(dimension),
                                             origin_of(rule, operands)));
            return false;
        }
        result_.rule = rule;
        result_.dimension = dimension;
        if (rule != QuantityRule::product) result_.unit = reader_.quantity(operands.front()).unit;
        result_.operands = std::move(operands);
        return true;
    }

    std::string origin_of(QuantityRule rule, const std::vector<Param>& operands) const {
        if (rule == QuantityRule::use) return fmt::format("'{}'", reader_.quantity(operands.front()).path);
        return rule == QuantityRule::product ? "this product" : "this sum";
    }

    /// Dimension, bounds and wholeness of a number as written.
    bool check(const Stated& stated) {
        const auto& [value, dimension] = stated.measurement;
        if (UnitError fault; !check_number(value, fault)) {
            reader_.error(at(stated.place), fault.message, fault.hint);
            return false;
        }
        if (!fits(dimension, form_.dimensions)) {
            const std::string got = dimension == kNumber ? format_number(value) : name_of(dimension);
            const bool lacks_unit = dimension == kNumber && value != 0;
            reader_.error(at(stated.place),
                          fmt::format("expected {}, got {}{}", wanted(), got, lacks_unit ? " without a unit" : ""),
                          units_hint(form_.dimensions));
            return false;
        }
        if (form_.whole && std::nearbyint(value) != value) {
            reader_.error(at(stated.place), fmt::format("expected a whole number, got {}", format_number(value)));
            return false;
        }
        if (!form_.bounds.contain(value)) {
            reader_.error(at(stated.place), fmt::format("must be {}, got {}", describe(form_.bounds), show(stated)));
            return false;
        }
        return true;
    }

    /// A plain number in the unit that the key's name says.
    Stated with_plain_unit(Stated stated) const {
        if (form_.plain_unit.empty() || stated.measurement.dimension != kNumber) return stated;
        UnitError ignored;
        const std::string text = fmt::format("{} {}", format_number(stated.measurement.value), form_.plain_unit);
        parse_measurement(text, stated.measurement, ignored);
        stated.unit = form_.plain_unit;
        return stated;
    }

    std::string wanted() const {
        if (form_.whole) return "a whole number";
        return form_.dimensions.empty() ? "a number or a quantity with its unit" : describe_all(form_.dimensions);
    }

    static std::string show(const Stated& stated) {
        return format_measurement(stated.measurement.value, stated.measurement.dimension);
    }

    Reader& reader_;
    const Item& item_;
    const QuantityForm& form_;
    Quantity result_;
};

}  // namespace

Shape QuantityForm::shape() const {
    return {.kind = Shape::Kind::quantity,
            .bounds = bounds,
            .is_whole = whole,
            .has_plain_unit = !plain_unit.empty(),
            .dimensions = dimensions,
            .keys = &quantity_draft_keys().infos(),
            .plain_means = {"value"}};
}

std::optional<Param> QuantityForm::read(Reader& reader, const Item& item) const {
    return QuantityReader(reader, item, *this).read();
}

const std::vector<KeyInfo>& quantity_keys() { return quantity_draft_keys().infos(); }

bool is_quantity_table(const Node& node) {
    const Table* const table = node.as<Table>();
    return table != nullptr &&
           std::ranges::any_of(quantity_keys(), [&](const KeyInfo& key) { return table->contains(key.name); });
}

void check_shares(Reader& reader, const Item& whose, const std::vector<Param>& shares) {
    constexpr double kTolerance = 1e-9;
    const double total = std::accumulate(shares.begin(), shares.end(), 0.0,
                                         [&](double sum, Param share) { return sum + reader.quantity(share).value; });
    if (std::abs(total - 1.0) > kTolerance) {
        reader.error(whose, fmt::format("the shares add up to {:.10g} (they must add up to 1)", total));
    }
}

}  // namespace corridor::scenario
