// How the simple kinds of values are read; quantities, laws and dates have files of their own.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "scenario/key.h"
#include "scenario/reader.h"

namespace corridor::scenario {

/// In place of a member for keys whose value is checked here and used elsewhere.
inline constexpr auto kUsedElsewhere = [](auto&) -> auto& { return std::ignore; };

/// In place of a member for a key whose list goes behind what is already there.
template <class T>
struct Appender {
    std::vector<T>& list;
    void operator=(const std::vector<T>& more) { list.insert(list.end(), more.begin(), more.end()); }
};

/// The text of an item, for `meaning` "the id of a terminal"; reports and returns nullptr where it is none.
const std::string* expect_text(Reader& reader, const Item& item, std::string_view meaning);

/// The items of a list; reports and returns nullptr where it is none.
const Array* expect_list(Reader& reader, const Item& item);

/// Reports that `word` is none of `words`.
void report_unknown_word(Reader& reader, const Item& item, std::string_view word,
                         const std::vector<std::string_view>& words);

struct TextForm {
    using Value = std::string;
    std::string_view meaning = "text";

    Shape shape() const { return {.kind = Shape::Kind::text, .meaning = meaning}; }
    std::optional<std::string> read(Reader& reader, const Item& item) const;
};

/// The word true; false would say nothing.
struct TrueForm {
    using Value = bool;

    Shape shape() const { return {.kind = Shape::Kind::flag}; }
    std::optional<bool> read(Reader& reader, const Item& item) const;
};

/// A plain number without unit or evidence: a position, a factor.
struct NumberForm {
    using Value = double;
    Bounds bounds = kAnySign;

    Shape shape() const { return {.kind = Shape::Kind::number, .bounds = bounds}; }
    std::optional<double> read(Reader& reader, const Item& item) const;
};

/// The whole number of an item within `bounds`.
std::optional<std::int64_t> read_whole(Reader& reader, const Item& item, const Bounds& bounds);

/// A plain whole number without evidence: a seed, a number of replications. The bounds must fit into T.
template <class T>
struct WholeForm {
    using Value = T;
    Bounds bounds;

    Shape shape() const { return {.kind = Shape::Kind::whole, .bounds = bounds}; }
    std::optional<T> read(Reader& reader, const Item& item) const {
        const std::optional<std::int64_t> value = read_whole(reader, item, bounds);
        return value ? std::optional(static_cast<T>(*value)) : std::nullopt;
    }
};

/// A word of a fixed few.
template <class E>
class ChoiceForm {
  public:
    using Value = E;
    ChoiceForm(std::initializer_list<std::pair<std::string_view, E>> choices) {
        for (const auto& [word, value] : choices) {
            words_.push_back(word);
            values_.push_back(value);
        }
    }

    Shape shape() const { return {.kind = Shape::Kind::choice, .words = words_}; }
    std::optional<E> read(Reader& reader, const Item& item) const {
        const std::string* const word = expect_text(reader, item, "a word");
        if (word == nullptr) return std::nullopt;
        for (std::size_t i = 0; i < words_.size(); ++i) {
            if (words_[i] == *word) return values_[i];
        }
        report_unknown_word(reader, item, *word, words_);
        return std::nullopt;
    }

    /// The word for a value.
    std::string_view word(E value) const {
        return words_[static_cast<std::size_t>(std::find(values_.begin(), values_.end(), value) - values_.begin())];
    }

  private:
    std::vector<std::string_view> words_;
    std::vector<E> values_;
};

/// The id of an entity of kind T.
template <class T>
struct ReferenceForm {
    using Value = Id<T>;
    std::string_view meaning;  ///< "the id of a terminal"

    Shape shape() const { return {.kind = Shape::Kind::text, .meaning = meaning}; }
    std::optional<Id<T>> read(Reader& reader, const Item& item) const { return reader.find<T>(item); }
};

/// A list whose items all have one form. Every item is looked at; there is no list where one of them is at fault.
template <class F>
struct ListForm {
    using Value = std::vector<typename F::Value>;
    F item_form;

    Shape shape() const { return {.kind = Shape::Kind::list, .parts = {item_form.shape()}}; }
    std::optional<Value> read(Reader& reader, const Item& item) const {
        const Array* const items = expect_list(reader, item);
        if (items == nullptr) return std::nullopt;
        Value values;
        for (std::size_t i = 0; i < items->size(); ++i) {
            if (auto value = item_form.read(reader, item.at(i, (*items)[i]))) values.push_back(*std::move(value));
        }
        if (values.size() < items->size()) return std::nullopt;
        return values;
    }
};

template <class F>
ListForm<F> list_of(F item_form) {
    return {std::move(item_form)};
}

/// A table with keys of its own; `check` may look at the whole once all keys are read.
template <class T>
struct TableForm {
    using Value = T;
    const Keys<T>& keys;
    void (*check)(Reader&, const Item&, T&) = nullptr;

    Shape shape() const { return {.kind = Shape::Kind::table, .keys = &keys.infos()}; }
    std::optional<T> read(Reader& reader, const Item& item) const {
        T value{};
        if (!keys.read(reader, item, value)) return std::nullopt;
        if (check != nullptr) check(reader, item, value);
        return value;
    }
};

/// Entities of kind T: a table of tables named by their ids, in the order of their names. Ones with faults stay in, so
/// that others may refer to them.
template <class T, class Container>
struct EntitiesForm {
    using Value = Container;
    const Keys<T>& keys;
    void (*check)(Reader&, const Item&, T&) = nullptr;

    Shape shape() const {
        const Shape entity{.kind = Shape::Kind::table, .keys = &keys.infos()};
        return {.kind = Shape::Kind::by_id, .parts = {entity}};
    }

    std::optional<Container> read(Reader& reader, const Item& item) const {
        if (item.node.as<Table>() == nullptr) {
            reader.error(item, "expected tables with ids, got " + describe(item.node));
            return std::nullopt;
        }
        Container entities;
        for (const Roster::Entry& entry : reader.roster(item).entries()) {
            const Item table = item.at(entry.id, *entry.node);
            T entity{};
            entity.id = entry.id;
            entity.name = entry.name;
            entity.place = reader.source_place(entry.node->key);
            const bool was_read = keys.read(reader, table, entity);
            if (was_read && check != nullptr) check(reader, table, entity);
            entities.push_back(std::move(entity));
        }
        return entities;
    }
};

/// The name that every entity may have.
template <class T>
Key<T> name_key() {
    return Key<T>("name", &Entity::name, TextForm{"a name"})
        .means("Name shown in results; the random streams are seeded by it. Default: the id.")
        .example("\"Guoyuan\"");
}

}  // namespace corridor::scenario
