#include "corridor/report/csv.h"

#include <doctest/doctest.h>

#include <limits>

namespace corridor {
namespace {

std::string field(std::string_view text) {
    CsvWriter csv({"x"});
    csv.text(text).end_row();
    const std::string out = csv.str();
    return out.substr(2, out.size() - 3);
}

TEST_CASE("Fields with commas, quotes or line feeds are quoted, others are not") {
    CHECK(field("Guoyuan") == "Guoyuan");
    CHECK(field("果园港") == "果园港");
    CHECK(field("Yibin, Sichuan") == "\"Yibin, Sichuan\"");
    CHECK(field("the \"golden\" waterway") == "\"the \"\"golden\"\" waterway\"");
    CHECK(field("two\nlines") == "\"two\nlines\"");
}

TEST_CASE("A text that a spreadsheet would take for a formula gets an apostrophe, a number does not") {
    CHECK(field("=1+1") == "'=1+1");
    CHECK(field("+7") == "'+7");
    CHECK(field("-x") == "'-x");
    CHECK(field("@SUM(A1)") == "'@SUM(A1)");
    CsvWriter csv({"name", "value"});
    csv.text("a").number(-2.5).end_row();
    CHECK(csv.str() == "name,value\na,-2.5\n");
}

TEST_CASE("Numbers are written in their shortest exact form, undefined ones not at all") {
    CsvWriter csv({"a", "b", "c"});
    csv.number(0.1).number(std::numeric_limits<double>::quiet_NaN()).number(46563).end_row();
    CHECK(csv.str() == "a,b,c\n0.1,,46563\n");
}

TEST_CASE("Control characters are written escaped") { CHECK(field("a\x1b[2J") == "a\\x1b[2J"); }

}  // namespace
}  // namespace corridor
