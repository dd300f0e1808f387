// Dimensions and units of the numbers in a scenario. Text becomes a number here, once, at the edge.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "corridor/base/currency.h"

namespace corridor {

/// Exponents of the base quantities. Base units: km, h, container, TEU, tonne, move, money of one currency, kg of CO2
/// equivalents, kWh, litre of fuel.
/// A number in a scenario is stored in these base units ("10.5 km/h" as 10.5, "3 min" as 0.05).
struct Dimension {
    std::int8_t length = 0;
    std::int8_t time = 0;
    std::int8_t containers = 0;
    std::int8_t teu = 0;
    std::int8_t mass = 0;
    std::int8_t moves = 0;
    std::int8_t money = 0;
    std::int8_t emissions = 0;
    std::int8_t energy = 0;
    std::int8_t volume = 0;
    Currency currency = Currency::none;  ///< of the money, where one was written; not compared: a scenario has one

    constexpr bool operator==(const Dimension& o) const {
        return length == o.length && time == o.time && containers == o.containers && teu == o.teu && mass == o.mass &&
               moves == o.moves && money == o.money && emissions == o.emissions && energy == o.energy &&
               volume == o.volume;
    }
};

Dimension operator*(Dimension a, Dimension b);
Dimension operator/(Dimension a, Dimension b);

inline constexpr Dimension kNumber{};                          ///< counts, shares, factors
inline constexpr Dimension kLength{.length = 1};               ///< km
inline constexpr Dimension kDuration{.time = 1};               ///< h
inline constexpr Dimension kSpeed{.length = 1, .time = -1};    ///< km/h, over ground
inline constexpr Dimension kFrequency{.time = -1};             ///< 1/h; "9 /week"
inline constexpr Dimension kMoveRate{.time = -1, .moves = 1};  ///< moves/h, per crane
inline constexpr Dimension kContainers{.containers = 1};       ///< boxes of any size
inline constexpr Dimension kTeu{.teu = 1};
inline constexpr Dimension kMass{.mass = 1};                   ///< t
inline constexpr Dimension kMassPerTeu{.teu = -1, .mass = 1};  ///< t/TEU
inline constexpr Dimension kContainerRate{.time = -1, .containers = 1};
inline constexpr Dimension kTeuRate{.time = -1, .teu = 1};
inline constexpr Dimension kMoves{.moves = 1};
inline constexpr Dimension kMoney{.money = 1};
inline constexpr Dimension kEmissions{.emissions = 1};  ///< kg of CO2 equivalents
inline constexpr Dimension kTonneKm{.length = 1, .mass = 1};
inline constexpr Dimension kTeuKm{.length = 1, .teu = 1};

/// A number in base units with its dimension.
struct Measurement {
    double value = 0;
    Dimension dimension;
};

/// Why a text is not a quantity: the part at fault, what is wrong with it, and what would do.
struct UnitError {
    std::size_t offset = 0;  ///< byte offset of the fault in the text
    std::string message;     ///< "unknown unit 'parsec'"
    std::string hint;        ///< "use km, m, ..."
};

/// Reads "275 km", "25 moves/h", "9 /week", "150 TEU", "4 %", "0.85". Units: km m; h min s ms d week year (365 days),
/// days and the others in words, as "2 weeks"; containers container boxes box; TEU; t kg kt; moves move lifts lift; the
/// codes of currencies; g, kg and t of CO2e; kWh MWh MJ; l m3; departures and vehicles, which are plain numbers; %; and
/// one of them, or a product such as t-km, divided by another, or "/" one: "0.8 CNY/TEU-km". A month is refused
/// (ambiguous), and so is what `check_number` refuses.
/// A decimal comma or a thousands separator is an error that says what to write.
/// Returns true and fills `out`, or returns false and fills `error`.
bool parse_measurement(std::string_view text, Measurement& out, UnitError& error);

/// Whether a number in base units is 0 or between 1e-12 and 1e12 in size, so that neither it nor its inverse, as a
/// number of hours, overflows the clock. NaN and infinities are not. Fills `error` (offset 0) where it returns false.
bool check_number(double base_value, UnitError& error);

/// The shortest number in the planner's unit that reads back as `base_value`, or as a neighbouring double where none
/// does (year and week share no finite decimal): "275 km", "9 /week", "12 h", "0.9".
std::string format_measurement(double base_value, Dimension dimension);

/// The number and its unit apart, for tables: {275, "km"}.
struct DisplayValue {
    double value = 0;
    std::string unit;  ///< empty for plain numbers
};
DisplayValue display(double base_value, Dimension dimension);

/// The same in `unit`, "m" for a length; as above where it is empty or of another dimension.
DisplayValue display(double base_value, Dimension dimension, std::string_view unit);

/// The unit of a text that `parse_measurement` reads: "m" of "2.9 m", "%" of "4 %"; empty for a plain number.
std::string_view unit_of(std::string_view text);

/// "a length such as \"275 km\"": for messages and documentation.
std::string describe(Dimension dimension);

/// "km or m": the units a quantity of this dimension may be written in, for suggestions; empty for plain numbers.
std::string units_for(Dimension dimension);

/// Shortest text that reads back as exactly `value`; integers without exponent up to 1e15; never locale dependent.
std::string format_number(double value);

}  // namespace corridor
