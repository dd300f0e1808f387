#include "corridor/report/table.h"

#include <doctest/doctest.h>

#include <limits>

#include "study/estimate_of.h"

namespace corridor {
namespace {

TEST_CASE("Columns stay aligned where names are Chinese, and lines have no trailing blanks") {
    TextTable table({{"terminal", Align::left}, {"lifts"}, {"note", Align::left}});
    table.add_row({"果园港", "1200", "barges and trains"});
    table.add_row({"Yibin", "85", ""});
    CHECK(table.text() ==
          "terminal  lifts  note\n"
          "果园港     1200  barges and trains\n"
          "Yibin        85\n");
}

TEST_CASE("A name cannot steer the terminal") {
    TextTable table({{"name", Align::left}, {"n"}});
    table.add_row({"\x1b[2J", "1"});
    CHECK(table.text() ==
          "name     n\n"
          "\\x1b[2J  1\n");
}

TEST_CASE("Numbers keep their whole part, at most five significant digits else, and no exponent") {
    CHECK(number_text(0) == "0");
    CHECK(number_text(1234567.8) == "1234568");
    CHECK(number_text(12.345678) == "12.346");
    CHECK(number_text(0.000123456) == "0.00012346");
    CHECK(number_text(-2.50) == "-2.5");
    CHECK(number_text(31000) == "31000");
    CHECK(number_text(0.61234, 3) == "0.612");
    CHECK(number_text(std::numeric_limits<double>::quiet_NaN()) == "-");
}

TEST_CASE("A mean is shown with the half-width of its interval, to two digits of it") {
    CHECK(estimate_text(estimate_of({15900, 15950, 15800, 16010})) == "15915 ± 141");
    CHECK(estimate_text(estimate_of({0.52, 0.53, 0.55})) == "0.533 ± 0.038");
    CHECK(estimate_text(estimate_of({3, 3, 3})) == "3");
    CHECK(estimate_text(estimate_of({-2.4264705, -2.4264705 + 1e-12, -2.4264705})) == "-2.4265");
    CHECK(estimate_text(estimate_of({7})) == "7 (no interval)");
    CHECK(estimate_text(Estimate{}) == "-");
}

}  // namespace
}  // namespace corridor
