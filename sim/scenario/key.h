// Key tables: one row per key of a table in the scenario, with the member of the aggregate that it sets.
#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "scenario/item.h"
#include "scenario/shape.h"

namespace corridor::scenario {

class Reader;

/// How a kind of value is read: its shape, and the C++ value made from an item of that shape. Reports and returns
/// nothing where the item does not have it.
template <class F>
concept Form = requires(const F& form, Reader& reader, const Item& item) {
    typename F::Value;
    { form.shape() } -> std::same_as<Shape>;
    { form.read(reader, item) } -> std::same_as<std::optional<typename F::Value>>;
};

/// Reports keys of `item` that are not in `keys`, missing ones and ones that exclude each other; false where it is no
/// table.
bool check_keys(Reader& reader, const Item& item, const std::vector<KeyInfo>& keys);

/// Whether `table` has a misspelt key that is probably `name`: nobody needs to be told that `name` is missing, too.
bool is_meant(const Table& table, const std::vector<KeyInfo>& keys, std::string_view name);

/// One key of the table that describes a T.
template <class T>
class Key {
  public:
    /// `member` is a pointer to the member that is set, or a function from T& to a reference.
    template <class Member, Form F>
    Key(std::string_view name, Member member, F form)
        : info_{.name = name, .shape = form.shape()},
          read_([member, form = std::move(form)](Reader& reader, const Item& item, T& out) {
              if (auto value = form.read(reader, item)) {
                  std::invoke(member, out) = *std::move(value);
              }
          }) {}

    Key required() && { return with(&KeyInfo::presence, Presence::required); }
    /// At most one key of `group` may be given.
    Key one_of(std::string_view group) && { return with(&KeyInfo::group, group); }
    /// Has a meaning only beside the key `companion`.
    Key only_with(std::string_view companion) && { return with(&KeyInfo::companion, companion); }
    /// An overlay that gives this key replaces the whole table.
    Key replaces_table() && { return with(&KeyInfo::merge, Merge::whole_table); }
    /// The value, in TOML, where the key is not given.
    Key or_else(std::string_view toml) && {
        default_ = std::make_shared<const Node>(parse_constant(toml));
        return with(&KeyInfo::default_value, toml);
    }
    Key means(std::string_view sentence) && { return with(&KeyInfo::meaning, sentence); }
    Key example(std::string_view toml) && { return with(&KeyInfo::example, toml); }

    const KeyInfo& info() const { return info_; }

    void read(Reader& reader, const Item& table, T& out) const {
        if (const Node* value = child(table.node, info_.name)) {
            read_(reader, table.at(info_.name, *value), out);
        } else if (default_ != nullptr) {
            read_(reader, table.unwritten(info_.name, *default_), out);
        }
    }

  private:
    template <class Member, class Value>
    Key with(Member member, Value value) {
        info_.*member = value;
        return std::move(*this);
    }

    KeyInfo info_;
    std::shared_ptr<const Node> default_;
    std::function<void(Reader&, const Item&, T&)> read_;
};

/// The keys of the table that describes a T.
template <class T>
class Keys {
  public:
    Keys(std::initializer_list<Key<T>> keys) : keys_(keys) {
        for (const Key<T>& key : keys_) {
            infos_.push_back(key.info());
        }
    }

    const std::vector<KeyInfo>& infos() const { return infos_; }

    /// Sets the members of `out` from a table; false where the item is no table. Reports unknown, missing and excluded
    /// keys.
    bool read(Reader& reader, const Item& item, T& out) const {
        if (!check_keys(reader, item, infos_)) {
            return false;
        }
        for (const Key<T>& key : keys_) {
            key.read(reader, item, out);
        }
        return true;
    }

  private:
    std::vector<Key<T>> keys_;
    std::vector<KeyInfo> infos_;
};

}  // namespace corridor::scenario
