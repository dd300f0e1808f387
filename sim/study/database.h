// SQLite behind objects that clean up after themselves. Failures are StoreErrors.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace corridor::study {

class Database;

/// A prepared statement. Columns and parameters count from 0.
class Statement {
  public:
    Statement(const Database& database, std::string_view sql);

    Statement& bind(int parameter, std::int64_t value);
    Statement& bind(int parameter, std::string_view text);
    Statement& bind_null(int parameter);

    /// Goes to the next row; false where there is none. After the last row, and before it is bound anew, it has to be
    /// reset.
    bool step();
    void reset();
    void run();  ///< of what gives no rows: steps and resets

    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    std::string_view text(int column) const;  ///< until the next step or reset

  private:
    struct Finalizer {
        void operator()(sqlite3_stmt* statement) const;
    };
    const Database* database_;
    std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
};

enum class Access { read, write, create };

/// A connection that trusts nothing in the file: no functions in its schema, no extensions, no direct writes to the
/// schema.
class Database {
  public:
    Database(const std::string& path, Access access);

    void execute(const std::string& sql) const;

    /// From now on statements throw `interrupted` while `stop` is set; with nullptr nothing stops them.
    void interrupt_on(const std::atomic<bool>* stop) const;

    const std::string& path() const { return path_; }
    sqlite3* handle() const { return handle_.get(); }

    /// Throws what the last failure on this connection was.
    [[noreturn]] void fail(int code) const;

  private:
    struct Closer {
        void operator()(sqlite3* handle) const;
    };
    std::string path_;
    std::unique_ptr<sqlite3, Closer> handle_;
};

}  // namespace corridor::study
