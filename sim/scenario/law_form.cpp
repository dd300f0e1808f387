#include "scenario/law_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "corridor/scenario/limits.h"

namespace corridor::scenario {
namespace {

constexpr Bounds kErlangShapes{.low = 1, .high = 1000};

/// The i-th duration of a law.
auto duration_slot(std::size_t i) {
    return [i](Law& law) -> Param& {
        if (law.durations.size() <= i) law.durations.resize(i + 1);
        return law.durations[i];
    };
}

/// The i-th weight of a law.
Param& first_weight(Law& law) {
    law.weights.resize(std::max<std::size_t>(law.weights.size(), 1));
    return law.weights.front();
}

/// `example`: the word of the law in quotes.
Key<Law> law_key(std::string_view example, LawKind kind) {
    const std::string_view word = example.substr(1, example.size() - 2);
    return Key<Law>("law", &Law::kind, ChoiceForm<LawKind>{{word, kind}})
        .required()
        .replaces_table()
        .means("Which law.")
        .example(example);
}

Key<Law> duration_key(std::string_view name, std::size_t i, std::string_view meaning, Bounds bounds = kNotNegative) {
    return Key<Law>(name, duration_slot(i), quantity(kDuration, bounds)).required().means(meaning).example("\"4 min\"");
}

Key<Law> mean_key() { return duration_key("mean", 0, "The mean.", kPositive); }

/// The parameter `name` of the law in `item`, at its stated value.
double stated(Reader& reader, Param param) { return reader.quantity(param).value; }

using Check = void (*)(Reader&, const Item&, const Law&);

void check_uniform(Reader& reader, const Item& item, const Law& law) {
    const double low = stated(reader, law.durations[0]);
    const double high = stated(reader, law.durations[1]);
    if (low <= high) return;
    reader.error(item, fmt::format("a uniform law needs low <= high (got {} and {})",
                                   format_measurement(low, kDuration), format_measurement(high, kDuration)));
}

void check_triangular(Reader& reader, const Item& item, const Law& law) {
    const double low = stated(reader, law.durations[0]);
    const double mode = stated(reader, law.durations[1]);
    const double high = stated(reader, law.durations[2]);
    if (low <= mode && mode <= high) return;
    reader.error(item, fmt::format("a triangular law needs low <= mode <= high (got {}, {} and {})",
                                   format_measurement(low, kDuration), format_measurement(mode, kDuration),
                                   format_measurement(high, kDuration)));
}

void check_discrete(Reader& reader, const Item& item, const Law& law) {
    if (law.durations.empty() || law.durations.size() != law.weights.size()) {
        reader.error(item, fmt::format("a discrete law needs as many shares as values (got {} values and {} shares)",
                                       law.durations.size(), law.weights.size()));
        return;
    }
    check_shares(reader, item, law.weights);
}

struct LawEntry {
    std::string_view word;
    Keys<Law> keys;
    Check check = nullptr;
};

/// Every law that can be written, with its parameters.
const std::vector<LawEntry>& laws() {
    static const std::vector<LawEntry> entries{
        {"exponential", {law_key("\"exponential\"", LawKind::exponential), mean_key()}},
        {"uniform",
         {law_key("\"uniform\"", LawKind::uniform), duration_key("low", 0, "The least value."),
          duration_key("high", 1, "The greatest value.")},
         &check_uniform},
        {"triangular",
         {law_key("\"triangular\"", LawKind::triangular), duration_key("low", 0, "The least value."),
          duration_key("mode", 1, "The likeliest value."), duration_key("high", 2, "The greatest value.")},
         &check_triangular},
        {"erlang",
         {law_key("\"erlang\"", LawKind::erlang), mean_key(),
          Key<Law>("shape", &Law::shape, WholeForm<int>{kErlangShapes})
              .required()
              .means("How many exponential stages.")
              .example("3")}},
        {"hyperexponential",
         {law_key("\"hyperexponential\"", LawKind::hyperexponential),
          Key<Law>("p", &first_weight, share()).required().means("The chance of the first mean.").example("0.9"),
          duration_key("mean_1", 0, "The first mean.", kPositive),
          duration_key("mean_2", 1, "The second mean.", kPositive)}},
        {"discrete",
         {law_key("\"discrete\"", LawKind::discrete),
          Key<Law>("values", &Law::durations, list_of(quantity(kDuration)))
              .required()
              .means("The values it can take.")
              .example("[\"1 h\", \"2 h\"]"),
          Key<Law>("shares", &Law::weights, list_of(share()))
              .required()
              .means("The chance of each value; they add up to 1.")
              .example("[0.4, 0.6]")},
         &check_discrete},
        {"lognormal",
         {law_key("\"lognormal\"", LawKind::lognormal), mean_key(),
          duration_key("sd", 1, "The standard deviation of the duration itself.", kPositive)}},
    };
    return entries;
}

std::vector<std::string_view> law_words() {
    std::vector<std::string_view> words;
    for (const LawEntry& entry : laws()) words.push_back(entry.word);
    return words;
}

std::optional<Law> read_law(Reader& reader, const Item& item, const Node& law_word) {
    const Item word_item = item.at("law", law_word);
    const std::string* const word = expect_text(reader, word_item, "the name of a law");
    if (word == nullptr) return std::nullopt;
    const auto entry = std::ranges::find(laws(), *word, &LawEntry::word);
    if (entry == laws().end()) {
        report_unknown_word(reader, word_item, *word, law_words());
        return std::nullopt;
    }
    const std::size_t known_faults = reader.fault_count();
    Law law;
    entry->keys.read(reader, item, law);
    if (reader.fault_count() == known_faults && entry->check != nullptr) entry->check(reader, item, law);
    return reader.fault_count() == known_faults ? std::optional(std::move(law)) : std::nullopt;
}

Keys<CountLaw> count_law_keys(const QuantityForm& size) {
    return {
        Key<CountLaw>("sizes", &CountLaw::sizes, list_of(size))
            .required()
            .means("The counts it can be.")
            .example("[1, 2, 4]"),
        Key<CountLaw>("shares", &CountLaw::shares, list_of(share()))
            .required()
            .means("The chance of each count; they add up to 1.")
            .example("[0.3, 0.4, 0.3]"),
    };
}

}  // namespace

Shape LawForm::shape() const {
    Shape shape{.kind = Shape::Kind::any_of, .name = "law", .parts = {quantity(kDuration).shape()}};
    for (const LawEntry& entry : laws()) {
        shape.parts.push_back({.kind = Shape::Kind::table, .keys = &entry.keys.infos()});
    }
    return shape;
}

std::optional<Law> LawForm::read(Reader& reader, const Item& item) const {
    if (const Node* const word = child(item.node, "law")) return read_law(reader, item, *word);
    if (item.node.as<Table>() != nullptr && !is_quantity_table(item.node)) {
        reader.error(item, "'law' is missing", fmt::format("give one of \"{}\"", fmt::join(law_words(), "\", \"")));
        return std::nullopt;
    }
    const std::optional<Param> fixed = quantity(kDuration).read(reader, item);
    return fixed ? std::optional(Law{.durations = {*fixed}}) : std::nullopt;
}

Shape CountLawForm::shape() const {
    return {.kind = Shape::Kind::any_of, .parts = {size.shape(), {.kind = Shape::Kind::table, .keys = &keys.infos()}}};
}

std::optional<CountLaw> CountLawForm::read(Reader& reader, const Item& item) const {
    if (child(item.node, "sizes") == nullptr && child(item.node, "shares") == nullptr) {
        const std::optional<Param> single = size.read(reader, item);
        return single ? std::optional(CountLaw{.sizes = {*single}}) : std::nullopt;
    }
    const std::size_t known_faults = reader.fault_count();
    CountLaw law;
    keys.read(reader, item, law);
    if (reader.fault_count() > known_faults) return std::nullopt;
    if (law.sizes.empty() || law.sizes.size() != law.shares.size()) {
        reader.error(item, fmt::format("there must be as many shares as sizes (got {} sizes and {} shares)",
                                       law.sizes.size(), law.shares.size()));
        return std::nullopt;
    }
    check_shares(reader, item, law.shares);
    return law;
}

CountLawForm positive_counts() {
    static const QuantityForm size = count({.low = 1, .high = kMostInOneGo});
    static const Keys<CountLaw> keys = count_law_keys(size);
    return {keys, size};
}

CountLawForm counts() {
    static const QuantityForm size = count({.low = 0, .high = kMostInOneGo});
    static const Keys<CountLaw> keys = count_law_keys(size);
    return {keys, size};
}

}  // namespace corridor::scenario
