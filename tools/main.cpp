#include <fmt/format.h>

#include <chrono>
#include <exception>
#include <new>
#include <system_error>
#include <variant>

#include "commands.h"
#include "console.h"
#include "corridor/version.h"
#include "exit_code.h"
#include "interrupt.h"
#include "options.h"

namespace corridor::tools {
namespace {

int dispatch(const Options& options, const Console& console) {
    switch (options.command) {
        case Command::run:
        case Command::compare:
            return run(options, console);
        case Command::check:
            return check(options, console);
        case Command::capacity:
            return capacity(options, console);
        case Command::options:
            return compare_options(options, console);
        case Command::sensitivity:
            return sensitivity(options, console);
        case Command::calibrate:
            return calibrate(options, console);
        case Command::sweep:
            return sweep(options, console);
        case Command::export_store:
            return export_store(options, console);
        case Command::merge:
            return merge(options, console);
        case Command::optimise:
            return optimise(options, console);
        case Command::assumptions:
            return assumptions(options, console);
        case Command::serve:
            return serve(options, console);
        case Command::show:
            return show(options, console);
        case Command::schema:
            return schema(options, console);
        case Command::verify:
            return verify(options, console);
        case Command::version:
            return console.print(fmt::format("corridor {}\n", kVersion));
    }
    return kDefect;
}

int parse_and_dispatch(int argc, const char* const* argv) {
    const auto parsed = parse_command_line(argc, argv);
    if (const auto* const farewell = std::get_if<Farewell>(&parsed)) {
        const Console console(Verbosity::normal);
        if (farewell->exit_code == kFine) return console.print(farewell->text);
        console.error(farewell->text);
        return farewell->exit_code;
    }
    const auto& options = std::get<Options>(parsed);
    if (options.most_time) {
        const std::chrono::duration<double, std::ratio<3600>> most(*options.most_time);
        limit_time(std::chrono::ceil<std::chrono::milliseconds>(most));
    }
    return dispatch(options, Console(options.verbosity));
}

int guarded(int argc, const char* const* argv) {
    const Console console(Verbosity::normal);
    try {
        return parse_and_dispatch(argc, argv);
    } catch (const std::bad_alloc&) {
        console.error("out of memory");
        return kEnvironment;
    } catch (const std::system_error& failure) {
        console.error(failure.what());
        return kEnvironment;
    } catch (const std::exception& failure) {
        console.error(fmt::format("a defect of corridor: {}", failure.what()));
        return kDefect;
    }
}

}  // namespace
}  // namespace corridor::tools

int main(int argc, char** argv) {
    corridor::tools::claim_standard_streams();
    return corridor::tools::guarded(argc, argv);
}
