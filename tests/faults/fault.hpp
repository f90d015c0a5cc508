#pragma once

#include <chrono>
#include <csignal>
#include <string>

namespace faults {

// What goes wrong at a call. Before: the engine never hears of it. After: the engine has done it
// and has replied.
enum class Kind {
    none,
    closed_before,
    closed_after,
    delayed,
    status_500,
    status_503,
    no_http,        // instead of asking the engine
    half_a_reply,   // the engine's, and then closed
    endless_reply,  // instead of asking the engine
    killed_before,  // the client, with SIGKILL
    killed_after,   // the same
    signalled,      // the client gets `Fault::signal`; the call goes on after `Fault::delay`
    answered,       // with `Fault::reply` instead of asking the engine
};

[[nodiscard]] const char* to_text(Kind kind);

struct Fault {
    Kind kind = Kind::none;
    int call = 1;             // which call it strikes, from 1 (0: every one) ...
    std::string target = {};  // ... of those whose method and target contain this
    std::chrono::milliseconds delay{3000};
    int signal = SIGTERM;
    std::string reply = {};        // all of it, head and body
    std::string api_version = {};  // that the engine says it has; empty: its own
};

// What the client gets at this fault instead of the engine's reply; empty where it gets nothing.
[[nodiscard]] std::string reply_of(const Fault& fault);

}  // namespace faults
