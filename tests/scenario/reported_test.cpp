#include <doctest/doctest.h>

#include "scenario/two_ports.h"

namespace corridor::scenario {
namespace {

TEST_CASE("A72: A reported figure names what it is compared with") {
    CHECK(complaints(changed(R"(of = ["service.a-b"])",
                             R"(of = ["service.a-c", "lnk.a", "link.a-b.forward.2020-01", "total"])")) ==
          "50:7: error: reported.shipped.reading.all.of[0]: unknown service 'a-c'; did you mean 'a-b'?\n"
          "50:22: error: reported.shipped.reading.all.of[1]: 'lnk.a' names nothing that is measured; write \"total\", "
          "or terminal.ID, link.ID, lock.ID, fleet.ID, service.ID, demand.ID, background.ID, disruption.ID\n");
    CHECK(complaints(changed(R"(of = ["service.a-b"])", R"(of = ["fleet.pool", "disruption.flood"])")) ==
          "50:7: error: reported.shipped.reading.all.of[0]: unknown fleet 'pool'; define it as [fleet.pool]\n"
          "50:21: error: reported.shipped.reading.all.of[1]: unknown disruption 'flood'; define it as "
          "[disruption.flood]\n");
    CHECK(complaints(changed(R"(of = ["service.a-b"])", "of = []")) ==
          "50:6: error: reported.shipped.reading.all.of: a reading needs at least one subject; for example "
          "[\"total\"]\n");
    CHECK(complaints(changed(R"(value = "15900 containers"
)",
                             "")) ==
          "44:1: error: reported.shipped: 'value' is missing; for example value = \"15900 containers\"\n");
    CHECK(complaints(changed(R"("15900 containers")", R"("-1 containers")")) ==
          "45:9: error: reported.shipped.value: must be >= 0, got -1 containers\n");
    CHECK(complaints(changed(R"(use = "validate"
)",
                             "")) ==
          "44:1: error: reported.shipped: 'use' is missing; for example use = \"validate\"\n");
}

TEST_CASE("A72: The window of a reported figure lies within the period") {
    CHECK(complaints(changed(R"(use = "validate")", R"(use = "validate"
start = 2019-01-01)")) ==
          "47:9: error: reported.shipped.start: the window reaches beyond the period (2020-01-01 to 2020-07-01)\n");
    CHECK(complaints(changed(R"(use = "validate")", R"(use = "validate"
start = 2020-03-01
end = 2020-02-01)")) ==
          "48:7: error: reported.shipped.end: the window ends before it starts (2020-03-01 to 2020-02-01)\n");
    CHECK(complaints(changed(R"(use = "validate")", R"(use = "validate"
start = 2020-02-01
end = 2020-03-01)")) == "");
}

TEST_CASE("An input may not rest on a figure that the model is tested against, however far it descends") {
    CHECK(
        complaints(changed(R"(value = "9 /week")", R"(value = "9 /week"
source = "F001")")) ==
        "13:1: error: quantity.sailings: an input rests on a figure that the model is tested against (source 'F001', "
        "which reported.shipped cites); take the number from another source, or do not validate against the figure\n");
    CHECK(complaints(changed(R"(value = "9 /week")", R"(value = "9 /week"
source = "F003")")) ==
          "13:1: error: quantity.sailings: an input rests on a figure that the model is tested against (source 'F003', "
          "derived from 'F001', which reported.shipped cites); take the number from another source, or do not validate "
          "against the figure\n");
    CHECK(complaints(changed(R"(capacity = "150 TEU")", R"(capacity = { value = "150 TEU", sources = ["F003"] })")) ==
          "32:12: error: vehicle.barge.capacity: an input rests on a figure that the model is tested against (source "
          "'F003', derived from 'F001', which reported.shipped cites); take the number from another source, or do not "
          "validate against the figure\n");
}

TEST_CASE("An input may not rest on a figure that the model is calibrated to either") {
    CHECK(complaints(changed(R"(value = "9 /week")", R"(value = "9 /week"
source = "F003"
[reported.again]
value = "3 TEU"
use = "calibrate"
source = "F009"
reading.all = { measure = "teu_shipped", of = ["total"] }
[source.F009]
kind = "assumed"
[quantity.other]
value = 1
source = "F009")")) ==
          "13:1: error: quantity.sailings: an input rests on a figure that the model is tested against (source 'F003', "
          "derived from 'F001', which reported.shipped cites); take the number from another source, or do not validate "
          "against the figure\n"
          "23:1: error: quantity.other: an input rests on a figure that the model is calibrated to (source 'F009', "
          "which reported.again cites); take the number from another source: a figure counts once, as an input or in "
          "the calibration\n");
}

TEST_CASE("What was calibrated on a figure may be an input, unless the figure is there to validate too") {
    const auto with_source = [](const std::string& use, const std::string& origin) {
        return complaints(changed(R"(value = "9 /week")", R"(value = "9 /week"
source = "fit"
[source.fit]
kind = "calibrated"
derived_from = [")" + origin + R"("]
[source.F009]
kind = "reported"
[reported.again]
value = "3 TEU"
use = ")" + use + R"("
source = "F009"
reading.all = { measure = "teu_shipped", of = ["total"] })"));
    };
    CHECK(with_source("calibrate", "F009") == "");
    CHECK(with_source("validate", "F009") ==
          "13:1: error: quantity.sailings: an input rests on a figure that the model is tested against (source 'fit', "
          "derived from 'F009', which reported.again cites); take the number from another source, or do not validate "
          "against the figure\n");
    CHECK(with_source("calibrate", "F003").find("tested against (source 'fit', derived from 'F003'") !=
          std::string::npos);
}

TEST_CASE("The reading to calibrate on is one of the figure's") {
    const auto named = [](const std::string& reading) {
        return complaints(changed(R"(use = "validate")", "use = \"calibrate\"\ncalibrate_on = \"" + reading + "\""));
    };
    CHECK(named("all") == "");
    CHECK(named("both-ways")
              .find(": error: reported.shipped.calibrate_on: there is no reading 'both-ways'; there are all\n") !=
          std::string::npos);
}

TEST_CASE("A derived source says what from, and only a derived one does") {
    CHECK(complaints(changed(R"(derived_from = ["F001"]
)",
                             "")) ==
          "7:1: error: source.F003: 'derived_from' is missing (the source is derived); name the sources it was worked "
          "out from\n");
    CHECK(complaints(changed(R"(kind = "derived"
)",
                             R"(kind = "reported"
)")) == "9:16: error: source.F003.derived_from: only a derived or calibrated source is derived from others; "
        "set kind = \"derived\"\n");
    CHECK(complaints(changed(R"(derived_from = ["F001"])", R"(derived_from = ["F002"])")) ==
          "9:17: error: source.F003.derived_from[0]: unknown source 'F002'; did you mean 'F001'?\n");
}

}  // namespace
}  // namespace corridor::scenario
