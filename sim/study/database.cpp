#include "study/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <system_error>

#include "corridor/study/store.h"

namespace corridor::study {
namespace {

constexpr int kPatienceMs = 10'000;
constexpr int kStepsBetweenLooks = 10'000;

// What the system says of a failure, where it is the system's.
std::string reason_of(sqlite3* handle, int code) {
    const auto says = [](int error) { return std::generic_category().message(error); };
    const int primary = code & 0xff;
    if (primary == SQLITE_FULL) return says(ENOSPC);
    if (primary == SQLITE_INTERRUPT) return "interrupted while it was read";
    const int error = handle == nullptr ? 0 : sqlite3_system_errno(handle);
    const bool is_of_system = primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN;
    if (is_of_system && error != 0) return says(error);
    return handle == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle);
}

StoreError::Kind kind_of(int code) {
    const int primary = code & 0xff;
    if (primary == SQLITE_BUSY) return StoreError::Kind::in_use;
    if (primary == SQLITE_INTERRUPT) return StoreError::Kind::interrupted;
    const bool is_damage = primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB || primary == SQLITE_ERROR ||
                           primary == SQLITE_CONSTRAINT || primary == SQLITE_MISMATCH;
    return is_damage ? StoreError::Kind::damaged : StoreError::Kind::environment;
}

}  // namespace

Database::Database(const std::string& path, Access access) : path_(path) {
    int flags = SQLITE_OPEN_NOMUTEX;
    flags |= access == Access::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (access == Access::create) flags |= SQLITE_OPEN_CREATE;
    sqlite3* opened = nullptr;
    // SQLite takes some names for something else than a file (":memory:"), but no path.
    const std::string name = path.starts_with('/') ? path : "./" + path;
    const int code = sqlite3_open_v2(name.c_str(), &opened, flags, nullptr);
    handle_.reset(opened);
    if (opened == nullptr) throw std::bad_alloc();
    if (code != SQLITE_OK) fail(sqlite3_extended_errcode(opened));
    sqlite3_extended_result_codes(opened, 1);
    sqlite3_busy_timeout(opened, kPatienceMs);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    execute("PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY");
}

void Database::Closer::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

void Database::execute(const std::string& sql) const {
    const int code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code);
}

void Database::interrupt_on(const std::atomic<bool>* stop) const {
    const auto is_set = [](void* flag) { return static_cast<const std::atomic<bool>*>(flag)->load() ? 1 : 0; };
    // SQLite hands the pointer back as it is.
    void* const flag = const_cast<std::atomic<bool>*>(stop);  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    if (stop == nullptr) {
        sqlite3_progress_handler(handle_.get(), 0, nullptr, nullptr);
    } else {
        sqlite3_progress_handler(handle_.get(), kStepsBetweenLooks, is_set, flag);
    }
}

void Database::fail(int code) const {
    if ((code & 0xff) == SQLITE_NOMEM) throw std::bad_alloc();
    throw StoreError(kind_of(code), fmt::format("'{}': {}", path_, reason_of(handle_.get(), code)));
}

Statement::Statement(const Database& database, std::string_view sql) : database_(&database) {
    sqlite3_stmt* prepared = nullptr;
    const int code =
        sqlite3_prepare_v2(database.handle(), sql.data(), static_cast<int>(sql.size()), &prepared, nullptr);
    statement_.reset(prepared);
    if (code != SQLITE_OK) database.fail(code);
}

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Statement& Statement::bind(int parameter, std::int64_t value) {
    if (const int code = sqlite3_bind_int64(statement_.get(), parameter + 1, value); code != SQLITE_OK) {
        database_->fail(code);
    }
    return *this;
}

Statement& Statement::bind(int parameter, std::string_view text) {
    const int code =
        sqlite3_bind_text64(statement_.get(), parameter + 1, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    if (code != SQLITE_OK) database_->fail(code);
    return *this;
}

Statement& Statement::bind_null(int parameter) {
    if (const int code = sqlite3_bind_null(statement_.get(), parameter + 1); code != SQLITE_OK) database_->fail(code);
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    // Said before the reset, which may say something else.
    try {
        database_->fail(code);
    } catch (...) {
        reset();
        throw;
    }
}

void Statement::reset() { sqlite3_reset(statement_.get()); }

void Statement::run() {
    step();
    reset();
}

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::string_view Statement::text(int column) const {
    const unsigned char* const text = sqlite3_column_text(statement_.get(), column);
    if (text == nullptr) return {};
    return {reinterpret_cast<const char*>(text),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

}  // namespace corridor::study
