// What a store that cannot be used means for the command.
#pragma once

#include "console.h"
#include "corridor/study/store.h"
#include "exit_code.h"
#include "interrupt.h"

namespace corridor::tools {

/// Runs `command`, which returns an exit code, and says what is wrong with a store.
template <class Command>
int with_store_failures(const Console& console, const Command& command) {
    try {
        return command();
    } catch (const StoreError& error) {
        console.error(error.what());
        if (error.kind() == StoreError::Kind::interrupted) return interruption_code();
        return error.kind() == StoreError::Kind::unusable ? kBadInput : kEnvironment;
    }
}

}  // namespace corridor::tools
